"""The study's summary as plain data, for machines; no row of it is one patient's."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb

SUMMARY_TABLES = (
    "marts.cohort_attrition",
    "marts.era_mortality",
    "marts.record_conservation",
    "results.descriptives",
    "results.comparisons",
    "results.response_sensitivity",
    "results.era_comparison",
    "results.grade_agreement",
    "results.reported_figures",
    "results.counts",
    "results.run_manifest",
)
"""What the summary in the terminal is made from, but for tables of patients."""


def read_summary(connection: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    """Return each of the summary's tables by its name, as one mapping a row, ready for JSON.

    `connection` is open on a warehouse with marts and results. Dates and times are ISO 8601 text.
    """
    return {table: _rows(connection, table) for table in SUMMARY_TABLES}


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    found = connection.execute(f"select * from {table} order by all")  # noqa: S608 - a name from the list above
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in found.fetchall()]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
