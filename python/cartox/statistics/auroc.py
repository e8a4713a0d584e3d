"""Area under the ROC curve with DeLong's interval: how well one variable tells two groups apart.

Source: DeLong, DeLong and Clarke-Pearson, Biometrics 1988;44:837-845.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from cartox.statistics.rank_sum import reason_not_applicable
from cartox.statistics.ranks import doubled_midranks, read_ranked_sample
from cartox.statistics.samples import Floats, Numbers, check_confidence

DELONG = "area under the ROC curve, DeLong's interval"
DEGENERATE = "no interval: the groups do not overlap, so that DeLong's variance is 0"


@dataclass(frozen=True)
class Auroc:
    """Probability that a value of x exceeds one of y, ties counted half; None where `not_applicable` holds a reason.

    `interval_not_applicable`: why there is an area without an interval.
    """

    n_x: int
    n_y: int
    n_missing: int
    area: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = DELONG
    interval_not_applicable: str | None = None
    not_applicable: str | None = None


def auroc(x: Numbers, y: Numbers, confidence: float = 0.95) -> Auroc:
    """Area under the ROC curve of x (the cases) against y; above 0.5 where values are higher in x.

    Values equal to 12 significant digits are ties. The interval is cut at 0 and 1. Where the groups do not overlap the
    variance is 0 and the interval would be a point: there is none.

    >>> auroc([2.0, 3.0, 4.0], [1.0, 2.0]).area
    0.9166666666666666
    """
    check_confidence(confidence)
    first, second = read_ranked_sample(x), read_ranked_sample(y)
    n_missing = first.n_missing + second.n_missing
    reason = reason_not_applicable(first, second)
    if reason is not None:
        return Auroc(first.n, second.n, n_missing, not_applicable=reason)
    of_x, of_y = _placements(first.values, second.values)
    area = float(of_x.mean())
    variance = float(of_x.var(ddof=1)) / first.n + float(of_y.var(ddof=1)) / second.n
    counts = (first.n, second.n, n_missing)
    if area in (0.0, 1.0):
        return Auroc(*counts, area, interval_not_applicable=DEGENERATE)
    spread = float(special.ndtri((1 + confidence) / 2)) * math.sqrt(variance)
    return Auroc(*counts, area, max(0.0, area - spread), min(1.0, area + spread))


def _placements(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return of each x the share of y below it, and of each y the share of x above it; ties count half."""
    pooled = doubled_midranks(np.concatenate([x, y])) / 2
    of_x = (pooled[: x.size] - doubled_midranks(x) / 2) / y.size
    of_y = 1 - (pooled[x.size :] - doubled_midranks(y) / 2) / x.size
    return of_x, of_y
