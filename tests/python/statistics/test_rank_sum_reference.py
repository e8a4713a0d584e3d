"""rank_sum against R: wilcox.test, coin, and definitions written in R."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cartox.statistics import RankSum, asymptotic_p_value, rank_sum
from cartox.statistics.ranks import tie_sum

Cases = list[tuple[Any, RankSum]]


@pytest.fixture(scope="module")
def cases(reference: Callable[[str], list[Any]]) -> Cases:
    return [(row, rank_sum(row.numbers("x"), row.numbers("y"))) for row in reference("rank_sum")]


def test_the_reference_covers_ties_missing_values_and_every_group_size(cases: Cases) -> None:
    sizes = {size for _, result in cases for size in (result.n_x, result.n_y)}
    assert len(cases) >= 300
    assert min(sizes) == 2
    assert max(sizes) >= 58
    assert sum(row["has_ties"] == "TRUE" for row, _ in cases) >= 100
    assert sum(row["has_ties"] == "FALSE" for row, _ in cases) >= 100
    assert sum(result.n_missing > 0 for _, result in cases) >= 100


@pytest.mark.parametrize(
    ("attribute", "column", "tolerance"),
    [
        ("statistic", "statistic", 0.0),
        ("p_value", "p_value", 1e-10),
        ("p_exact", "p_exact", 1e-9),
        ("difference", "difference", 1e-12),
        ("difference_low", "difference_low", 1e-12),
        ("difference_high", "difference_high", 1e-12),
        ("difference_low", "searched_low", 1e-6),
        ("difference_high", "searched_high", 1e-6),
        ("probability_superiority", "superiority", 1e-12),
        ("probability_superiority_low", "superiority_low", 1e-9),
        ("probability_superiority_high", "superiority_high", 1e-9),
    ],
)
def test_agrees_with_r(
    cases: Cases, agree: Callable[..., None], attribute: str, column: str, tolerance: float
) -> None:
    """The searched limits are those of wilcox.test(exact = FALSE), compared in samples with ties."""
    is_for_ties = "searched" in column
    chosen = [(row, result) for row, result in cases if row["has_ties"] == "TRUE" or not is_for_ties]
    agree(
        [getattr(result, attribute) for _, result in chosen],
        [row.number(column) for row, _ in chosen],
        absolute=tolerance,
    )


def test_small_p_values_agree_in_their_digits_and_not_only_in_their_size(
    cases: Cases, agree: Callable[..., None]
) -> None:
    agree(
        [result.p_value for _, result in cases], [row.number("p_value") for row, _ in cases], relative=1e-10
    )


def test_exact_p_equals_wilcox_test_without_ties(cases: Cases, agree: Callable[..., None]) -> None:
    """Without ties the distribution is symmetric: R's doubled smaller tail is the same probability."""
    untied = [(row, result) for row, result in cases if row["has_ties"] == "FALSE"]
    agree(
        [result.p_exact for _, result in untied],
        [row.number("p_exact_wilcox") for row, _ in untied],
        absolute=1e-12,
    )


def test_uncorrected_p_agrees_with_r(cases: Cases, agree: Callable[..., None]) -> None:
    computed = []
    for row, result in cases:
        pooled = np.array([v for v in row.numbers("x") + row.numbers("y") if v is not None])
        assert result.statistic is not None
        ties = tie_sum(pooled)
        p = asymptotic_p_value(result.statistic, result.n_x, result.n_y, ties, is_continuity_corrected=False)
        computed.append(p)
    agree(computed, [row.number("p_uncorrected") for row, _ in cases], absolute=1e-10)


def test_interval_without_ties_reaches_the_confidence_or_takes_every_difference(cases: Cases) -> None:
    """The reached confidence is at least 95 %, but in samples so small that even the full range falls
    short."""
    for row, result in cases:
        if row["has_ties"] == "TRUE" or result.difference_confidence is None:
            continue
        if result.difference_confidence < 0.95:
            x, y = (np.array([v for v in row.numbers(name) if v is not None]) for name in "xy")
            assert result.difference_low == np.subtract.outer(x, y).min()
            assert result.difference_high == np.subtract.outer(x, y).max()
