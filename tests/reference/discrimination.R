# 160 random pairs of samples: the area under the ROC curve with DeLong's interval by explicit placements, held here against
# pROC and survival::concordance; Firth's logistic regression on one covariate by maximizing the penalized likelihood, held
# against brglm2 and iterated glm on pseudo-data; the interval by brute-force profile; standardized mean differences by definition.
source("common.R")
suppressPackageStartupMessages({library(survival); library(pROC); library(brglm2)})
start_stream(20240506)

draw <- function(n, kind, shift) switch(kind,
  distinct = round(rnorm(n, 10 + shift, 3), 4), skewed = round(rlnorm(n, 3 + shift / 2), 2),
  graded = sample(0:4, n, replace = TRUE, prob = (1:5)^shift), binary = rbinom(n, 1, plogis(shift - 0.5)),
  parted = round(runif(n, 0, 1) + 2 * (shift > 0), 4))

# DeLong, DeLong and Clarke-Pearson 1988: V10 and V01 are the placements; x are the cases.
delong <- function(x, y) {
  pairs <- outer(x, y, function(a, b) (a > b) + (a == b) / 2)
  area <- mean(pairs)
  variance <- var(rowMeans(pairs)) / length(x) + var(colMeans(pairs)) / length(y)
  c(area, max(0, area - qnorm(0.975) * sqrt(variance)), min(1, area + qnorm(0.975) * sqrt(variance)))
}

# pROC, where the groups overlap: beyond, it gives an interval without a width.
by_proc <- function(x, y) {
  curve <- roc(rep(1:0, c(length(x), length(y))), c(x, y), levels = c(0, 1), direction = "<", quiet = TRUE)
  c(as.numeric(auc(curve)), as.numeric(ci.auc(curve, method = "delong"))[c(1, 3)])
}

penalized <- function(intercepts, slope, z, is_case) {
  eta <- outer(slope * z, intercepts, "+")
  w <- plogis(eta) * plogis(-eta)
  information <- colSums(w) * colSums(w * z^2) - colSums(w * z)^2
  signed <- eta * ifelse(is_case, 1, -1)
  colSums(plogis(signed, log.p = TRUE)) + 0.5 * log(pmax(information, 0))
}

# Firth 1993: the root of the modified score, by Newton's steps with halving.
by_score <- function(z, is_case, b = c(0, 0)) {
  X <- cbind(1, z)
  for (i in 1:2000) {
    p <- plogis(drop(X %*% b)); w <- p * (1 - p)
    inverse <- solve(crossprod(X * sqrt(w)))
    h <- w * rowSums((X %*% inverse) * X)
    step <- drop(inverse %*% crossprod(X, is_case - p + h * (0.5 - p)))
    while (penalized(b[1] + step[1], b[2] + step[2], z, is_case) < penalized(b[1], b[2], z, is_case) - 1e-12) step <- step / 2
    b <- b + step
    if (max(abs(step)) < 1e-12) break
  }
  b
}

# Heinze and Schemper 2002: the same as maximum likelihood on pseudo-data, until nothing moves any more.
by_glm <- function(z, is_case) {
  h <- rep(2 / length(z), length(z)); b <- c(0, 0)
  data <- data.frame(z = rep(z, 3), y = c(is_case, is_case, !is_case) * 1)
  for (i in 1:500) {
    weight <- c(rep(1, length(z)), h / 2, h / 2)
    fit <- suppressWarnings(glm(y ~ z, binomial, data, weights = weight, control = list(epsilon = 1e-14, maxit = 100)))
    new <- unname(coef(fit)); w <- plogis(new[1] + new[2] * z); w <- w * (1 - w); X <- cbind(1, z)
    h <- w * rowSums((X %*% solve(crossprod(X * sqrt(w)))) * X)
    if (max(abs(new - b)) < 1e-10) break
    b <- new
  }
  new
}

# Kosmidis, Kenne Pagui and Sartori 2020: reduced-bias scores, which are Firth's for logistic regression.
by_brglm2 <- function(z, is_case) {
  control <- list(epsilon = 1e-10, maxit = 1000, type = "AS_mean")
  unname(coef(suppressWarnings(glm(is_case ~ z, family = binomial(), method = "brglmFit", control = control))))
}

