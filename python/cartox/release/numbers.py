"""How a number is made coarse before it leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

BASE = 5
"""Counts are rounded to multiples of it, so that a printed one stands for five."""
DIGITS = 2
NEIGHBORS = 5
"""A quantile is the mean of so many values around it, of a tenth of the group where that is more."""
OLDEST_AGE = 89
OLDER = f">{OLDEST_AGE}"  # 45 CFR 164.514(b)(2)(i)(C)
QUANTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75}


def rounded(count: int) -> int:
    """Round a count to the nearest multiple of 5.

    >>> [rounded(count) for count in (10, 12, 13, 17, 18)]
    [10, 10, 15, 15, 20]
    """
    return BASE * ((count + BASE // 2) // BASE)


def two_digits(value: float | None) -> float | None:
    """Keep two significant digits.

    >>> two_digits(1165.6), two_digits(0.03449), two_digits(None)
    (1200.0, 0.034, None)
    """
    return None if value is None else float(f"{value:.{DIGITS}g}")


def neighbors(values: Sequence[float], quantile: float) -> list[float]:
    """Return the values around a quantile whose mean is shown, an odd number of them; none where they are too few.

    `values` in any order. The middle one is the value at that share of the way from the smallest to the largest.
    """
    ordered = sorted(values)
    width = max(NEIGHBORS, len(ordered) // 10 | 1)
    first = round(quantile * (len(ordered) - 1)) - width // 2
    return [] if first < 0 or first + width > len(ordered) else ordered[first : first + width]


def has_heap(values: Sequence[float], threshold: int) -> bool:
    """Say whether a shown quantile would touch a value that many share, such as a dose of 0.

    From such a quantile one could count who lies beyond it.
    """
    shared = Counter(values)
    many = max(threshold, len(values) // 10)
    windows = [neighbors(values, quantile) for quantile in QUANTILES.values()]
    return any(
        window[0] == window[-1] or any(shared[value] >= many for value in window)
        for window in windows
        if window
    )


def steps(values: Sequence[int], threshold: int, n_unknown: int = 0) -> list[tuple[int | None, int | None]]:
    """Cut a scale of whole numbers into steps of at least the threshold, from below.

    A step is its first and last number; None where it is open. What is left at the top goes with the step before it.
    Those without a value who will be counted in the top step make it large enough, too: would its known ones alone
    have to be, its count told how few have no value.

    >>> steps([1] * 4 + [2] * 9 + [3] * 14 + [4] * 12 + [5] * 3, 10)
    [(None, 2), (3, 3), (4, None)]
    >>> steps([1] * 12 + [2] * 8, 10), steps([1] * 12 + [2] * 8, 10, n_unknown=2)
    ([(None, None)], [(None, 1), (2, None)])
    """
    counts = Counter(values)
    lasts, waiting = [], 0
    for value in range(min(counts, default=0), max(counts, default=-1) + 1):
        waiting += counts[value]
        if waiting >= threshold:
            lasts.append(value)
            waiting = 0
    if waiting and waiting + n_unknown >= threshold:
        lasts.append(max(counts))
    firsts = [None, *(last + 1 for last in lasts[:-1])]
    return [
        (first, None if place == len(lasts) - 1 else last)
        for place, (first, last) in enumerate(zip(firsts, lasts, strict=False))
    ]
