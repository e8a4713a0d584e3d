"""A workbook and a semicolon export give the same marts as the plain extract that they were made from, row for row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.intake import land_sources
from cartox.progress import SilentProgress
from tests.python.study.german_forms import Rows, read_plain, write_plain, write_semicolons, write_workbook
from tests.spec.compiled_project import CompiledProject, connect, land_folder

pytestmark = pytest.mark.xdist_group("german forms")

EVERY = 16
"""Every so manieth patient of the built-in study, with all its mistakes, is enough."""
PLACES = ("source_file", "line_number")
MIDNIGHT = " 00:00:00"
Write = Callable[[Mapping[str, Rows], Path], dict[str, Any]]
Marts = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def tables(study_landing: Path) -> dict[str, Rows]:
    extract = study_landing.with_name("extract")
    patients = (extract / "patients.csv").read_text(encoding="utf-8").splitlines()[1:]
    found = read_plain(extract, frozenset(line.partition(",")[0] for line in patients[::EVERY]))
    assert all(found.values())
    return found


@pytest.fixture(scope="module")
def marts_of(
    tables: dict[str, Rows], compiled_project: CompiledProject, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Write], Marts]:
    def build(write: Write) -> Marts:
        folder = tmp_path_factory.mktemp(write.__name__)
        sources = write(tables, folder / "extract")
        land_sources(folder / "landing", SilentProgress(), extract=folder / "extract", sources=sources)
        with connect() as connection:
            land_folder(connection, folder / "landing")
            compiled_project.build(connection)
            return read_marts(connection)

    return build


@pytest.fixture(scope="module")
def plain(marts_of: Callable[[Write], Marts]) -> Marts:
    return marts_of(write_plain)


def read_marts(connection: duckdb.DuckDBPyConnection) -> Marts:
    """Every row of every mart, without the place that its record has in a file.

    Where a mart quotes a record as it was landed, a day of a workbook has its midnight; it is left out of the quotation.
    """
    columns = connection.execute(
        "select table_name, list(column_name order by ordinal_position) from information_schema.columns "
        "where table_schema = 'marts' group by table_name"
    ).fetchall()
    return {
        table: [
            tuple(cell.replace(MIDNIGHT, "") if isinstance(cell, str) else cell for cell in row)
            for row in connection.execute(
                f"select {', '.join(name for name in names if not name.endswith(PLACES))} from marts.{table} order by all"
            ).fetchall()
        ]
        for table, names in columns
    }


@pytest.mark.parametrize("write", [write_semicolons, write_workbook])
def test_the_marts_are_the_same_row_for_row(
    plain: Marts, marts_of: Callable[[Write], Marts], write: Write
) -> None:
    found = marts_of(write)
    assert found.keys() == plain.keys()
    assert len(plain["lab_results"]) > 1000
    assert [table for table, rows in plain.items() if found[table] != rows] == []
