# 300 cases each of p.adjust, binom.test, quantile (type 7), weighted kappa and areas under curves.
source("common.R")
start_stream(20240503)

rows <- lapply(1:300, function(i) {
  p <- signif(rbeta(sample(1:30, 1), 0.5, 2), 4)
  p <- sample(c(p, p[runif(length(p)) < 0.2]))
  p[runif(length(p)) < 0.15] <- NA
  list(p_values = joined(p), benjamini_hochberg = paste(digits(p.adjust(p, "BH")), collapse = " "),
    holm = paste(digits(p.adjust(p, "holm")), collapse = " "))
})
write_rows(rows, "adjustment.csv")

rows <- lapply(1:300, function(i) {
  total <- sample(1:if (i %% 2 == 0) 30 else 600, 1)
  count <- switch(i %% 5 + 1, 0, total, rbinom(1, total, 0.05), rbinom(1, total, 0.5), rbinom(1, total, runif(1)))
  confidence <- sample(c(0.9, 0.95, 0.99), 1)
  limits <- binom.test(count, total, conf.level = confidence)$conf.int
  wilson <- suppressWarnings(prop.test(count, total, conf.level = confidence, correct = FALSE))$conf.int
  list(count = count, total = total, confidence = confidence, low = limits[1], high = limits[2],
    wilson_low = wilson[1], wilson_high = wilson[2])
})
write_rows(rows, "proportion.csv")

rows <- lapply(1:300, function(i) {
  values <- if (i %% 2 == 0) round(rlnorm(sample(1:60, 1), 4), 1) else rpois(sample(1:60, 1), 3)
  values[-1][runif(length(values) - 1) < 0.1] <- NA
  q <- quantile(values, c(0, 0.25, 0.5, 0.75, 1), na.rm = TRUE, type = 7)
  list(values = joined(values), n = sum(!is.na(values)), minimum = q[[1]], q1 = q[[2]], median = q[[3]], q3 = q[[4]],
    maximum = q[[5]])
})
write_rows(rows, "description.csv")

# Fleiss, Cohen and Everitt 1969, in disagreement weights v = 1 - w and by the expected cell of every pair.
kappa_limits <- function(table, power) {
  k <- nrow(table); n <- sum(table); p <- table / n
  v <- abs(outer(1:k, 1:k, "-"))^power / (k - 1)^power
  chance <- outer(rowSums(p), colSums(p))
  kappa <- 1 - sum(v * p) / sum(v * chance)
  w <- 1 - v
  spread <- 0
  for (i in 1:k) for (j in 1:k) {
    mean_row <- sum(colSums(p) * w[i, ]); mean_column <- sum(rowSums(p) * w[, j])
    spread <- spread + p[i, j] * (w[i, j] - (mean_row + mean_column) * (1 - kappa))^2
  }
  error <- sqrt(max(0, spread - (kappa - sum(w * chance) * (1 - kappa))^2) / (n * (1 - sum(w * chance))^2))
  c(kappa, max(-1, kappa - qnorm(0.975) * error), min(1, kappa + qnorm(0.975) * error))
}

rows <- lapply(1:300, function(i) {
  k <- sample(2:5, 1)
  repeat {
    chances <- exp(-abs(outer(1:k, 1:k, "-")) * runif(1, 0, 2)) * rgamma(k * k, 2)
    table <- matrix(rmultinom(1, sample(8:90, 1), chances), k)
    if (sum(diag(table)) < sum(table)) break
  }
  linear <- kappa_limits(table, 1); quadratic <- kappa_limits(table, 2)
  list(table = paste(apply(table, 1, paste, collapse = " "), collapse = ";"),
    linear = linear[1], linear_low = linear[2], linear_high = linear[3],
    quadratic = quadratic[1], quadratic_low = quadratic[2], quadratic_high = quadratic[3])
})
write_rows(rows, "agreement.csv")

# Areas by numerical integration of the curve that each rule draws.
area <- function(curve, from, to, at) {
  edges <- sort(unique(c(from, to, at[at > from & at < to])))
  sum(mapply(function(a, b) integrate(curve, a, b, rel.tol = 1e-12)$value, head(edges, -1), tail(edges, -1)))
}

rows <- lapply(1:300, function(i) {
  days <- sort(sample(0:30, sample(2:14, 1)))
  values <- round(rlnorm(length(days), 4, 1), 1)
  if (i %% 5 == 0) values[sample(length(values), 1)] <- 0
  first <- days[1]; last <- max(days)
  line <- approxfun(days, values)
  fall <- function(t) {
    left <- pmin(findInterval(t, days), length(days) - 1)
    from <- values[left]; to <- values[left + 1]; share <- (t - days[left]) / (days[left + 1] - days[left])
    ifelse(from > to & to > 0, suppressWarnings(from * (to / from)^share), from + (to - from) * share)
  }
  index <- round(runif(1, first + 0.5, 31), 2)
  death <- if (i %% 3 == 0) last + sample(0:5, 1) else NA
  end <- min(30, death, na.rm = TRUE)
  whole <- area(line, first, last, days)
  list(days = joined(days), values = joined(values), index_day = index, death_day = death, trapezoid = whole,
    time_weighted_mean = whole / (last - first), before_index = area(line, first, min(index, last), days),
    carried_to_day_30 = whole + (end - last) * values[length(values)],
    linear_up_log_down = area(fall, first, last, days))
})
write_rows(rows, "area_under_curve.csv")
