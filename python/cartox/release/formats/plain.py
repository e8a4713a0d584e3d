"""Tables as CSV files, one for each, with the columns of the warehouse's tables that may leave."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cartox.release.tables import ReleasedTable
from cartox.spreadsheets import safe_cell

SUPPRESSED = "-"
"""What a summarised result writes for a withheld number; by itself it is no formula."""


def write_csv(folder: Path, tables: Sequence[ReleasedTable], threshold: int) -> None:
    """Write each table as a file of its name."""
    for table in tables:
        rows = ([row.get(column) for column in table.columns] for row in table.rows)
        write_rows(folder / f"{table.name.partition('.')[2]}.csv", table.columns, rows)


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV file whose cells no spreadsheet runs."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)  # with line ends that make it quote a carriage return
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value if value == SUPPRESSED else safe_cell(value)
