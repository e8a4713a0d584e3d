"""Whether a p-value of counts may stand beside them: it must leave open who has no value.

The last part of a variable holds those without a value, fewer than the threshold, and the test is made without them. From
the rounded counts and two digits of the p-value one could count them, by trying every table; and that a p-value is shown
tells that every cell behind it reaches the threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from scipy.stats import chi2

from cartox.release.numbers import BASE, DIGITS


def leaves_missing_open(printed: Sequence[int], p_value: float, threshold: int) -> bool:
    """Say whether, in each group, none and threshold - 1 patients without a value agree with what is printed.

    `printed` are the rounded counts of both parts of both groups: events and the others, those without a value included.
    """
    half = BASE // 2
    around = [range(count - half, count + half + 1) for count in printed]
    grid = np.array(list(product(*around)), dtype=float)
    for group in (0, 1):
        for n_missing in (0, threshold - 1):
            if not any(
                _agrees(grid, (n_missing, other) if group == 0 else (other, n_missing), p_value, threshold)
                for other in range(threshold - n_missing)
            ):
                return False
    return True


def _agrees(grid: np.ndarray, missing: tuple[int, int], p_value: float, threshold: int) -> bool:
    """Say whether a table of the grid, less the missing of each group, has the p-value to the printed digits."""
    grid = grid[(grid - np.array([0, missing[0], 0, missing[1]]) >= threshold).all(axis=1)]
    a, b, c, d = grid[:, 0], grid[:, 1] - missing[0], grid[:, 2], grid[:, 3] - missing[1]
    n = a + b + c + d
    found = chi2.sf(n * (a * d - b * c) ** 2 / ((a + b) * (c + d) * (a + c) * (b + d)), 1)
    sought = float(f"{p_value:.{DIGITS}g}")
    step = 10.0 ** (np.floor(np.log10(sought)) - DIGITS + 1) if sought > 0 else 0.0
    return bool(np.any(np.abs(found - sought) <= step / 2))
