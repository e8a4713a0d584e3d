"""Samples as numbers: what is missing is dropped and counted, what is not a number is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = Iterable[float | int | None] | npt.NDArray[Any]

LARGEST_VALUE = 1e300
INFINITE = "a value is infinite"


@dataclass(frozen=True)
class Sample:
    """The values that are there, in their order, and how many were missing."""

    values: Floats
    n_missing: int

    @property
    def n(self) -> int:
        """Number of values that are there."""
        return int(self.values.size)

    @property
    def is_finite(self) -> bool:
        """Whether no value is infinite or beyond 1e300, where sums and differences overflow."""
        return bool((np.abs(self.values) <= LARGEST_VALUE).all())


def as_floats(values: Numbers) -> Floats:
    """Numbers as floats, with nan where one is missing (None, nan, pandas' NA or NaT, a masked entry).

    Raises TypeError for text: a number written as text must be parsed before it comes here.
    """
    if isinstance(values, np.ma.MaskedArray):
        return np.where(np.ma.getmaskarray(values), np.nan, np.ma.getdata(values).astype(np.float64))
    if isinstance(values, np.ndarray) and values.dtype.kind in "biuf":
        return values.astype(np.float64)
    cells = list(values)
    if any(isinstance(cell, str | bytes) for cell in cells):
        raise TypeError("a sample holds numbers, not text")
    if all(cell is None or type(cell) in (float, int) for cell in cells):
        return np.array(cells, dtype=np.float64)  # None becomes nan
    is_missing = pd.isna(pd.Series(cells, dtype=object)).to_numpy()
    floats = (np.nan if missing else float(cell) for cell, missing in zip(cells, is_missing, strict=True))
    return np.fromiter(floats, dtype=np.float64, count=len(cells))


def read_sample(values: Numbers) -> Sample:
    """Drop and count the missing values. Raises TypeError for text."""
    floats = as_floats(values)
    is_there = ~np.isnan(floats)
    return Sample(values=floats[is_there], n_missing=int(floats.size - is_there.sum()))


def check_confidence(confidence: float) -> None:
    """Raise ValueError unless the confidence lies strictly between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
