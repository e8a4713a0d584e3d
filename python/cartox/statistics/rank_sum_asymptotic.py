"""The normal approximation of U, for one U or an array of them."""

from __future__ import annotations

import numpy as np
from scipy import special

from cartox.statistics.samples import Floats


def asymptotic_p_values(
    u: Floats, n_x: Floats, n_y: Floats, ties: Floats, *, is_continuity_corrected: bool = True
) -> Floats:
    """Two-sided p of each Mann-Whitney U; ties: sum of t³ - t over the blocks of t equal values.

    The variance n_x n_y / 12 (n + 1 - ties / (n (n - 1))) must be positive: not all values equal. The
    continuity correction moves U by 1/2 towards its expectation.
    """
    n = n_x + n_y
    variance = n_x * n_y / 12 * ((n + 1) - ties / (n * (n - 1)))
    distance = np.abs(u - n_x * n_y / 2)
    if is_continuity_corrected:
        distance = distance - 0.5
    return np.minimum(1.0, 2 * special.ndtr(-distance / np.sqrt(variance)))


def asymptotic_p_value(
    u: float, n_x: int, n_y: int, ties: float, *, is_continuity_corrected: bool = True
) -> float:
    """Two-sided p of one Mann-Whitney U, as asymptotic_p_values gives it."""
    as_arrays = (np.array([number], dtype=np.float64) for number in (u, n_x, n_y, ties))
    return float(asymptotic_p_values(*as_arrays, is_continuity_corrected=is_continuity_corrected)[0])
