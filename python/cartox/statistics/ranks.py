"""Midranks: equal values share the mean of the ranks that they take."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cartox.statistics.samples import Floats, Numbers, Sample, read_sample

SIGNIFICANT_DIGITS = 12
EXACT_POWERS = 22
"""Powers of ten up to this one are exact as floats."""


def round_for_ranks(values: Floats) -> Floats:
    """Round values to 12 significant digits, of any shape; missing and infinite ones stay what they are.

    Ranks are taken of what this returns: 0.1 + 0.2 and 0.3 differ in the last bits only, which come from the way
    in which a value was computed or its unit converted, and are one value.
    """
    size = np.abs(values)
    exponent = np.floor(np.log10(size, where=(size > 0) & np.isfinite(size), out=np.zeros_like(size)))
    decimals = SIGNIFICANT_DIGITS - 1 - exponent
    is_near = np.abs(decimals) <= EXACT_POWERS
    scale = 10.0 ** np.where(is_near, np.abs(decimals), 0)
    rounded = np.where(decimals >= 0, np.rint(values * scale) / scale, np.rint(values / scale) * scale)
    rounded[~is_near] = [float(f"{value:.{SIGNIFICANT_DIGITS - 1}e}") for value in values[~is_near]]
    return rounded


def read_ranked_sample(values: Numbers) -> Sample:
    """Read a sample that will be ranked: as read_sample does, its values rounded to 12 significant digits."""
    sample = read_sample(values)
    return Sample(values=round_for_ranks(sample.values), n_missing=sample.n_missing)


def doubled_midranks(values: Floats) -> npt.NDArray[np.int64]:
    """Twice the midrank of every value, which is always a whole number.

    A block of equal values on the ranks first .. last has the midrank (first + last) / 2. Values are finite.
    """
    ordered = np.sort(values)
    first = np.searchsorted(ordered, values, side="left") + 1
    last = np.searchsorted(ordered, values, side="right")
    return (first + last).astype(np.int64)


def tie_sum(values: Floats) -> float:
    """Sum of t³ - t over the blocks of t equal values: 0 without ties, n³ - n when all are equal."""
    _, sizes = np.unique(values, return_counts=True)
    blocks = sizes.astype(np.float64)
    return float((blocks**3 - blocks).sum())


def has_ties(values: Floats) -> bool:
    """Whether any two values are equal."""
    return bool(np.unique(values).size < values.size)
