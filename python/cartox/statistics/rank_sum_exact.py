"""The exact conditional distribution of a rank sum, right with ties.

Under the null hypothesis every choice of n out of the N pooled scores is equally likely. The shift algorithm
counts the choices by their sum: adding one score to the pool adds, to the choices of j scores, the choices of
j - 1 scores shifted by that score. Doubled midranks are whole numbers, so ties need no rounding.

Source: Streitberg and Röhmel, Exact distributions for permutation and rank tests, Statistical Software
Newsletter 1986;12:10-17; Hothorn et al., Implementing a class of permutation tests: the coin package,
J Stat Softw 2008;28(8).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from cartox.statistics.samples import Floats

Integers: TypeAlias = npt.NDArray[np.int64]

LARGEST_NUMBER_OF_PAIRS = 90_000
"""Exact up to 300 against 300 values (some seconds); beyond it, asymptotic."""


@dataclass(frozen=True)
class RankSumDistribution:
    """Probability of every possible sum of doubled midranks of one group."""

    doubled_sums: Integers
    probabilities: Floats


def is_exact_feasible(n_x: int, n_y: int) -> bool:
    """Whether the exact distribution is computed for groups of this size."""
    return n_x * n_y <= LARGEST_NUMBER_OF_PAIRS


def rank_sum_distribution(doubled: Integers, n_chosen: int) -> RankSumDistribution:
    """Null distribution of the sum of n_chosen scores out of the given ones (whole numbers).

    Row j of the counts holds the choices of j scores; entry u of it belongs to the sum of the j smallest
    scores plus u units, a unit being the greatest common divisor of the scores' distances. The scores join in
    rising order, and only rows that can still grow to n_chosen scores are kept up.
    """
    return _distribution(np.sort(doubled).astype(np.int64).tobytes(), n_chosen)


@lru_cache(maxsize=64)
def _distribution(sorted_scores: bytes, n_chosen: int) -> RankSumDistribution:
    """As above, kept: other choices of a claim rank the same scores again. Its arrays are read-only."""
    scores = np.frombuffer(sorted_scores, dtype=np.int64)
    lowest = scores[0]
    unit = max(int(np.gcd.reduce(scores - lowest)), 1)
    steps = [int(step) for step in (scores - lowest) // unit]
    n_left_out = len(steps) - n_chosen
    sums = np.concatenate([[0], np.cumsum(steps)])
    counts = [np.ones(1)] + [
        np.zeros(int(sums[j + n_left_out] - sums[n_left_out] - sums[j]) + 1) for j in range(1, n_chosen + 1)
    ]
    for k, step in enumerate(steps):
        fewest = max(1, k + 1 - n_left_out)
        for j in range(min(n_chosen, k + 1), fewest - 1, -1):
            n_sums = int(sums[k] - sums[k - j + 1] - sums[j - 1]) + 1
            shift = step - steps[j - 1]
            counts[j][shift : shift + n_sums] += counts[j - 1][:n_sums]
    total = counts[n_chosen]
    smallest = int(scores[:n_chosen].sum())
    found = RankSumDistribution(
        doubled_sums=smallest + unit * np.arange(total.size, dtype=np.int64),
        probabilities=total / total.sum(),
    )
    for kept in (found.doubled_sums, found.probabilities):
        kept.setflags(write=False)
    return found


def tie_free_distribution(n_x: int, n_y: int) -> Floats:
    """Probabilities of U = 0, 1 .. n_x n_y where no two values are equal (read-only)."""
    ranks = np.arange(1, n_x + n_y + 1, dtype=np.int64)
    return rank_sum_distribution(ranks, min(n_x, n_y)).probabilities


def exact_p_value(doubled: Integers, is_x: npt.NDArray[np.bool_]) -> float:
    """Two-sided exact p: probability of a rank sum at least as far from its expectation as the observed one.

    doubled: doubled midranks of the pooled values; is_x: which of them belong to the first group. The smaller
    group is the one that is summed: both groups' sums deviate from their expectations by the same amount.
    Comparisons are between whole numbers.
    """
    is_summed = is_x if 2 * is_x.sum() <= is_x.size else ~is_x
    n_summed = int(is_summed.sum())
    expectation = n_summed * (is_x.size + 1)
    observed = abs(int(doubled[is_summed].sum()) - expectation)
    null = rank_sum_distribution(doubled, n_summed)
    is_as_far = np.abs(null.doubled_sums - expectation) >= observed
    return min(1.0, float(null.probabilities[is_as_far].sum()))
