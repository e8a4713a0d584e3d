"""results.counts and results.grade_counts: how many of how many, where no planned variable says so."""

from __future__ import annotations

import duckdb

from cartox.results.tables import sql

OF_NO_GROUP = "none"


def write_grade_counts(connection: duckdb.DuckDBPyConnection) -> None:
    """One row per toxicity, study group and study day with an assessment of the cohort."""
    connection.execute(f"insert into results.grade_counts {sql('grade_counts')}")


def write_counts(connection: duckdb.DuckDBPyConnection) -> None:
    """One row per topic, item, level and study group; the results that are counted are written before."""
    connection.execute(f"insert into results.counts {_with_percent(sql('counts_of_patients'))}")
    for name in ("counts_of_records", "counts_of_results"):
        counted = f"select *, '{OF_NO_GROUP}' as study_group from ({sql(name)})"  # noqa: S608 (a file of this package)
        connection.execute(f"insert into results.counts {_with_percent(counted)}")


def _with_percent(counted: str) -> str:
    """Order the columns of the table around a query, and add the percentage."""
    columns = "topic, item, level, study_group, n, n_of, 100.0 * n / nullif(n_of, 0) as percent, counted"
    return f"select {columns} from ({counted})"  # noqa: S608 (a file of this package)
