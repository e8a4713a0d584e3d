"""How certain an area is: by hand, from the days that it leaves out and from a death on an unknown day."""

from __future__ import annotations

from typing import Any

import pytest

from cartox.results.bounded_area import MEASURED_POINTS_ONLY, bounded_area, curve_of, point
from cartox.statistics.area_under_curve import (
    BEFORE_INDEX,
    BEFORE_INDEX_PER_DAY,
    CARRIED,
    LINEAR_UP_LOG_DOWN,
    TIME_WEIGHTED_MEAN,
    TRAPEZOID,
)

VARIABLES: dict[str, Any] = {"auc_min_observed_days": 2, "last_study_day": 30}


def days(*estimated: int) -> list[Any]:
    """Days 0 to 4 with the value 10, day 2 filled in; these are estimates."""
    origins = {2: "interpolated"}
    return [
        point(day, 10.0, origins.get(day, "observed"), False, False, day in estimated) for day in range(5)
    ]


@pytest.mark.parametrize(("estimated", "expected"), [((2,), "estimated"), ((), "exact")])
def test_a_day_left_out_on_the_way_is_an_estimate_still(estimated: tuple[int, ...], expected: str) -> None:
    points = days(*estimated)
    used = [one for one in points if one.origin == "observed"]
    curve = curve_of(points, used, None, None, False)
    area, certainty = bounded_area(curve, MEASURED_POINTS_ONLY, VARIABLES, max_gap_days=None)
    assert (area.auc, certainty) == (40.0, expected)


@pytest.mark.parametrize(("index_day", "expected"), [(1, "exact"), (3, "estimated")])
def test_a_day_left_out_after_the_index_time_says_nothing_of_the_area_before(
    index_day: int, expected: str
) -> None:
    points = days(2)
    used = [one for one in points if one.origin == "observed"]
    curve = curve_of(points, used, index_day, None, False)
    assert bounded_area(curve, BEFORE_INDEX, VARIABLES, max_gap_days=None)[1] == expected


def test_a_day_left_out_beyond_what_is_used_says_nothing() -> None:
    points = days(4)
    curve = curve_of(points, points[:3], None, None, False)
    assert bounded_area(curve, TRAPEZOID, VARIABLES, max_gap_days=None)[1] == "exact"


@pytest.mark.parametrize(
    ("is_undated", "rule", "expected"),
    [
        (True, CARRIED, (300.0, "at_most")),
        (False, CARRIED, (300.0, "exact")),
        (True, TRAPEZOID, (40.0, "exact")),
    ],
)
def test_what_is_carried_beyond_a_death_on_an_unknown_day_is_at_most(
    is_undated: bool, rule: str, expected: tuple[float, str]
) -> None:
    points = days()
    area, certainty = bounded_area(
        curve_of(points, points, None, None, is_undated), rule, VARIABLES, max_gap_days=None
    )
    assert (area.auc, certainty) == expected


@pytest.mark.parametrize(
    ("rule", "unread_day", "expected"),
    [
        (TRAPEZOID, 9, "at_least"),
        (LINEAR_UP_LOG_DOWN, 9, "at_least"),
        (TIME_WEIGHTED_MEAN, 9, "estimated"),
        (BEFORE_INDEX, 9, "exact"),
        (BEFORE_INDEX, 7, "at_least"),
        (BEFORE_INDEX_PER_DAY, 7, "estimated"),
        (BEFORE_INDEX_PER_DAY, 9, "exact"),
        (CARRIED, 9, "estimated"),
        (CARRIED, -1, "at_least"),
        (TRAPEZOID, -1, "at_least"),
        (TIME_WEIGHTED_MEAN, -1, "estimated"),
    ],
)
def test_what_cannot_be_read_beyond_the_curve_would_add_to_an_area(
    rule: str, unread_day: int, expected: str
) -> None:
    points = days()
    curve = curve_of(points, points, 8, None, False, [unread_day])
    area, certainty = bounded_area(curve, rule, VARIABLES, max_gap_days=None)
    alone, _ = bounded_area(curve_of(points, points, 8, None, False), rule, VARIABLES, max_gap_days=None)
    assert (area.auc, certainty) == (alone.auc, expected)


def test_what_cannot_be_read_in_a_gap_that_no_line_crosses_would_add_to_what_is_carried() -> None:
    points = [one for one in days() if one.day != 2]
    for rule, expected in ((CARRIED, "at_least"), (TIME_WEIGHTED_MEAN, "estimated")):
        curve = curve_of(points, points, None, None, False, [2])
        assert bounded_area(curve, rule, VARIABLES, max_gap_days=1)[1] == expected


def test_what_cannot_be_read_after_death_adds_nothing() -> None:
    points = days()
    curve = curve_of(points, points, None, 6, False, [9])
    assert bounded_area(curve, TRAPEZOID, VARIABLES, max_gap_days=None)[1] == "exact"
