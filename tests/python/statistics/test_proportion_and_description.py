"""Shares and descriptions by brute force and by what must hold for every one."""

from __future__ import annotations

import math
import statistics
from decimal import Decimal
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartox.statistics import describe, proportion


def upper_tail(count: int, total: int, share: float) -> float:
    return sum(math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count, total + 1))


@given(st.integers(1, 60), st.data())
def test_each_limit_leaves_half_the_error_in_its_tail(total: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, total))
    result: Any = proportion(count, total)
    assert 0 <= result.low <= result.share <= result.high <= 1
    if count:
        assert upper_tail(count, total, result.low) == pytest.approx(0.025, abs=1e-10)
    if count < total:
        assert 1 - upper_tail(count + 1, total, result.high) == pytest.approx(0.025, abs=1e-10)


@given(st.integers(1, 200), st.data())
def test_counting_the_others_mirrors_the_interval(total: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, total))
    one: Any
    other: Any
    one, other = proportion(count, total), proportion(total - count, total)
    assert other.low == pytest.approx(1 - one.high, abs=1e-12)
    assert other.high == pytest.approx(1 - one.low, abs=1e-12)


def test_no_events_and_only_events_have_one_sided_intervals() -> None:
    """Without events among n the high limit is 1 - 0.025 ** (1 / n)."""
    assert proportion(0, 20).low == 0
    assert proportion(0, 20).high == pytest.approx(1 - 0.025 ** (1 / 20), abs=1e-14)
    assert proportion(20, 20).high == 1


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [
        (0, 0, "empty"),
        (1, 1e150, "beyond"),
        (3, 2, "between"),
        (-1, 4, "between"),
        (1.5, 4, "whole"),
        (1, math.inf, "whole"),
        (None, 4, "missing"),
        (1, math.nan, "missing"),
    ],
)
def test_counts_that_are_no_share_say_why(count: float | None, total: float | None, words: str) -> None:
    result = proportion(count, total)
    assert (result.share, result.low, result.high) == (None, None, None)
    assert words in str(result.not_applicable)


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=40), st.integers(-5, 5), st.integers(1, 4))
def test_description_moves_and_scales_with_the_values(values: list[int], shift: int, factor: int) -> None:
    one, other = describe(values), describe([factor * v + shift for v in values])
    assert one.median == statistics.median(values)
    assert (one.minimum, one.maximum) == (min(values), max(values))
    for name in ("minimum", "q1", "median", "q3", "maximum"):
        assert getattr(other, name) == pytest.approx(factor * getattr(one, name) + shift, abs=1e-9)
    if len(values) > 1:
        quartiles = statistics.quantiles(values, n=4, method="inclusive")
        assert [one.q1, one.median, one.q3] == pytest.approx(quartiles, abs=1e-9)


@pytest.mark.parametrize(
    "values",
    [
        [1, None, 4, math.nan],
        np.array([1, np.nan, 4, np.nan]),
        np.ma.MaskedArray([1, 999, 4, 999], mask=[False, True, False, True]),
        pd.Series([1, None, 4, None], dtype="Int64"),
        pd.Series([1.0, None, 4.0, None]),
        [Decimal(1), pd.NA, Decimal(4), pd.NaT],
        (value for value in (1, None, 4, None)),
    ],
)
def test_every_way_to_write_a_missing_value_is_dropped_and_counted(values: Any) -> None:
    result = describe(values)
    assert (result.n, result.n_missing, result.minimum, result.median, result.maximum) == (2, 2, 1, 2.5, 4)


def test_text_is_refused() -> None:
    with pytest.raises(TypeError, match="not text"):
        describe(cast("Any", ["1", "2"]))


@pytest.mark.parametrize(
    ("values", "words"), [([], "no values"), ([None], "no values"), ([1, math.inf], "infinite")]
)
def test_no_description_says_why(values: list[float | None], words: str) -> None:
    result = describe(values)
    assert (result.median, result.q1, result.q3, result.minimum, result.maximum) == (None,) * 5
    assert words in str(result.not_applicable)
