"""Time to resolution of the toxicity, with death competing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cartox.cell_ids import traced
from cartox.report.page.blocks import Column, Figure, NotApplicable, Panel, Series, Table
from cartox.report.page.curves import Curve, curve_spec, days_left_out, drawn, percent_text
from cartox.report.page.study import Study
from cartox.report.reading import Record
from cartox.report.wording import number, plural

RESOLVED, DIED = "resolved", "died_unresolved"
ROWS = """
select *
from results.cumulative_incidence
where curve = 'resolution' and stratified_by = 'all'
order by event, day
"""
LANDMARKS = "select day, label from seeds.curve_landmarks where curve = 'resolution' order by day"
COLUMNS = (
    Column("day", "Day", True),
    Column("resolved", "Resolved (95 % interval)", True),
    Column("died", "Died unresolved (95 % interval)", True),
    Column("n_at_risk", "At risk", True),
)


def resolution_curves(study: Study) -> dict[str, Curve]:
    """Read the two curves of the cohort by their event."""
    rows = study.rows(ROWS)
    return {event: Curve([row for row in rows if row["event"] == event]) for event in (RESOLVED, DIED)}


def resolution(study: Study, curves: Mapping[str, Curve]) -> Figure | NotApplicable:
    """Draw how many had resolved and how many had died unresolved, to the last day on which anybody was at risk."""
    if not all(curve.rows for curve in curves.values()):
        return NotApplicable(f"Time to resolution of {study.toxicity}", "nobody is at risk on any day")
    series = (
        Series(RESOLVED, f"{study.toxicity} resolved", "responder", "band"),
        Series(DIED, f"died unresolved by study day {study.last_day}", "non-responder", "band"),
    )
    rows = drawn(curves)
    landmarks = study.rows(LANDMARKS)
    resolved, died = curves[RESOLVED], curves[DIED]
    sentence = (
        f"{resolved_by(study.toxicity, study.drug, resolved, landmarks)} "
        f"{plural(died.last['n_events_so_far'], 'patient', 'patients')} died before it resolved, by study day "
        f"{study.last_day}; {plural(died.last['n_censored_so_far'], 'patient', 'patients')} alive and not known to have "
        "resolved when last assessed."
    )
    title = f"days from the first dose of {study.drug}"
    return Figure(
        name="resolution",
        title=f"Time to resolution of {study.toxicity}",
        description="Cumulative incidence of resolution and of death without it, from the first dose on.",
        sentence=sentence,
        panels=(
            Panel(
                "resolution",
                "Cumulative incidence, death competing",
                curve_spec(rows, "cumulative_incidence", series, float(study.last_day), title),
                rows,
            ),
        ),
        series=series,
        notes=(
            "Of all patients the share with each event so far (Aalen-Johansen: who died can no longer resolve), with 95 % "
            "intervals on the complementary log-log scale; who lives and is not known to have resolved is censored at the last "
            "evaluable assessment (ticks). There is no group without the drug: how many would have resolved anyhow cannot "
            "be read from it.",
            "At risk: alive, not known to have resolved, still assessed on that day or later. Where nobody is, nothing is "
            "estimated.",
            *days_left_out(curves.values()),
        ),
        numbers=Table(
            "resolution",
            "Cumulative incidence",
            COLUMNS,
            resolution_numbers(curves, landmarks),
            exported=rows,
        ),
    )


def resolved_by(toxicity: str, drug: str, curve: Curve, landmarks: Sequence[Record]) -> str:
    """Say the shares resolved by the landmarks that anybody at risk reached, and by when it was half of them."""
    last = curve.last
    reached = [row for landmark in landmarks if (row := curve.at(landmark["day"]))]
    is_over = len(reached) < len(landmarks)
    shown = [*reached, *([last] if is_over and last not in reached else [])]
    shares = [f"{percent_text(row)} by day {number(row['day'])}" for row in shown]
    return (
        f"{toxicity} resolved in {'; '.join(shares)} from the first dose of {drug}. "
        + (f"Nobody was at risk after day {number(last['day'])}. " if is_over else "")
        + (
            f"Half had resolved by day {number(curve.half['day'])}."
            if curve.half
            else f"Less than half had resolved by day {number(last['day'])}."
        )
    )


def resolution_numbers(curves: Mapping[str, Curve], landmarks: Sequence[Record]) -> list[Record]:
    """Return the estimates on the landmarks, with who was at risk."""
    rows = []
    for day in (0, *(landmark["day"] for landmark in landmarks)):
        reached = curves[RESOLVED].at(day)
        rows.append(
            {
                "day": day,
                "resolved": _estimate(curves[RESOLVED], day),
                "died": _estimate(curves[DIED], day),
                "n_at_risk": traced(str(reached["n_at_risk"]), "cumulative_incidence", reached, "n_at_risk")
                if reached
                else "none",
            }
        )
    return rows


def _estimate(curve: Curve, day: int) -> str:
    row = curve.at(day)
    if row is None:
        return f"not reached: last at risk on day {number(curve.last['day'])}"
    return traced(percent_text(row), "cumulative_incidence", row, "percent")
