"""What must hold for every pair of samples, however swapped, shifted, scaled or permuted."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cartox.statistics import rank_sum

values = st.lists(st.integers(-8, 8).map(float), min_size=2, max_size=12)
effects = ("difference", "rank_biserial")


def is_comparable(x: list[float], y: list[float]) -> bool:
    return len(set(x + y)) > 1


@given(values, values)
def test_swapping_groups_mirrors_every_effect_and_keeps_every_p(x: list[float], y: list[float]) -> None:
    assume(is_comparable(x, y))
    one: Any
    other: Any
    one, other = rank_sum(x, y), rank_sum(y, x)
    assert one.statistic + other.statistic == len(x) * len(y)
    assert other.p_value == pytest.approx(one.p_value, abs=1e-14)
    assert other.p_exact == pytest.approx(one.p_exact, abs=1e-14)
    for effect in effects:
        assert getattr(other, effect) == pytest.approx(-getattr(one, effect), abs=1e-12)
        assert getattr(other, f"{effect}_low") == pytest.approx(-getattr(one, f"{effect}_high"), abs=1e-9)
        assert getattr(other, f"{effect}_high") == pytest.approx(-getattr(one, f"{effect}_low"), abs=1e-9)


@given(values, values, st.integers(-50, 50))
def test_shifting_one_group_shifts_the_difference(x: list[float], y: list[float], shift: int) -> None:
    moved = [value + shift for value in x]
    assume(is_comparable(x, y) and is_comparable(moved, y))
    one, other = rank_sum(x, y), rank_sum(moved, y)
    assert one.difference is not None
    assert other.difference == pytest.approx(one.difference + shift, abs=1e-9)


@given(values, values, st.integers(-50, 50), st.sampled_from([0.125, 2.0, 1024.0]))
def test_shifting_and_scaling_both_groups_changes_no_rank(
    x: list[float], y: list[float], shift: int, scale: float
) -> None:
    assume(is_comparable(x, y))
    one = rank_sum(x, y)
    other = rank_sum([(v + shift) * scale for v in x], [(v + shift) * scale for v in y])
    ranked = ("statistic", "p_value", "p_exact", "rank_biserial", "probability_superiority_low")
    assert [getattr(other, name) for name in ranked] == [getattr(one, name) for name in ranked]
    for name in ("difference", "difference_low", "difference_high"):
        assert getattr(other, name) == pytest.approx(getattr(one, name) * scale, abs=1e-9)


@given(values, values, st.randoms(use_true_random=False))
def test_order_and_missing_values_change_nothing_but_the_count(
    x: list[float], y: list[float], random: Random
) -> None:
    assume(is_comparable(x, y))
    shuffled: list[float | None] = [*x, None, math.nan]
    random.shuffle(shuffled)
    one, other = rank_sum(x, y), rank_sum(shuffled, np.array([*y, np.nan]))
    assert other.n_missing == 3
    assert (other.n_x, other.n_y) == (len(x), len(y))
    assert (other.statistic, other.p_value, other.p_exact) == (one.statistic, one.p_value, one.p_exact)
    assert (other.difference_low, other.difference_high) == (one.difference_low, one.difference_high)


@given(values, values)
def test_u_counts_the_pairs_and_every_estimate_lies_in_its_interval(x: list[float], y: list[float]) -> None:
    assume(is_comparable(x, y))
    result: Any = rank_sum(x, y)
    assert result.statistic == sum((a > b) + (a == b) / 2 for a in x for b in y)
    assert 0 < result.p_value <= 1
    assert 0 < result.p_exact <= 1
    for name in ("difference", "rank_biserial", "probability_superiority"):
        low, middle, high = (getattr(result, name + end) for end in ("_low", "", "_high"))
        assert low - 1e-12 <= middle <= high + 1e-12
    assert -1 <= result.rank_biserial_low <= result.rank_biserial_high <= 1


@given(values, values)
def test_a_wider_confidence_gives_a_wider_interval(x: list[float], y: list[float]) -> None:
    assume(is_comparable(x, y))
    narrow: Any
    wide: Any
    narrow, wide = rank_sum(x, y, confidence=0.8), rank_sum(x, y, confidence=0.99)
    assert wide.difference_low <= narrow.difference_low
    assert wide.difference_high >= narrow.difference_high
    assert wide.rank_biserial_low <= narrow.rank_biserial_low
    assert wide.rank_biserial_high >= narrow.rank_biserial_high


def test_intervals_cover_what_they_estimate() -> None:
    """In 2,000 simulated studies of 12 against 15 values both intervals cover the truth in 93 to 98 %."""
    random = np.random.default_rng(20)
    truth = 0.5 * (1 + math.erf(1 / 2))  # P(X > Y) where X - Y is normal with mean 1 and variance 2
    n_covered = np.zeros(2)
    for _ in range(2000):
        result: Any = rank_sum(random.normal(1, 1, 12), random.normal(0, 1, 15), exact=False)
        n_covered[0] += result.difference_low <= 1 <= result.difference_high
        n_covered[1] += result.probability_superiority_low <= truth <= result.probability_superiority_high
    assert ((n_covered / 2000 > 0.93) & (n_covered / 2000 < 0.98)).all()
