"""Adjusted p-values and weighted kappa against statsmodels and their own definitions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests

from cartox.statistics import adjust, weighted_kappa, weighted_kappa_of_ratings


@pytest.mark.parametrize(("method", "theirs"), [("benjamini-hochberg", "fdr_bh"), ("holm", "holm")])
def test_adjusted_p_values_are_those_of_statsmodels(method: str, theirs: str) -> None:
    random = np.random.default_rng(9)
    for n_tests in range(1, 30):
        p_values = random.beta(0.4, 1, size=n_tests).round(3)
        expected = multipletests(p_values, method=theirs)[1]
        np.testing.assert_allclose(adjust(p_values, method), expected, atol=1e-12)


@pytest.mark.parametrize("method", ["benjamini-hochberg", "holm"])
def test_a_missing_p_stays_missing_and_counts_as_no_test(method: str) -> None:
    adjusted = adjust([0.01, None, 0.04, math.nan], method)
    assert adjusted[[0, 2]].tolist() == adjust([0.01, 0.04], method).tolist()
    assert np.isnan(adjusted[[1, 3]]).all()
    assert adjusted[0] == 0.02


def test_nothing_to_adjust() -> None:
    assert adjust([], "holm").size == 0
    assert np.isnan(adjust([None, None], "benjamini-hochberg")).all()


def test_unknown_methods_and_impossible_p_values_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown method"):
        adjust([0.1], "bonferroni-ish")
    with pytest.raises(ValueError, match="outside"):
        adjust([1.1], "holm")


@pytest.mark.parametrize("weights", ["linear", "quadratic"])
def test_kappa_and_its_interval_are_those_of_statsmodels(weights: str) -> None:
    random = np.random.default_rng(8)
    for _ in range(50):
        table = random.integers(0, 12, size=(4, 4)) + np.eye(4, dtype=int)
        theirs = cohens_kappa(table, wt=weights)
        ours: Any = weighted_kappa(table.tolist(), weights=weights)
        assert ours.kappa == pytest.approx(theirs.kappa, abs=1e-12)
        assert ours.high - ours.kappa == pytest.approx(1.959963984540054 * theirs.std_kappa, abs=1e-10)


def test_ratings_count_the_same_table_and_unused_grades_keep_their_distance() -> None:
    first, second = [0, 1, 4, 4, None, 2], [0, 2, 4, 1, 3, 2]
    table = np.zeros((5, 5), dtype=int)
    for a, b in ((0, 0), (1, 2), (4, 4), (4, 1), (2, 2)):
        table[a, b] += 1
    ours = weighted_kappa_of_ratings(first, second, range(5), weights="quadratic")
    assert (ours.n, ours.n_missing) == (5, 1)
    assert ours.kappa == weighted_kappa(table.tolist(), weights="quadratic").kappa
    assert ours.kappa != weighted_kappa_of_ratings(first, second, [0, 1, 2, 4, 3], weights="quadratic").kappa


def test_full_agreement_is_one_and_swapping_raters_changes_nothing() -> None:
    assert weighted_kappa([[4, 0], [0, 6]]).kappa == pytest.approx(1)
    table = np.array([[5, 2, 1], [0, 6, 3], [1, 1, 4]])
    one, other = weighted_kappa(table.tolist()), weighted_kappa(table.T.tolist())
    assert (other.kappa, other.low, other.high) == pytest.approx((one.kappa, one.low, one.high))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ([[0, 0], [0, 0]], "fewer than two"),
        ([[1, 0], [0, 0]], "fewer than two"),
        ([[9, 0], [0, 0]], "one category"),
        ([[1, 2, 3], [3, 4, 5]], "square"),
        ([[3]], "square"),
        ([[1, None], [2, 3]], "missing"),
        ([[1, -2], [2, 3]], "negative"),
    ],
)
def test_tables_without_a_kappa_say_why(table: list[list[int | None]], words: str) -> None:
    result = weighted_kappa(table)
    assert (result.kappa, result.low, result.high) == (None, None, None)
    assert words in str(result.not_applicable)


def test_unknown_weights_and_ratings_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown weights"):
        weighted_kappa([[1, 2], [3, 4]], weights="cubic")
    with pytest.raises(ValueError, match="none of the categories"):
        weighted_kappa_of_ratings([0, 9], [0, 1], [0, 1])
