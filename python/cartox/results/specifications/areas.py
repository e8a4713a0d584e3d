"""Areas under each cohort patient's values by another choice than the study's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import duckdb

from cartox.results.bounded_area import MEASURED_POINTS_ONLY, Point, bounded_area, curve_of, point
from cartox.results.specifications.choices import Choice
from cartox.results.tables import sql
from cartox.results.values import Charted
from cartox.statistics.certainty import ESTIMATED, UNKNOWN, greatest, least

REDRAWN = ("area_gap", "area_bounds", "area_day_value")
"""Choices under which no day is filled in: the line runs between what they make of the measured days."""


class Areas:
    """The curves of the cohort, from which areas are computed by any choice (vars auc_min_observed_days, last_study_day)."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
        """Read the curves."""
        self._curves = connection.execute(sql("cohort_curves")).fetchall()
        self._days = {
            (choice, patient, analyte, day): (value, is_at_most, is_at_least)
            for choice, patient, analyte, day, value, is_at_most, is_at_least in connection.execute(
                sql("day_values")
            ).fetchall()
        }
        self._variables = variables

    def by(self, choice: Choice, analyte: str, rule: str) -> dict[str, Charted]:
        """Return the area of each patient who has one, by the plan's rule but for the choice; None where bounds leave it open."""
        gap = choice.number if choice.dimension == "area_gap" else self._variables.get("max_gap_days")
        found = {}
        for patient, own, *of_days, unread, index_day, death_day, is_undated, _ in self._curves:
            if own == analyte:
                points = [point(*cells) for cells in zip(*of_days, strict=True)]
                used = tuple(self._chosen(choice, rule, patient, analyte, points))
                unread_days = [day for day in unread if _is_within(choice, day)]
                curve = curve_of(points, used, index_day, death_day, is_undated, unread_days)
                area, certainty = bounded_area(curve, rule, self._variables, max_gap_days=gap)
                if area.auc is not None:
                    found[patient] = _charted(area.auc, certainty)
        return found

    def _chosen(
        self, choice: Choice, rule: str, patient: str, analyte: str, points: Iterable[Point]
    ) -> Iterator[Point]:
        """Yield the days that the choice uses, with the values that it gives them."""
        for one in points:
            is_redrawn = choice.dimension in REDRAWN or rule == MEASURED_POINTS_ONLY
            if is_redrawn and one.origin == "interpolated":
                continue
            if not _is_within(choice, one.day):
                continue
            of_day = self._days.get((choice.choice, patient, analyte, one.day))
            if choice.dimension == "area_day_value" and of_day is not None:
                yield point(one.day, of_day[0], one.origin, of_day[1], of_day[2], one.is_estimate)
            elif choice.dimension == "area_bounds" and choice.number is not None:
                yield _assumed(one, choice.number)
            else:
                yield one


def _is_within(choice: Choice, day: int) -> bool:
    """Whether the choice looks at this day."""
    return choice.dimension != "area_days" or choice.number is None or day <= choice.number


def _assumed(one: Point, times: float) -> Point:
    """Return a bound as the value that is assumed instead of it, an estimate; a day that is both bounds stays as it is."""
    is_at_most, is_at_least = one.least < one.value, one.greatest > one.value
    if is_at_most == is_at_least:
        return one
    assumed = one.value / times if is_at_most else one.value * times
    return replace(one, value=assumed, least=assumed, greatest=assumed, is_estimate=True)


def _charted(area: float, certainty: str) -> Charted:
    if certainty == UNKNOWN:
        return Charted(None, None, None)
    return Charted(area, least(area, certainty), greatest(area, certainty), certainty == ESTIMATED)
