# Tables of counts: 320 tables of 2x2 (zero cells too) and 120 larger ones.
# fisher.test, chisq.test with and without Yates' correction; exact interval of the odds ratio; Newcombe's interval.
source("common.R")
start_stream(20240502)

has_empty_margin <- function(table) any(rowSums(table) == 0) || any(colSums(table) == 0)

draw_table <- function(n_rows, n_columns, largest) {
  repeat {
    chances <- rgamma(n_rows * n_columns, 0.7)
    counts <- rmultinom(1, sample(4:largest, 1), chances / sum(chances))
    table <- matrix(counts, n_rows)
    if (!has_empty_margin(table)) return(table)
  }
}

# Cornfield's limits by definition; fisher.test searches the same ones but stops at 1e-4.
odds_ratio_limits <- function(table, tail = 0.025) {
  m <- sum(table[, 1]); n <- sum(table[, 2]); k <- sum(table[1, ]); a <- table[1, 1]
  support <- max(0, k - n):min(k, m)
  chance <- function(log_ratio, cells) {
    weight <- dhyper(support, m, n, k, log = TRUE) + log_ratio * support
    weight <- exp(weight - max(weight))
    sum(weight[support %in% cells]) / sum(weight)
  }
  low <- if (a == min(support)) 0 else exp(exact_root(function(t) log(chance(t, support[support >= a]) / tail), -30, 30))
  high <- if (a == max(support)) Inf else exp(exact_root(function(t) log(chance(t, support[support <= a]) / tail), -30, 30))
  c(low, high)
}

newcombe_limits <- function(table) {
  share <- table[, 1] / rowSums(table)
  wilson <- sapply(1:2, function(i) suppressWarnings(prop.test(table[i, 1], sum(table[i, ]), correct = FALSE))$conf.int)
  difference <- share[1] - share[2]
  c(difference, difference - sqrt((share[1] - wilson[1, 1])^2 + (wilson[2, 2] - share[2])^2),
    difference + sqrt((wilson[2, 1] - share[1])^2 + (share[2] - wilson[1, 2])^2))
}

cells <- function(table) paste(apply(table, 1, paste, collapse = " "), collapse = ";")

rows <- lapply(1:320, function(i) {
  table <- draw_table(2, 2, if (i %% 2 == 0) 40 else 500)
  fisher <- fisher.test(table)
  pearson <- suppressWarnings(chisq.test(table, correct = FALSE))
  yates <- suppressWarnings(chisq.test(table, correct = TRUE))
  limits <- odds_ratio_limits(table)
  risk <- newcombe_limits(table)
  list(table = cells(table), minimum_expected = min(pearson$expected), statistic = as.numeric(pearson$statistic),
    p_pearson = pearson$p.value, p_yates = yates$p.value, p_fisher = fisher$p.value,
    odds_ratio = table[1, 1] * table[2, 2] / (table[1, 2] * table[2, 1]),
    odds_ratio_low = limits[1], odds_ratio_high = limits[2],
    fisher_low = fisher$conf.int[1], fisher_high = fisher$conf.int[2],
    risk_difference = risk[1], risk_difference_low = risk[2], risk_difference_high = risk[3])
})
write_rows(rows, "contingency_2x2.csv")

rows <- lapply(1:120, function(i) {
  size <- list(c(2, 3), c(2, 4), c(2, 5), c(3, 3), c(3, 4), c(4, 3))[[i %% 6 + 1]]
  table <- draw_table(size[1], size[2], if (prod(size) <= 8) 120 else 42)
  fisher <- fisher.test(table, workspace = 2e7)
  pearson <- suppressWarnings(chisq.test(table, correct = FALSE))
  list(table = cells(table), minimum_expected = min(pearson$expected), statistic = as.numeric(pearson$statistic),
    p_pearson = pearson$p.value, p_fisher = fisher$p.value)
})
write_rows(rows, "contingency_larger.csv")
