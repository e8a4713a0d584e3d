"""Creating and filling the tables of the schema `results`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from cartox.transaction import at_once

TABLES = (
    "descriptives",
    "comparisons",
    "comparison_conventions",
    "univariable",
    "specifications",
    "claims",
    "sampling_intensity",
    "lab_auc",
    "area_summaries",
    "daily_summaries",
    "cohort_summaries",
    "grade_counts",
    "cumulative_incidence",
    "survival",
    "event_tests",
    "era_comparison",
    "response_sensitivity",
    "grade_agreement",
    "reported_figures",
    "counts",
    "analysis_results",
    "summarised_result",
    "summarised_result_settings",
    "methods",
    "reporting_items",
    "run_manifest",
)

DEFINITIONS = tuple(f"tables_of_{kind}" for kind in ("groups", "courses", "events", "accounts", "long_forms"))
"""The SQL files that create them."""

LONG_FORMS = ("analysis_results", "summarised_result", "summarised_result_settings")
"""Tables that hold the statistics of the others once more, in the columns of tools of others."""


@cache
def sql(name: str) -> str:
    """Return the text of a SQL file of this package."""
    return resources.files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every table of the schema, empty; what stood there is replaced."""
    with at_once(connection):
        connection.execute("create schema if not exists results")
        for name in DEFINITIONS:
            connection.execute(sql(name))


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Append rows, given in the order of the table's columns, in one statement.

    Raises ValueError where a number is not finite: what cannot be computed is null with a reason beside it.
    """
    records = [tuple(row) for row in rows]
    if not records:
        return
    described = connection.execute(
        "select column_name, data_type from information_schema.columns "
        "where table_catalog = current_database() and table_schema = 'results' and table_name = ? order by ordinal_position",
        [table],
    ).fetchall()
    if {*map(len, records)} != {len(described)}:
        raise ValueError(f"results.{table}: a row does not have the table's {len(described)} columns")
    columns = [pa.array(column) for column in zip(*records, strict=True)]
    numbers = (column for column in columns if pa.types.is_floating(column.type))
    if any(pc.all(pc.is_finite(column)).as_py() is False for column in numbers):  # None where all are null
        raise ValueError(f"results.{table}: a number is not finite")
    names = [name for name, _ in described]
    selected = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in described)
    connection.register("inserted_rows", pa.table(columns, names=names))
    connection.execute(f"insert into results.{table} select {selected} from inserted_rows")  # noqa: S608 (names of the catalogue)
    connection.unregister("inserted_rows")
