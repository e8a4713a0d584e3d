# 60 studies of censored times with two competing events in two to four groups: Gray's test, log-rank test, hazard ratio,
# Kaplan-Meier and Aalen-Johansen estimates with their intervals. Among them studies without ties, with heavy ties, with nobody
# censored and with almost everybody censored.
source("common.R")
suppressMessages({library(cmprsk); library(survival)})
start_stream(20240507)

rows <- lapply(1:60, function(i) {
  n <- sample(c(12, 30, 60, 150), 1); k <- if (i %% 3 == 0) sample(3:4, 1) else 2
  longest <- sample(c(6, 30, 400), 1)
  group <- sample(letters[1:k], n, replace = TRUE, prob = (1:k)^0.5)
  day <- pmin(longest, 1 + floor(rexp(n, ifelse(group == "a", 1.5, 1) / (longest / 2))))
  weights <- switch(i %% 4 + 1, c(1, 1, 1), c(0, 2, 1), c(6, 1, 1), c(1, 4, 1))
  event <- sample(0:2, n, replace = TRUE, prob = weights)
  event[1:4] <- c(1, 1, 2, 2); group[1:4] <- c("a", "b", "a", "b")

  gray <- cuminc(day, event, group, cencode = 0)$Tests
  difference <- survdiff(Surv(day, event == 1) ~ group)
  ratio <- if (k == 2) summary(coxph(Surv(day, event == 1) ~ I(group == "b"), ties = "efron",
    control = coxph.control(eps = 1e-13, iter.max = 100)))
  middle <- sort(day)[ceiling(n / 2)]
  estimate <- timepoints(cuminc(day, event, cencode = 0), middle)
  one <- 1 - estimate$est["1 1", 1]; error <- sqrt(estimate$var["1 1", 1])
  spread <- qnorm(0.975) * error / (one * log(one))
  ends <- 1 - sort(one^exp(c(spread, -spread)), decreasing = TRUE)
  alive <- summary(survfit(Surv(day, event > 0) ~ 1, conf.type = "log-log"), times = middle)
  list(days = joined(day), events = joined(event), groups = paste(group, collapse = " "),
    gray_1 = gray["1", "stat"], gray_p_1 = gray["1", "pv"], gray_2 = gray["2", "stat"], gray_p_2 = gray["2", "pv"],
    log_rank = difference$chisq, log_rank_p = pchisq(difference$chisq, k - 1, lower.tail = FALSE),
    hazard_ratio = if (k == 2) ratio$conf.int[1, 1] else NA, hazard_low = if (k == 2) ratio$conf.int[1, 3] else NA,
    hazard_high = if (k == 2) ratio$conf.int[1, 4] else NA, hazard_p = if (k == 2) ratio$coefficients[1, 5] else NA,
    day = middle, incidence = estimate$est["1 1", 1], incidence_low = ends[1], incidence_high = ends[2],
    alive = alive$surv, alive_low = alive$lower, alive_high = alive$upper)
})
write_rows(rows, "events.csv")
