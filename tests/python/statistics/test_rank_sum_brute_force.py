"""The exact rank sum p against every one of the permutations of small samples, and the way beyond
exactness."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from cartox.statistics import rank_sum
from cartox.statistics.hodges_lehmann import _search_difference
from cartox.statistics.rank_sum import ASYMPTOTIC, BEYOND_EXACT, EXACT, NOT_ASKED
from cartox.statistics.rank_sum_exact import rank_sum_distribution, tie_free_distribution


def p_of_all_permutations(x: list[int], y: list[int]) -> Fraction:
    pooled = x + y
    midranks = [
        Fraction(sum(other < value for other in pooled) * 2 + sum(other == value for other in pooled) + 1, 2)
        for value in pooled
    ]
    expectation = Fraction(len(x) * (len(pooled) + 1), 2)
    observed = abs(sum(midranks[: len(x)]) - expectation)
    sums = [sum(midranks[i] for i in chosen) for chosen in combinations(range(len(pooled)), len(x))]
    return Fraction(sum(abs(total - expectation) >= observed for total in sums), len(sums))


@pytest.mark.parametrize("seed", range(120))
def test_exact_p_equals_the_count_of_all_permutations(seed: int) -> None:
    random = np.random.default_rng(seed)
    n_x, n_y = random.integers(2, 8, size=2)
    pooled = random.integers(0, int(random.choice([2, 4, 8, 1000])), size=n_x + n_y).tolist()
    if len(set(pooled)) == 1:
        pooled[0] += 1
    x, y = pooled[:n_x], pooled[n_x:]
    result = rank_sum(x, y)
    assert result.exact_method == EXACT
    assert result.p_exact == pytest.approx(float(p_of_all_permutations(x, y)), abs=1e-14)


def test_uneven_groups_with_ties_count_both_tails_around_the_expectation() -> None:
    """The distribution is skewed here: doubling a tail would give another p."""
    x, y = [1, 1], [1, 1, 1, 2, 3]
    assert rank_sum(x, y).p_exact == pytest.approx(float(p_of_all_permutations(x, y)), abs=1e-15)
    assert p_of_all_permutations(x, y) != 2 * Fraction(10, 21)


def test_distribution_counts_every_choice_once() -> None:
    distribution = rank_sum_distribution(np.array([3, 3, 3, 8, 8, 12, 14], dtype=np.int64), 3)
    sums = [sum(chosen) for chosen in combinations([3, 3, 3, 8, 8, 12, 14], 3)]
    for total, probability in zip(distribution.doubled_sums, distribution.probabilities, strict=True):
        assert probability == pytest.approx(sums.count(int(total)) / len(sums), abs=1e-15)
    assert set(sums) <= set(distribution.doubled_sums.tolist())


def test_large_tie_free_distribution_has_the_known_moments() -> None:
    """Mean n m / 2 and variance n m (n + m + 1) / 12 of U for 150 against 150 values."""
    probabilities = tie_free_distribution(150, 150)
    u = np.arange(probabilities.size)
    mean = float((u * probabilities).sum())
    assert probabilities.size == 150 * 150 + 1
    assert mean == pytest.approx(150 * 150 / 2, rel=1e-12)
    assert float(((u - mean) ** 2 * probabilities).sum()) == pytest.approx(150 * 150 * 301 / 12, rel=1e-12)
    assert math.log(probabilities[0]) == pytest.approx(-math.log(math.comb(300, 150)), rel=1e-12)


def test_beyond_the_limit_the_method_says_that_only_the_asymptotic_p_is_there() -> None:
    random = np.random.default_rng(3)
    result = rank_sum(random.normal(size=301), random.normal(size=300))
    assert result.p_exact is None
    assert result.exact_method == BEYOND_EXACT
    assert result.method == ASYMPTOTIC
    assert result.p_value is not None
    assert result.difference_method is not None
    assert "normal approximation" in result.difference_method


def test_exact_p_is_left_out_where_not_asked_for() -> None:
    result = rank_sum([1, 2, 3], [2, 5, 9], exact=False)
    assert result.p_exact is None
    assert result.exact_method == NOT_ASKED


def test_the_difference_is_left_out_where_not_asked_for_and_nothing_else() -> None:
    x, y = [1, 2, 3, 8], [2, 5, 9]
    full, result = rank_sum(x, y), rank_sum(x, y, shift=False)
    of_difference = {name: None for name in vars(full) if name.startswith("difference")}
    assert len(of_difference) == 5
    assert vars(result) == vars(full) | of_difference


def test_some_hundred_values_per_group_are_exact() -> None:
    """Far from the tails the exact p of 200 against 200 values is close to the asymptotic one."""
    random = np.random.default_rng(4)
    result = rank_sum(random.integers(0, 40, size=200), random.integers(1, 41, size=200))
    assert result.exact_method == EXACT
    assert result.p_exact == pytest.approx(result.p_value, rel=0.02)


@pytest.mark.parametrize(("n_x", "n_y"), [(3, 4), (4, 5), (5, 5), (6, 3)])
def test_a_tail_that_is_hit_exactly_takes_the_order_statistic_that_hits_it(n_x: int, n_y: int) -> None:
    """Asking for 1 - 2 P(U <= q) leaves the tail P(U <= q), whose quantile is q, whatever its last bit."""
    x, y = np.arange(n_x) * 100.0, np.arange(n_y) * 7.0 + 0.5
    differences = np.sort(np.subtract.outer(x, y).ravel())
    ranks = range(1, n_x + n_y + 1)
    sums = [sum(chosen) - n_x * (n_x + 1) // 2 for chosen in combinations(ranks, n_x)]
    for q in range(1, n_x * n_y // 3):
        tail = Fraction(sum(u <= q for u in sums), len(sums))
        result = rank_sum(x, y, confidence=float(1 - 2 * tail))
        assert result.difference_low == differences[q - 1]
        assert result.difference_high == differences[n_x * n_y - q]


@pytest.mark.parametrize("kind", ["distinct", "tied"])
def test_searched_difference_is_the_sorted_one(kind: str) -> None:
    """Too many differences to keep are searched: the same order statistic as sorting all of them gives."""
    random = np.random.default_rng(11)
    draw = random.normal if kind == "distinct" else (lambda size: random.integers(0, 6, size).astype(float))
    x, y = np.sort(draw(size=23)), np.sort(draw(size=17))
    differences = np.sort(np.subtract.outer(x, y).ravel())
    for rank in (1, 2, 100, 196, 390, 391):
        assert _search_difference(x, y, rank) == pytest.approx(differences[rank - 1], abs=1e-12)
