"""P(X > Y) + P(X = Y) / 2 with its interval; rank-biserial correlation is twice that, less one.

Interval: Newcombe, Confidence intervals for an effect size measure based on the Mann-Whitney statistic, part
2, Stat Med 2006;25:559-573, method 5. The limits are the θ with |θ - U / (n_x n_y)| = z sqrt(V(θ)) where

    V(θ) = θ (1 - θ) (1 + n* (1 - θ) / (2 - θ) + n* θ / (1 + θ)) / (n_x n_y),  n* = (n_x + n_y) / 2 - 1.

Like a Wilson interval it stays inside 0 .. 1 and keeps a width where one group lies entirely above the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import optimize, special

JUST_BELOW_ONE = 1 - 1e-13  # θ = 1 is always a root where the estimate is 1; the limit is the other one


@dataclass(frozen=True)
class Superiority:
    """Probability that a value of x exceeds one of y, ties counted half; no unit."""

    probability: float
    low: float
    high: float


def probability_of_superiority(u: float, n_x: int, n_y: int, confidence: float) -> Superiority:
    """P(X > Y) + P(X = Y) / 2 from the Mann-Whitney U of x and the group sizes (at least one each)."""
    estimate = u / (n_x * n_y)
    low = _limit_below(estimate, n_x, n_y, confidence)
    high = 1 - _limit_below(1 - estimate, n_x, n_y, confidence)
    return Superiority(probability=estimate, low=low, high=high)


def _limit_below(estimate: float, n_x: int, n_y: int, confidence: float) -> float:
    if estimate <= 0:
        return 0.0
    z = float(special.ndtri((1 + confidence) / 2))
    n_star = (n_x + n_y) / 2 - 1

    def excess(theta: float) -> float:
        shape = 1 + n_star * ((1 - theta) / (2 - theta) + theta / (1 + theta))
        return (estimate - theta) - z * math.sqrt(theta * (1 - theta) * shape / (n_x * n_y))

    return float(optimize.brentq(excess, 0.0, min(estimate, JUST_BELOW_ONE), xtol=1e-14, rtol=1e-14))
