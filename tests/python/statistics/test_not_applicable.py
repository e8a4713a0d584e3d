"""Degenerate input: every result that does not exist says why in words, holds no number and never nan."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError, asdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartox.statistics import (
    RULES,
    area_under_curve,
    contingency,
    describe,
    proportion,
    rank_sum,
    rank_sum_matrix,
    weighted_kappa,
)

COUNTS_AND_TEXTS = {
    "n", "n_x", "n_y", "n_missing", "method", "rule", "count", "total", "n_observed_days", "gap_days",
    "is_infinite", "not_applicable",
}  # fmt: skip
nasty = st.one_of(
    st.none(), st.floats(), st.sampled_from([0.0, 1.0, 5e-324, 1e300, -1e300, 1.7e308, math.inf, math.nan])
)
nasty_list = st.lists(nasty, max_size=8)


def check(result: Any) -> None:
    fields = asdict(result)
    for name, value in fields.items():
        assert not (isinstance(value, float) and math.isnan(value)), name
        if fields["not_applicable"] is not None and name not in COUNTS_AND_TEXTS:
            assert value is None, name
    if fields["not_applicable"] is not None:
        assert " " in fields["not_applicable"]


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        ([], [], "no values in either group"),
        ([None], [math.nan], "no values in either group"),
        ([], [1, 2], "no values in the first group"),
        ([1, 2], [None], "no values in the second group"),
        ([1], [1, 2], "only one value in the first group"),
        ([1, 2], [3, None], "only one value in the second group"),
        ([4, 4], [4, 4, 4], "all values are equal"),
        ([1, math.inf], [2, 3], "a value is infinite"),
        ([1, 2], [-math.inf, 3], "a value is infinite"),
    ],
)
def test_samples_that_cannot_be_compared(x: list[float | None], y: list[float | None], reason: str) -> None:
    result = rank_sum(x, y)
    assert result.not_applicable == reason
    check(result)
    assert result.n_x + result.n_y + result.n_missing == len(x) + len(y)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([], "the table has no cells or rows of unequal length"),
        ([[]], "the table has no cells or rows of unequal length"),
        ([[1, 2], [3]], "the table has no cells or rows of unequal length"),
        ([[0, 0], [0, 0]], "the table is empty"),
        ([[3, 4], [0, 0]], "only one group has counts"),
        ([[0, 4], [0, 6]], "only one outcome has counts"),
        ([[3, 0], [6, 0]], "only one outcome has counts"),
        ([[1, 2, 3]], "only one group has counts"),
        ([[1, None], [2, 3]], "a count is missing"),
        ([[1, -1], [2, 3]], "a count is negative or not a whole number"),
        ([[1, 1.5], [2, 3]], "a count is negative or not a whole number"),
        ([[1, math.inf], [2, 3]], "a count is negative or not a whole number"),
        ([[10**9, 1], [2, 3]], "more than 10,000,000 counts"),
    ],
)
def test_tables_that_cannot_be_tested(table: list[list[float | None]], reason: str) -> None:
    result = contingency(table)
    assert result.not_applicable == reason
    check(result)


@given(nasty_list, nasty_list)
def test_whatever_the_samples_there_is_no_exception_and_no_nan(
    x: list[float | None], y: list[float | None]
) -> None:
    with np.errstate(all="raise", under="ignore"):
        check(rank_sum(x, y))
        check(describe(x))
        for rule in RULES:
            check(area_under_curve(range(len(x)), x, rule, index_day=3))
    values = np.array([[np.nan if v is None else v for v in x + y]], dtype=np.float64)
    matrix = rank_sum_matrix(values, np.arange(values.shape[1]) < len(x))
    assert matrix.not_applicable[0] == rank_sum(x, y).not_applicable
    assert math.isnan(matrix.p_value[0]) == (matrix.not_applicable[0] is not None)


@given(st.lists(st.lists(nasty, min_size=2, max_size=3), max_size=3))
def test_whatever_the_counts_there_is_no_exception_and_no_nan(table: list[list[float | None]]) -> None:
    check(contingency(table))
    check(weighted_kappa(table))


@given(nasty, nasty)
def test_whatever_the_share_there_is_no_exception_and_no_nan(
    count: float | None, total: float | None
) -> None:
    check(proportion(count, total))


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95.0, math.nan])
def test_a_confidence_that_is_none_is_refused(confidence: float) -> None:
    for call in (
        lambda: rank_sum([1, 2], [3, 4], confidence=confidence),
        lambda: contingency([[1, 2], [3, 4]], confidence=confidence),
        lambda: proportion(1, 2, confidence),
        lambda: weighted_kappa([[1, 2], [3, 4]], confidence=confidence),
    ):
        with pytest.raises(ValueError, match="confidence"):
            call()


def test_results_cannot_be_changed() -> None:
    result: Any = rank_sum([1, 2], [3, 4])
    with pytest.raises(FrozenInstanceError):
        result.p_value = 0.01
