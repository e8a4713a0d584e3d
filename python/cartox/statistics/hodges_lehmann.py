"""The Hodges-Lehmann difference of two samples: the median of all pairwise differences, with an interval.

The interval runs from the k-th smallest to the k-th largest pairwise difference (Hollander, Wolfe and
Chicken,
Nonparametric Statistical Methods, 3rd ed., section 4.3; Bauer, J Am Stat Assoc 1972;67:687-690):

- no two pooled values equal, at most 90,000 pairs: k is the exact lower (1 - confidence) / 2 quantile of U,
  at least 1, as in R's wilcox.test(exact = TRUE, conf.int = TRUE);
- else: k = ceil(n_x n_y / 2 - 1/2 - z sigma), at least 1, with sigma² the variance of U from the ties inside
  each group, which are those that a shift of one group leaves. R's wilcox.test(exact = FALSE, correct = TRUE)
  searches the same order statistic as a root.

`confidence` is what the interval reaches, the exact or approximated 1 - 2 P(U <= k - 1). It is at least what
was asked for, but in very small samples, where even the whole range of the differences falls short of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from cartox.statistics.rank_sum_exact import is_exact_feasible, tie_free_distribution
from cartox.statistics.ranks import has_ties, tie_sum
from cartox.statistics.samples import Floats

LARGEST_NUMBER_OF_KEPT_DIFFERENCES = 4_000_000


@dataclass(frozen=True)
class PairwiseDifference:
    """Median of the differences x - y with its interval, in the unit of the values."""

    difference: float
    low: float
    high: float
    confidence: float
    method: str


def hodges_lehmann(x: Floats, y: Floats, confidence: float) -> PairwiseDifference:
    """Median pairwise difference x - y of two samples of finite values, each with at least one value."""
    n_pairs = x.size * y.size
    tail = (1 - confidence) / 2
    if is_exact_feasible(x.size, y.size) and not has_ties(np.concatenate([x, y])):
        cumulative = np.cumsum(tie_free_distribution(*sorted((x.size, y.size))))
        k = max(1, int(np.searchsorted(cumulative, tail * (1 - 1e-12))))
        reached = 1 - 2 * float(cumulative[k - 1])
        method = "order statistics of the pairwise differences, exact quantile of U"
    else:
        standard_deviation = math.sqrt(_variance_under_shift(x, y))
        middle = n_pairs / 2 - 0.5
        k = max(1, math.ceil(middle - float(special.ndtri(1 - tail)) * standard_deviation))
        reached = 1 - 2 * float(special.ndtr((k - 0.5 - n_pairs / 2) / standard_deviation))
        method = "order statistics of the pairwise differences, normal approximation with ties within groups"
    ranks = [k, n_pairs + 1 - k, (n_pairs + 1) // 2, n_pairs // 2 + 1]
    low, high, lower_middle, upper_middle = _ordered_differences(x, y, ranks)
    return PairwiseDifference(
        difference=lower_middle + (upper_middle - lower_middle) / 2,
        low=low,
        high=high,
        confidence=reached,
        method=method,
    )


def _variance_under_shift(x: Floats, y: Floats) -> float:
    n = x.size + y.size
    ties = tie_sum(x) + tie_sum(y)
    return float(x.size * y.size / 12 * ((n + 1) - ties / (n * (n - 1))))


def _ordered_differences(x: Floats, y: Floats, ranks: list[int]) -> list[float]:
    """Find the differences x - y of the given ranks, 1 being the smallest."""
    if x.size * y.size > LARGEST_NUMBER_OF_KEPT_DIFFERENCES:
        return [_search_difference(np.sort(x), np.sort(y), rank) for rank in ranks]
    differences = np.subtract.outer(x, y).ravel()
    differences.partition([rank - 1 for rank in ranks])
    return [float(differences[rank - 1]) for rank in ranks]


def _search_difference(x: Floats, y: Floats, rank: int) -> float:
    """Search the difference of that rank by bisection, keeping none of them; x and y are sorted."""
    low, high = float(x[0] - y[-1]), float(x[-1] - y[0])
    while True:
        middle = low + (high - low) / 2
        if middle in (low, high):
            return high if _count_up_to(x, y, low) < rank else low
        if _count_up_to(x, y, middle) >= rank:
            high = middle
        else:
            low = middle


def _count_up_to(x: Floats, y: Floats, difference: float) -> int:
    return int((y.size - np.searchsorted(y, x - difference, side="left")).sum())
