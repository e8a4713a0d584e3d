"""results.sampling_intensity: how often and how long each group was measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from cartox.results.tables import insert_rows, sql
from cartox.results.values import STUDY_GROUPS
from cartox.statistics import describe


def write_sampling_intensity(connection: duckdb.DuckDBPyConnection) -> None:
    """One row per analyte of the grid, measure (days_covered, results_per_day) and study group."""
    rows = connection.execute(sql("sampling_values")).fetchall()
    insert_rows(connection, "sampling_intensity", _summaries(rows))


def _summaries(rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for analyte, measure in dict.fromkeys(row[:2] for row in rows):
        for study_group in STUDY_GROUPS:
            found = describe(
                [
                    value
                    for *names, group, value in rows
                    if names == [analyte, measure] and study_group in (group, STUDY_GROUPS[0])
                ]
            )
            yield (
                *(analyte, measure, study_group, found.n, found.n_missing),
                *(found.median, found.q1, found.q3),
            )
