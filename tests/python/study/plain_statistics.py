"""The statistics of the study in plain Python from their definitions; scipy gives two distributions and nothing else."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import product
from statistics import median

from scipy.stats import beta, norm


def quantile(values: Sequence[float], share: float) -> float:
    """Type 7: linear between the order statistics around (n - 1) times the share."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def clopper_pearson(count: int, total: int) -> tuple[float, float]:
    low = 0.0 if count == 0 else float(beta.ppf(0.025, count, total - count + 1))
    high = 1.0 if count == total else float(beta.ppf(0.975, count + 1, total - count))
    return 100 * low, 100 * high


def midranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    first = {value: ordered.index(value) for value in set(values)}
    counts = Counter(values)
    return [first[value] + (counts[value] + 1) / 2 for value in values]


def wilcoxon(x: Sequence[float], y: Sequence[float]) -> float:
    """Asymptotic, with the corrections for ties and continuity; two-sided."""
    n_x, n_y = len(x), len(y)
    n = n_x + n_y
    u = sum(midranks([*x, *y])[:n_x]) - n_x * (n_x + 1) / 2
    ties = sum(count**3 - count for count in Counter([*x, *y]).values())
    spread = math.sqrt(n_x * n_y / 12 * (n + 1 - ties / (n * (n - 1))))
    distance = abs(u - n_x * n_y / 2) - 0.5
    return min(1.0, 2 * float(norm.sf(distance / spread)))


def wilcoxon_exact(x: Sequence[float], y: Sequence[float]) -> float:
    """Share of all assignments of the ranks to groups at least as far from the expected sum."""
    doubled = [round(2 * rank) for rank in midranks([*x, *y])]
    ways: dict[tuple[int, int], int] = {(0, 0): 1}
    for rank in doubled:
        for (size, total), count in list(ways.items()):
            if size < len(x):
                ways[size + 1, total + rank] = ways.get((size + 1, total + rank), 0) + count
    sums = {total: count for (size, total), count in ways.items() if size == len(x)}
    expected = len(x) * (len(doubled) + 1)
    observed = abs(sum(doubled[: len(x)]) - expected)
    return sum(count for total, count in sums.items() if abs(total - expected) >= observed) / sum(
        sums.values()
    )


def rank_biserial(x: Sequence[float], y: Sequence[float]) -> float:
    return sum((a > b) - (a < b) for a, b in product(x, y)) / (len(x) * len(y))


def hodges_lehmann(x: Sequence[float], y: Sequence[float]) -> float:
    return median(a - b for a, b in product(x, y))


def expected_counts(table: Sequence[Sequence[int]]) -> list[list[float]]:
    total = sum(map(sum, table))
    columns = [sum(column) for column in zip(*table, strict=True)]
    return [[sum(row) * column / total for column in columns] for row in table]


def fisher(table: Sequence[Sequence[int]]) -> float:
    """Two rows: the probability of all tables with these margins that are no more likely than this one."""
    first, second = table
    columns = [a + b for a, b in zip(first, second, strict=True)]

    def weight(row: Sequence[int]) -> int:
        return math.prod(math.comb(total, count) for total, count in zip(columns, row, strict=True))

    rows = [row for row in product(*(range(total + 1) for total in columns)) if sum(row) == sum(first)]
    weights = [weight(row) for row in rows]
    return sum(one for one in weights if one <= weight(first)) / sum(weights)


def adjusted(p_values: Sequence[float | None], is_holm: bool) -> list[float | None]:
    """Benjamini and Hochberg, or Holm, over the tests that there are."""
    known = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    n = len(known)
    found: list[float | None] = [None] * len(p_values)
    if is_holm:
        highest = 0.0
        for rank, (p, place) in enumerate(known):
            highest = max(highest, min(1.0, (n - rank) * p))
            found[place] = highest
    else:
        lowest = 1.0
        for rank, (p, place) in reversed(list(enumerate(known, start=1))):
            lowest = min(lowest, n * p / rank)
            found[place] = lowest
    return found
