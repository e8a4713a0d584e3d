"""P-values of a 2x2 table by every convention but Barnard's.

The exact tests of all tables with the same margins are computed together, since an audit tries many counts
of the same groups.

Sources: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed., chapter 3 (Pearson,
Yates, likelihood ratio, Wald); Campbell, Stat Med 2007;26:3661-3675 (N-1); Hirji, Tan and Elashoff, Stat Med
1991;10:1137-1153 (mid-p); Freeman and Halton, Biometrika 1951;38:141-149 (Fisher two-sided).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import special

from cartox.audit.conventions.names import (
    FISHER,
    FISHER_DOUBLED,
    LIKELIHOOD_RATIO,
    MID_P,
    MID_P_SAS,
    N_MINUS_1,
    PEARSON,
    WALD,
    YATES,
)

Floats = npt.NDArray[np.float64]

RELATIVE_TOLERANCE = 1 + 1e-7
"""R's tolerance for tables as probable as the observed one."""


@lru_cache(maxsize=65_536)
def p_values(count_1: int, size_1: int, count_2: int, size_2: int) -> tuple[float, Mapping[str, float]]:
    """Smallest expected count, and p by convention; only the exact tests' 1 where all or none are counted."""
    counted, n = count_1 + count_2, size_1 + size_2
    if counted in (0, n):
        return 0.0, {FISHER: 1.0, FISHER_DOUBLED: 1.0, MID_P: 1.0}
    expected = min(size_1, size_2) * min(counted, n - counted) / n
    by_convention = _exact(size_1, size_2, counted)[count_1 - max(0, counted - size_2)]
    found = dict(zip((FISHER, FISHER_DOUBLED, MID_P, MID_P_SAS), map(float, by_convention), strict=True))
    return expected, found | _asymptotic(count_1, size_1, count_2, size_2)


def _asymptotic(count_1: int, size_1: int, count_2: int, size_2: int) -> dict[str, float]:
    counted, n = count_1 + count_2, size_1 + size_2
    difference = abs(count_1 * size_2 - count_2 * size_1) / n
    scale = n**3 / (size_1 * size_2 * counted * (n - counted))
    pearson = difference**2 * scale
    yates = max(0.0, difference - 0.5) ** 2 * scale
    cells = (count_1, size_1 - count_1, count_2, size_2 - count_2)
    margins = ((size_1, counted), (size_1, n - counted), (size_2, counted), (size_2, n - counted))
    likelihood = 2 * sum(
        cell * math.log(cell * n / (row * column))
        for cell, (row, column) in zip(cells, margins, strict=True)
        if cell
    )
    found = {
        PEARSON: _chi_square_1(pearson),
        YATES: _chi_square_1(yates),
        LIKELIHOOD_RATIO: _chi_square_1(max(0.0, likelihood)),
        N_MINUS_1: _chi_square_1(pearson * (n - 1) / n),
    }
    one, two = count_1 / size_1, count_2 / size_2
    variance = one * (1 - one) / size_1 + two * (1 - two) / size_2
    if variance > 0:
        found[WALD] = _chi_square_1((one - two) ** 2 / variance)
    return found


def _chi_square_1(statistic: float) -> float:
    return math.erfc(math.sqrt(statistic / 2))


@lru_cache(maxsize=4096)
def _exact(size_1: int, size_2: int, counted: int) -> Floats:
    """Fisher's p, the doubled one-sided p and both mid-p of every table with these margins, by its first cell."""
    n = size_1 + size_2
    cells = np.arange(max(0, counted - size_2), min(size_1, counted) + 1)
    logs = (
        special.gammaln(size_1 + 1.0) - special.gammaln(cells + 1.0) - special.gammaln(size_1 - cells + 1.0)
        + special.gammaln(size_2 + 1.0) - special.gammaln(counted - cells + 1.0)
        - special.gammaln(size_2 - counted + cells + 1.0)
        - special.gammaln(n + 1.0) + special.gammaln(counted + 1.0) + special.gammaln(n - counted + 1.0)
    )  # fmt: skip
    probabilities = np.exp(logs)
    probabilities /= probabilities.sum()
    order = np.sort(probabilities)
    up_to = np.concatenate([[0.0], np.cumsum(order)])
    two_sided = np.minimum(
        1.0, up_to[np.searchsorted(order, probabilities * RELATIVE_TOLERANCE, side="right")]
    )
    at_most = np.cumsum(probabilities)
    at_least = np.cumsum(probabilities[::-1])[::-1]
    tail = np.minimum(at_most, at_least)
    return np.column_stack(
        [
            two_sided,
            np.minimum(1.0, 2 * tail),
            np.minimum(1.0, 2 * tail - probabilities),
            two_sided - probabilities / 2,
        ]
    )
