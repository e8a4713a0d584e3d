"""Agreement of two raters on an ordered scale."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special
from statsmodels.stats.inter_rater import cohens_kappa

from cartox.statistics.contingency import Table, read_table
from cartox.statistics.samples import check_confidence

LINEAR = "linear"
QUADRATIC = "quadratic"


@dataclass(frozen=True)
class Agreement:
    """Cohen's weighted kappa: 1 full agreement, 0 that of chance; None where `not_applicable` says why.

    low, high: large-sample interval.
    """

    n: int
    method: str
    kappa: float | None = None
    low: float | None = None
    high: float | None = None
    not_applicable: str | None = None


def weighted_kappa(table: Table, *, weights: str = LINEAR, confidence: float = 0.95) -> Agreement:
    """Weighted kappa of a square table: rows are the first rater's ordered categories, columns the second's.

    weights: agreement falls with the distance of the categories ("linear") or with its square ("quadratic").
    Not applicable with fewer than two rated subjects, a table that is not square or has fewer than two
    categories, bad counts, or where both raters used one and the same category only.
    Raises ValueError for other weights or a confidence outside 0 .. 1.

    Sources: Cohen, Psychol Bull 1968;70:213-220; standard error: Fleiss, Cohen and Everitt, Psychol Bull
    1969;72:323-327.

    >>> round(weighted_kappa([[10, 2, 0], [1, 8, 3], [0, 1, 9]], weights="quadratic").kappa, 4)
    0.8449
    """
    check_confidence(confidence)
    if weights not in (LINEAR, QUADRATIC):
        raise ValueError(f"unknown weights {weights!r}; known are {LINEAR}, {QUADRATIC}")
    method = f"Cohen's kappa, {weights} weights"
    counts = read_table(table)
    if isinstance(counts, str):
        return Agreement(0, method, not_applicable=counts)
    n = int(counts.sum())
    if counts.shape[0] != counts.shape[1] or counts.shape[0] < 2:
        return Agreement(n, method, not_applicable="the table is not square with two categories or more")
    if n < 2:
        return Agreement(n, method, not_applicable="fewer than two rated subjects")
    if np.count_nonzero(counts.sum(axis=0) + counts.sum(axis=1)) == 1:
        return Agreement(n, method, not_applicable="both raters used one category only")
    with np.errstate(divide="ignore", invalid="ignore"):  # of roots that are not used
        found = cohens_kappa(counts, wt=weights)
    kappa, variance = float(found.kappa), float(found.var_kappa)
    half_width = float(special.ndtri((1 + confidence) / 2)) * math.sqrt(max(0.0, variance))
    return Agreement(n, method, kappa, low=max(-1.0, kappa - half_width), high=min(1.0, kappa + half_width))
