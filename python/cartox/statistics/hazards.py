"""Hazards of two or more groups: the log-rank test, and the hazard ratio of two of them."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import survdiff

from cartox.statistics.samples import check_confidence

LOG_RANK = "log-rank test"
PROPORTIONAL_HAZARDS = "Cox regression, Efron's ties, Wald interval"


@dataclass(frozen=True)
class LogRank:
    """Statistic with its degrees of freedom; None where `not_applicable` holds a reason."""

    n: int
    n_events: int
    statistic: float | None = None
    degrees_of_freedom: int | None = None
    p_value: float | None = None
    method: str = LOG_RANK
    not_applicable: str | None = None


@dataclass(frozen=True)
class HazardRatio:
    """Hazard in the group less than outside it as a ratio; None where `not_applicable` holds a reason."""

    n: int
    n_events: int
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    method: str = PROPORTIONAL_HAZARDS
    not_applicable: str | None = None


def log_rank(days: Sequence[float], has_event: Sequence[bool], groups: Sequence[str]) -> LogRank:
    """Compare the hazards of groups; those without the event are censored on their day.

    Source: Mantel, Cancer Chemother Rep 1966;50:163-170; as R's survdiff(rho = 0).
    """
    n, n_events = len(days), sum(has_event)
    reason = _reason_not_applicable(days, has_event, groups)
    if reason is not None:
        return LogRank(n, n_events, not_applicable=reason)
    names = sorted(set(groups))
    codes = np.array([names.index(group) for group in groups])
    try:
        with np.errstate(divide="ignore", invalid="ignore"):
            statistic, p_value = survdiff(np.asarray(days, float), np.asarray(has_event, int), codes)
    except np.linalg.LinAlgError:  # of two groups; of more the statistic is no number
        statistic = math.nan
    if not math.isfinite(statistic):
        return LogRank(n, n_events, not_applicable="the groups are never at risk together")
    return LogRank(n, n_events, float(statistic), len(names) - 1, float(p_value))


def hazard_ratio(
    days: Sequence[float], has_event: Sequence[bool], is_in_group: Sequence[bool], confidence: float = 0.95
) -> HazardRatio:
    """Hazard ratio of those in the group against the others; a competing event censors (cause-specific hazard).

    Not applicable where either has no event, for then the ratio is 0 or infinite and Wald's interval does not exist.
    Source: Cox, J R Stat Soc B 1972;34:187-220; ties by Efron, J Am Stat Assoc 1977;72:557-565.
    """
    check_confidence(confidence)
    n, n_events = len(days), sum(has_event)
    inside = [str(one) for one in is_in_group]
    reason = _reason_not_applicable(days, has_event, inside)
    for side, name in ((True, "the group"), (False, "its complement")):
        if reason is None and not any(
            event and one == side for event, one in zip(has_event, is_in_group, strict=True)
        ):
            reason = f"no event in {name}"
    if reason is not None:
        return HazardRatio(n, n_events, not_applicable=reason)
    model = PHReg(
        np.asarray(days, float),
        np.asarray(is_in_group, float)[:, None],
        status=np.asarray(has_event, int),
        ties="efron",
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fitted = model.fit(disp=0)
        estimate, error = float(fitted.params[0]), float(fitted.bse[0])
    except np.linalg.LinAlgError:
        return HazardRatio(n, n_events, not_applicable="the model cannot be fitted")
    if not (math.isfinite(estimate) and math.isfinite(error)) or error > LARGEST_ERROR:
        return HazardRatio(n, n_events, not_applicable="the events of the groups do not overlap in time")
    spread = float(norm.ppf(0.5 + confidence / 2)) * error
    return HazardRatio(
        n,
        n_events,
        math.exp(estimate),
        math.exp(estimate - spread),
        math.exp(estimate + spread),
        float(2 * norm.sf(abs(estimate) / error)),
    )


LARGEST_ERROR = 20.0
"""A standard error of a log hazard ratio beyond which the likelihood has no maximum."""


def _reason_not_applicable(
    days: Sequence[float], has_event: Sequence[bool], groups: Sequence[str]
) -> str | None:
    if not days:
        return "no patients"
    if len(set(groups)) < 2:
        return "fewer than two groups"
    if not any(has_event):
        return "no event of this kind"
    return None
