"""Medians and quartiles of each group: by day, by rule of the area, and of what is described and not tested."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import duckdb

from cartox.results.summaries import Summary, summarize
from cartox.results.tables import insert_rows, sql
from cartox.results.values import ALL, Charted
from cartox.statistics.certainty import AT_LEAST, AT_MOST, EXACT, greatest, greatest_of, least

Group: TypeAlias = tuple[tuple[Any, ...], str]


def write_daily_summaries(connection: duckdb.DuckDBPyConnection) -> None:
    """One row per measure (the analytes of the grid, cumulative_steroids), study day and study group with a value."""
    rows = connection.execute(sql("daily_values")).fetchall()
    insert_rows(connection, "daily_summaries", _daily(_groups(rows, n_keys=3)))


def write_area_summaries(connection: duckdb.DuckDBPyConnection) -> None:
    """One row per analyte, rule of the area and study group; results.lab_auc is written before."""
    rows = connection.execute(sql("area_values")).fetchall()
    insert_rows(connection, "area_summaries", _areas(_groups(rows, n_keys=3)))


def write_cohort_summaries(connection: duckdb.DuckDBPyConnection) -> None:
    """One row per measure that is described and not tested (scores, day of the index time) and study group."""
    rows = connection.execute(sql("cohort_values")).fetchall()
    insert_rows(connection, "cohort_summaries", _measures(_groups(rows, n_keys=2)))


def _daily(groups: dict[Group, list[Charted]]) -> Iterator[tuple[Any, ...]]:
    courses: dict[tuple[str, str], list[tuple[int, str | None, Summary]]] = {}
    for ((measure, unit, study_day), study_group), charted in groups.items():
        found = summarize(charted)
        if found.n:
            courses.setdefault((measure, study_group), []).append((study_day, unit, found))
    for (measure, study_group), days in courses.items():
        highest, certainty = greatest_of([(found.quantiles[0], found.certainties[0]) for *_, found in days])
        for place, (study_day, unit, found) in enumerate(days):
            of_highest = certainty if place == (highest or 0) else None
            counts = (found.n, found.n_bounds)
            yield measure, study_group, study_day, *counts, *found.median_and_quartiles, of_highest, unit


def _areas(groups: dict[Group, list[Charted]]) -> Iterator[tuple[Any, ...]]:
    for ((analyte, rule, unit), study_group), charted in groups.items():
        found = summarize(charted)
        counts = (found.n, found.n_missing, found.n_bounds)
        yield analyte, rule, study_group, *counts, *found.median_and_quartiles, unit, found.not_applicable


def _measures(groups: dict[Group, list[Charted]]) -> Iterator[tuple[Any, ...]]:
    for ((measure, unit), study_group), charted in groups.items():
        found = summarize(charted)
        counts = (found.n, found.n_missing, found.n_bounds)
        yield measure, study_group, *counts, *found.quantiles, *found.certainties, unit, found.not_applicable


def _groups(rows: list[tuple[Any, ...]], n_keys: int) -> dict[Group, list[Charted]]:
    """Gather the values of each key by study group, and of all groups together."""
    groups: dict[Group, list[Charted]] = {}
    for row in rows:
        keys, (study_group, value, is_at_most, is_at_least, is_estimate) = row[:n_keys], row[n_keys:]
        charted = Charted(
            value,
            None if value is None else least(value, AT_MOST if is_at_most else EXACT),
            None if value is None else greatest(value, AT_LEAST if is_at_least else EXACT),
            bool(is_estimate),
        )
        for group in (study_group, ALL):
            groups.setdefault((keys, group), []).append(charted)
    return groups
