"""Median, quartiles and range of one sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cartox.statistics.samples import INFINITE, Numbers, read_sample


@dataclass(frozen=True)
class Description:
    """A sample in numbers, in its own unit; None where `not_applicable` holds a reason."""

    n: int
    n_missing: int
    median: float | None = None
    q1: float | None = None
    q3: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    method: str = "quantiles of type 7"
    not_applicable: str | None = None


def describe(values: Numbers) -> Description:
    """Median, quartiles (type 7: linear between order statistics, R's default), minimum and maximum.

    Missing values are dropped and counted; one value describes itself. Not applicable without values or with
    an infinite one. Raises TypeError for text. Source: Hyndman and Fan, Am Stat 1996;50:361-365.

    >>> describe([1.0, 2.0, None, 10.0]).median
    2.0
    """
    sample = read_sample(values)
    if sample.n == 0:
        return Description(0, sample.n_missing, not_applicable="no values")
    if not sample.is_finite:
        return Description(sample.n, sample.n_missing, not_applicable=INFINITE)
    minimum, q1, median, q3, maximum = np.quantile(sample.values, [0, 0.25, 0.5, 0.75, 1], method="linear")
    return Description(
        n=sample.n,
        n_missing=sample.n_missing,
        median=float(median),
        q1=float(q1),
        q3=float(q3),
        minimum=float(minimum),
        maximum=float(maximum),
    )
