"""Agreement of two raters on an ordered scale."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from cartox.statistics.contingency import Table, read_table
from cartox.statistics.samples import Floats, check_confidence

LINEAR = "linear"
QUADRATIC = "quadratic"


@dataclass(frozen=True)
class Agreement:
    """Cohen's weighted kappa: 1 full agreement, 0 that of chance; None where `not_applicable` says why.

    observed_agreement, expected_agreement: weighted shares between 0 and 1. low, high: large-sample interval.
    """

    n: int
    n_missing: int
    method: str
    kappa: float | None = None
    low: float | None = None
    high: float | None = None
    observed_agreement: float | None = None
    expected_agreement: float | None = None
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
    return _kappa(table, weights, confidence, n_missing=0)


def weighted_kappa_of_ratings(
    first: Iterable[Hashable],
    second: Iterable[Hashable],
    categories: Sequence[Hashable],
    *,
    weights: str = LINEAR,
    confidence: float = 0.95,
) -> Agreement:
    """Weighted kappa of two raters' ratings of the same subjects, in the same order.

    categories: all categories of the scale in their order, used or not. A subject that either rater left
    unrated (None, nan) is dropped and counted. Raises ValueError for ratings outside the categories or lists
    of unequal length, besides the errors of weighted_kappa.
    """
    pairs = list(zip(first, second, strict=True))
    rated = [pair for pair in pairs if not any(pd.isna(pd.Series(pair, dtype=object)))]
    positions = {category: i for i, category in enumerate(categories)}
    if any(rating not in positions for pair in rated for rating in pair):
        raise ValueError("a rating is none of the categories")
    table = np.zeros((len(positions), len(positions)), dtype=np.int64)
    for a, b in rated:
        table[positions[a], positions[b]] += 1
    return _kappa(table, weights, confidence, n_missing=len(pairs) - len(rated))


def _kappa(table: Table, weights: str, confidence: float, n_missing: int) -> Agreement:
    check_confidence(confidence)
    if weights not in (LINEAR, QUADRATIC):
        raise ValueError(f"unknown weights {weights!r}; known are {LINEAR}, {QUADRATIC}")
    method = f"Cohen's kappa, {weights} weights"
    counts = read_table(table)
    if isinstance(counts, str):
        return Agreement(0, n_missing, method, not_applicable=counts)
    n = int(counts.sum())
    if counts.shape[0] != counts.shape[1] or counts.shape[0] < 2:
        return Agreement(
            n, n_missing, method, not_applicable="the table is not square with two categories or more"
        )
    if n < 2:
        return Agreement(n, n_missing, method, not_applicable="fewer than two rated subjects")

    shares = counts / n
    weight = _agreement_weights(counts.shape[0], weights)
    of_first, of_second = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((weight * shares).sum())
    expected = float(of_first @ weight @ of_second)
    if np.count_nonzero(of_first + of_second) == 1:
        return Agreement(n, n_missing, method, not_applicable="both raters used one category only")
    kappa = (observed - expected) / (1 - expected)
    expected_weight = (weight @ of_second)[:, np.newaxis] + (of_first @ weight)[np.newaxis, :]
    spread = float((shares * (weight - expected_weight * (1 - kappa)) ** 2).sum())
    variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (n * (1 - expected) ** 2)
    half_width = float(special.ndtri((1 + confidence) / 2)) * math.sqrt(max(0.0, variance))
    return Agreement(
        n=n,
        n_missing=n_missing,
        method=method,
        kappa=kappa,
        low=max(-1.0, kappa - half_width),
        high=min(1.0, kappa + half_width),
        observed_agreement=observed,
        expected_agreement=expected,
    )


def _agreement_weights(n_categories: int, weights: str) -> Floats:
    position = np.arange(n_categories)
    distance = np.abs(position[:, np.newaxis] - position[np.newaxis, :]) / (n_categories - 1)
    return np.asarray(1 - (distance if weights == LINEAR else distance**2), dtype=np.float64)
