"""Area under a curve of daily values, by a named rule.

Units: days on the axis, so an area has the unit of the values times day; the time-weighted mean that of the
values. Source of the linear and of the linear-up log-down trapezoid: Gabrielsson and Weiner, Pharmacokinetic
and Pharmacodynamic Data Analysis, 5th ed., chapter 2.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cartox.statistics.samples import INFINITE, LARGEST_VALUE, Floats, Numbers, as_floats

TRAPEZOID = "trapezoid"
TIME_WEIGHTED_MEAN = "time_weighted_mean"
BEFORE_INDEX = "before_index"
BEFORE_INDEX_PER_DAY = "before_index_per_day"
CARRIED = "carried_to_day_30"
LINEAR_UP_LOG_DOWN = "linear_up_log_down"
LARGEST_DAY = 1e6
RULES = (
    TRAPEZOID,
    TIME_WEIGHTED_MEAN,
    BEFORE_INDEX,
    BEFORE_INDEX_PER_DAY,
    CARRIED,
    LINEAR_UP_LOG_DOWN,
)
MEANS = (TIME_WEIGHTED_MEAN, BEFORE_INDEX_PER_DAY)
"""Rules whose area is divided by the time that it covers, and which have the unit of the values."""


@dataclass(frozen=True)
class AreaUnderCurve:
    """Area of one curve; None where `not_applicable` holds a reason.

    auc: the area, or for a rule of MEANS the area by covered time. first_day, last_day: what it covers, on
    the axis of the days given. n_observed_days: observed days inside that. n_missing: days without a value.
    gap_days: days inside it that no area covers because the gap is longer than max_gap_days.
    """

    rule: str
    auc: float | None = None
    first_day: float | None = None
    last_day: float | None = None
    n_observed_days: int = 0
    n_missing: int = 0
    gap_days: float = 0.0
    not_applicable: str | None = None


@dataclass(frozen=True)
class _Curve:
    """Covered days in their order, their values, and which of them were observed."""

    days: Floats
    values: Floats
    is_observed: npt.NDArray[np.bool_]

    def until(self, day: float, max_gap_days: float) -> _Curve:
        """Cut the curve at a day, with the interpolated value there where two covered days enclose it."""
        is_inside = self.days <= day
        n_inside = int(is_inside.sum())
        inside = _Curve(self.days[is_inside], self.values[is_inside], self.is_observed[is_inside])
        is_enclosed = 0 < n_inside < self.days.size and inside.days[-1] < day
        if not is_enclosed or self.days[n_inside] - self.days[n_inside - 1] > max_gap_days:
            return inside
        value = np.interp(day, self.days, self.values)
        return _Curve(
            days=np.append(inside.days, day),
            values=np.append(inside.values, value),
            is_observed=np.append(inside.is_observed, False),
        )


def area_under_curve(
    days: Numbers,
    values: Numbers,
    rule: str,
    *,
    is_observed: Iterable[bool] | None = None,
    minimum_observed_days: int = 2,
    max_gap_days: float | None = None,
    index_day: float | None = None,
    death_day: float | None = None,
    carry_to_day: float = 30.0,
) -> AreaUnderCurve:
    """Area under the values of one patient and analyte over study days.

    days: study days, each once, in any order. values: one for each day; days without a value are dropped and
    counted, and the curve runs straight from the last covered day to the next one, unless they lie more than
    max_gap_days apart: that stretch then adds neither area nor time. is_observed: which days were measured
    rather than interpolated or carried (default: all that have a value). Fewer than minimum_observed_days of
    them inside the stretch that the rule covers give *not applicable*.

    - trapezoid: linear from the first to the last covered day.
    - time_weighted_mean: that area divided by its covered time.
    - before_index: linear up to index_day (may be fractional), cut there by linear interpolation.
    - before_index_per_day: that area divided by its covered time, so that a later index_day alone does not raise it.
    - carried_to_day_30: linear, the last value carried on to carry_to_day; ends at an earlier death_day.
    - linear_up_log_down: linear where values rise, logarithmic where they fall and stay positive.

    Not applicable besides: no values, one covered day, an infinite value, a day missing or given twice, no
    index day. Raises ValueError for an unknown rule or lists of unequal length.

    >>> area_under_curve([0, 2, 5], [100, 300, 0], "trapezoid").auc
    850.0
    """
    if rule not in RULES:
        raise ValueError(f"unknown rule {rule!r}; known are {', '.join(RULES)}")
    curve = _read_curve(days, values, is_observed)
    n_missing = int(np.isnan(as_floats(values)).sum())
    end = _last_day_of_rule(rule, index_day, death_day, carry_to_day)
    if isinstance(curve, str) or isinstance(end, str):
        reason = curve if isinstance(curve, str) else str(end)
        return AreaUnderCurve(rule, n_missing=n_missing, not_applicable=reason)

    max_gap = math.inf if max_gap_days is None else max_gap_days
    curve = curve.until(end, max_gap)
    n_observed = int(curve.is_observed.sum())
    carried_days = max(0.0, end - float(curve.days[-1])) if rule == CARRIED and curve.days.size else 0.0
    steps = np.diff(curve.days)
    is_joined = steps <= max_gap
    covered_days = float(steps[is_joined].sum()) + carried_days
    reason_to_refuse = _reason_not_applicable(n_observed, minimum_observed_days, covered_days)
    if reason_to_refuse is not None:
        return AreaUnderCurve(
            rule, n_observed_days=n_observed, n_missing=n_missing, not_applicable=reason_to_refuse
        )

    segment_areas = _log_down_areas if rule == LINEAR_UP_LOG_DOWN else _linear_areas
    area = float(segment_areas(steps, curve.values)[is_joined].sum()) + carried_days * float(curve.values[-1])
    return AreaUnderCurve(
        rule=rule,
        auc=area / covered_days if rule in MEANS else area,
        first_day=float(curve.days[0]),
        last_day=float(curve.days[-1]) + carried_days,
        n_observed_days=n_observed,
        n_missing=n_missing,
        gap_days=float(steps[~is_joined].sum()),
    )


def _read_curve(days: Numbers, values: Numbers, is_observed: Iterable[bool] | None) -> _Curve | str:
    """Order the covered days, or say why there is no curve."""
    all_days, all_values = as_floats(days), as_floats(values)
    observed = np.ones(all_values.size, dtype=np.bool_)
    if is_observed is not None:
        observed = np.array([bool(flag) for flag in is_observed], dtype=np.bool_)
    if not all_days.size == all_values.size == observed.size:
        raise ValueError("days, values and is_observed must have the same length")
    if not (np.abs(all_days) < LARGEST_DAY).all():
        return "a study day is missing or beyond a million"
    if np.unique(all_days).size < all_days.size:
        return "a study day is given twice"
    is_covered = ~np.isnan(all_values)
    if not is_covered.any():
        return "no values"
    if (np.abs(all_values[is_covered]) > LARGEST_VALUE).any():
        return INFINITE
    order = np.argsort(all_days[is_covered])
    return _Curve(all_days[is_covered][order], all_values[is_covered][order], observed[is_covered][order])


def _last_day_of_rule(
    rule: str, index_day: float | None, death_day: float | None, carry_to_day: float
) -> float | str:
    """Find the day at which a rule ends the curve, infinite where it does not, or say why there is none."""
    if rule in (BEFORE_INDEX, BEFORE_INDEX_PER_DAY):
        return "no index day" if index_day is None or not math.isfinite(index_day) else index_day
    if rule == CARRIED:
        has_death_day = death_day is not None and not math.isnan(death_day)
        return min(carry_to_day, death_day) if has_death_day and death_day is not None else carry_to_day
    return math.inf


def _reason_not_applicable(n_observed: int, minimum_observed_days: int, covered_days: float) -> str | None:
    if n_observed < minimum_observed_days:
        return f"{n_observed} observed days, fewer than {minimum_observed_days}"
    if covered_days == 0:
        return "no two covered days to draw a curve between"
    return None


def _linear_areas(steps: Floats, values: Floats) -> Floats:
    return np.asarray(steps * (values[:-1] + values[1:]) / 2, dtype=np.float64)


def _log_down_areas(steps: Floats, values: Floats) -> Floats:
    """Linear areas, but step (start - stop) / ln(start / stop) where values fall and stay positive."""
    start, stop = values[:-1], values[1:]
    areas = _linear_areas(steps, values)
    is_falling = (start > stop) & (stop > 0)
    start, stop = start[is_falling], stop[is_falling]
    fall = start - stop
    small_fall = np.log1p(np.minimum(fall, stop) / stop)  # keeps its digits where values are nearly level
    log_of_fall = np.where(fall <= stop, small_fall, np.log(start) - np.log(stop))
    areas[is_falling] = steps[is_falling] * fall / log_of_fall
    return areas
