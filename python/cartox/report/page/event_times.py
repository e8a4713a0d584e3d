"""Estimates of times to events that are censored: Kaplan-Meier and Aalen-Johansen, on integer days."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

CENSORED = 0


@dataclass(frozen=True)
class Step:
    """An estimate that holds from `day` on; `low` and `high` are None where the variance does not exist."""

    day: float
    estimate: float
    low: float | None
    high: float | None
    n_at_risk: int


def cumulative_incidence(
    days: Sequence[float], events: Sequence[int], cause: int, confidence: float = 0.95
) -> list[Step]:
    """Estimate the share in which `cause` has come first by each day, other causes competing (Aalen-Johansen).

    `events` holds 0 for censored, else the number of the cause, counted from 1. Intervals are taken on the
    complementary log-log scale, so that they stay between 0 and 1 (Marubini and Valsecchi 1995). The first
    step is day 0 with 0. Empty samples give no steps.
    """
    if not days:
        return []
    steps = [Step(0.0, 0.0, 0.0, 0.0, len(days))]
    if cause not in events:
        return steps
    times, status = np.asarray(days, dtype=float), np.asarray(events, dtype=int)
    with np.errstate(divide="ignore", invalid="ignore"):
        fitted = CumIncidenceRight(times, status)
    if len(fitted.cinc) < cause:
        return steps
    for day, estimate, error in zip(
        fitted.times, fitted.cinc[cause - 1], fitted.cinc_se[cause - 1], strict=True
    ):
        low, high = _log_log_interval(1 - float(estimate), float(error), confidence)
        if day > 0 or estimate > 0:
            n_at_risk = int((times >= day).sum())
            bounds = (1 - high, 1 - low) if low is not None and high is not None else (None, None)
            steps.append(Step(float(day), float(estimate), bounds[0], bounds[1], n_at_risk))
    return steps


def survival(days: Sequence[float], died: Sequence[bool], confidence: float = 0.95) -> list[Step]:
    """Estimate the share alive by each day (Kaplan-Meier, Greenwood's variance on the log-log scale).

    The first step is day 0 with 1. Empty samples give no steps.
    """
    if not days:
        return []
    times, status = np.asarray(days, dtype=float), np.asarray(died, dtype=int)
    steps = [Step(0.0, 1.0, 1.0, 1.0, len(days))]
    if not status.any():
        return steps
    with np.errstate(divide="ignore", invalid="ignore"):
        fitted = SurvfuncRight(times, status)
    for day, estimate, error in zip(fitted.surv_times, fitted.surv_prob, fitted.surv_prob_se, strict=True):
        low, high = _log_log_interval(float(estimate), float(error), confidence)
        steps.append(Step(float(day), float(estimate), low, high, int((times >= day).sum())))
    return steps


def at_day(steps: Sequence[Step], day: float) -> Step | None:
    """Return the step that holds on `day`."""
    reached = [step for step in steps if step.day <= day]
    return reached[-1] if reached else None


def _log_log_interval(share: float, error: float, confidence: float) -> tuple[float | None, float | None]:
    if not 0 < share < 1 or not math.isfinite(error):
        return None, None
    quantile = float(norm.ppf(0.5 + confidence / 2))
    spread = quantile * error / (share * math.log(share))
    ends = share ** math.exp(spread), share ** math.exp(-spread)
    return min(ends), max(ends)
