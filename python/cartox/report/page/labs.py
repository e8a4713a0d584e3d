"""Inflammation and tumour burden over the first month: each patient, medians and quartiles by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt

from cartox.cell_ids import traced
from cartox.report.page.blocks import (
    Column,
    Figure,
    NotApplicable,
    Panel,
    Section,
    Series,
    Spec,
    Table,
)
from cartox.report.page.charts import TRACE, base, day_axis, log_axis, series_color, to_spec, with_ids
from cartox.report.page.study import GROUP_COLORS, GROUP_NAMES, GROUPS, Study, in_sentence, words
from cartox.report.page.theme import color
from cartox.report.reading import Record
from cartox.report.wording import (
    BOUNDS,
    NOT_APPLICABLE,
    bounded,
    has_marks,
    number,
    quantile,
    quartiles,
)

ANALYTES = """
select analyte, label, canonical_unit as unit from seeds.analytes where is_in_grid order by analyte = 'crp', label
"""
PATIENTS = """
select
    grid.analyte, patients.study_group as series, patients.patient_number, grid.study_day, grid.value,
    grid.value_origin, grid.is_right_censored, grid.is_left_censored
from marts.lab_daily_grid as grid
inner join report_patients as patients on grid.patient_id = patients.patient_id
where grid.value is not null and patients.is_in_sample
order by grid.analyte, patients.patient_number, grid.study_day
"""
MEDIANS = """
select
    measure as analyte, study_group as series, study_day, n as n_patients, median, q1, q3, certainty, q1_certainty,
    q3_certainty, highest_certainty
from results.daily_summaries
where measure <> 'cumulative_steroids' and study_group <> 'all'
order by measure, study_group, study_day
"""
NAMES = {"measure": "analyte", "study_group": "series"}
"""Key columns of results.daily_summaries under the names that MEDIANS gives them."""
INDEX_DAY = """
select median as study_day
from results.cohort_summaries
where measure = 'index_study_day' and study_group = 'all' and median is not null
"""
AREAS = """
select *
from results.area_summaries
order by analyte, rule not in ('trapezoid', 'before_index'), rule = 'before_index', rule, study_group
"""
SERIES = (
    *(
        Series(group, f"{GROUP_NAMES[group]}: median, quartiles", GROUP_COLORS[group], "band")
        for group in GROUPS
    ),
    Series("patients", "single patients", "neutral", "line"),
)
HEIGHT = 230
DAYS_COUNTED, FIRST_ROW, ROW = 5, 44, 13
"""Patients are counted under the axis on every fifth day, a row for each group, so many pixels below it."""


def labs_section(study: Study) -> Section:
    """Draw each analyte of the daily grid, and set the areas under its curve beside each other by rule."""
    title = "Biomarkers over the first month"
    if study.empty_cohort:
        return Section("labs", title, (NotApplicable("Biomarkers by study day", study.empty_cohort),))
    patients, medians = study.rows(PATIENTS), study.rows(MEDIANS)
    index_day = study.rows(INDEX_DAY)
    panels = []
    said = []
    analytes = study.rows(ANALYTES)
    labels = {row["analyte"]: row["label"] for row in analytes}
    for analyte in analytes:
        own = [row for row in patients if row["analyte"] == analyte["analyte"]]
        middle = [row for row in medians if row["analyte"] == analyte["analyte"]]
        if own:
            spec = _spec(study, f"{analyte['label']}, {analyte['unit']}", own, middle, index_day)
            panels.append(
                Panel(f"lab_{analyte['analyte']}", f"{analyte['label']}, {analyte['unit']}", spec, own)
            )
            said.append(_peak(analyte, middle))
    if not panels:
        reason = "no patient of the cohort has a usable result in the days of the study"
        return Section("labs", title, (NotApplicable("Biomarkers by study day", reason),))
    figure = Figure(
        name="labs",
        title=f"Daily values, study days 0 to {study.last_day}",
        description="Each patient's daily values as thin lines, with the median and quartiles of each group.",
        sentence=" ".join(said),
        panels=panels,
        series=SERIES,
        notes=(
            "Logarithmic axes; where values of 0 were measured the axis begins at 0 and is logarithmic above the lowest "
            "value that is not 0. Values of the daily grid: the day's maximum where measured, on a straight line "
            "between measured days elsewhere, nothing beyond the last. Dots are measured values. The dashed line is "
            f"the median day on which {study.drug} began. A value beyond the assay's limit is drawn at the limit. "
            "Below the axis: patients with a value of the grid on that day, measured or on the line, on whom the medians stand.",
            *study.sample_note,
        ),
        numbers=_numbers(medians, labels),
        columns=3,
    )
    return Section("labs", title, (figure,), (_areas(study, labels),))


def _spec(
    study: Study,
    title: str,
    patients: Sequence[Record],
    medians: Sequence[Record],
    index_day: Sequence[Record],
) -> Spec:
    scale, axis = log_axis([row["value"] for row in patients])
    x = day_axis(study.last_day, "study day")
    y = alt.Y("value:Q", scale=scale, axis=axis, title=None)
    tint = series_color(SERIES[:2])
    singles = base("patients").transform_filter("indexof(hidden, 'patients') < 0")
    group = alt.Tooltip("series:N", title="group")
    tips = [
        group,
        alt.Tooltip("patient_number:Q", title="patient", format="d"),
        alt.Tooltip("study_day:Q", title="study day", format="d"),
        alt.Tooltip("value:Q", title=title, format=",.4~g"),
    ]
    chart = alt.layer(
        alt.Chart(alt.NamedData(name="index_day"))
        .mark_rule(strokeDash=[4, 4])
        .encode(
            x=x, tooltip=[alt.Tooltip("study_day:Q", title=f"median day of {study.drug}", format=".1~f")]
        ),
        singles.mark_line(strokeWidth=0.8, strokeOpacity=0.28, interpolate="linear").encode(
            x=x, y=y, color=tint, detail=alt.Detail("patient_number:N")
        ),
        singles.transform_filter("datum.is_observed")
        .mark_circle(size=11, opacity=1, fillOpacity=0.38)
        .encode(x=x, y=y, color=tint, tooltip=tips),
        base("medians")
        .mark_area(opacity=0.2)
        .encode(x=x, y=alt.Y("q1:Q", scale=scale), y2=alt.Y2("q3:Q"), color=tint),
        base("medians").mark_line(strokeWidth=2.6).encode(x=x, y=alt.Y("median:Q", scale=scale), color=tint),
        base("medians")
        .mark_circle(size=34, opacity=1, stroke=color("raised"), strokeWidth=0.8)
        .encode(
            x=x,
            y=alt.Y("median:Q", scale=scale),
            color=tint,
            tooltip=[
                group,
                alt.Tooltip("study_day:Q", title="study day", format="d"),
                alt.Tooltip("median:Q", title="median", format=",.4~g"),
                alt.Tooltip("q1:Q", title="first quartile", format=",.4~g"),
                alt.Tooltip("q3:Q", title="third quartile", format=",.4~g"),
                alt.Tooltip("n_patients:Q", title="patients", format="d"),
                TRACE,
            ],
        ),
        base("counted")
        .mark_text(fontSize=10.5, baseline="middle")
        .encode(
            x=x,
            y=alt.Y("below:Q", scale=None, axis=None),
            text=alt.Text("n_patients:Q", format="d"),
            color=tint,
        ),
    )
    counted = [
        row | {"below": _below(row)}
        for row in medians
        if row["series"] in GROUPS and row["study_day"] % DAYS_COUNTED == 0
    ]
    lean = [
        {key: row[key] for key in ("series", "patient_number", "study_day", "value")}
        | ({"is_observed": True} if row["value_origin"] == "observed" else {})
        for row in patients
    ]
    traced_medians = with_ids(medians, "daily_summaries", "median", NAMES)
    tables = {"patients": lean, "medians": traced_medians, "index_day": index_day, "counted": counted}
    return to_spec(chart, HEIGHT, tables)


def _below(row: Record) -> int:
    """Return where a group's count of patients stands, in pixels from the top of the chart."""
    return HEIGHT + FIRST_ROW + ROW * GROUPS.index(row["series"])


