"""Adjusted p-values and weighted kappa where there is little or nothing to compute; test_summaries_reference has R's numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cartox.statistics import adjust, weighted_kappa


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


def test_unknown_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown weights"):
        weighted_kappa([[1, 2], [3, 4]], weights="cubic")
