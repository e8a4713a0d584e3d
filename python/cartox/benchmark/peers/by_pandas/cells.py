"""How cells are read, column by column."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cartox.benchmark.peers.given import Study
from cartox.benchmark.peers.patterns import BLANKS, MOMENT, ROUND_CELLS


def trimmed(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Return cells without white space round them; missing where nothing is left."""
    stripped = cells.str.strip(ROUND_CELLS)
    return stripped.where(stripped != "")


def folded(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Return cells in lower case, white space folded."""
    return cells.str.replace(f"[{BLANKS}]+", " ", regex=True).str.lower()


def told(
    cells: "pd.Series[str]", read: Callable[[str | None], Sequence[Any]], columns: Sequence[str]
) -> pd.DataFrame:
    """Return what `read` makes of each cell, which it is shown once for each distinct text: one column for each it returns."""
    codes, texts = pd.factorize(cells)
    rows = [read(str(text)) for text in texts]
    table = pd.DataFrame(
        [*rows, read(None)], columns=list(columns)
    )  # a missing cell has the code -1, the last row
    return table.take(codes).set_index(cells.index)


def is_moment(cells: "pd.Series[str]") -> "pd.Series[bool]":
    """Whether cells are written as moments."""
    return cells.str.match(MOMENT, na=False)


def moments(cells: "pd.Series[str]", study: Study) -> "pd.Series[pd.Timestamp]":
    """Return moments within the plausible years; missing for anything else. Digits below a microsecond are dropped."""
    text = cells.where(is_moment(cells)).str.slice(0, 26)
    read = pd.to_datetime(text, format="ISO8601", errors="coerce").astype("datetime64[us]")
    return read.where(read.dt.year.between(study.first_year, study.last_year))


def rounded(values: "pd.Series[float]") -> "pd.Series[float]":
    """Round to a millionth, halves away from zero."""
    scaled = np.abs(values.to_numpy()) * 1e6
    whole = np.floor(scaled)
    return pd.Series(np.sign(values.to_numpy()) * (whole + (scaled - whole >= 0.5)) / 1e6, index=values.index)
