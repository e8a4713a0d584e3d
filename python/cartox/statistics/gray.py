"""Gray's test: whether the cumulative incidence of one cause differs between groups, other causes competing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from cartox.statistics.samples import Floats

Numbers: TypeAlias = npt.NDArray[np.int64]

METHOD = "Gray's test (rho = 0)"


@dataclass(frozen=True)
class GrayTest:
    """Statistic with its degrees of freedom; None where `not_applicable` holds a reason."""

    n: int
    n_events: int
    statistic: float | None = None
    degrees_of_freedom: int | None = None
    p_value: float | None = None
    method: str = METHOD
    not_applicable: str | None = None


def gray_test(days: Sequence[float], events: Sequence[int], groups: Sequence[str], cause: int) -> GrayTest:
    """Compare the cumulative incidence of `cause` between groups.

    days: followed to; events: 0 for censored, else the number of the cause that ended it; groups: of each patient. Not
    applicable with fewer than two groups, no event of the cause, or a variance that does not exist.

    Source: Gray, Ann Stat 1988;16:1141-1154, with the variance of its section 3, weights of rho = 0. The estimate before
    each day is used, so that nobody's own event weighs on it.
    """
    names = sorted(set(groups))
    times, status = np.asarray(days, dtype=np.float64), np.asarray(events, dtype=np.int64)
    n_events = int((status == cause).sum())
    if len(names) < 2:
        return GrayTest(len(times), n_events, not_applicable="fewer than two groups")
    if n_events == 0:
        return GrayTest(len(times), n_events, not_applicable="no event of this kind")
    group = np.array([names.index(name) for name in groups], dtype=np.int64)
    score, variance = _score_and_variance(times, status, group, cause, len(names))
    reduced = variance[:-1, :-1]
    if np.linalg.matrix_rank(reduced) < len(names) - 1:
        return GrayTest(len(times), n_events, not_applicable="the variance of its scores does not exist")
    statistic = float(score[:-1] @ np.linalg.solve(reduced, score[:-1]))
    freedom = len(names) - 1
    return GrayTest(len(times), n_events, statistic, freedom, float(chi2.sf(statistic, freedom)))


def _score_and_variance(
    times: Floats, status: Numbers, group: Numbers, cause: int, n_groups: int
) -> tuple[Floats, Floats]:
    """Return the score of each group and its variance matrix, summed over the days with an event."""
    at_risk = np.array([(group == one).sum() for one in range(n_groups)], dtype=np.float64)
    event_free, incidence = np.ones(n_groups), np.zeros(n_groups)
    pooled = 0.0
    score, variance = np.zeros(n_groups), np.zeros((n_groups, n_groups))
    carried = np.zeros((n_groups, n_groups))
    cross, own = np.zeros((n_groups, n_groups)), np.zeros(n_groups)
    for day in np.unique(times):
        today = times == day
        of_cause = _count(group[today & (status == cause)], n_groups)
        of_others = _count(group[today & (status != cause) & (status != 0)], n_groups)
        n_cause = of_cause.sum()
        if n_cause + of_others.sum() > 0:
            is_there = at_risk > 0
            risk = np.where(is_there, at_risk, 1.0)
            free_before, free = (
                event_free,
                event_free * np.where(is_there, 1 - (of_cause + of_others) / risk, 1.0),
            )
            scaled = np.where(is_there, at_risk / np.where(free_before > 0, free_before, 1.0), 0.0)
            total = scaled.sum()
            weighted = scaled * (1 - incidence)
            pooled_now = pooled + n_cause / total
            spread = np.diag(scaled) - np.outer(scaled, scaled) / total
            carried += spread * n_cause / (total * (1 - pooled)) if pooled < 1 else 0.0
            score += of_cause - n_cause * weighted / weighted.sum()
            left = np.where(free > 0, (1 - pooled_now) / np.where(free > 0, free, 1.0), 0.0)
            parts = []
            if n_cause > 0:
                ties = np.ones(n_groups)
                if n_cause > 1:
                    ties = 1 - (n_cause - 1) / (total * free_before - 1)
                weight = np.where(is_there, ties * free_before * n_cause / (total * risk), 0.0)
                parts.append((spread, 1 - left, weight))
            is_hit = (free > 0) & (of_others > 0)
            if is_hit.any():
                ties = np.where(of_others > 1, 1 - (of_others - 1) / np.maximum(risk - 1, 1.0), 1.0)
                weight = np.where(is_hit, ties * free_before**2 * of_others / risk**2, 0.0)
                parts.append((np.zeros((n_groups, n_groups)), -left, weight))
            for matrix, share, weight in parts:
                moved = matrix - carried * share
                variance += (moved * weight) @ moved.T
                cross += moved * (share * weight)
                own += share**2 * weight
            incidence = incidence + np.where(is_there, free_before * of_cause / risk, 0.0)
            event_free, pooled = free, pooled_now
        at_risk = at_risk - _count(group[today], n_groups)
    variance += (carried * own) @ carried.T + carried @ cross.T + cross @ carried.T
    return score, variance


def _count(group: Numbers, n_groups: int) -> Floats:
    return np.bincount(group, minlength=n_groups).astype(np.float64)
