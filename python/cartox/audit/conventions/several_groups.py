"""P-values of more than two groups or categories: r x c tables, Kruskal-Wallis.

Sources: Agresti, Categorical Data Analysis, 3rd ed., chapter 3; Kruskal and Wallis, J Am Stat Assoc
1952;47:583-621. Linear by linear: (n - 1) r², with the scores 1, 2, 3 for groups and categories.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import special

from cartox.audit.conventions.names import (
    FISHER,
    KRUSKAL_WALLIS,
    KRUSKAL_WALLIS_EXACT,
    LIKELIHOOD_RATIO,
    N_MINUS_1,
    PEARSON,
    TREND,
)
from cartox.statistics.fisher import MONTE_CARLO, fisher_test

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

LARGEST_FISHER = 200
"""Patients up to which Fisher's test of an r x c table is computed."""
LARGEST_EXACT = 18
"""Patients up to which the exact distribution of Kruskal and Wallis' H is computed."""
MOST_RANK_SUMS = 4_000_000


def r_by_c_p_values(table: Counts, *, with_fisher: bool = True) -> tuple[float, Mapping[str, float]]:
    """Smallest expected count, and p by convention, of a table without empty rows and columns."""
    rows, columns, n = table.sum(axis=1), table.sum(axis=0), int(table.sum())
    expected = np.outer(rows, columns) / n
    freedom = (table.shape[0] - 1) * (table.shape[1] - 1)
    pearson = float(((table - expected) ** 2 / expected).sum())
    likelihood = 2 * float(special.xlogy(table, table / expected).sum())
    statistics = {PEARSON: pearson, LIKELIHOOD_RATIO: likelihood, N_MINUS_1: pearson * (n - 1) / n}
    found = {name: float(special.chdtrc(freedom, value)) for name, value in statistics.items()}
    found[TREND] = float(special.chdtrc(1, _linear_by_linear(table)))
    if with_fisher and n <= LARGEST_FISHER:
        test = fisher_test(table)
        if test.method != MONTE_CARLO:
            found[FISHER] = test.p_value
    return float(expected.min()), found


def _linear_by_linear(table: Counts) -> float:
    n = table.sum()
    x, y = np.arange(table.shape[0]), np.arange(table.shape[1])
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    covariance = x @ table @ y - (x @ rows) * (y @ columns) / n
    spread = ((x**2) @ rows - (x @ rows) ** 2 / n) * ((y**2) @ columns - (y @ columns) ** 2 / n)
    return float((n - 1) * covariance**2 / spread) if spread > 0 else 0.0


@lru_cache(maxsize=64)
def kruskal_wallis_p_values(sizes: tuple[int, int, int], halves: bool = False) -> Mapping[str, Floats] | None:
    """Ascending p of every H that three group sizes allow without ties; None where there are too many.

    Every sum of ranks in its range counts as attainable, which a few are not: nothing that is attainable is
    left out. `halves` lets the sums go in steps of a half, as ties make them.
    """
    n, step = sum(sizes), 2 if halves else 1
    spans = [size * (n - size) * step + 1 for size in sizes[:2]]
    if spans[0] * spans[1] > MOST_RANK_SUMS:
        return None
    first, second = (
        np.arange(span) / step + size * (size + 1) / 2 for span, size in zip(spans, sizes[:2], strict=True)
    )
    third = n * (n + 1) / 2 - first[:, np.newaxis] - second
    least = sizes[2] * (sizes[2] + 1) / 2
    possible = (third >= least) & (third <= least + sizes[2] * (n - sizes[2]))
    h = 12 / (n * (n + 1)) * (
        first[:, np.newaxis] ** 2 / sizes[0] + second**2 / sizes[1] + third**2 / sizes[2]
    ) - 3 * (n + 1)
    statistics = np.unique(np.round(np.maximum(0.0, h[possible]), 10))
    found: dict[str, Floats] = {
        KRUSKAL_WALLIS: np.asarray(np.sort(special.chdtrc(2, statistics)), dtype=np.float64)
    }
    if n <= LARGEST_EXACT:
        found[KRUSKAL_WALLIS_EXACT] = _exact_h(sizes)
    return found


def _exact_h(sizes: tuple[int, int, int]) -> Floats:
    """Exact p of every H: the ranks are dealt to the groups one by one, and arrangements counted by sums."""
    n = sum(sizes)
    states: dict[tuple[int, int], Counter2] = {(0, 0): {(0, 0): 1}}
    for rank in range(1, n + 1):
        grown: dict[tuple[int, int], Counter2] = {}
        for (dealt_1, dealt_2), sums in states.items():
            dealt_3 = rank - 1 - dealt_1 - dealt_2
            for step, is_free in (
                ((1, 0), dealt_1 < sizes[0]),
                ((0, 1), dealt_2 < sizes[1]),
                ((0, 0), dealt_3 < sizes[2]),
            ):
                if is_free:
                    target = grown.setdefault((dealt_1 + step[0], dealt_2 + step[1]), {})
                    for (sum_1, sum_2), ways in sums.items():
                        key = (sum_1 + rank * step[0], sum_2 + rank * step[1])
                        target[key] = target.get(key, 0) + ways
        states = grown
    ((_, sums),) = states.items()
    total = n * (n + 1) // 2
    pairs = np.array(list(sums), dtype=np.float64)
    arrangements = np.array(list(sums.values()), dtype=np.float64)
    third = total - pairs.sum(axis=1)
    h = np.round(pairs[:, 0] ** 2 / sizes[0] + pairs[:, 1] ** 2 / sizes[1] + third**2 / sizes[2], 8)
    order = np.argsort(-h, kind="stable")
    _, last = np.unique(-h[order], return_index=True)
    cumulative = np.cumsum(arrangements[order]) / arrangements.sum()
    ends = np.append(last[1:], h.size) - 1
    return np.asarray(cumulative[ends], dtype=np.float64)


Counter2 = dict[tuple[int, int], int]