def _peak(analyte: Record, medians: Sequence[Record]) -> str:
    parts = []
    for group in GROUPS:
        for row in medians:
            if row["series"] == group and row["highest_certainty"] is not None:
                top = bounded(f"{number(row['median'])} on day {row['study_day']}", row["highest_certainty"])
                parts.append(f"{top} in {GROUP_NAMES[group].lower()}")
    return f"Highest median {in_sentence(analyte['label'])} ({analyte['unit']}): {', '.join(parts)}."


def _numbers(medians: Sequence[Record], labels: Mapping[str, str]) -> Table:
    columns = (
        Column("analyte", "Analyte"),
        Column("group", "Group"),
        Column("study_day", "Study day", True),
        Column("n_patients", "Patients", True),
        Column("median", "Median", True),
        Column("quartiles", "Quartiles", True),
    )
    shown = [
        {
            "analyte": labels[row["analyte"]],
            "group": GROUP_NAMES.get(row["series"], row["series"]),
            "study_day": row["study_day"],
            "n_patients": traced(str(row["n_patients"]), "daily_summaries", row, "n", **_named(row)),
            "median": traced(quantile(row, "median"), "daily_summaries", row, "median", **_named(row)),
            "quartiles": traced(quartiles(row), "daily_summaries", row, "q1", **_named(row)),
        }
        for row in medians
    ]
    return Table("lab_medians", "Medians by study day", columns, shown, exported=medians)


def _named(row: Record) -> dict[str, str]:
    return {key: row[own] for key, own in NAMES.items()}


def _areas(study: Study, labels: Mapping[str, str]) -> Table:
    cells = study.rows(AREAS)
    rows = []
    for analyte, rule in dict.fromkeys((cell["analyte"], cell["rule"]) for cell in cells):
        own = {c["study_group"]: c for c in cells if (c["analyte"], c["rule"]) == (analyte, rule)}
        unit = next(iter(own.values()))["unit"]
        texts = {group: _area(own.get(group)) for group in GROUPS}
        rows.append({"analyte": labels[analyte], "rule": words(rule), "unit": unit or "", **texts})
    columns = (
        Column("analyte", "Analyte"),
        Column("rule", "Rule"),
        Column("unit", "Unit"),
        *(Column(group, GROUP_NAMES[group], True) for group in GROUPS),
    )
    return Table(
        name="areas_by_rule",
        title="Areas under the curve by rule",
        columns=columns,
        rows=rows,
        notes=(BOUNDS,) if has_marks(text for row in rows for text in row.values()) else (),
        sentence="Median (quartiles), patients with an area. The study's own rule is the trapezoid over the days "
        f"covered, which includes the time after {study.drug} began and stops at death; before index does not, but "
        f"grows with the day on which {study.drug} began, and before index per day does neither.",
        exported=cells,
    )


def _area(cell: Record | None) -> str:
    if cell is None or cell["not_applicable"]:
        return NOT_APPLICABLE
    text = f"{quantile(cell, 'median')} ({quartiles(cell)}), n = {cell['n']}"
    return traced(text, "area_summaries", cell, "median")
