"""The names of the conventions, and the programs that print each of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WHOLE_COUNT = "whole count"
TIES = "ties"

ASYMPTOTIC_CORRECTED = "asymptotic with continuity correction"
ASYMPTOTIC = "asymptotic without continuity correction"
EXACT_CONDITIONAL = "exact conditional"
EXACT_TABLES = "exact by tables"
T_APPROXIMATION = "t-approximation with continuity correction"
T_APPROXIMATION_UNCORRECTED = "t-approximation without continuity correction"

FISHER = "Fisher two-sided"
FISHER_DOUBLED = "Fisher doubled one-sided"
MID_P = "Fisher mid-p"
MID_P_SAS = "Fisher mid-p of SAS"
PEARSON = "Pearson"
YATES = "Yates"
LIKELIHOOD_RATIO = "likelihood ratio"
N_MINUS_1 = "N-1"
WALD = "Wald z"
BARNARD = "Barnard"
TREND = "linear by linear"

KRUSKAL_WALLIS = "Kruskal-Wallis"
KRUSKAL_WALLIS_EXACT = "Kruskal-Wallis exact"

STUDENT = "Student's t"
WELCH = "Welch's t"
Z_OF_MEANS = "z of two means"
ANOVA = "one-way analysis of variance"

WALD_OF_INTERVAL = "Wald from the interval"
LOG_RANK = "log-rank from ratio and events"

RANK_SUM_CONVENTIONS = (
    ASYMPTOTIC_CORRECTED,
    EXACT_CONDITIONAL,
    EXACT_TABLES,
    ASYMPTOTIC,
    T_APPROXIMATION,
    T_APPROXIMATION_UNCORRECTED,
)
TWO_SHARES_CONVENTIONS = (
    PEARSON,
    FISHER,
    YATES,
    LIKELIHOOD_RATIO,
    N_MINUS_1,
    FISHER_DOUBLED,
    MID_P,
    MID_P_SAS,
    WALD,
    BARNARD,
)
EXACT_TWO_SHARES = frozenset({FISHER, FISHER_DOUBLED, MID_P, MID_P_SAS, BARNARD})
"""Tests of a 2x2 table that small expected counts do not forbid."""

PROGRAMS: Mapping[str, str] = MappingProxyType(
    {
        WHOLE_COUNT: "any program: a count over its denominator",
        TIES: "any program that gives equal values their mean rank",
        ASYMPTOTIC_CORRECTED: "R wilcox.test with exact=FALSE or with ties; SAS NPAR1WAY WILCOXON, normal "
        "approximation; scipy mannwhitneyu, method asymptotic",
        ASYMPTOTIC: "SPSS NPTESTS and NPAR TESTS; Stata ranksum; SAS NPAR1WAY with CORRECT=NO; R wilcox.test "
        "with correct=FALSE; R coin wilcox_test",
        EXACT_CONDITIONAL: "R wilcox.test below 50 values without ties; SAS NPAR1WAY with EXACT; Stata "
        "ranksum, exact; R coin wilcox_test, distribution exact; scipy mannwhitneyu, method exact",
        EXACT_TABLES: "printed tables of U, the smaller tail doubled; GraphPad Prism",
        T_APPROXIMATION: "SAS NPAR1WAY WILCOXON, t approximation",
        T_APPROXIMATION_UNCORRECTED: "SAS NPAR1WAY WILCOXON with CORRECT=NO, t approximation",
        FISHER: "R fisher.test; SAS FREQ, Fisher two-sided Pr <= P; SPSS CROSSTABS; Stata tabulate, exact; "
        "scipy fisher_exact",
        FISHER_DOUBLED: "R exact2x2 with tsmethod central; twice the one-sided p of R, SAS or SPSS",
        MID_P: "OpenEpi; R epitools; StatXact: twice the smaller one-sided mid-p",
        MID_P_SAS: "SAS FREQ with EXACT FISHER / MIDP: two-sided Fisher less half the table's probability",
        PEARSON: "R chisq.test with correct=FALSE; SAS FREQ CHISQ; SPSS CROSSTABS, Pearson; Stata tabulate, "
        "chi2; the pooled z of two proportions",
        YATES: "R chisq.test and prop.test of a 2x2 table; SAS FREQ, Continuity Adj.; SPSS CROSSTABS, "
        "Continuity Correction; scipy chi2_contingency",
        LIKELIHOOD_RATIO: "SAS FREQ and SPSS CROSSTABS, Likelihood Ratio; Stata tabulate, lrchi2",
        N_MINUS_1: "SAS FREQ, Mantel-Haenszel Chi-Square; SPSS CROSSTABS, Linear-by-Linear Association of a "
        "2x2 table; MedCalc",
        WALD: "the z of two proportions with unpooled variance; R epitools; risk difference of SAS FREQ",
        BARNARD: "R Barnard and Exact, scipy barnard_exact: unconditional, pooled z",
        TREND: "SAS FREQ, Mantel-Haenszel Chi-Square; SPSS CROSSTABS, Linear-by-Linear Association; "
        "R coin lbl_test: scores 1, 2, 3",
        KRUSKAL_WALLIS: "R kruskal.test; SAS NPAR1WAY WILCOXON; SPSS; Stata kwallis; scipy kruskal",
        KRUSKAL_WALLIS_EXACT: "SAS NPAR1WAY with EXACT",
        STUDENT: "R t.test with var.equal=TRUE; SAS TTEST, Pooled; SPSS, equal variances assumed; Stata ttest",
        WELCH: "R t.test; SAS TTEST, Satterthwaite; SPSS, equal variances not assumed; Stata ttest, unequal",
        Z_OF_MEANS: "the difference over its standard error against the normal distribution",
        ANOVA: "R aov; SAS GLM; SPSS ONEWAY; Stata oneway",
        WALD_OF_INTERVAL: "R coxph and glm; SAS PHREG and LOGISTIC; SPSS; Stata: estimate, interval and p of "
        "one standard error on the log scale",
        LOG_RANK: "R survdiff; SAS LIFETEST; SPSS KM; Stata sts test, as far as ratio and events bound it",
    }
)
