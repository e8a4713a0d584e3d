# Rank sum tests of 360 random pairs of samples with ties, missing values and 2 to 60 values in a group.
# wilcox.test: U, asymptotic p, exact p and interval without ties; coin: exact conditional p, with ties too.
source("common.R")
suppressPackageStartupMessages(library(coin))
start_stream(20240501)

draw_values <- function(n, kind, shift) {
  switch(kind,
    distinct = round(rnorm(n, 10 + shift, 3), 6),
    rounded = round(rlnorm(n, 1 + shift / 4), 1),
    whole = rpois(n, 4 + 2 * shift),
    graded = sample(0:4, n, replace = TRUE, prob = (1:5)^shift))
}

with_missing <- function(values, share) {
  missing <- runif(length(values)) < share
  if (sum(!missing) >= 2) values[missing] <- NA
  values
}

draw_pair <- function(i) {
  largest <- if (i %% 2 == 0) 14 else 60
  kind <- c("distinct", "rounded", "distinct", "whole", "graded")[i %% 5 + 1]
  repeat {
    n <- sample(2:largest, 2, replace = TRUE)
    share <- sample(c(0, 0.1, 0.3), 1)
    x <- with_missing(draw_values(n[1], kind, sample(0:2, 1)), share)
    y <- with_missing(draw_values(n[2], kind, 0), share)
    if (length(unique(na.omit(c(x, y)))) > 1) return(list(x = x, y = y))
  }
}

# Newcombe 2006, method 5: theta with |theta - estimate| = z sqrt(V(theta)).
superiority_limits <- function(estimate, m, n, z = qnorm(0.975)) {
  star <- (m + n) / 2 - 1
  v <- function(t) t * (1 - t) / (m * n) * (1 + star * (1 - t) / (2 - t) + star * t / (1 + t))
  low <- if (estimate == 0) 0 else exact_root(function(t) estimate - t - z * sqrt(v(t)), 0, min(estimate, 1 - 1e-12))
  high <- if (estimate == 1) 1 else exact_root(function(t) t - estimate - z * sqrt(v(t)), max(estimate, 1e-12), 1)
  c(low, high)
}

# Order-statistic interval by definition, for samples with ties: sigma from the ties that a shift leaves.
tied_limits <- function(x, y, z = qnorm(0.975)) {
  m <- length(x); n <- length(y)
  ties <- sum(table(x)^3 - table(x)) + sum(table(y)^3 - table(y))
  sigma <- sqrt(m * n / 12 * (m + n + 1 - ties / ((m + n) * (m + n - 1))))
  k <- max(1, ceiling(m * n / 2 - 0.5 - z * sigma))
  differences <- sort(outer(x, y, "-"))
  c(differences[k], differences[m * n + 1 - k])
}

rows <- lapply(1:360, function(i) {
  pair <- draw_pair(i)
  x <- pair$x[!is.na(pair$x)]; y <- pair$y[!is.na(pair$y)]
  pooled <- c(x, y); group <- factor(rep(c("x", "y"), c(length(x), length(y))))
  has_ties <- length(unique(pooled)) < length(pooled)
  asymptotic <- suppressWarnings(wilcox.test(x, y, exact = FALSE, correct = TRUE))
  uncorrected <- suppressWarnings(wilcox.test(x, y, exact = FALSE, correct = FALSE))
  conditional <- wilcox_test(pooled ~ group, distribution = "exact")
  exact <- if (has_ties) NULL else wilcox.test(x, y, exact = TRUE, conf.int = TRUE)
  searched <- suppressWarnings(wilcox.test(x, y, exact = FALSE, correct = TRUE, conf.int = TRUE, tol.root = 1e-10))
  limits <- if (has_ties) tied_limits(x, y) else as.numeric(exact$conf.int)
  estimate <- mean(outer(x, y, function(a, b) (a > b) + (a == b) / 2))
  superiority <- superiority_limits(estimate, length(x), length(y))
  list(x = joined(pair$x), y = joined(pair$y), has_ties = as.character(has_ties),
    statistic = as.numeric(asymptotic$statistic), p_value = asymptotic$p.value, p_uncorrected = uncorrected$p.value,
    p_exact = as.numeric(pvalue(conditional)), p_exact_wilcox = if (has_ties) NA_real_ else exact$p.value,
    difference = median(outer(x, y, "-")), difference_low = limits[1], difference_high = limits[2],
    searched_low = searched$conf.int[1], searched_high = searched$conf.int[2],
    superiority = estimate, superiority_low = superiority[1], superiority_high = superiority[2])
})
write_rows(rows, "rank_sum.csv")
