"""Midranks: equal values share the mean of the ranks that they take."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cartox.statistics.samples import Floats


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
