"""Which Mann-Whitney U, without ties, have a p-value between two bounds, by each convention.

U is counted from the smaller side, 0 .. floor(n m / 2): U and n m - U have the same p. Without ties the
distribution of U is symmetric, so doubling the smaller tail, as printed tables have it, and summing everything
at least as far from the expectation, the exact conditional p, are the same number.

Source of the t-approximation: SAS/STAT User's Guide, NPAR1WAY, "Simple linear rank tests for two-sample
data": the same statistic against Student's t with n - 1 degrees of freedom.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import special

from cartox.audit.conventions.names import (
    ASYMPTOTIC,
    ASYMPTOTIC_CORRECTED,
    EXACT_CONDITIONAL,
    EXACT_TABLES,
    T_APPROXIMATION,
    T_APPROXIMATION_UNCORRECTED,
)
from cartox.audit.conventions.rank_sum_exact import doubled_lower_tail

Floats = npt.NDArray[np.float64]

LARGEST_EXACT = 25_000
"""Product of the group sizes up to which the exact conventions are tried for complete data."""
LARGEST_EXACT_WITH_MISSING = 2_500
"""The same for data with values missing, of which there are ten pairs of sizes."""
LARGEST_LISTED = 2_000_000
"""Product of the group sizes up to which U is tried; beyond, the p-values lie closer than any print."""
IS_CORRECTED = {
    ASYMPTOTIC_CORRECTED: True,
    ASYMPTOTIC: False,
    T_APPROXIMATION: True,
    T_APPROXIMATION_UNCORRECTED: False,
}
EXACT = (EXACT_CONDITIONAL, EXACT_TABLES)


def approximate_p(u: float, sizes: tuple[int, int], convention: str, ties: float = 0.0) -> float:
    """Two-sided p of U by a convention that approximates; `ties`: sum of t³ - t over blocks of equal values."""
    distance = abs(u - sizes[0] * sizes[1] / 2) - (0.5 if IS_CORRECTED[convention] else 0.0)
    z = -distance / _deviation(sizes, ties)
    tail = special.stdtr(sum(sizes) - 1, z) if convention.startswith("t-") else special.ndtr(z)
    return float(min(1.0, 2 * tail))


def u_at(p: float, sizes: tuple[int, int], convention: str, ties: float = 0.0) -> float:
    """Give the U, counted from the smaller side, at which a convention that approximates reaches a p-value."""
    half = min(max(p / 2, 1e-300), 0.5)
    z = special.stdtrit(sum(sizes) - 1, half) if convention.startswith("t-") else special.ndtri(half)
    distance = -float(z) * _deviation(sizes, ties) + (0.5 if IS_CORRECTED[convention] else 0.0)
    return sizes[0] * sizes[1] / 2 - distance


def _deviation(sizes: tuple[int, int], ties: float) -> float:
    n = sum(sizes)
    return math.sqrt(sizes[0] * sizes[1] / 12 * ((n + 1) - ties / (n * (n - 1))))


@lru_cache(maxsize=16_384)
def fitting_u(
    sizes: tuple[int, int], low: float, high: float, with_exact: bool = True
) -> tuple[tuple[str, range, float, float], ...]:
    """Give convention, U and their least and largest p, where some U has a p in [low, high]."""
    return tuple(_fitting(sizes, low, high, with_exact))


def _fitting(
    sizes: tuple[int, int], low: float, high: float, with_exact: bool
) -> Iterator[tuple[str, range, float, float]]:
    last = sizes[0] * sizes[1] // 2
    for convention in IS_CORRECTED:
        found = _approximate(sizes, convention, low, high, last)
        if found:
            least, most = (approximate_p(u, sizes, convention) for u in (found[0], found[-1]))
            yield convention, found, least, most
    if with_exact:
        p = doubled_lower_tail(*sizes)
        found = range(int(np.searchsorted(p, low, side="left")), int(np.searchsorted(p, high, side="right")))
        if found:
            for convention in EXACT:
                yield convention, found, float(p[found[0]]), float(p[found[-1]])


def _approximate(sizes: tuple[int, int], convention: str, low: float, high: float, last: int) -> range:
    """U of an approximation: those about the real solution, each tried."""
    first = max(0, math.floor(u_at(low, sizes, convention)) - 1) if low > 0 else 0
    end = last if high >= 1 else min(last, math.ceil(u_at(high, sizes, convention)) + 1)
    while first <= end and approximate_p(first, sizes, convention) < low:
        first += 1
    while end >= first and approximate_p(end, sizes, convention) > high:
        end -= 1
    return range(first, end + 1)


def splits(total: int, sizes: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Ways in which so many missing values lie in two groups, leaving somebody in each."""
    for first in range(total + 1):
        if first < sizes[0] and total - first < sizes[1]:
            yield first, total - first
