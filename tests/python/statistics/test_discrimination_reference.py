"""AUROC, Firth's regression and standardized differences against R's definitions, and against plain arithmetic."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cartox.statistics import auroc, firth, firth_logistic, standardized_levels, standardized_means
from cartox.statistics.auroc import DEGENERATE

Read = Callable[[str], list[Any]]
Agree = Callable[..., None]


@pytest.fixture(scope="module")
def rows(reference: Read) -> list[Any]:
    found = reference("discrimination")
    assert len(found) == 160
    assert sum(row["is_binary"] == "1" for row in found) == 32
    return found


def test_the_area_and_its_interval_are_delongs(rows: list[Any], agree: Agree) -> None:
    results = [auroc(row.numbers("x"), row.numbers("y")) for row in rows]
    agree([one.area for one in results], [row.number("area") for row in rows], absolute=1e-12)
    overlapping = [(one, row) for one, row in zip(results, rows, strict=True) if 0 < float(row["area"]) < 1]
    for end in ("low", "high"):
        ours = [getattr(one, end) for one, _ in overlapping]
        agree(ours, [row.number(f"area_{end}") for _, row in overlapping], absolute=1e-10)
    assert len(overlapping) < len(rows)


def test_groups_apart_have_an_area_without_an_interval() -> None:
    for x, y, area in (([3.0, 4.0], [1.0, 2.0], 1.0), ([1.0, 2.0], [3.0, 4.0], 0.0)):
        found = auroc(x, y)
        assert (found.area, found.low, found.high) == (area, None, None)
        assert found.interval_not_applicable == DEGENERATE


def test_delong_by_plain_placements() -> None:
    x, y = [2.0, 5.0, 5.0, 9.0], [1.0, 5.0, 3.0]
    of_x = [sum((b < a) + (a == b) / 2 for b in y) / len(y) for a in x]
    of_y = [sum((a > b) + (a == b) / 2 for a in x) / len(x) for b in y]
    area = sum(of_x) / len(x)

    def variance(values: list[float]) -> float:
        mean = sum(values) / len(values)
        return sum((value - mean) ** 2 for value in values) / (len(values) - 1)

    spread = 1.959963984540054 * math.sqrt(variance(of_x) / len(x) + variance(of_y) / len(y))
    found = auroc(x, y)
    assert found.area == pytest.approx(area, abs=1e-15)
    assert found.low == pytest.approx(max(0, area - spread), abs=1e-12)
    assert found.high == pytest.approx(min(1, area + spread), abs=1e-12)


def test_firths_estimate_interval_and_test_are_those_of_the_brute_force_profile(
    rows: list[Any], agree: Agree
) -> None:
    results = [firth_logistic(row.numbers("x"), row.numbers("y")) for row in rows]
    agree([one.log_odds for one in results], [row.number("slope") for row in rows], absolute=1e-6)
    agree([one.low for one in results], [row.number("slope_low") for row in rows], absolute=1e-4)
    agree([one.high for one in results], [row.number("slope_high") for row in rows], absolute=1e-4)
    agree([one.p_value for one in results], [row.number("p_value") for row in rows], absolute=1e-7)


def test_a_large_sample_is_searched_in_part_and_gives_what_the_whole_grid_gives(
    rows: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(14)
    skewed = [(random.lognormal(0.2, 2, 700), random.lognormal(0, 2, 1500))]
    parted = [(random.normal(9, 1, 1200), random.normal(0, 1, 1300))]
    rare = [(random.normal(0.3, 1, 5), random.normal(0, 1, 2400))]
    samples: list[Any] = [(row.numbers("x"), row.numbers("y")) for row in rows[::4]]
    samples += skewed + parted + rare
    monkeypatch.setattr(firth, "N_FOR_WHOLE_GRID", 10_000)
    whole = [firth_logistic(x, y) for x, y in samples]
    monkeypatch.setattr(firth, "N_FOR_WHOLE_GRID", 0)
    assert [firth_logistic(x, y) for x, y in samples] == whole


def test_the_odds_ratio_of_a_2_by_2_table_has_half_added_to_each_cell() -> None:
    """Firth's penalty of a saturated model is Jeffreys' prior, whose mode adds 1/2 to every cell."""
    found = firth_logistic([1] * 4, [1] * 1 + [0] * 6, is_binary=True)
    assert found.log_odds == pytest.approx(math.log(4.5 * 6.5 / (0.5 * 1.5)), abs=1e-6)
    assert found.low is not None
    assert found.high is not None
    assert found.log_odds is not None
    assert found.low < found.log_odds < found.high


def test_the_unit_of_a_covariate_changes_its_step_alone() -> None:
    x, y = [3.0, 5.0, 9.0, 12.0], [1.0, 2.0, 4.0, 6.0, 3.0]
    one, other = firth_logistic(x, y), firth_logistic([1000 * v for v in x], [1000 * v for v in y])
    assert other.step == pytest.approx(1000 * (one.step or 0))
    assert other.log_odds == pytest.approx(one.log_odds, abs=1e-7)


@pytest.mark.parametrize("test", [auroc, firth_logistic, standardized_means])
@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        ([], [], "no values in either group"),
        ([1.0], [2.0, 3.0], "only one value in the first group"),
        ([2.0, 2.0], [2.0, 2.0], "all values are equal"),
        ([2.0, math.inf], [2.0, 1.0], "a value is infinite"),
        ([None, None], [2.0, 1.0], "no values in the first group"),
    ],
)
def test_what_cannot_be_computed_has_a_reason(
    test: Callable[..., Any], x: list[float], y: list[float], reason: str
) -> None:
    assert test(x, y).not_applicable == reason


def test_standardized_differences_are_those_of_the_definition(
    rows: list[Any], reference: Read, agree: Agree
) -> None:
    means = [standardized_means(row.numbers("x"), row.numbers("y")) for row in rows]
    agree([one.difference for one in means], [row.number("difference") for row in rows], absolute=1e-10)
    binary = [row for row in rows if row["is_binary"] == "1"]
    counts = [
        [[row.numbers(group).count(value) for value in (1, 0)] for group in ("x", "y")] for row in binary
    ]
    agree(
        [standardized_levels(*pair).difference for pair in counts],
        [row.number("binary_difference") for row in binary],
        absolute=1e-12,
    )
    several = [row for row in reference("standardized_difference") if len(row.table("table")[0]) > 2]
    assert len(several) > 40
    agree(
        [standardized_levels(*row.table("table")).difference for row in several],
        [row.number("distance") for row in several],
        absolute=1e-9,
    )


def test_a_level_that_nobody_has_moves_no_distance() -> None:
    bare, padded = standardized_levels([3, 4, 5], [6, 2, 1]), standardized_levels([3, 0, 4, 5], [6, 0, 2, 1])
    assert padded.difference == pytest.approx(bare.difference, abs=1e-12)
    assert standardized_levels([0, 0], [1, 2]).not_applicable == "no values in a group"
    assert standardized_levels([3, 0], [0, 3]).not_applicable == "no spread within either group"


def test_one_value_far_from_four_hundred_gives_an_interval_and_no_warning() -> None:
    """At steep slopes no intercept of the grid has any information: both neighbors of the best are minus infinity."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = firth_logistic([1e4, *[0.0] * 199], [0.0] * 200)
    assert found.low is not None
    assert found.log_odds is not None
    assert found.high is not None
    assert found.low < found.log_odds < found.high
