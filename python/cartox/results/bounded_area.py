"""The area under one patient's curve, and how certain it is where days are bounds or estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cartox.statistics import area_under_curve
from cartox.statistics.area_under_curve import CARRIED, MEANS, AreaUnderCurve
from cartox.statistics.certainty import AT_LEAST, AT_MOST, EXACT, certainty_of, greatest, least

MEASURED_POINTS_ONLY = "linear_up_log_down"
"""A logarithmic fall runs between measured points; days filled in linearly would make it linear."""

ENDS_AT_INDEX = ("before_index", "before_index_per_day")


@dataclass(frozen=True)
class Point:
    """One covered day of a curve, with the least and the greatest value that it can stand for.

    is_estimate: whether what was measured on that day cannot be used.
    """

    day: int
    value: float
    origin: str
    least: float
    greatest: float
    is_estimate: bool


@dataclass(frozen=True)
class Curve:
    """The days of a patient's analyte that an area uses, in order, with what ends it (study days, None for never).

    is_death_undated: whether the patient died on a day that nobody knows.
    estimates_left_out: days between these that were left out, and of which what was measured cannot be used.
    unread_days: days without a value of which what was measured cannot be used, and to which no line can be drawn.
    """

    points: tuple[Point, ...]
    index_day: int | None
    death_day: int | None
    is_death_undated: bool = False
    estimates_left_out: tuple[int, ...] = ()
    unread_days: tuple[int, ...] = ()


def point(
    day: int, value: float, origin: str, is_at_most: bool, is_at_least: bool, is_estimate: bool
) -> Point:
    """Return a day as the grid tells it."""
    lowest = least(value, AT_MOST if is_at_most else EXACT)
    return Point(day, value, origin, lowest, greatest(value, AT_LEAST if is_at_least else EXACT), is_estimate)


def curve_of(
    points: Sequence[Point],
    used: Sequence[Point],
    index_day: int | None,
    death_day: int | None,
    is_undated: bool,
    unread_days: Sequence[int] = (),
) -> Curve:
    """Return the curve of the days that are used, out of all that are covered, and of the days that cannot be read."""
    days = {one.day for one in used}
    left_out = (
        one.day
        for one in points
        if one.is_estimate and one.day not in days and days and min(days) < one.day < max(days)
    )
    return Curve(tuple(used), index_day, death_day, is_undated, tuple(left_out), tuple(unread_days))


def bounded_area(
    curve: Curve, rule: str, variables: Mapping[str, Any], *, max_gap_days: float | None
) -> tuple[AreaUnderCurve, str]:
    """Return the area of the values as charted, and its certainty: unknown where bounds could move it both ways.

    Where the day of death is unknown, what is carried beyond the last covered day is at most that. A day outside of the curve
    that was measured and cannot be read would add to an area; a mean, or what is carried over it, is an estimate.
    Vars: auc_min_observed_days, last_study_day.
    """

    def area(end: str, death_day: int | None = curve.death_day) -> AreaUnderCurve:
        return area_under_curve(
            [one.day for one in curve.points],
            [getattr(one, end) for one in curve.points],
            rule,
            is_observed=[one.origin == "observed" for one in curve.points],
            minimum_observed_days=int(variables["auc_min_observed_days"]),
            max_gap_days=max_gap_days,
            index_day=curve.index_day,
            death_day=death_day,
            carry_to_day=float(variables["last_study_day"]),
        )

    charted = lowest = highest = area("value")
    if curve.is_death_undated and curve.points:
        lowest = area("least", curve.points[-1].day)
    elif any(one.least < one.value for one in curve.points):
        lowest = area("least")
    if any(one.greatest > one.value for one in curve.points):
        highest = area("greatest")
    unread = [
        day
        for day in curve.unread_days
        if _enters(curve, rule, day) and (curve.death_day is None or day <= curve.death_day)
    ]
    added = [day for day in unread if _would_add(curve, rule, day)]
    estimates = (*curve.estimates_left_out, *(one.day for one in curve.points if one.is_estimate))
    has_estimate = any(_enters(curve, rule, day) for day in estimates) or len(unread) > len(added)
    greatest_area = None if added else highest.auc
    return charted, certainty_of(charted.auc, lowest.auc, greatest_area, has_estimate=has_estimate)


def _would_add(curve: Curve, rule: str, day: int) -> bool:
    """Whether a value of this day, which has none, would make the area greater."""
    is_carried_over = rule == CARRIED and bool(curve.points) and curve.points[-1].day < day
    return rule not in MEANS and not is_carried_over


def _enters(curve: Curve, rule: str, day: int) -> bool:
    return rule not in ENDS_AT_INDEX or (curve.index_day is not None and day <= curve.index_day)
