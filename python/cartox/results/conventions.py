"""The p-values that one comparison has under the conventions in use, of which the study's rule picks one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cartox.results.values import Value, numbers
from cartox.statistics import Contingency, RankSum, asymptotic_p_value
from cartox.statistics.contingency import PEARSON
from cartox.statistics.ranks import read_ranked_sample, tie_sum

ASYMPTOTIC_CORRECTED = "asymptotic with continuity correction"
ASYMPTOTIC_UNCORRECTED = "asymptotic without continuity correction"
EXACT_CONDITIONAL = "exact conditional"
FISHER_EXACT = "Fisher exact"
PEARSON_UNCORRECTED = "Pearson"
YATES_CORRECTED = "Yates"


@dataclass(frozen=True)
class ConventionalP:
    """A p-value under a named convention; `is_rule` where that convention is the study's."""

    convention: str
    p_value: float | None
    is_rule: bool


def rank_sum_conventions(found: RankSum, x: Sequence[Value], y: Sequence[Value]) -> tuple[ConventionalP, ...]:
    """Asymptotic with the continuity correction (the rule) and without, and exact; all corrected for ties."""
    uncorrected = None
    if found.statistic is not None:
        pooled = read_ranked_sample(numbers((*x, *y))).values
        uncorrected = asymptotic_p_value(
            found.statistic, found.n_x, found.n_y, tie_sum(pooled), is_continuity_corrected=False
        )
    return (
        ConventionalP(ASYMPTOTIC_CORRECTED, found.p_value, is_rule=True),
        ConventionalP(ASYMPTOTIC_UNCORRECTED, uncorrected, is_rule=False),
        ConventionalP(EXACT_CONDITIONAL, found.p_exact, is_rule=False),
    )


def contingency_conventions(found: Contingency) -> tuple[ConventionalP, ...]:
    """Fisher, and Pearson without and with Yates' correction; the rule is the one that p_value uses."""
    is_pearson_due = found.method == PEARSON
    is_tested = found.p_value is not None
    return (
        ConventionalP(FISHER_EXACT, found.p_fisher, is_rule=is_tested and not is_pearson_due),
        ConventionalP(PEARSON_UNCORRECTED, found.p_pearson, is_rule=is_tested and is_pearson_due),
        ConventionalP(YATES_CORRECTED, found.p_yates, is_rule=False),
    )
