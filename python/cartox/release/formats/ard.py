"""An analysis results dataset: one row for each statistic, in the columns of the R package cards.

Source: CDISC Analysis Results Standard; cards, https://insightsengineering.github.io/cards/ (columns of `ard_*`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cartox.release.formats.estimates import Estimate, estimates_of
from cartox.release.formats.plain import write_rows
from cartox.release.tables import ReleasedTable
from cartox.results.long_forms.ard import COLUMNS, LABELS, NAMES, SHARES

DECIMALS = 6
WITHHELD = "withheld"


def write_ard(folder: Path, tables: Sequence[ReleasedTable], threshold: int) -> None:
    """Write ard.csv; what is withheld has no `stat` and says so in `warning`. A share is of 1, as cards has it."""
    rows = (
        (
            *(one.group or (None, None)),
            one.variable,
            one.level,
            one.context,
            NAMES.get(one.name, one.name),
            LABELS.get(NAMES.get(one.name, one.name), one.name),
            _stat(one),
            None,
            WITHHELD if one.value is None else None,
            None,
        )
        for one in estimates_of(tables)
    )
    write_rows(folder / "ard.csv", COLUMNS, rows)


def _stat(one: Estimate) -> Any:
    return round(one.value / 100, DECIMALS) if one.name in SHARES and one.value is not None else one.value
