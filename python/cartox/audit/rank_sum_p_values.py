"""The p-value of every Mann-Whitney U that two group sizes allow without ties, by each convention.

Without ties the distribution of U is symmetric, so doubling the smaller tail, as printed tables have it,
and summing everything at least as far from the expectation, the exact conditional p, are the same number.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np

from cartox.audit.conventions import ASYMPTOTIC, ASYMPTOTIC_CORRECTED, EXACT_CONDITIONAL, EXACT_TABLES
from cartox.statistics import asymptotic_p_value
from cartox.statistics.rank_sum_exact import tie_free_distribution

LARGEST_EXACT = 25_000
"""Product of the group sizes up to which the exact conventions are tried, in a second or two."""

PValue = Callable[[int], float]


@lru_cache(maxsize=256)
def p_values(first: int, second: int) -> Mapping[str, PValue]:
    """Two-sided p by convention, as a function of U = 0 .. floor(first * second / 2) on which it ascends.

    U and first * second - U have the same p. The exact conventions are left out beyond `LARGEST_EXACT`,
    where they differ little from the asymptotic one.
    """

    def asymptotic(u: int) -> float:
        return asymptotic_p_value(u, first, second, 0.0, is_continuity_corrected=False)

    def corrected(u: int) -> float:
        return asymptotic_p_value(u, first, second, 0.0)

    by_convention = {ASYMPTOTIC_CORRECTED: corrected, ASYMPTOTIC: asymptotic}
    if first * second <= LARGEST_EXACT:
        cumulative = np.cumsum(tie_free_distribution(min(first, second), max(first, second)))

        def exact(u: int) -> float:
            return min(1.0, 2 * float(cumulative[u]))

        by_convention |= {EXACT_CONDITIONAL: exact, EXACT_TABLES: exact}
    return by_convention


def u_between(p_value: PValue, pairs: int, low: float, high: float) -> range:
    """Find the U, counted from the smaller side, whose p-value lies between two bounds, both included."""
    candidates = range(pairs // 2 + 1)
    return candidates[bisect_left(candidates, low, key=p_value) : bisect_right(candidates, high, key=p_value)]


def u_below(p_value: PValue, pairs: int, limit: float) -> range:
    """Find the U, counted from the smaller side, whose p-value lies below a limit."""
    candidates = range(pairs // 2 + 1)
    return candidates[: bisect_left(candidates, limit, key=p_value)]
