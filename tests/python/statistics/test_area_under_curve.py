"""area_under_curve: published vectors, the rules' edges, and what must hold for every curve."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartox.statistics import RULES, area_under_curve

DYING = ([0, 3, 7, 10], [500, 2000, 8000, 12000])
SURVIVOR = ([0, 3, 7, 10, 20, 30], [500, 2000, 8000, 6000, 2000, 1000])
SHORT = ([0, 2, 5], [100, 300, 0])


@pytest.mark.parametrize(
    ("curve", "rule", "arguments", "area"),
    [
        (SHORT, "trapezoid", {}, 850),
        (SHORT, "time_weighted_mean", {}, 170),
        (DYING, "trapezoid", {}, 53_750),
        (DYING, "time_weighted_mean", {}, 5_375),
        (DYING, "carried_to_day_30", {}, 293_750),
        (DYING, "carried_to_day_30", {"death_day": 10}, 53_750),
        (SURVIVOR, "trapezoid", {}, 99_750),
        (SURVIVOR, "time_weighted_mean", {}, 3_325),
        (SURVIVOR, "before_index", {"index_day": 10}, 44_750),
        (SURVIVOR, "linear_up_log_down", {}, 95_442.9),
    ],
)
def test_vectors(
    curve: tuple[list[int], list[int]], rule: str, arguments: dict[str, Any], area: float
) -> None:
    result: Any = area_under_curve(*curve, rule, **arguments)
    assert result.auc == pytest.approx(area, abs=0.05)
    assert result.rule == rule


def test_missing_days_are_dropped_and_counted_and_the_line_runs_over_them() -> None:
    result = area_under_curve([0, 1, 2, 3, 4], [None, 10, math.nan, 30, None], "trapezoid")
    assert (result.auc, result.first_day, result.last_day, result.n_missing) == (40, 1, 3, 3)


def test_too_few_observed_days_are_not_applicable_with_their_number() -> None:
    days, values = [0, 1, 2, 3], [1, 2, 3, 4]
    observed = [True, False, True, True]
    assert area_under_curve(days, values, "trapezoid", minimum_observed_days=4).auc == 7.5
    result = area_under_curve(days, values, "trapezoid", is_observed=observed, minimum_observed_days=4)
    assert result.auc is None
    assert result.n_observed_days == 3
    assert result.not_applicable == "3 observed days, fewer than 4"
    assert (
        area_under_curve(days, values, "trapezoid", is_observed=observed, minimum_observed_days=3).auc == 7.5
    )


def test_a_day_observed_without_a_value_does_not_count_as_observed() -> None:
    result = area_under_curve([0, 1, 2], [1, None, 3], "trapezoid", is_observed=[True, True, True])
    assert result.n_observed_days == 2


def test_fractional_index_day_cuts_the_line_where_it_stands() -> None:
    """From 0 to 10 over days 0 to 10 the area up to day 2.5 is a triangle of 2.5 by 2.5."""
    result = area_under_curve([0, 10], [0, 10], "before_index", index_day=2.5, minimum_observed_days=1)
    assert (result.auc, result.first_day, result.last_day) == (3.125, 0, 2.5)
    assert result.n_observed_days == 1


def test_index_on_a_covered_day_adds_nothing_beyond_it_and_a_late_one_takes_the_whole_curve() -> None:
    assert area_under_curve(*SHORT, "before_index", index_day=2).auc == 400
    late = area_under_curve(*SHORT, "before_index", index_day=20)
    assert (late.auc, late.last_day) == (850, 5)


def test_only_observed_days_up_to_the_index_count() -> None:
    result = area_under_curve(*SURVIVOR, "before_index", index_day=7.5, minimum_observed_days=4)
    assert result.n_observed_days == 3
    assert result.not_applicable == "3 observed days, fewer than 4"


@pytest.mark.parametrize("index_day", [None, math.nan, -1.0])
def test_no_index_day_or_one_before_the_curve_is_not_applicable(index_day: float | None) -> None:
    result = area_under_curve(*SHORT, "before_index", index_day=index_day)
    assert result.auc is None
    assert result.not_applicable


def test_carrying_ends_at_death_between_days_and_cuts_what_is_charted_after_it() -> None:
    assert area_under_curve([0, 2], [4, 4], "carried_to_day_30", death_day=12).auc == 48
    assert area_under_curve([0, 2], [4, 4], "carried_to_day_30", death_day=40).auc == 120
    assert area_under_curve([0, 2, 10], [4, 4, 12], "carried_to_day_30", death_day=4).auc == 8 + 10
    assert area_under_curve([0, 2], [4, 4], "carried_to_day_30", carry_to_day=14).last_day == 14


def test_logarithmic_fall_is_that_of_an_exponential() -> None:
    """A fall from 8 to 2 in 3 days along an exponential has the area 3 (8 - 2) / ln 4; to 0 it is linear."""
    assert area_under_curve([0, 3], [8, 2], "linear_up_log_down").auc == pytest.approx(18 / math.log(4))
    assert area_under_curve([0, 3], [2, 8], "linear_up_log_down").auc == 15
    assert area_under_curve([0, 3], [8, 0], "linear_up_log_down").auc == 12
    nearly_level = area_under_curve([0, 1], [100 + 1e-10, 100], "linear_up_log_down").auc
    assert nearly_level == pytest.approx(100, abs=1e-9)


def test_a_gap_longer_than_allowed_adds_neither_area_nor_time() -> None:
    days, values = [0, 2, 12, 14], [10, 10, 30, 30]
    whole = area_under_curve(days, values, "trapezoid")
    parted = area_under_curve(days, values, "trapezoid", max_gap_days=5)
    assert (whole.auc, whole.gap_days) == (280, 0)
    assert (parted.auc, parted.gap_days) == (80, 10)
    assert area_under_curve(days, values, "time_weighted_mean", max_gap_days=5).auc == 20
    assert area_under_curve(days, values, "before_index", index_day=7, max_gap_days=5).last_day == 2
    assert area_under_curve(days, values, "trapezoid", max_gap_days=10).gap_days == 0


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("days", "values", "words"),
    [
        ([], [], "no values"),
        ([0, 1], [None, None], "no values"),
        ([0, 1], [1, math.inf], "infinite"),
        ([0, 0], [1, 2], "twice"),
        ([0, None], [1, 2], "study day"),
    ],
)
def test_curves_that_are_none_say_why(
    rule: str, days: list[float | None], values: list[float | None], words: str
) -> None:
    result = area_under_curve(days, values, rule, index_day=5, minimum_observed_days=0)
    assert result.auc is None
    assert words in str(result.not_applicable)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "carried_to_day_30"])
def test_one_covered_day_has_no_area(rule: str) -> None:
    result = area_under_curve([3], [7], rule, index_day=5, minimum_observed_days=1)
    assert result.auc is None
    assert "no two covered days" in str(result.not_applicable)


def test_unknown_rules_and_uneven_lists_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown rule"):
        area_under_curve([0, 1], [1, 2], "simpson")
    with pytest.raises(ValueError, match="same length"):
        area_under_curve([0, 1], [1], "trapezoid")


curves = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 1000)),
    min_size=2,
    max_size=15,
    unique_by=lambda point: point[0],
)


@given(curves, st.sampled_from(RULES), st.integers(1, 9), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_areas_scale(
    curve: list[tuple[int, int]], rule: str, factor: int, random: Random
) -> None:
    shuffled = list(curve)
    random.shuffle(shuffled)
    days, values = zip(*sorted(curve), strict=True)
    one: Any = area_under_curve(days, values, rule, index_day=31)
    other_days, other_values = zip(*shuffled, strict=True)
    other = area_under_curve(other_days, other_values, rule, index_day=31)
    scaled = area_under_curve(days, [factor * v for v in values], rule, index_day=31)
    assert other == one
    assert scaled.auc == pytest.approx(factor * one.auc, rel=1e-12)


@given(curves)
def test_rules_stand_to_each_other_as_they_must(curve: list[tuple[int, int]]) -> None:
    days, values = zip(*sorted(curve), strict=True)
    area: dict[str, Any] = {rule: area_under_curve(days, values, rule, index_day=31).auc for rule in RULES}
    assert area["linear_up_log_down"] <= area["trapezoid"] + 1e-9
    assert area["before_index"] == area["trapezoid"]
    assert area["carried_to_day_30"] == pytest.approx(area["trapezoid"] + (30 - days[-1]) * values[-1])
    assert min(values) - 1e-9 <= area["time_weighted_mean"] <= max(values) + 1e-9
