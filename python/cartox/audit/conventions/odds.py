"""Odds ratios that two groups' counts admit: of the sample, with a half added to each cell, and conditional.

The conditional estimate is that of R's fisher.test (Agresti, Categorical Data Analysis, 3rd ed., section 16.6.4).
All of them rise with the first group's odds and fall with the second's, so that ranges of counts have their
ratios between those of their ends.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import gammaln, logsumexp

LARGEST_CONDITIONAL = 5_000
"""Patients up to which the conditional estimate is computed."""
Cells = tuple[int, int, int, int]


def ratio_bounds(least: Cells, most: Cells) -> list[tuple[float, float]]:
    """Least and largest odds ratio, by each way to estimate it, of two tables (with, without; with, without).

    `least` is the table with the smallest odds ratio, `most` that with the largest. Empty where a cell is 0.
    """
    if min(*least, *most) <= 0:
        return []
    found = [(_sample(least), _sample(most)), (_sample(least, 0.5), _sample(most, 0.5))]
    if max(sum(least), sum(most)) <= LARGEST_CONDITIONAL:
        found.append((conditional(least), conditional(most)))
    return found


def _sample(cells: Cells, more: float = 0.0) -> float:
    a, b, c, d = (cell + more for cell in cells)
    return a * d / (b * c)


def conditional(cells: Cells) -> float:
    """Odds ratio under which the expectation of the first cell, given the margins, is that observed."""
    a, b, c, d = cells
    support = np.arange(max(0, a + c - (c + d)), min(a + b, a + c) + 1)
    logs = -(
        gammaln(support + 1.0) + gammaln(a + b - support + 1.0)
        + gammaln(a + c - support + 1.0) + gammaln(d - a + support + 1.0)
    )  # fmt: skip
    low, high = -20.0, 20.0
    for _ in range(80):
        middle = (low + high) / 2
        weights = logs + middle * support
        expected = float(np.exp(weights - logsumexp(weights)) @ support)
        low, high = (middle, high) if expected < a else (low, middle)
    return math.exp((low + high) / 2)
