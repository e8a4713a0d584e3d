"""rank_sum_matrix against rank_sum and against scipy, variable by variable."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cartox.statistics import rank_sum, rank_sum_matrix

N_SUBJECTS = 42
IS_X = np.arange(N_SUBJECTS) % 4 == 0


def random_matrix(seed: int, n_variables: int = 300) -> np.ndarray:
    """Distinct, rounded and graded variables, with up to a third of the values missing."""
    random = np.random.default_rng(seed)
    values = random.lognormal(3, 1, size=(n_variables, N_SUBJECTS))
    values[::3] = values[::3].round(0)
    values[1::3] = random.integers(0, 5, size=values[1::3].shape)
    is_missing = random.random(values.shape) < random.uniform(0, 1 / 3, size=(n_variables, 1))
    return np.where(is_missing, np.nan, values)


def test_equals_rank_sum_in_every_variable() -> None:
    values = random_matrix(1)
    result = rank_sum_matrix(values, IS_X)
    for i, row in enumerate(values):
        single = rank_sum(row[IS_X], row[~IS_X], exact=False)
        assert result.not_applicable[i] is None
        assert result.statistic[i] == single.statistic
        assert result.p_value[i] == pytest.approx(single.p_value, abs=1e-12, rel=1e-12)
        assert (result.n_x[i], result.n_y[i], result.n_missing[i]) == (
            single.n_x,
            single.n_y,
            single.n_missing,
        )


def test_equals_scipy_in_every_variable() -> None:
    values = random_matrix(2)
    result = rank_sum_matrix(values, IS_X)
    for i, row in enumerate(values):
        theirs = stats.mannwhitneyu(
            row[IS_X], row[~IS_X], method="asymptotic", use_continuity=True, nan_policy="omit"
        )
        assert result.statistic[i] == theirs.statistic
        assert result.p_value[i] == pytest.approx(theirs.pvalue, abs=1e-12)


def test_says_in_words_what_rank_sum_says_where_a_variable_cannot_be_compared() -> None:
    nan = np.nan
    values = np.array(
        [
            [nan, nan, nan, nan, nan],
            [nan, nan, 1, 2, 3],
            [1, nan, 1, 2, 3],
            [1, 2, nan, nan, nan],
            [1, 2, nan, 4, nan],
            [1, 2, np.inf, 4, 5],
            [7, 7, 7, nan, 7],
            [1, 2, 3, 4, 5],
        ]
    )
    is_x = np.array([True, True, False, False, False])
    result = rank_sum_matrix(values, is_x)
    expected = [rank_sum(row[is_x], row[~is_x]).not_applicable for row in values]
    assert list(result.not_applicable) == expected
    assert len(set(expected)) == 8
    assert np.isnan(result.p_value[:-1]).all()
    assert np.isnan(result.statistic[:-1]).all()
    assert np.isfinite(result.p_value[-1])


def test_no_variables_and_shapes_that_do_not_fit() -> None:
    assert rank_sum_matrix(np.empty((0, 3)), [True, False, False]).p_value.size == 0
    with pytest.raises(ValueError, match="shape"):
        rank_sum_matrix(np.zeros((2, 3)), [True, False])
