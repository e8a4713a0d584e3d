"""results.cumulative_incidence, and the tests that compare its curves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from cartox.results.curves import AALEN_JOHANSEN, COMPLEMENTARY_LOG_LOG, curve_rows, read_landmarks
from cartox.results.era import READINGS, read_eras
from cartox.results.plan import PlannedVariable
from cartox.results.planned_tests import UNTESTED
from cartox.results.tables import insert_rows, sql
from cartox.results.values import read_levels
from cartox.statistics.event_times import cumulative_incidence
from cartox.statistics.gray import gray_test
from cartox.statistics.hazards import hazard_ratio

RESOLUTION, TOXICITY_DEATH = "resolution", "toxicity_death"
EVENTS = {RESOLUTION: ("resolved", "died_unresolved"), TOXICITY_DEATH: ("toxicity_death", "other_death")}
ALL = "all"
GRAY, HAZARD_RATIO = "gray", "cause_specific_hazard_ratio"


@dataclass(frozen=True)
class EventTimes:
    """The patients of one curve: stratum, days followed, and the event that ended it (0 for censored, else its number)."""

    curve: str
    stratified_by: str
    strata: Sequence[str]
    days: Sequence[int]
    events: Sequence[int]

    def of(self, stratum: str) -> tuple[list[int], list[int]]:
        """Return the days and events of one stratum."""
        chosen = [place for place, one in enumerate(self.strata) if one == stratum]
        return [self.days[place] for place in chosen], [self.events[place] for place in chosen]


def write_cumulative_incidence(
    connection: duckdb.DuckDBPyConnection, plan: Sequence[PlannedVariable], variables: Mapping[str, Any]
) -> None:
    """Resolution after the index time, death competing, in the cohort and by planned strata; toxicity death by era.

    Planned strata are the tested variables of the plan that are not continuous and were known before the index time.
    Vars: index_toxicity, last_study_day, era_date, era_date_sensitivity.
    """
    landmarks = read_landmarks(connection)
    found = [*_resolution(connection, plan, variables), *_toxicity_deaths(connection, variables)]
    insert_rows(
        connection, "cumulative_incidence", (row for times in found for row in _curves(times, landmarks))
    )
    insert_rows(connection, "event_tests", (row for times in found for row in _tests(times)))


def planned_strata(plan: Sequence[PlannedVariable]) -> list[PlannedVariable]:
    """Return the variables by which curves of the cohort are drawn apart."""
    return [
        one
        for one in plan
        if one.family == "before_index" and one.kind != "continuous" and one.test != UNTESTED
    ]


def _resolution(
    connection: duckdb.DuckDBPyConnection, plan: Sequence[PlannedVariable], variables: Mapping[str, Any]
) -> Iterator[EventTimes]:
    parameters = {"toxicity": variables["index_toxicity"], "last_study_day": variables["last_study_day"]}
    rows = connection.execute(sql("resolution_times"), parameters).fetchall()
    yield EventTimes(
        RESOLUTION, ALL, [ALL] * len(rows), [day for _, day, _ in rows], [event for *_, event in rows]
    )
    for variable in planned_strata(plan):
        levels = read_levels(connection, variable)
        known = [(levels[patient], day, event) for patient, day, event in rows if patient in levels]
        yield EventTimes(
            RESOLUTION,
            variable.variable,
            [level for level, _, _ in known],
            [day for _, day, _ in known],
            [event for *_, event in known],
        )


def _toxicity_deaths(
    connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]
) -> Iterator[EventTimes]:
    read_eras(connection, variables)
    rows = connection.execute(sql("toxicity_death_times")).fetchall()
    for reading in READINGS:
        own = [row[1:] for row in rows if row[0] == reading]
        yield EventTimes(
            TOXICITY_DEATH,
            reading,
            [era for era, _, _ in own],
            [day for _, day, _ in own],
            [event for *_, event in own],
        )


def _curves(times: EventTimes, landmarks: Mapping[str, Sequence[int]]) -> Iterator[tuple[Any, ...]]:
    for stratum in dict.fromkeys(times.strata):
        days, events = times.of(stratum)
        is_censored = [event == 0 for event in events]
        for cause, event in enumerate(EVENTS[times.curve], start=1):
            curve = cumulative_incidence(days, events, cause)
            has_event = [one == cause for one in events]
            for row in curve_rows(curve, days, has_event, is_censored, landmarks.get(times.curve, ())):
                keys = (times.curve, times.stratified_by, stratum, event)
                yield *keys, *row, AALEN_JOHANSEN, COMPLEMENTARY_LOG_LOG


def _tests(times: EventTimes) -> Iterator[tuple[Any, ...]]:
    if times.stratified_by == ALL:
        return
    strata = sorted(set(times.strata))
    for cause, event in enumerate(EVENTS[times.curve], start=1):
        keys = (times.curve, times.stratified_by, event)
        gray = gray_test(times.days, times.events, times.strata, cause)
        yield (
            *(*keys, GRAY, gray.n, gray.n_events, gray.statistic, gray.degrees_of_freedom, gray.p_value),
            *(None, None, None, None, gray.method, gray.not_applicable),
        )
        if len(strata) == 2:
            numerator = strata[-1]
            ratio = hazard_ratio(
                times.days, [one == cause for one in times.events], [one == numerator for one in times.strata]
            )
            yield (
                *(*keys, HAZARD_RATIO, ratio.n, ratio.n_events, None, None, ratio.p_value),
                *(ratio.ratio, ratio.low, ratio.high, numerator, ratio.method, ratio.not_applicable),
            )
