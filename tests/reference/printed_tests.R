# Every test that the audit of printed figures names, on random counts, values and survival times.
# fisher.test, chisq.test, wilcox.test, kruskal.test, t.test, aov, glm, survival's coxph and survdiff, coin's
# lbl_test (linear by linear); the rest by definition.
source("common.R")
suppressPackageStartupMessages({library(coin); library(survival)})
start_stream(20261125)

cells <- function(table) paste(apply(table, 1, paste, collapse = " "), collapse = ";")
likelihood_ratio <- function(table) {
  expected <- outer(rowSums(table), colSums(table)) / sum(table)
  g <- 2 * sum(ifelse(table > 0, table * log(table / expected), 0))
  pchisq(g, prod(dim(table) - 1), lower.tail = FALSE)
}
quiet <- suppressWarnings

two_by_two <- lapply(1:120, function(i) {
  repeat {
    n <- sample(4:60, 2, replace = TRUE)
    k <- rbinom(2, n, runif(2))
    if (sum(k) > 0 && sum(k) < sum(n)) break
  }
  table <- rbind(k, n - k)
  one_sided <- min(fisher.test(table, alternative = "less")$p.value, fisher.test(table, alternative = "greater")$p.value)
  chance <- dhyper(k[1], n[1], n[2], sum(k))
  share <- k / n
  variance <- sum(share * (1 - share) / n)
  fisher <- fisher.test(table)$p.value
  data.frame(count_1 = k[1], size_1 = n[1], count_2 = k[2], size_2 = n[2],
    fisher = fisher, doubled = min(1, 2 * one_sided), mid = min(1, 2 * one_sided - chance), mid_sas = fisher - chance / 2,
    pearson = quiet(chisq.test(table, correct = FALSE))$p.value, yates = quiet(chisq.test(table))$p.value,
    likelihood = likelihood_ratio(table), n_minus_1 = pchisq((sum(n) - 1) / sum(n) * quiet(chisq.test(table, correct = FALSE))$statistic, 1, lower.tail = FALSE),
    wald = if (variance > 0) 2 * pnorm(-abs(diff(share)) / sqrt(variance)) else NA)
})
write_rows(two_by_two, "printed_two_by_two.csv")

larger <- lapply(1:60, function(i) {
  repeat {
    table <- matrix(rmultinom(1, sample(20:80, 1), rgamma(6, 2)), sample(2:3, 1))
    if (all(rowSums(table) > 0) && all(colSums(table) > 0)) break
  }
  ordered_table <- as.table(table)
  data.frame(table = cells(table), fisher = fisher.test(table)$p.value, pearson = quiet(chisq.test(table))$p.value,
    likelihood = likelihood_ratio(table), trend = as.numeric(pvalue(lbl_test(ordered_table))))
})
write_rows(larger, "printed_larger.csv")

values <- lapply(1:80, function(i) {
  n <- sample(3:25, 3, replace = TRUE)
  x <- lapply(1:3, function(j) round(rnorm(n[j], rnorm(1, 10, 1), runif(1, 1, 4)), 4))
  pooled <- unlist(x); group <- factor(rep(1:3, n))
  u <- unname(quiet(wilcox.test(x[[1]], x[[2]], exact = FALSE))$statistic)
  z <- function(correction) (abs(u - n[1] * n[2] / 2) - correction) / sqrt(n[1] * n[2] * (n[1] + n[2] + 1) / 12)
  data.frame(size_1 = n[1], size_2 = n[2], size_3 = n[3], u = u,
    mean_1 = mean(x[[1]]), sd_1 = sd(x[[1]]), mean_2 = mean(x[[2]]), sd_2 = sd(x[[2]]), mean_3 = mean(x[[3]]), sd_3 = sd(x[[3]]),
    has_ties = any(duplicated(pooled)),
    corrected = wilcox.test(x[[1]], x[[2]], exact = FALSE)$p.value,
    uncorrected = wilcox.test(x[[1]], x[[2]], exact = FALSE, correct = FALSE)$p.value,
    exact = quiet(wilcox.test(x[[1]], x[[2]], exact = TRUE))$p.value,
    t_corrected = min(1, 2 * pt(-z(0.5), sum(n[1:2]) - 1)), t_uncorrected = min(1, 2 * pt(-z(0), sum(n[1:2]) - 1)),
    student = t.test(x[[1]], x[[2]], var.equal = TRUE)$p.value, welch = t.test(x[[1]], x[[2]])$p.value,
    anova = summary(aov(pooled ~ group))[[1]][1, "Pr(>F)"], kruskal = kruskal.test(pooled, group)$p.value)
})
write_rows(values, "printed_values.csv")

ratios <- lapply(1:60, function(i) {
  n <- sample(40:200, 1); arm <- rbinom(n, 1, 0.5); arm[1:2] <- 0:1
  time <- rexp(n, exp(rnorm(1, 0, 0.5) * arm)); limit <- rexp(n, runif(1, 0.2, 1))
  died <- as.integer(time <= limit)
  cox <- coxph(Surv(pmin(time, limit), died) ~ arm, ties = "efron")
  interval <- exp(confint(cox))
  log_rank <- survdiff(Surv(pmin(time, limit), died) ~ arm)
  repeat {
    k <- rbinom(2, c(n, n), runif(2, 0.1, 0.9))
    if (all(k > 0) && all(k < n)) break
  }
  logistic <- glm(cbind(k, n - k) ~ factor(0:1), family = binomial)
  odds <- exp(confint.default(logistic)[2, ])
  data.frame(events = sum(died), hazard_ratio = exp(coef(cox)), hazard_low = interval[1], hazard_high = interval[2],
    hazard_p = summary(cox)$coefficients[1, 5], log_rank_p = pchisq(log_rank$chisq, 1, lower.tail = FALSE),
    count_1 = k[1], count_2 = k[2], size = n,
    odds_ratio = exp(coef(logistic)[2]), odds_low = odds[1], odds_high = odds[2],
    odds_p = summary(logistic)$coefficients[2, 4], conditional_odds_ratio = fisher.test(cbind(rev(k), n - rev(k)))$estimate)
})
write_rows(ratios, "printed_ratios.csv")
