"""What the estimate, the interval and the p-value of a ratio say of each other on the log scale.

Wald: estimate and limits are exp(b - z s), exp(b), exp(b + z s), the p-value that of b / s. The standard error
of a hazard ratio of two groups is at least 2 / sqrt(events): the information of Cox's partial likelihood is
the sum over the events of q (1 - q), q being the share of one group among those at risk. For the same reason a
log-rank statistic is at most about |log ratio| sqrt(events) / 2 (Schoenfeld, Biometrika 1981;68:316-319).
"""

from __future__ import annotations

import math
from statistics import NormalDist

Bounds = tuple[float, float]

Z_95 = NormalDist().inv_cdf(0.975)


def estimates(low: Bounds, high: Bounds) -> Bounds:
    """Least and largest estimate that an interval is symmetric about on the log scale."""
    return math.sqrt(low[0] * high[0]), math.sqrt(low[1] * high[1])


def standard_errors(low: Bounds, high: Bounds) -> Bounds:
    """Least and largest standard error of the log ratio that print as this 95 % interval."""
    width = (math.log(high[0] / low[1]), math.log(high[1] / low[0]))
    return max(width[0], 1e-12) / (2 * Z_95), max(width[1], 1e-12) / (2 * Z_95)


def wald_p(estimate: Bounds, low: Bounds, high: Bounds) -> Bounds:
    """Least and largest two-sided p of the ratio being 1."""
    errors = standard_errors(low, high)
    logs = [abs(math.log(each)) for each in estimate]
    nearest = 0.0 if estimate[0] <= 1 <= estimate[1] else min(logs)
    return _two_sided(max(logs) / errors[0]), _two_sided(nearest / errors[1])


def log_rank_p(ratio: Bounds, events: int) -> Bounds:
    """Least two-sided p of a log-rank test that so many events allow with this hazard ratio, and 1."""
    return _two_sided(max(abs(math.log(each)) for each in ratio) * math.sqrt(events) / 2), 1.0


def least_standard_error(events: int) -> float:
    """Least standard error of the log hazard ratio of two groups that so many events allow."""
    return 2 / math.sqrt(events)


def _two_sided(z: float) -> float:
    return 2 * NormalDist().cdf(-abs(z))
