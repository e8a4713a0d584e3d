"""The tie-free null distribution of U, fast enough for an audit that tries many pairs of group sizes.

The generating function of the counts is the Gaussian binomial coefficient, the product over j = 1 .. m of
(1 - q^(n+j)) / (1 - q^j). Every factor uses lower powers alone, and the counts rise up to the expectation of U,
so that half of them is computed without loss of relative precision.

Source: Mann and Whitney, Ann Math Stat 1947;18:50-60; Andrews, The Theory of Partitions, chapter 3.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]


@lru_cache(maxsize=1024)
def doubled_lower_tail(first: int, second: int) -> Floats:
    """Twice the probability of at most U = 0, 1 .. floor(first * second / 2) without equal values, at most 1."""
    smaller, larger = sorted((first, second))
    counts = np.zeros(smaller * larger // 2 + 1)
    counts[0] = 1.0
    for j in range(1, smaller + 1):
        above = larger + j
        if above < counts.size:
            counts[above:] -= counts[:-above].copy()
        if j < counts.size:
            padded = np.zeros(-(-counts.size // j) * j)
            padded[: counts.size] = counts
            counts = np.cumsum(padded.reshape(-1, j), axis=0).ravel()[: counts.size].copy()
    total = special.gammaln(smaller + larger + 1) - special.gammaln(smaller + 1) - special.gammaln(larger + 1)
    tail = np.minimum(1.0, 2 * np.cumsum(counts) * np.exp(-total))
    tail.setflags(write=False)
    return np.asarray(tail, dtype=np.float64)
