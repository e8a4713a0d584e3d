"""Time to resolution of the toxicity, with death competing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cartox.report.page.blocks import Column, Figure, Panel, Series, Table
from cartox.report.page.curves import curve_rows, curve_spec, percent_text
from cartox.report.page.study import Study
from cartox.report.reading import Record
from cartox.report.wording import number, plural
from cartox.statistics.event_times import Curve, cumulative_incidence

RESOLVED, DIED = 1, 2
LANDMARKS = (7, 14, 21)
COLUMNS = (
    Column("day", "Day", True),
    Column("resolved", "Resolved (95 % interval)", True),
    Column("died", "Died unresolved (95 % interval)", True),
    Column("n_at_risk", "At risk", True),
)


def resolution_times(times: Sequence[Record]) -> tuple[list[float], list[int]]:
    """Return days from the index time and what ended them: 1 resolution, 2 death within the study's days, 0 neither.

    Those alive and unresolved are censored on the day of their last evaluable assessment.
    """
    days: list[float] = []
    events: list[int] = []
    for row in times:
        if row["resolved_after"] is not None:
            days.append(row["resolved_after"])
            events.append(RESOLVED)
        elif row["died_after"] is not None and row["died_after"] <= row["last_day_after"]:
            days.append(row["died_after"])
            events.append(DIED)
        else:
            days.append(row["assessed_until"])
            events.append(0)
    return days, events


def resolution(study: Study, times: Sequence[Record]) -> Figure:
    """Draw how many had resolved and how many had died unresolved, to the last day on which anybody was at risk."""
    days, events = resolution_times(times)
    end = float(max(row["last_day_after"] for row in times))
    curves = {
        "resolved": cumulative_incidence(days, events, RESOLVED),
        "died": cumulative_incidence(days, events, DIED),
    }
    series = (
        Series("resolved", f"{study.toxicity} resolved", "responder", "band"),
        Series("died", f"died unresolved by study day {study.last_day}", "non-responder", "band"),
    )
    rows = curve_rows(curves)
    n_died = events.count(DIED)
    sentence = (
        f"{resolved_by(study.toxicity, study.drug, curves['resolved'], end)} "
        f"{plural(n_died, 'patient', 'patients')} died before it resolved, by study day {study.last_day}; "
        f"{plural(events.count(0), 'patient', 'patients')} alive and unresolved when last assessed."
    )
    return Figure(
        name="resolution",
        title=f"Time to resolution of {study.toxicity}",
        description="Cumulative incidence of resolution and of death without it, from the first dose on.",
        sentence=sentence,
        panels=(
            Panel(
                "resolution",
                "Cumulative incidence, death competing",
                curve_spec(rows, series, end, f"days from the first dose of {study.drug}"),
                rows,
            ),
        ),
        series=series,
        notes=(
            "Aalen-Johansen estimate with 95 % intervals on the complementary log-log scale; the alive and unresolved "
            "are censored at their last evaluable assessment. There is no group without the drug: how many would have "
            "resolved anyhow cannot be read from it.",
            "At risk: alive, unresolved and still assessed on that day or later. Where nobody is, nothing is estimated.",
        ),
        numbers=Table(
            "resolution", "Cumulative incidence", COLUMNS, resolution_numbers(curves, end), exported=rows
        ),
    )


def resolved_by(toxicity: str, drug: str, curve: Curve, end: float) -> str:
    """Say the shares resolved by the landmarks that anybody at risk reached, and by when it was half of them."""
    last = curve.last_day or 0.0
    landmarks = [day for day in LANDMARKS if day <= min(last, end)]
    is_over = last < min(max(LANDMARKS), end)
    shown = [*landmarks, *([last] if is_over and last not in landmarks else [])]
    shares = [f"{percent_text(step)} by day {number(day)}" for day in shown if (step := curve.at(day))]
    half = curve.first_day_of(Fraction(1, 2))
    return (
        f"{toxicity} resolved in {'; '.join(shares)} from the first dose of {drug}. "
        + (f"Nobody was at risk after day {number(last)}. " if is_over else "")
        + (
            f"Half had resolved by day {number(half)}."
            if half is not None
            else f"Less than half had resolved by day {number(last)}."
        )
    )


def resolution_numbers(curves: dict[str, Curve], end: float) -> list[Record]:
    """Return the estimates on the landmarks, with who was at risk."""
    return [
        {
            "day": day,
            **{key: _estimate(curve, day) for key, curve in curves.items()},
            "n_at_risk": curves["resolved"].n_at_risk(day),
        }
        for day in (0, *LANDMARKS)
        if day <= end
    ]


def _estimate(curve: Curve, day: float) -> str:
    step = curve.at(day)
    if step is None:
        return f"not reached: last at risk on day {number(curve.last_day)}"
    return percent_text(step)
