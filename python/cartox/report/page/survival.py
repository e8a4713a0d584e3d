"""Survival of the cohort from the index time and by group from landmarks, beside the curve that is biased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cartox.cell_ids import traced
from cartox.report.page.blocks import Column, Figure, NotApplicable, Panel, Series, Table
from cartox.report.page.curves import Curve, curve_spec, days_left_out, drawn, percent_text
from cartox.report.page.study import GROUP_COLORS, GROUP_NAMES, GROUPS, Study, words
from cartox.report.reading import Record
from cartox.report.wording import plural

DAYS_PER_MONTH = 365.25 / 12
YEAR = "12 months"
FROM_INDEX, FROM_LAST_DAY, FROM_LATEST = "from_index", "from_last_study_day", "from_latest_assessment"
ROWS = "select * from results.survival order by curve, stratified_by, stratum, day"
LANDMARKS = "select curve, day, label from seeds.curve_landmarks order by curve, day"
WITHOUT_DATES = "no patient of the cohort has a date of death or of last contact"
ESTIMATED = (
    "Kaplan-Meier estimate with 95 % intervals (Greenwood, log-log scale). Ticks: patients censored. At risk: alive and followed "
    "for that long or longer. Where nobody is, nothing is estimated and no curve is drawn."
)
COLUMNS = (
    Column("curve", "Curve"),
    Column("label", "Time"),
    Column("alive", "Alive, % (95 % interval)", True),
    Column("n_at_risk", "At risk", True),
)
SERIES = (
    Series("all", "whole cohort", "neutral", "band"),
    *(Series(group, GROUP_NAMES[group], GROUP_COLORS[group], "band") for group in GROUPS),
)


def survival_figure(study: Study) -> Figure | NotApplicable:
    """Draw who was alive, each curve to the last day on which anybody of it was at risk."""
    found = study.rows(ROWS)
    overall = _curves(found, FROM_INDEX, "all", ("all",))
    if not overall:
        return NotApplicable("Survival", WITHOUT_DATES)
    by_group = {name: _curves(found, name, "study_group", GROUPS) for name in _starts(study)}
    whole = overall["all"]
    end = float(whole.last["day"]) or 1.0
    panels = [
        panel
        for name in (FROM_LAST_DAY, FROM_INDEX)
        for panel in _panels_by_group(study, name, by_group[name], end)
    ]
    if not panels:
        return NotApplicable("Survival by group", "of neither group anybody was followed")
    landmarks = study.rows(LANDMARKS)
    at_landmark = by_group[FROM_LAST_DAY]
    alive = [
        f"{at_landmark[group].rows[0]['n_at_risk']} {GROUP_NAMES[group].lower()}"
        for group in GROUPS
        if group in at_landmark
    ]
    year = next((row["day"] for row in landmarks if (row["curve"], row["label"]) == (FROM_INDEX, YEAR)), None)
    at_year = whole.at(year) if year is not None else None
    sentence = (
        f"{plural(whole.last['n_events_so_far'], 'patient', 'patients')} of {whole.rows[0]['n_at_risk']} died on a known day of "
        "follow-up; a death on an unknown day is followed to the last contact. "
        + (f"Alive one year after the first dose: {percent_text(at_year)}. " if at_year else "")
        + (f"Alive and followed on study day {study.last_day}: {' and '.join(alive)}." if alive else "")
    )
    numbers = [
        row
        for name, (start, note) in {FROM_INDEX: ("the first dose", ""), **_starts(study)}.items()
        for stratum, curve in (
            {**overall, **by_group[name]} if name == FROM_INDEX else by_group[name]
        ).items()
        for row in survival_numbers(_named(stratum, start, note), curve, name, landmarks)
    ]
    return Figure(
        name="survival",
        title="Survival",
        description="Kaplan-Meier curves of each group from the last study day, and from the first dose, which is biased.",
        sentence=sentence,
        panels=panels,
        series=SERIES,
        notes=(
            ESTIMATED,
            "Biased: from the first dose on, who responds must have lived to respond (guarantee time). No test compares "
            "these curves.",
            *days_left_out(
                curve for name in (FROM_LAST_DAY, FROM_INDEX) for curve in by_group[name].values()
            ),
        ),
        numbers=Table("survival", "Survival", COLUMNS, numbers, exported=_exported(found)),
        columns=2,
    )


def other_survival(study: Study) -> Figure | NotApplicable:
    """Draw survival of the whole cohort, and of each group from the latest day on which everybody could still be assessed."""
    found = study.rows(ROWS)
    overall = _curves(found, FROM_INDEX, "all", ("all",))
    if not overall:
        return NotApplicable("Survival of the whole cohort", WITHOUT_DATES)
    by_group = _curves(found, FROM_LATEST, "study_group", GROUPS)
    end = float(overall["all"].last["day"]) or 1.0
    title = f"Whole cohort, from the first dose of {study.drug}"
    return Figure(
        name="other_survival",
        title="Survival of the whole cohort and from the latest assessment",
        description="Kaplan-Meier curves of the whole cohort from the first dose, and of each group from a later day on.",
        sentence="On the latest day on which every patient of the cohort could still be assessed, everybody's group is settled.",
        panels=[
            _panel("survival", title, overall, end, "the first dose"),
            *_panels_by_group(study, FROM_LATEST, by_group, end),
        ],
        series=SERIES,
        notes=(ESTIMATED, *days_left_out((*overall.values(), *by_group.values()))),
        columns=2,
    )


def _panels_by_group(study: Study, name: str, curves: Mapping[str, Curve], end: float) -> list[Panel]:
    start, note = _starts(study)[name]
    return [_panel(f"survival_{name}", f"By group, from {start}{note}", curves, end, start)] if curves else []


def survival_numbers(name: str, curve: Curve, start: str, landmarks: Sequence[Record]) -> list[Record]:
    """Return the estimates of a curve on the landmarks of its start, with who was at risk."""
    rows = []
    for landmark in landmarks:
        if landmark["curve"] == start:
            row = curve.at(landmark["day"])
            rows.append(
                {
                    "curve": name,
                    "label": landmark["label"],
                    "alive": traced(percent_text(row), "survival", row, "percent")
                    if row
                    else f"not reached: last at risk on day {curve.last['day']}",
                    "n_at_risk": traced(str(row["n_at_risk"]), "survival", row, "n_at_risk")
                    if row
                    else "none",
                }
            )
    return rows


def _starts(study: Study) -> dict[str, tuple[str, str]]:
    """Name the days from which the groups are followed, and what is wrong with one of them."""
    return {
        FROM_LAST_DAY: (f"study day {study.last_day}", ""),
        FROM_LATEST: ("the latest day on which every patient could still be assessed", ""),
        FROM_INDEX: ("the first dose", ": biased"),
    }


def _curves(
    found: Sequence[Record], curve: str, stratified_by: str, strata: Sequence[str]
) -> dict[str, Curve]:
    curves = {
        stratum: Curve(
            [
                row
                for row in found
                if (row["curve"], row["stratified_by"], row["stratum"]) == (curve, stratified_by, stratum)
            ]
        )
        for stratum in strata
    }
    return {stratum: one for stratum, one in curves.items() if one.rows}


def _panel(name: str, title: str, curves: Mapping[str, Curve], end: float, start: str) -> Panel:
    rows = drawn(curves)
    series = [one for one in SERIES if one.key in curves]
    return Panel(
        name, title, curve_spec(rows, "survival", series, end, f"months from {start}", DAYS_PER_MONTH), rows
    )


def _named(stratum: str, start: str, note: str) -> str:
    who = "Whole cohort" if stratum == "all" else GROUP_NAMES[stratum]
    return f"{who}, from {start}{note if stratum != 'all' else ''}"


def _exported(found: Sequence[Record]) -> list[Record]:
    return [row | {"curve": words(row["curve"])} for row in found if row["curve"] != "follow_up"]
