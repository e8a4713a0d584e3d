"""A share with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

from statsmodels.stats.proportion import proportion_confint

from cartox.statistics.samples import check_confidence

LARGEST_TOTAL = 1_000_000_000_000


@dataclass(frozen=True)
class Proportion:
    """count out of total as a share between 0 and 1; None where `not_applicable` holds a reason."""

    count: float | None
    total: float | None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = "Clopper-Pearson"
    not_applicable: str | None = None


def proportion(count: float | None, total: float | None, confidence: float = 0.95) -> Proportion:
    """Share with its exact interval.

    The limits are the shares at which a count at least, at most as large has the probability (1 - confidence)
    / 2, so that no events give a low limit of 0 and only events a high limit of 1.
    Not applicable without a total, or where the counts are not whole numbers with 0 <= count <= total.
    Raises ValueError for a confidence outside 0 .. 1.

    Source: Clopper and Pearson, Biometrika 1934;26:404-413.

    >>> result = proportion(31, 42)
    >>> round(result.low, 3), round(result.high, 3)
    (0.58, 0.861)
    """
    check_confidence(confidence)
    if count is None or total is None or math.isnan(count) or math.isnan(total):
        return Proportion(None, None, not_applicable="a count is missing")
    reason = _reason_not_applicable(count, total)
    if reason is not None:
        return Proportion(count, total, not_applicable=reason)
    low, high = proportion_confint(count, total, alpha=1 - confidence, method="beta")
    return Proportion(count, total, share=count / total, low=float(low), high=float(high))


def _reason_not_applicable(count: float, total: float) -> str | None:
    if not all(math.isfinite(number) and number == math.floor(number) for number in (count, total)):
        return "a count is not a whole number"
    if total > LARGEST_TOTAL:
        return f"the total is beyond {LARGEST_TOTAL:,}"
    if total == 0:
        return "the group is empty"
    if not 0 <= count <= total:
        return "the count does not lie between 0 and the total"
    return None
