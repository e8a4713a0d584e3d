"""Standardized differences of two groups: how far apart they are, in standard deviations, whatever their sizes.

Sources: Austin, Stat Med 2009;28:3083-3107; for several levels Yang and Dalton, SAS Global Forum 2012, paper 335.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cartox.statistics.rank_sum import reason_not_applicable
from cartox.statistics.samples import Numbers, read_sample

MEANS = "difference of means by the root of the mean variance"
SHARES = "difference of shares by the root of the mean variance"
LEVELS = "Mahalanobis distance of the shares of levels"
NO_SPREAD = "no spread within either group"
NOBODY = "no values in a group"


@dataclass(frozen=True)
class StandardizedDifference:
    """Positive where x is higher; of several levels a distance, never negative; None where `not_applicable` holds a reason."""

    difference: float | None = None
    method: str = MEANS
    not_applicable: str | None = None


def standardized_means(x: Numbers, y: Numbers) -> StandardizedDifference:
    """Difference of the means of x and y in standard deviations; missing values are dropped.

    >>> standardized_means([1, 2, 3], [2, 3, 4]).difference
    -1.0
    """
    first, second = read_sample(x), read_sample(y)
    reason = reason_not_applicable(first, second)
    if reason is not None:
        return StandardizedDifference(not_applicable=reason)
    spread = math.sqrt((float(first.values.var(ddof=1)) + float(second.values.var(ddof=1))) / 2)
    if spread == 0:
        return StandardizedDifference(not_applicable=NO_SPREAD)
    return StandardizedDifference((float(first.values.mean()) - float(second.values.mean())) / spread)


def standardized_levels(x: Sequence[int], y: Sequence[int]) -> StandardizedDifference:
    """Difference of two groups of counted levels, in the same order; with two levels that of the shares of the first.

    >>> round(standardized_levels([3, 1], [1, 3]).difference, 4)
    1.1547
    """
    if not sum(x) or not sum(y):
        return StandardizedDifference(method=LEVELS, not_applicable=NOBODY)
    known = [(a, b) for a, b in zip(x, y, strict=True) if a + b]
    of_x, of_y = (np.array(counts) / sum(counts) for counts in zip(*known, strict=True))
    if len(known) < 2:
        return StandardizedDifference(method=LEVELS, not_applicable="all values are equal")
    if len(x) == 2:
        spread = math.sqrt((of_x[0] * of_x[1] + of_y[0] * of_y[1]) / 2)
        if spread == 0:
            return StandardizedDifference(method=SHARES, not_applicable=NO_SPREAD)
        return StandardizedDifference(float(of_x[0] - of_y[0]) / spread, SHARES)
    covariance = sum(np.diag(shares[1:]) - np.outer(shares[1:], shares[1:]) for shares in (of_x, of_y)) / 2
    apart = of_x[1:] - of_y[1:]
    if abs(np.linalg.det(covariance)) < SINGULAR:
        return StandardizedDifference(method=LEVELS, not_applicable=NO_SPREAD)
    return StandardizedDifference(float(math.sqrt(apart @ np.linalg.solve(covariance, apart))), LEVELS)


SINGULAR = 1e-12
"""A determinant below which a covariance has no inverse."""
