"""results.survival: overall survival from the index time and from landmarks, and how long patients were followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import duckdb

from cartox.results.curves import (
    GREENWOOD_LOG_LOG,
    KAPLAN_MEIER,
    REVERSE_KAPLAN_MEIER,
    curve_rows,
    read_landmarks,
)
from cartox.results.tables import insert_rows, sql
from cartox.statistics.event_times import survival
from cartox.statistics.hazards import log_rank

FOLLOW_UP = "follow_up"
DEATH = "death"
LOG_RANK = "log_rank"

Row = tuple[Any, ...]


def write_survival(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
    """Kaplan-Meier curves, and log-rank tests of those by group (var last_study_day).

    No test compares the groups from the index time on: that curve is biased by guarantee time.
    """
    landmarks = read_landmarks(connection)
    rows = connection.execute(
        sql("survival_times"), {"last_study_day": variables["last_study_day"]}
    ).fetchall()
    insert_rows(connection, "survival", _curves(rows, landmarks))
    insert_rows(connection, "event_tests", _tests(rows))


def _curves(rows: Sequence[Row], landmarks: Mapping[str, Sequence[int]]) -> Iterator[Row]:
    for (name, stratified_by, stratum), patients in groupby(rows, key=lambda row: row[:3]):
        own = list(patients)
        days, has_event = [row[3] for row in own], [bool(row[4]) for row in own]
        method = REVERSE_KAPLAN_MEIER if name == FOLLOW_UP else KAPLAN_MEIER
        is_censored = [not event for event in has_event]
        for row in curve_rows(
            survival(days, has_event), days, has_event, is_censored, landmarks.get(name, ())
        ):
            yield name, stratified_by, stratum, *row, own[0][5], method, GREENWOOD_LOG_LOG


def _tests(rows: Sequence[Row]) -> Iterator[Row]:
    for (name, stratified_by), patients in groupby(rows, key=lambda row: row[:2]):
        own = list(patients)
        if name == FOLLOW_UP or stratified_by == "all" or own[0][5]:
            continue
        found = log_rank([row[3] for row in own], [bool(row[4]) for row in own], [row[2] for row in own])
        yield (
            *(name, stratified_by, DEATH, LOG_RANK, found.n, found.n_events),
            *(found.statistic, found.degrees_of_freedom, found.p_value, None, None, None, None),
            *(found.method, found.not_applicable),
        )