firth <- function(x, y, is_checked) {
  z <- scale(c(x, y))[, 1]; is_case <- rep(c(TRUE, FALSE), c(length(x), length(y)))
  # The penalized likelihood of skewed values can have several maxima: the highest of those from nine starts counts.
  fits <- lapply(c(0, -4, -2, -1, -0.5, 0.5, 1, 2, 4), function(slope) tryCatch(by_score(z, is_case, c(0, slope)), error = function(e) NULL))
  if (is_checked) stopifnot(max(abs(fits[[1]] - by_glm(z, is_case))) < 1e-6)
  fits <- Filter(Negate(is.null), fits)
  fit <- fits[[which.max(sapply(fits, function(one) penalized(one[1], one[2], z, is_case)))]]
  stopifnot(max(abs(fit - by_brglm2(z, is_case))) < 1e-6)
  largest <- penalized(fit[1], fit[2], z, is_case)
  profile <- function(slope) {
    reach <- abs(slope) * max(abs(z)) + 12
    grid <- seq(-reach, reach, length.out = 401)
    at <- which.max(penalized(grid, slope, z, is_case))
    optimize(function(a) penalized(a, slope, z, is_case), grid[c(max(1, at - 1), min(401, at + 1))], maximum = TRUE, tol = 1e-9)$objective
  }
  stopifnot(all(sapply(fit[2] + c(-0.01, 0.01), profile) < largest))
  beyond <- function(slope) profile(slope) - largest + qchisq(0.95, 1) / 2
  end <- function(direction) {
    reach <- 1
    while (beyond(fit[2] + direction * reach) > 0) reach <- 2 * reach
    fit[2] + direction * uniroot(function(away) beyond(fit[2] + direction * away), c(0, reach), tol = 1e-8)$root
  }
  c(fit[2], end(-1), end(1), pchisq(2 * (largest - profile(0)), 1, lower.tail = FALSE))
}

rows <- lapply(1:160, function(i) {
  kind <- c("distinct", "skewed", "graded", "binary", "parted")[i %% 5 + 1]
  largest <- if (i %% 2 == 0) 12 else 60
  repeat {
    x <- draw(sample(2:largest, 1), kind, sample(0:2, 1)); y <- draw(sample(2:largest, 1), kind, 0)
    if (length(unique(c(x, y))) > 1) break
  }
  area <- delong(x, y); model <- firth(x, y, i <= 15)
  stopifnot(abs(area[1] - concordance(rep(1:0, c(length(x), length(y))) ~ c(x, y))$concordance) < 1e-12)
  if (area[1] > 0 && area[1] < 1) stopifnot(max(abs(area - by_proc(x, y))) < 1e-10)
  spread <- sqrt((var(x) + var(y)) / 2)
  p <- c(mean(x), mean(y))
  binary_spread <- if (kind == "binary") sqrt(sum(p * (1 - p)) / 2) else NA
  list(x = joined(x), y = joined(y), is_binary = (kind == "binary") * 1, area = area[1], area_low = area[2], area_high = area[3],
    slope = model[1], slope_low = model[2], slope_high = model[3], p_value = model[4],
    difference = if (spread > 0) (mean(x) - mean(y)) / spread else NA,
    binary_difference = if (isTRUE(binary_spread > 0)) (p[1] - p[2]) / binary_spread else NA)
})
write_rows(rows, "discrimination.csv")

# Yang and Dalton 2012: several levels, by the covariance of the shares of all but the first.
rows <- lapply(1:80, function(i) {
  k <- sample(2:4, 1)
  repeat {
    counts <- rbind(rmultinom(1, sample(3:40, 1), rgamma(k, 1))[, 1], rmultinom(1, sample(3:40, 1), rgamma(k, 1))[, 1])
    if (all(colSums(counts) > 0)) break
  }
  shares <- counts / rowSums(counts)
  covariance <- function(p) diag(p, length(p)) - outer(p, p)
  middle <- (covariance(shares[1, -1]) + covariance(shares[2, -1])) / 2
  difference <- shares[1, -1] - shares[2, -1]
  distance <- if (abs(det(middle)) > 1e-12) sqrt(drop(difference %*% solve(middle) %*% difference)) else NA
  list(table = paste(apply(counts, 1, paste, collapse = " "), collapse = ";"), distance = distance)
})
write_rows(rows, "standardized_difference.csv")

# Patients of each of two groups for a difference of two shares: power.prop.test, to the last digits by uniroot.
rows <- lapply(1:60, function(i) {
  repeat {
    p <- round(runif(2, 0.001, 0.999), 4)
    if (p[1] != p[2]) break
  }
  power <- sample(c(0.8, 0.9), 1)
  found <- suppressWarnings(power.prop.test(p1 = p[1], p2 = p[2], power = power, tol = 1e-10, strict = FALSE))
  list(first = p[1], second = p[2], power = power, n = found$n)
})
write_rows(rows, "sample_size.csv")
