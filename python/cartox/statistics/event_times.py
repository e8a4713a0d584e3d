"""Estimates of times to events that are censored: Kaplan-Meier and Aalen-Johansen, on integer days."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from scipy import special
from statsmodels.duration.survfunc import SurvfuncRight

CENSORED = 0
OTHER = -1


@dataclass(frozen=True)
class Step:
    """An estimate that holds from `day` on; `low` and `high` are None where the variance does not exist.

    `share` is the estimate as the counts give it, exactly; `n_at_risk` counts those followed to `day` or beyond.
    """

    day: float
    share: Fraction
    low: float | None
    high: float | None
    n_at_risk: int

    @property
    def estimate(self) -> float:
        """The share as a number between 0 and 1."""
        return float(self.share)


@dataclass(frozen=True)
class Curve:
    """An estimate over time; it ends on the day on which the last patient was at risk.

    `steps` begin on day 0 and are empty for a sample without patients; `days` are those to which each patient
    was followed.
    """

    steps: Sequence[Step]
    days: Sequence[float]

    @cached_property
    def last_day(self) -> float | None:
        """The last day on which anybody was at risk; None for a sample without patients."""
        return max(self.days, default=None)

    def n_at_risk(self, day: float) -> int:
        """How many were at risk on `day`: those followed to it or beyond it."""
        return sum(followed >= day for followed in self.days)

    def at(self, day: float) -> Step | None:
        """Return the step that holds on `day`; None where nobody is at risk any more."""
        if self.last_day is None or day > self.last_day:
            return None
        n_reached = bisect_right(self.steps, day, key=lambda step: step.day)
        return self.steps[n_reached - 1] if n_reached else None

    def first_day_of(self, share: Fraction) -> float | None:
        """Return the first day by which the estimate is at least `share`, decided on counts; None if there is none."""
        return next((step.day for step in self.steps if step.share >= share), None)


def cumulative_incidence(
    days: Sequence[float], events: Sequence[int], cause: int, confidence: float = 0.95
) -> Curve:
    """Estimate the share in which `cause` has come first by each day, other causes competing (Aalen-Johansen).

    `events` holds 0 for censored, else the number of the cause, counted from 1. Intervals are taken on the
    complementary log-log scale, so that they stay between 0 and 1, with the variance of Aalen (Ann Stat
    1978;6:534-545). The first step is day 0 with 0.
    """
    if not days:
        return Curve((), ())
    steps = [Step(0.0, Fraction(0), 0.0, 0.0, len(days))]
    if cause not in events:
        return Curve(steps, days)
    event_free, share = Fraction(1), Fraction(0)
    spread = _Spread()
    n_at_risk = len(days)
    today = Counter(
        zip(days, (cause if one == cause else min(one, 1) * OTHER for one in events), strict=True)
    )
    followed = Counter(days)
    for day in sorted(followed):
        n_cause, n_others = today[day, cause], today[day, OTHER]
        share += event_free * Fraction(n_cause, n_at_risk)
        left = event_free * (1 - Fraction(n_cause + n_others, n_at_risk))
        spread.add(float(event_free), float(left), float(share), n_cause, n_others, n_at_risk)
        event_free = left
        low, high = _log_log_interval(1 - float(share), spread.error(float(share)), confidence)
        if day > 0 or share > 0:
            bounds = (1 - high, 1 - low) if low is not None and high is not None else (None, None)
            steps.append(Step(float(day), share, bounds[0], bounds[1], n_at_risk))
        n_at_risk -= followed[day]
    return Curve(steps, days)


class _Spread:
    """Aalen's variance of a cumulative incidence, with his correction for ties, summed day by day (as R's cuminc)."""

    def __init__(self) -> None:
        self._own = self._mixed = self._left = 0.0

    def add(
        self, free_before: float, free: float, share: float, n_cause: int, n_others: int, n_at_risk: int
    ) -> None:
        """Add the events of a day: the event-free share before and after it, the incidence after it, and its counts."""
        for n_events, own in ((n_others, 0.0), (n_cause, 1.0)):
            if n_events == 0 or (own == 0.0 and free <= 0):
                continue
            ties = 1 - (n_events - 1) / (n_at_risk - 1) if n_events > 1 else 1.0
            weight = free_before**2 * ties * n_events / n_at_risk**2
            inverse = 1 / free if free > 0 else 0.0
            moved = own + share * inverse
            self._own += moved**2 * weight
            self._mixed += moved * inverse * weight
            self._left += inverse**2 * weight

    def error(self, share: float) -> float:
        """Return the standard error of the incidence so far."""
        return math.sqrt(max(self._own + share**2 * self._left - 2 * share * self._mixed, 0.0))


def survival(days: Sequence[float], died: Sequence[bool], confidence: float = 0.95) -> Curve:
    """Estimate the share alive by each day (Kaplan-Meier, Greenwood's variance on the log-log scale).

    The first step is day 0 with 1.
    """
    if not days:
        return Curve((), ())
    times, status = np.asarray(days, dtype=float), np.asarray(died, dtype=int)
    steps = [Step(0.0, Fraction(1), 1.0, 1.0, len(days))]
    if not status.any():
        return Curve(steps, days)
    with np.errstate(divide="ignore", invalid="ignore"):
        fitted = SurvfuncRight(times, status)
    share = Fraction(1)
    for day, error in zip(fitted.surv_times.tolist(), fitted.surv_prob_se.tolist(), strict=True):
        n_at_risk = int((times >= day).sum())
        share *= 1 - Fraction(int(((times == day) & (status != CENSORED)).sum()), n_at_risk)
        low, high = _log_log_interval(float(share), error, confidence)
        steps.append(Step(float(day), share, low, high, n_at_risk))
    return Curve(steps, days)


def _log_log_interval(share: float, error: float, confidence: float) -> tuple[float | None, float | None]:
    if not 0 < share < 1 or not math.isfinite(error):
        return None, None
    quantile = float(special.ndtri(0.5 + confidence / 2))
    spread = quantile * error / (share * math.log(share))
    ends = share ** math.exp(spread), share ** math.exp(-spread)
    return min(ends), max(ends)
