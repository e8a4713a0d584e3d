"""Survival of the cohort from the index time, and of each group from the last study day on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cartox.report.page.blocks import Column, Figure, NotApplicable, Panel, Series, Table
from cartox.report.page.curves import curve_rows, curve_spec, percent_text
from cartox.report.page.study import GROUP_COLOURS, GROUP_NAMES, GROUPS, Study
from cartox.report.reading import Record
from cartox.report.wording import number, plural
from cartox.statistics.event_times import Curve, survival

DAYS_PER_MONTH = 365.25 / 12
YEAR_IN_MONTHS = 12
LANDMARKS = (3, 6, YEAR_IN_MONTHS, 24)
COLUMNS = (
    Column("curve", "Curve"),
    Column("months", "Months", True),
    Column("alive", "Alive, % (95 % interval)", True),
    Column("n_at_risk", "At risk", True),
)


def survival_times(times: Sequence[Record], from_last_day: bool) -> tuple[list[float], list[bool]]:
    """Return days to death or last contact, from the index time or from the last study day on.

    Counted from the last study day, patients who died or were lost before it are left out, as are patients
    without a date of death or last contact in either case.
    """
    days: list[float] = []
    died: list[bool] = []
    for row in times:
        end = row["died_after"] if row["died_after"] is not None else row["seen_until"]
        start = row["last_day_after"] if from_last_day else 0
        if (
            end is not None
            and end >= start
            and not (from_last_day and end == start and row["died_after"] is not None)
        ):
            days.append(end - start)
            died.append(row["died_after"] is not None)
    return days, died


def survival_figure(study: Study, times: Sequence[Record]) -> Figure | NotApplicable:
    """Draw who was alive, each curve to the last day on which anybody of it was at risk."""
    days, died = survival_times(times, from_last_day=False)
    if not days:
        return NotApplicable("Survival", "no patient of the cohort has a date of death or of last contact")
    overall = {"all": survival(days, died)}
    of_groups = {
        group: survival(*survival_times([row for row in times if row["study_group"] == group], True))
        for group in GROUPS
    }
    by_group = {group: curve for group, curve in of_groups.items() if curve.steps}
    end = float(max(days))
    series = (
        Series("all", "whole cohort", "neutral", "band"),
        *(Series(group, GROUP_NAMES[group], GROUP_COLOURS[group], "band") for group in GROUPS),
    )
    rows, later_rows = curve_rows(overall), curve_rows(by_group)
    panels = [
        Panel(
            "survival",
            f"Whole cohort, from the first dose of {study.drug}",
            curve_spec(rows, series[:1], end, "months from the first dose", DAYS_PER_MONTH),
            rows,
        )
    ]
    if by_group:
        spec = curve_spec(
            later_rows, series[1:], end, f"months from study day {study.last_day}", DAYS_PER_MONTH
        )
        panels.append(
            Panel("survival_by_group", f"By group, from study day {study.last_day}", spec, later_rows)
        )
    at_year = overall["all"].at(YEAR_IN_MONTHS * DAYS_PER_MONTH)
    sentence = (
        f"{plural(sum(died), 'patient', 'patients')} of {len(days)} died at any time of follow-up. "
        + (f"Alive one year after the first dose: {percent_text(at_year)}. " if at_year else "")
        + f"Alive and followed on study day {study.last_day}: "
        + " and ".join(f"{len(of_groups[group].days)} {GROUP_NAMES[group].lower()}" for group in GROUPS)
        + "."
    )
    named = {"whole cohort": overall["all"], **{GROUP_NAMES[key]: curve for key, curve in by_group.items()}}
    return Figure(
        name="survival",
        title="Survival",
        description="Kaplan-Meier curves of the whole cohort from the first dose, and of each group later.",
        sentence=sentence,
        panels=panels,
        series=series,
        notes=(
            "Kaplan-Meier estimate with 95 % intervals (Greenwood, log-log scale). At risk: alive and followed for that "
            "long or longer. Where nobody is, nothing is estimated and no curve is drawn.",
        ),
        numbers=Table(
            "survival", "Survival", COLUMNS, survival_numbers(named), exported=[*rows, *later_rows]
        ),
        columns=2,
    )


def survival_numbers(curves: Mapping[str, Curve]) -> list[Record]:
    """Return the estimates of each curve on the landmarks, with who was at risk."""
    return [
        {
            "curve": name,
            "months": months,
            "alive": _estimate(curve, months * DAYS_PER_MONTH),
            "n_at_risk": curve.n_at_risk(months * DAYS_PER_MONTH),
        }
        for name, curve in curves.items()
        for months in LANDMARKS
    ]


def _estimate(curve: Curve, day: float) -> str:
    step = curve.at(day)
    if step is None:
        last = (curve.last_day or 0.0) / DAYS_PER_MONTH
        return f"not reached: last at risk at {number(last)} months"
    return percent_text(step)
