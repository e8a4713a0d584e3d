"""Rounding, neighbors and steps, each against what it is defined as."""

from __future__ import annotations

import random

import pytest

from cartox.release.numbers import has_heap, neighbors, rounded, steps, two_digits


def test_a_rounded_count_is_the_nearest_multiple_of_five() -> None:
    for count in range(500):
        nearest = min(range(0, 600, 5), key=lambda multiple: abs(multiple - count))
        assert rounded(count) == nearest


@pytest.mark.parametrize("n", [10, 11, 25, 60, 200, 504])
@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_a_quantile_is_the_mean_of_several_values_around_it(n: int, share: float) -> None:
    values = list(range(n))
    random.Random(n).shuffle(values)  # noqa: S311 (no secret)
    around = neighbors([float(value) for value in values], share)
    assert len(around) >= max(5, n // 10)
    assert around == sorted(around)
    assert abs(sum(around) / len(around) - share * (n - 1)) <= 0.5


def test_a_quantile_of_too_few_has_no_neighbors() -> None:
    assert neighbors([1.0, 2.0, 3.0, 4.0], 0.5) == []
    assert neighbors([1.0, 2.0, 3.0, 4.0, 5.0], 0.25) == []
    assert neighbors([], 0.5) == []


def test_a_value_that_many_share_is_a_heap_where_a_quantile_touches_it() -> None:
    doses = [0.0] * 12 + [float(dose) for dose in range(1, 20)]
    assert has_heap(doses, 10)
    assert not has_heap([0.0] * 3 + [float(dose) for dose in range(1, 29)], 10)
    assert has_heap([7.0] * 30, 10)


def test_steps_hold_the_threshold_and_tell_no_single_number() -> None:
    dice = random.Random(1)  # noqa: S311 (no secret)
    for _ in range(200):
        values = [dice.randint(0, 6) for _ in range(dice.randint(0, 80))]
        cut = steps(values, 10)
        for first, last in cut:
            held = [v for v in values if (first is None or v >= first) and (last is None or v <= last)]
            assert len(held) >= 10
        assert not cut or (cut[0][0], cut[-1][1]) == (None, None)
        assert bool(cut) == (len(values) >= 10)


def test_two_digits() -> None:
    assert [two_digits(value) for value in (0.0345678, 1165.6, 8.449, 0.0)] == [0.035, 1200.0, 8.4, 0.0]
