"""The rank sum test of many variables in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cartox.statistics.rank_sum import ASYMPTOTIC
from cartox.statistics.rank_sum_asymptotic import asymptotic_p_values
from cartox.statistics.ranks import round_for_ranks
from cartox.statistics.samples import INFINITE, LARGEST_VALUE, Floats

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class RankSumMatrix:
    """The tests, one entry per variable.

    An array has no None: nan stands in statistic and p_value where not_applicable holds a reason in words.

    statistic: Mann-Whitney U of the first group; p_value: two-sided, asymptotic with tie and continuity
    correction.
    """

    n_x: Integers
    n_y: Integers
    n_missing: Integers
    statistic: Floats
    p_value: Floats
    not_applicable: tuple[str | None, ...]
    method: str = ASYMPTOTIC


def rank_sum_matrix(values: npt.NDArray[Any], group_is_x: npt.ArrayLike) -> RankSumMatrix:
    """Compare two groups of subjects by ranks in every variable, as rank_sum does in one.

    values: floats, shape (n_variables, n_subjects), nan where missing; missing values are dropped variable by
    variable, values equal to 12 significant digits are ties. group_is_x: shape (n_subjects,), whether a subject
    belongs to the first group.
    Not applicable for the reasons of rank_sum. Raises ValueError for shapes that do not fit.

    >>> values = np.array([[1.0, 2.0, 4.0, 3.0, 5.0, 6.0]])
    >>> rank_sum_matrix(values, [True, True, True, False, False, False]).statistic.tolist()
    [1.0]
    """
    matrix = round_for_ranks(np.asarray(values, dtype=np.float64))
    is_x = np.asarray(group_is_x, dtype=np.bool_)
    if matrix.ndim != 2 or is_x.shape != matrix.shape[1:]:
        raise ValueError("values must have the shape (n_variables, n_subjects) and group_is_x (n_subjects,)")
    is_there = ~np.isnan(matrix)
    n_x = (is_there & is_x).sum(axis=1)
    n_y = (is_there & ~is_x).sum(axis=1)
    order = np.argsort(matrix, axis=1)
    ordered = np.take_along_axis(matrix, order, axis=1)
    first, last = _tie_blocks(ordered)
    is_counted_x = is_x[order] & ~np.isnan(ordered)
    doubled_rank_sum = ((first + last + 2) * is_counted_x).sum(axis=1)
    statistic = (doubled_rank_sum - n_x * (n_x + 1)) / 2
    block_size = last - first + 1
    ties = (block_size * block_size - 1).sum(axis=1)

    reasons = _reasons(matrix, n_x, n_y)
    is_applicable = np.array([reason is None for reason in reasons], dtype=np.bool_)
    p_value = np.full(matrix.shape[0], np.nan)
    p_value[is_applicable] = asymptotic_p_values(
        *(column[is_applicable].astype(np.float64) for column in (statistic, n_x, n_y, ties))
    )
    return RankSumMatrix(
        n_x=n_x,
        n_y=n_y,
        n_missing=matrix.shape[1] - n_x - n_y,
        statistic=np.where(is_applicable, statistic, np.nan),
        p_value=p_value,
        not_applicable=reasons,
    )


def _tie_blocks(ordered: Floats) -> tuple[Integers, Integers]:
    """First and last position of the block of equal values around each value; a nan is a block of its own."""
    n_subjects = ordered.shape[1]
    positions = np.broadcast_to(np.arange(n_subjects), ordered.shape)
    is_new = np.ones((ordered.shape[0], n_subjects + 1), dtype=np.bool_)
    is_new[:, 1:-1] = ordered[:, 1:] != ordered[:, :-1]
    first = np.maximum.accumulate(np.where(is_new[:, :-1], positions, 0), axis=1)
    ends = np.where(is_new[:, 1:], positions, n_subjects)
    last = np.minimum.accumulate(ends[:, ::-1], axis=1)[:, ::-1]
    return first, last


def _reasons(matrix: Floats, n_x: Integers, n_y: Integers) -> tuple[str | None, ...]:
    """Why each variable cannot be compared, as reason_not_applicable says it; None where it can."""
    is_infinite: Booleans = np.any(np.abs(matrix) > LARGEST_VALUE, axis=1)
    lowest = np.min(matrix, axis=1, initial=np.inf, where=~np.isnan(matrix))
    highest = np.max(matrix, axis=1, initial=-np.inf, where=~np.isnan(matrix))
    conditions: list[tuple[Booleans, str]] = [
        ((n_x == 0) & (n_y == 0), "no values in either group"),
        (n_x == 0, "no values in the first group"),
        (n_x == 1, "only one value in the first group"),
        (n_y == 0, "no values in the second group"),
        (n_y == 1, "only one value in the second group"),
        (is_infinite, INFINITE),
        (np.equal(lowest, highest), "all values are equal"),
    ]
    reasons = np.full(matrix.shape[0], None, dtype=object)
    for applies, reason in reversed(conditions):
        reasons[applies] = reason
    return tuple(reasons.tolist())
