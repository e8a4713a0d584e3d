"""Writes the results in the forms of other tools, complete: such a file holds small counts and stays inside."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import duckdb

from cartox.owner import write_for_owner
from cartox.spreadsheets import safe_cell

RESULT, SETTINGS = "results.summarised_result", "results.summarised_result_settings"
OVERALL = "overall"
MISSING = "NA"


def write_ard(connection: duckdb.DuckDBPyConnection, file: Path) -> int:
    """Write the analysis results dataset as CSV, for its owner alone, and return how many rows it has."""
    columns, rows = _read(connection, "results.analysis_results")
    write_owners_csv(file, columns, rows)
    return len(rows)


def write_summarised_result(connection: duckdb.DuckDBPyConnection, file: Path) -> int:
    """Write the summarised result as CSV, for its owner alone, and return how many estimates it has.

    The settings follow the estimates as rows of their own, as omopgenerics' exportSummarisedResult writes them and
    importSummarisedResult reads them.
    """
    columns, rows = _read(connection, RESULT)
    names, settings = _read(connection, SETTINGS)
    described = [
        (number, None, *[OVERALL] * 4, "settings", None, name, "character", _text(value), OVERALL, OVERALL)
        for number, *values in settings
        for name, value in zip(names[1:], values, strict=True)
    ]
    write_owners_csv(file, columns, [*rows, *described])
    return len(rows)


def _read(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    found = connection.execute(f"select * from {table}")  # noqa: S608 (one of three names)
    return [column[0] for column in found.description or ()], found.fetchall()


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def write_owners_csv(file: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV file for its owner alone, whole or not at all.

    Raises UserError where its name is that of a folder, or its folder is none.
    """
    with write_for_owner(file) as binary, TextIOWrapper(binary, encoding="utf-8", newline="") as written:
        writer = csv.writer(written)
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    """Return a cell as it is written: NA for what is missing; no text that a spreadsheet would run, numbers as they are."""
    if value is None:
        return MISSING
    return value if _is_number(value) else safe_cell(value)


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
