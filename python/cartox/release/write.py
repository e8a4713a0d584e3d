"""Writes a release: a folder with a CSV file for each released table, and a summary of them."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from cartox.errors import UserError
from cartox.project import find_project
from cartox.release.summary import summarise
from cartox.release.tables import ReleasedTable, release_tables
from cartox.spreadsheets import safe_cell
from cartox.synthetic_mark import MANIFEST_KEY, mark_as_synthetic
from cartox.warehouse.project import default_variables

THRESHOLD = "disclosure_threshold"
SUMMARY = "summary.md"
LONGEST_NUMBER = 9  # digits


def default_threshold(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the var disclosure_threshold of the run, and never less than that of this project.

    A file from elsewhere may claim any. Raises UserError where what it claims is no such number.
    """
    found = connection.execute(
        "select value from results.run_manifest where key = ?", [f"var.{THRESHOLD}"]
    ).fetchone()
    project = find_project()
    least = int(default_variables(project)[THRESHOLD])
    if found is None:
        return least
    claimed = str(found[0])
    if not (claimed.isascii() and claimed.isdecimal()) or len(claimed) > LONGEST_NUMBER:
        raise UserError(f"results.run_manifest: var {THRESHOLD}: a whole number is expected")
    return max(least, int(claimed))


def write_release(connection: duckdb.DuckDBPyConnection, directory: Path, threshold: int) -> list[Path]:
    """Write the release of an open warehouse into a new or empty folder and return its files.

    The folder appears whole or not at all. It is to be passed on, so its files are as the user's umask makes
    them, not for their owner alone. Where the records are synthetic, their mark lies in it.

    Raises UserError where the folder holds anything.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UserError(f"{directory}: an empty folder, or a name that is free, is expected")
    tables = release_tables(connection, threshold)
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent, prefix=f".{directory.name}.") as scratch:
        folder = Path(scratch) / "release"
        folder.mkdir()
        for table in tables:
            _write_csv(folder / f"{table.name.partition('.')[2]}.csv", table)
        (folder / SUMMARY).write_text(summarise(tables, threshold), encoding="utf-8")
        if any(row.get("key") == MANIFEST_KEY for table in tables for row in table.rows):
            mark_as_synthetic(folder)
        folder.rename(directory)
    return sorted(directory.iterdir())


def _write_csv(path: Path, table: ReleasedTable) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)  # with line ends that make it quote a carriage return
        writer.writerow(table.columns)
        writer.writerows(_cells(row[column] for column in table.columns) for row in table.rows)


def _cells(values: Iterable[Any]) -> list[Any]:
    return [_cell(value) for value in values]


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else safe_cell(value)
