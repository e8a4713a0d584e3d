"""An analysis results dataset: one row for each statistic, in the columns of the R package cards.

Source: CDISC Analysis Results Standard; cards, https://insightsengineering.github.io/cards/ (columns of `ard_*`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cartox.release.formats.estimates import estimates_of
from cartox.release.formats.plain import write_rows
from cartox.release.tables import ReleasedTable

COLUMNS = (
    *("group1", "group1_level", "variable", "variable_level", "context"),
    *("stat_name", "stat_label", "stat", "warning", "error"),
)
NAMES = {"count": "n", "n": "N", "percent": "p", "q1": "p25", "q3": "p75", "p_value": "p.value"}
LABELS = {
    "count": "n",
    "n": "N",
    "percent": "%",
    "q1": "25th Percentile",
    "q3": "75th Percentile",
    "median": "Median",
}
WITHHELD = "withheld"


def write_ard(folder: Path, tables: Sequence[ReleasedTable], threshold: int) -> None:
    """Write ard.csv; what is withheld has no `stat` and says so in `warning`. Percentages are of 100."""
    rows = (
        (
            *(one.group or (None, None)),
            one.variable,
            one.level,
            one.context,
            NAMES.get(one.name, one.name),
            LABELS.get(one.name, one.name),
            one.value,
            WITHHELD if one.value is None else None,
            None,
        )
        for one in estimates_of(tables)
    )
    write_rows(folder / "ard.csv", COLUMNS, rows)
