"""Values that differ in their last bits only are one value to every rank."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cartox.results.conventions import rank_sum_conventions
from cartox.statistics import rank_sum, rank_sum_matrix
from cartox.statistics.ranks import round_for_ranks

SEEDS = Path(__file__).parents[3] / "seeds"


def _unit_factors() -> list[float]:
    with (SEEDS / "terminology" / "lab_units.csv").open(newline="", encoding="utf-8") as handle:
        return sorted({float(row["factor"]) for row in csv.DictReader(handle)} | {88.42, 10 / 3, 1e-9, 1e9})


def test_a_sum_of_tenths_ties_with_what_it_is() -> None:
    noisy, exact = [0.1 + 0.2, 0.5, 0.7], [0.3, 0.9, 0.6]
    assert noisy[0] != exact[0]
    found, expected = rank_sum(noisy, exact), rank_sum([0.3, 0.5, 0.7], exact)
    assert found == expected
    assert found.statistic == 3.5  # 0.3 ties with 0.3; 0.5 above 0.3; 0.7 above 0.3 and 0.6
    assert rank_sum_conventions(found, noisy, exact) == rank_sum_conventions(expected, [0.3, 0.5, 0.7], exact)


def test_values_that_differ_in_their_last_bits_alone_are_all_equal() -> None:
    result: Any = rank_sum([0.1 + 0.2, 0.3], [0.3, 3 * 0.1])
    assert result.not_applicable == "all values are equal"


@pytest.mark.parametrize("factor", _unit_factors())
def test_a_change_of_unit_and_back_changes_no_rank(factor: float) -> None:
    random = np.random.default_rng(7)
    values = random.integers(1, 40, size=(30, 24)) / 10
    is_x = np.arange(24) < 9
    there_and_back = values * factor * (1 / factor)
    mixed = np.where(random.random(values.shape) < 0.5, values, there_and_back)
    plain, converted = rank_sum_matrix(values, is_x), rank_sum_matrix(mixed, is_x)
    assert converted.statistic.tolist() == plain.statistic.tolist()
    assert converted.p_value.tolist() == plain.p_value.tolist()
    for row, other in zip(values, mixed, strict=True):
        assert rank_sum(other[is_x], other[~is_x]) == rank_sum(row[is_x], row[~is_x])


def test_a_change_of_unit_and_back_does_move_last_bits() -> None:
    values = np.arange(1, 400) / 10
    moved = [factor for factor in _unit_factors() if (values * factor * (1 / factor) != values).any()]
    assert len(moved) > 10


def test_twelve_digits_are_kept_at_every_size() -> None:
    """Against the decimal text of each value: what has twelve digits stays, what has more moves by half a digit."""
    random = np.random.default_rng(3)
    values = random.lognormal(0, 40, size=20_000) * random.choice([-1, 1], size=20_000)
    values = np.concatenate([values, 10.0 ** np.arange(-300, 301), [0.0, 5e-324, 1e300, -0.1]])
    in_text = np.array([float(f"{value:.11e}") for value in values])
    usual = (np.abs(in_text) > 1e-10) & (np.abs(in_text) < 1e20)
    assert round_for_ranks(in_text)[usual].tolist() == in_text[usual].tolist()
    assert round_for_ranks(values) == pytest.approx(values, rel=5.01e-12, abs=0)
    assert np.mean(round_for_ranks(values) == in_text) > 0.99
    close = round_for_ranks(np.array([1.00000000001, 1.0]))
    assert close[0] > close[1]


def test_what_is_missing_or_infinite_stays_so() -> None:
    found = round_for_ranks(np.array([[np.nan, np.inf], [-np.inf, 0.0]]))
    assert np.isnan(found[0, 0])
    assert found[0, 1] == np.inf
    assert found[1].tolist() == [-np.inf, 0.0]
