"""contingency by brute force, by published intervals, and by what must hold for every table."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartox.statistics import contingency
from cartox.statistics import fisher as fisher_module

two_by_two = st.lists(st.lists(st.integers(0, 12), min_size=2, max_size=2), min_size=2, max_size=2)


def p_of_all_tables(table: list[list[int]]) -> float:
    """Every table of counts with the same margins, found by trying all of them."""
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]

    def weight(cells: list[list[int]]) -> float:
        return 1 / math.prod(math.factorial(cell) for row in cells for cell in row)

    free = [range(min(rows[i], columns[j]) + 1) for i in range(len(rows)) for j in range(len(columns) - 1)]
    weights = []
    for choice in product(*free):
        cells = [
            list(choice[i * (len(columns) - 1) : (i + 1) * (len(columns) - 1)]) for i in range(len(rows))
        ]
        full = [[*row, total - sum(row)] for row, total in zip(cells, rows, strict=True)]
        if min(min(row) for row in full) >= 0 and [sum(c) for c in zip(*full, strict=True)] == columns:
            weights.append(weight(full))
    observed = weight(table) * (1 + 1e-9)
    return sum(w for w in weights if w <= observed) / sum(weights)


@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (3, 2), (3, 3), (2, 4)])
def test_fisher_p_equals_the_sum_over_all_tables(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(sum(shape))
    for _ in range(15):
        table = random.multinomial(12, np.ones(math.prod(shape)) / math.prod(shape)).reshape(shape).tolist()
        result = contingency(table)
        if result.not_applicable is None:
            assert result.p_fisher == pytest.approx(p_of_all_tables(table), abs=1e-12)


def test_monte_carlo_is_named_seeded_and_close_to_enumeration(monkeypatch: pytest.MonkeyPatch) -> None:
    table = [[9, 3, 4], [2, 8, 4], [3, 4, 6]]
    exact: Any
    exact = contingency(table)
    monkeypatch.setattr(fisher_module, "LARGEST_NUMBER_OF_TABLES", 10)
    drawn: Any
    again: Any
    drawn, again = contingency(table), contingency(table)
    assert exact.fisher_method == "Fisher's exact test, two-sided"
    assert drawn.fisher_method == "Fisher's exact test, Monte Carlo (100,000 tables, seed 1)"
    assert drawn.method == drawn.fisher_method
    assert drawn.p_fisher == again.p_fisher
    assert drawn.p_fisher != exact.p_fisher
    standard_error = math.sqrt(exact.p_fisher * (1 - exact.p_fisher) / 100_000)
    assert drawn.p_fisher == pytest.approx(exact.p_fisher, abs=5 * standard_error)


def test_a_drawn_p_is_never_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    """The observed table counts as one of the draws (Phipson and Smyth 2010)."""
    monkeypatch.setattr(fisher_module, "LARGEST_NUMBER_OF_TABLES", 1)
    assert contingency([[40, 0], [0, 40]]).p_fisher == 1 / 100_001


def test_a_table_with_too_many_tables_of_its_margins_is_drawn() -> None:
    result: Any = contingency(np.full((6, 6), 8).tolist())
    assert result.fisher_method.startswith("Fisher's exact test, Monte Carlo")
    assert result.p_fisher == 1


def test_interval_of_the_risk_difference_is_newcombes_published_example() -> None:
    """Newcombe 1998, table II, method 10, contrast (a): 56/70 less 48/80."""
    result = contingency([[56, 14], [48, 32]])
    assert result.risk_difference == pytest.approx(0.2)
    assert result.risk_difference_low == pytest.approx(0.0524, abs=5e-5)
    assert result.risk_difference_high == pytest.approx(0.3339, abs=5e-5)


def test_odds_ratio_limits_solve_their_equations() -> None:
    """At each limit the tail of the noncentral hypergeometric distribution is 2.5 %."""
    (a, b), (c, d) = table = [[8, 3], [8, 23]]
    result: Any = contingency(table)

    def weights(odds_ratio: float) -> list[float]:
        return [math.comb(a + b, k) * math.comb(c + d, a + c - k) * odds_ratio**k for k in range(a + b + 1)]

    at_low, at_high = weights(result.odds_ratio_low), weights(result.odds_ratio_high)
    assert sum(at_low[a:]) / sum(at_low) == pytest.approx(0.025, abs=1e-12)
    assert sum(at_high[: a + 1]) / sum(at_high) == pytest.approx(0.025, abs=1e-12)
    assert result.odds_ratio == 8 * 23 / (3 * 8)


def test_infinite_odds_ratio_is_none_with_a_flag_and_a_lower_limit() -> None:
    result = contingency([[11, 0], [8, 23]])
    assert (result.odds_ratio, result.is_infinite, result.odds_ratio_high) == (None, True, None)
    assert result.odds_ratio_low == pytest.approx(5.3, abs=0.05)


def test_odds_ratio_of_zero_is_a_number() -> None:
    result = contingency([[0, 11], [23, 8]])
    assert (result.odds_ratio, result.odds_ratio_low, result.is_infinite) == (0, 0, False)
    assert result.odds_ratio_high is not None


def test_empty_levels_of_a_larger_table_take_no_part() -> None:
    with_empty, without = contingency([[3, 0, 9, 4], [8, 0, 2, 5]]), contingency([[3, 9, 4], [8, 2, 5]])
    assert with_empty.p_fisher == without.p_fisher
    assert with_empty.p_pearson == without.p_pearson
    assert with_empty.minimum_expected == without.minimum_expected
    assert with_empty.expected is not None
    assert [row[1] for row in with_empty.expected] == [0, 0]


@given(two_by_two)
def test_turning_the_table_over_mirrors_effects_and_keeps_p(table: list[list[int]]) -> None:
    one: Any
    rows_swapped: Any
    one, rows_swapped = contingency(table), contingency(table[::-1])
    assert one.not_applicable is None or rows_swapped.not_applicable is not None
    if one.not_applicable is not None:
        return
    for name in ("p_fisher", "p_pearson", "p_yates"):
        assert getattr(rows_swapped, name) == pytest.approx(getattr(one, name), abs=1e-12)
    assert rows_swapped.risk_difference == pytest.approx(-one.risk_difference, abs=1e-15)
    assert rows_swapped.risk_difference_low == pytest.approx(-one.risk_difference_high, abs=1e-12)
    if one.odds_ratio_high is not None:
        assert rows_swapped.odds_ratio_low == pytest.approx(1 / one.odds_ratio_high, rel=1e-9)


@given(two_by_two)
def test_every_p_is_a_probability_and_every_estimate_lies_in_its_interval(table: list[list[int]]) -> None:
    result: Any = contingency(table)
    if result.not_applicable is not None:
        return
    assert all(0 < p <= 1 for p in (result.p_fisher, result.p_pearson, result.p_yates))
    assert result.p_yates >= result.p_pearson
    assert result.risk_difference_low - 1e-12 <= result.risk_difference <= result.risk_difference_high + 1e-12
    assert result.risk_difference_low + 1e-12 >= -1
    assert result.risk_difference_high <= 1 + 1e-12
    if result.odds_ratio is not None:
        assert result.odds_ratio_low <= result.odds_ratio
        assert result.odds_ratio_high is None or result.odds_ratio <= result.odds_ratio_high


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=3, max_size=3),
    st.permutations(range(3)),
)
def test_order_of_rows_and_columns_changes_no_p(table: list[list[int]], order: list[int]) -> None:
    one = contingency(table)
    other = contingency(np.array(table)[order][:, order[::-1]].T.tolist())
    assert (one.not_applicable is None) == (other.not_applicable is None)
    if one.p_fisher is not None:
        assert other.p_fisher == pytest.approx(one.p_fisher, abs=1e-12)
        assert other.p_pearson == pytest.approx(one.p_pearson, abs=1e-12)
