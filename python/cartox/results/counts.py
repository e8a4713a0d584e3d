"""results.counts and results.grade_counts: how many of how many, wherever a reader is told so outside of the planned variables."""

from __future__ import annotations

import duckdb

from cartox.results.tables import sql

OF_NO_GROUP = "none"


def write_grade_counts(connection: duckdb.DuckDBPyConnection) -> None:
    """One row per toxicity, study group and study day with an assessment of the cohort."""
    connection.execute(f"insert into results.grade_counts {sql('grade_counts')}")


def write_counts(connection: duckdb.DuckDBPyConnection) -> None:
    """One row per topic, item, level and study group; the results that are counted are written before."""
    connection.execute(
        "insert into results.counts "
        "select topic, item, level, study_group, n, n_of, 100.0 * n / nullif(n_of, 0) as percent, counted "
        f"from ({sql('counts_of_patients')})"
    )
    for name in ("counts_of_records", "counts_of_results"):
        connection.execute(
            f"insert into results.counts select topic, item, level, '{OF_NO_GROUP}', n, null, null, counted from ({sql(name)})"
        )
