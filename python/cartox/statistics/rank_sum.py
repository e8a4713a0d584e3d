"""Wilcoxon rank sum (Mann-Whitney) test of two samples, with the effects that belong to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cartox.statistics.hodges_lehmann import hodges_lehmann
from cartox.statistics.rank_sum_asymptotic import asymptotic_p_value
from cartox.statistics.rank_sum_exact import LARGEST_NUMBER_OF_PAIRS, exact_p_value, is_exact_feasible
from cartox.statistics.ranks import doubled_midranks, read_ranked_sample, tie_sum
from cartox.statistics.samples import INFINITE, Numbers, Sample, check_confidence
from cartox.statistics.superiority import probability_of_superiority

ASYMPTOTIC = "Wilcoxon rank sum, asymptotic with tie and continuity correction"
EXACT = "Wilcoxon rank sum, exact conditional distribution (shift algorithm on doubled midranks)"
BEYOND_EXACT = f"not computed: more than {LARGEST_NUMBER_OF_PAIRS:,} pairs, asymptotic p only"
NOT_ASKED = "not computed: exact p not asked for"


@dataclass(frozen=True)
class RankSum:
    """Comparison of two samples by ranks; None but for the counts where `not_applicable` holds a reason.

    statistic: Mann-Whitney U of x, the number of pairs with x > y, ties counted half.
    p_value, p_exact: two-sided; `method` and `exact_method` name how each was made.
    difference: Hodges-Lehmann median of the differences x - y, in the unit of the values.
    difference_confidence: what its interval reaches, short of `confidence` in very small samples only.
    rank_biserial: -1 .. 1, positive where x is larger. probability_superiority: P(X > Y) + P(X = Y) / 2.
    n_x, n_y: values that are there; n_missing: values dropped from both groups.
    """

    n_x: int
    n_y: int
    n_missing: int
    method: str = ASYMPTOTIC
    exact_method: str | None = None
    statistic: float | None = None
    p_value: float | None = None
    p_exact: float | None = None
    confidence: float | None = None
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    difference_confidence: float | None = None
    difference_method: str | None = None
    rank_biserial: float | None = None
    rank_biserial_low: float | None = None
    rank_biserial_high: float | None = None
    probability_superiority: float | None = None
    probability_superiority_low: float | None = None
    probability_superiority_high: float | None = None
    not_applicable: str | None = None


def rank_sum(
    x: Numbers, y: Numbers, *, exact: bool = True, shift: bool = True, confidence: float = 0.95
) -> RankSum:
    """Compare two independent samples by ranks.

    x, y: numbers in one unit; missing ones (None, nan) are dropped and counted, and values that are equal to 12
    significant digits are ties. exact: whether to compute the exact conditional p besides the asymptotic one;
    beyond 90,000 pairs it is None and exact_method says so. shift: whether to compute the difference, which takes longer
    the more pairs there are; the fields named after it are None without. The asymptotic p is that of R's
    wilcox.test(exact = FALSE, correct = TRUE); the exact one that of coin::wilcox_test(distribution = "exact").
    Intervals: see the modules hodges_lehmann and superiority.

    Not applicable with fewer than two values in a group, all values equal, or an infinite value.
    Raises ValueError for a confidence outside 0 .. 1 and TypeError for text.

    Source: Mann and Whitney, Ann Math Stat 1947;18:50-60; Lehmann, Nonparametrics, 1975, chapter 1.

    >>> result = rank_sum([1.0, 2.0, 4.0], [3.0, 5.0, None, 6.0])
    >>> result.statistic, result.n_missing, round(result.p_exact, 3)
    (1.0, 1, 0.2)
    """
    check_confidence(confidence)
    first, second = read_ranked_sample(x), read_ranked_sample(y)
    n_missing = first.n_missing + second.n_missing
    reason = reason_not_applicable(first, second)
    if reason is not None:
        return RankSum(first.n, second.n, n_missing, not_applicable=reason)

    pooled = np.concatenate([first.values, second.values])
    is_x = np.arange(pooled.size) < first.n
    doubled = doubled_midranks(pooled)
    u = float(doubled[is_x].sum() - first.n * (first.n + 1)) / 2
    p_exact, exact_method = None, NOT_ASKED
    if exact and is_exact_feasible(first.n, second.n):
        p_exact, exact_method = exact_p_value(doubled, is_x), EXACT
    elif exact:
        exact_method = BEYOND_EXACT
    found = hodges_lehmann(first.values, second.values, confidence) if shift else None
    superiority = probability_of_superiority(u, first.n, second.n, confidence)
    return RankSum(
        n_x=first.n,
        n_y=second.n,
        n_missing=n_missing,
        exact_method=exact_method,
        statistic=u,
        p_value=asymptotic_p_value(u, first.n, second.n, tie_sum(pooled)),
        p_exact=p_exact,
        confidence=confidence,
        difference=found.difference if found else None,
        difference_low=found.low if found else None,
        difference_high=found.high if found else None,
        difference_confidence=found.confidence if found else None,
        difference_method=found.method if found else None,
        rank_biserial=2 * superiority.probability - 1,
        rank_biserial_low=2 * superiority.low - 1,
        rank_biserial_high=2 * superiority.high - 1,
        probability_superiority=superiority.probability,
        probability_superiority_low=superiority.low,
        probability_superiority_high=superiority.high,
    )


def reason_not_applicable(x: Sample, y: Sample) -> str | None:
    """Why two samples cannot be compared by ranks, in words; None where they can."""
    if x.n == 0 and y.n == 0:
        return "no values in either group"
    for sample, name in ((x, "first"), (y, "second")):
        if sample.n == 0:
            return f"no values in the {name} group"
        if sample.n == 1:
            return f"only one value in the {name} group"
    if not (x.is_finite and y.is_finite):
        return INFINITE
    if min(x.values.min(), y.values.min()) == max(x.values.max(), y.values.max()):
        return "all values are equal"
    return None
