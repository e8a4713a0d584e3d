"""Barnard's unconditional exact test of a 2x2 table, with the pooled z.

The p-value is the largest probability, over every common share of the two groups, of a table at least as far
from equality as the observed one by the pooled z.

Source: Barnard, Biometrika 1947;34:123-138; Suissa and Shuster, J R Stat Soc A 1985;148:317-327.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]

LARGEST_BARNARD = 200
"""Patients up to which Barnard's test is computed."""
GRIDS = (256, 24, 24, 24, 24)
"""Shares tried at first, then between the neighbors of the best."""
TOLERANCE = 1e-9


@lru_cache(maxsize=4096)
def barnard_p_value(count_1: int, size_1: int, count_2: int, size_2: int) -> float | None:
    """Barnard's p with the pooled z; None for groups too large, or where all or none are counted."""
    if size_1 + size_2 > LARGEST_BARNARD or count_1 + count_2 in (0, size_1 + size_2):
        return None
    z = _pooled_z(size_1, size_2)
    is_as_far = (z >= z[count_1, count_2] - TOLERANCE).astype(np.float64)
    low, high = 0.0, 1.0
    for size in GRIDS:
        shares = np.linspace(max(low, 1e-9), min(high, 1 - 1e-9), size)
        p = _probability(is_as_far, shares)
        best = int(np.argmax(p))
        low, high = float(shares[max(0, best - 1)]), float(shares[min(size - 1, best + 1)])
    return min(1.0, float(p.max()))


@lru_cache(maxsize=64)
def _pooled_z(size_1: int, size_2: int) -> Floats:
    one = np.arange(size_1 + 1)[:, np.newaxis]
    two = np.arange(size_2 + 1)
    pooled = (one + two) / (size_1 + size_2)
    variance = pooled * (1 - pooled) * (1 / size_1 + 1 / size_2)
    difference = np.abs(one / size_1 - two / size_2)
    return np.divide(difference, np.sqrt(variance), out=np.zeros_like(variance), where=variance > 0)


def _probability(is_as_far: Floats, shares: Floats) -> Floats:
    one, two = (_binomial(size - 1, shares) for size in is_as_far.shape)
    return np.asarray(np.einsum("ik,ik->k", one, is_as_far @ two), dtype=np.float64)


def _binomial(n: int, shares: Floats) -> Floats:
    """Binomial probabilities of 0 .. n by row, for each share."""
    counts = np.arange(n + 1)[:, np.newaxis]
    ways = special.gammaln(n + 1.0) - special.gammaln(counts + 1.0) - special.gammaln(n - counts + 1.0)
    return np.asarray(np.exp(ways + counts * np.log(shares) + (n - counts) * np.log1p(-shares)))
