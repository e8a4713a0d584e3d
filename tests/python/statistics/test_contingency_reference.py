"""contingency against R: fisher.test, chisq.test, Cornfield's and Newcombe's intervals."""

from __future__ import annotations

from collections.abc import Callable
from math import comb
from typing import Any

import pytest

from cartox.statistics import contingency

Cases = list[tuple[Any, Any]]


@pytest.fixture(scope="module")
def two_by_two(reference: Callable[[str], list[Any]]) -> Cases:
    return [(row, contingency(row.table("table"))) for row in reference("contingency_2x2")]


@pytest.fixture(scope="module")
def larger(reference: Callable[[str], list[Any]]) -> Cases:
    return [(row, contingency(row.table("table"))) for row in reference("contingency_larger")]


def finite_or_none(number: float | None) -> float | None:
    """R writes an infinite end; here it is None."""
    return None if number == float("inf") else number


@pytest.mark.parametrize(
    ("attribute", "tolerance"),
    [
        ("statistic", 1e-10),
        ("minimum_expected", 1e-10),
        ("p_pearson", 1e-10),
        ("p_yates", 1e-10),
        ("p_fisher", 1e-10),
        ("odds_ratio", 1e-12),
        ("odds_ratio_low", 1e-9),
        ("odds_ratio_high", 1e-9),
        ("risk_difference", 1e-12),
        ("risk_difference_low", 1e-10),
        ("risk_difference_high", 1e-10),
    ],
)
def test_2x2_agrees_with_r(
    two_by_two: Cases, agree: Callable[..., None], attribute: str, tolerance: float
) -> None:
    assert len(two_by_two) >= 300
    agree(
        [getattr(result, attribute) for _, result in two_by_two],
        [finite_or_none(row.number(attribute)) for row, _ in two_by_two],
        absolute=tolerance if not attribute.startswith("odds") else 0.0,
        relative=tolerance,
    )


@pytest.mark.parametrize("end", ["low", "high"])
def test_odds_ratio_interval_is_that_of_fisher_test(
    two_by_two: Cases, agree: Callable[..., None], end: str
) -> None:
    """fisher.test stops its search at 1e-4, in the odds ratio or in its reciprocal: compared that
    coarsely."""
    ours = [getattr(result, f"odds_ratio_{end}") for _, result in two_by_two]
    theirs = [finite_or_none(row.number(f"fisher_{end}")) for row, _ in two_by_two]
    agree(
        [None if v is None else v / (1 + v) for v in ours],
        [None if v is None else v / (1 + v) for v in theirs],
        absolute=2e-4,
    )


def test_infinite_odds_ratio_is_flagged_exactly_where_r_has_one(two_by_two: Cases) -> None:
    flags = [result.is_infinite for _, result in two_by_two]
    assert flags == [row["odds_ratio"] == "Inf" for row, _ in two_by_two]
    assert 5 <= sum(flags) < len(flags)
    for _, result in two_by_two:
        assert (result.odds_ratio is None) == result.is_infinite


def test_two_sided_fisher_is_not_a_doubled_tail() -> None:
    """The p is the sum of the small probabilities, counted here; in this table twice a tail is another
    number."""
    a, b, c, d = 3, 9, 1, 40
    weights = [comb(a + b, k) * comb(c + d, a + c - k) for k in range(a + c + 1)]
    expected = sum(w for w in weights if w <= weights[a]) / sum(weights)
    assert contingency([[a, b], [c, d]]).p_fisher == pytest.approx(expected, abs=1e-14)
    assert 2 * sum(weights[a:]) / sum(weights) > 1.5 * expected


@pytest.mark.parametrize("attribute", ["statistic", "minimum_expected", "p_pearson", "p_fisher"])
def test_larger_tables_agree_with_r(larger: Cases, agree: Callable[..., None], attribute: str) -> None:
    agree(
        [getattr(result, attribute) for _, result in larger],
        [row.number(attribute) for row, _ in larger],
        absolute=1e-9,
    )
    assert {result.fisher_method for _, result in larger} == {"Fisher's exact test, two-sided"}
    assert all(result.odds_ratio is None and result.p_yates is None for _, result in larger)


def test_the_rule_takes_fisher_below_five_expected_and_pearson_from_five_on(
    two_by_two: Cases, larger: Cases
) -> None:
    rules = set()
    for row, result in two_by_two + larger:
        is_fisher_due = row.number("minimum_expected") < 5
        rules.add(is_fisher_due)
        assert result.p_value == (result.p_fisher if is_fisher_due else result.p_pearson)
        assert ("Fisher" in result.method) == is_fisher_due
    assert rules == {True, False}


def test_expected_count_of_exactly_five_is_not_below_five() -> None:
    result = contingency([[8, 2], [2, 8]])
    assert result.minimum_expected == 5
    assert result.p_value == result.p_pearson != result.p_fisher


def test_the_threshold_of_the_rule_is_an_argument() -> None:
    table = [[8, 3], [8, 23]]
    assert contingency(table).p_value == contingency(table).p_fisher
    assert contingency(table, fisher_below=1).p_value == contingency(table).p_pearson
