"""Curves over time as rows: each day on which an estimate, a count or a landmark stands, and nothing beyond the last at risk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from typing import Any

import duckdb

from cartox.statistics.event_times import Curve, Step

AALEN_JOHANSEN = "Aalen-Johansen, other events competing"
KAPLAN_MEIER = "Kaplan-Meier"
REVERSE_KAPLAN_MEIER = "reverse Kaplan-Meier (Schemper and Smith 1996)"
COMPLEMENTARY_LOG_LOG = "95 %, Aalen's variance on the complementary log-log scale"
GREENWOOD_LOG_LOG = "95 %, Greenwood's variance on the log-log scale"
HALF = Fraction(1, 2)


def read_landmarks(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, ...]]:
    """Return the days of each curve on which readers ask for its value (seeds.curve_landmarks)."""
    rows = connection.execute("select curve, day from seeds.curve_landmarks order by curve, day").fetchall()
    return {curve: tuple(day for name, day in rows if name == curve) for curve, _ in rows}


def curve_rows(
    curve: Curve,
    days: Sequence[float],
    has_event: Sequence[bool],
    is_censored: Sequence[bool],
    landmarks: Collection[int],
) -> Iterator[tuple[Any, ...]]:
    """Yield day, percent, its interval, at risk, events so far, censored today and so far, is_landmark, is_first_half.

    `days`, `has_event` and `is_censored` are those of the curve's patients. No row lies beyond the last day on which
    anybody is at risk; a sample without patients has none. is_first_half marks the first day on which half have had the
    event (or, for survival, on which half or fewer are left), decided on counts.
    """
    last = curve.last_day
    if last is None:
        return
    shown = {0, *(int(day) for day in days), *(day for day in landmarks if day <= last)}
    half = _first_half(curve.steps)
    event_days = sorted(day for day, event in zip(days, has_event, strict=True) if event)
    censored_days = sorted(day for day, censored in zip(days, is_censored, strict=True) if censored)
    all_days = sorted(days)
    for day in sorted(shown):
        step = curve.at(day)
        if step is None:
            continue
        yield (
            day,
            100 * step.estimate,
            None if step.low is None else 100 * step.low,
            None if step.high is None else 100 * step.high,
            len(all_days) - bisect_left(all_days, day),
            bisect_right(event_days, day),
            bisect_right(censored_days, day) - bisect_left(censored_days, day),
            bisect_right(censored_days, day),
            day in landmarks,
            day == half,
        )


def _first_half(steps: Sequence[Step]) -> float | None:
    rises = steps[0].share < HALF
    return next((step.day for step in steps if (step.share >= HALF if rises else step.share <= HALF)), None)
