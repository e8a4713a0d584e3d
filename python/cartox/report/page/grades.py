"""The daily grades of every patient of the cohort, with the index drug and steroids."""

from __future__ import annotations

from collections.abc import Sequence

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
from cartox.report.page.charts import LEFT_EDGE, base, to_spec
from cartox.report.page.grade_reviews import grade_reviews
from cartox.report.page.study import GROUP_NAMES, GROUPS, NOT_EVALUABLE, Study
from cartox.report.page.theme import color
from cartox.report.reading import Record
from cartox.report.wording import bounded, number

SAMPLE = "select * exclude (patient_id) from report_patients where is_in_sample order by patient_number"
TOXICITIES = """
select toxicities.toxicity
from seeds.toxicities as toxicities
where toxicities.toxicity in (
    select days.toxicity
    from marts.toxicity_days as days
    inner join report_patients as patients on days.patient_id = patients.patient_id
    where days.grade is not null
)
"""
DAYS = """
select
    days.toxicity, patients.patient_number, patients.study_group, days.study_day, days.grade,
    days.certainty, 'grade_' || days.grade as series
from marts.toxicity_days as days
inner join report_patients as patients on days.patient_id = patients.patient_id
where days.grade is not null and patients.is_in_sample
order by days.toxicity, patients.patient_number, days.study_day
"""
STEROIDS = """
select patients.patient_number, days.study_day, days.dexamethasone_equivalent_mg
from marts.steroid_days as days
inner join report_patients as patients on days.patient_id = patients.patient_id
where days.dexamethasone_equivalent_mg > 0 and patients.is_in_sample
order by patients.patient_number, days.study_day
"""
COUNTS = """
select * from results.grade_counts where study_group <> 'all' order by toxicity, study_group, study_day
"""
INDEX_DAYS = """
select study_group, min, median, max from results.cohort_summaries where measure = 'index_study_day'
"""
GRADES = tuple(Series(f"grade_{grade}", f"grade {grade}", f"grade-{grade}", "box") for grade in range(5))
MARKS = (
    Series("steroids", "steroids that day", "ink", "bar"),
    Series("index", "first dose", "ink", "diamond"),
    Series("resolved", "resolved", "good", "tick"),
    Series("death", "death", "bad", "cross"),
)
DRAWN = (*GROUPS, NOT_EVALUABLE)
TALLEST, SHORTEST, ROOM = 8.5, 2.0, 1100.0


def grades_section(study: Study) -> Section:
    """Draw a row for each patient and a column for each day, once for each toxicity."""
    title = "Course of the toxicities"
    if study.empty_cohort:
        return Section("grades", title, (NotApplicable("Daily grades", study.empty_cohort),))
    sample, days, steroids = study.rows(SAMPLE), study.rows(DAYS), study.rows(STEROIDS)
    lanes = _lanes(sample)
    height = round(max(SHORTEST, min(TALLEST, ROOM / len(sample))) * (max(lanes.values()) + 1))
    found = (row["toxicity"] for row in study.rows(TOXICITIES))
    toxicities = sorted(found, key=lambda name: (name != study.toxicity, name))
    panels = [
        Panel(
            f"grades_{toxicity.lower()}",
            f"{toxicity}, one row a patient",
            _spec(study, toxicity, lanes, sample, days, steroids, height),
            [row for row in days if row["toxicity"] == toxicity],
        )
        for toxicity in toxicities
    ]
    if not panels:
        reason = "no patient of the cohort has an assessment that can be graded"
        return Section("grades", title, (NotApplicable("Daily grades", reason),))
    drug = study.drug
    figure = Figure(
        name="grades",
        title="Daily grades by the ASTCT consensus of 2019",
        description="Heat map: a row for each patient, a column for each study day, colored by the worst grade.",
        sentence=_sentence(study),
        panels=panels,
        series=(
            *GRADES,
            *(
                Series(m.key, f"first {drug}" if m.key == "index" else m.label, m.color, m.shape)
                for m in MARKS
            ),
        ),
        notes=(
            "The worst evaluable grade of each day; a day without color was not assessed. Responders first, by the "
            f"time from the first dose of {drug} to resolution. Patients carry running numbers of this report alone.",
            *study.sample_note,
        ),
        numbers=_numbers(study),
        columns=2,
    )
    return Section("grades", title, (figure,), (grade_reviews(study),))


def _lanes(patients: Sequence[Record]) -> dict[int, int]:
    """Give each patient a lane, with two free lanes above each group for its name."""
    lanes = {}
    lane = -1
    for group in DRAWN:
        members = [row["patient_number"] for row in patients if row["study_group"] == group]
        if members:
            lane += 2
            for member in members:
                lanes[member] = lane
                lane += 1
    return lanes


def _spec(
    study: Study,
    toxicity: str,
    lanes: dict[int, int],
    patients: Sequence[Record],
    days: Sequence[Record],
    steroids: Sequence[Record],
    height: int,
) -> Spec:
    last = study.last_day
    cells = [
        {
            "lane": lanes[row["patient_number"]], "patient": row["patient_number"], "series": row["series"],
            "study_day": row["study_day"], "grade": bounded(str(row["grade"]), row["certainty"]),
        }
        for row in days
        if row["toxicity"] == toxicity
    ]  # fmt: skip
    doses = [
        {
            "lane": lanes[row["patient_number"]], "patient": row["patient_number"], "series": "steroids",
            "study_day": row["study_day"], "dose": row["dexamethasone_equivalent_mg"],
        }
        for row in steroids
    ]  # fmt: skip
    marks = []
    for row in patients:
        for series, key in (
            ("index", "index_study_day"),
            ("resolved", "resolved_day"),
            ("death", "death_day"),
        ):
            is_drawn = row[key] is not None and 0 <= row[key] <= last
            if is_drawn and (series != "resolved" or toxicity == study.toxicity):
                lane = lanes[row["patient_number"]]
                marks.append(
                    {"lane": lane, "patient": row["patient_number"], "series": series, "study_day": row[key]}
                )
    sizes = [(g, [row for row in patients if row["study_group"] == g]) for g in DRAWN]
    headings = [
        {
            "lane": lanes[rows[0]["patient_number"]] - 0.9,
            "text": f"{GROUP_NAMES[group]} (n = {study.group_sizes.get(group, 0)})",
        }
        for group, rows in sizes
        if rows
    ]
    lanes_scale = alt.Scale(domain=[0, max(lanes.values()) + 1], reverse=True, nice=False)
    middle = alt.Y("middle:Q", scale=lanes_scale, axis=None)
    days_scale = alt.Scale(domain=[-0.5, last + 0.5], nice=False)
    days_axis = alt.Axis(tickMinStep=1, values=list(range(0, last + 1, 5)), grid=False, format="d")
    wide = {"left": "datum.study_day - 0.5", "right": "datum.study_day + 0.5"}

    def across(table: str, top: float, bottom: float) -> alt.Chart:
        return base(table).transform_calculate(
            **wide, top=f"datum.lane + {top}", bottom=f"datum.lane + {bottom}", middle="datum.lane + 0.45"
        )

    x_left = alt.X("left:Q", scale=days_scale, axis=days_axis, title="study day")
    y_top = alt.Y("top:Q", scale=lanes_scale, axis=None)
    about = [
        alt.Tooltip("patient:Q", title="patient", format="d"),
        alt.Tooltip("study_day:Q", title="study day", format="d"),
    ]
    at = across("marks", 0.0, 0.9)
    chart = alt.layer(
        across("cells", 0.0, 0.9)
        .mark_rect(stroke=color("raised"), strokeWidth=0.5)
        .encode(
            x=x_left, x2=alt.X2("right:Q"), y=y_top, y2=alt.Y2("bottom:Q"),
            color=alt.Color(
                "series:N",
                scale=alt.Scale(
                    domain=[one.key for one in GRADES], range=[color(one.color) for one in GRADES]
                ),
                legend=alt.Legend(labelExpr="replace(datum.value, '_', ' ')"),
            ),
            tooltip=[*about, alt.Tooltip("grade:N", title=f"{toxicity} grade")],
        ),
        across("doses", 0.68, 0.9)
        .mark_rect(color=color("ink"))
        .encode(
            x=x_left, x2=alt.X2("right:Q"), y=y_top, y2=alt.Y2("bottom:Q"),
            tooltip=[*about, alt.Tooltip("dose:Q", title="dexamethasone equivalent, mg", format=",.1~f")],
        ),
        at.transform_filter("datum.series == 'resolved'")
        .mark_tick(orient="vertical", thickness=3, size=11, color=color("good"))
        .encode(x=alt.X("left:Q", scale=days_scale), y=middle, tooltip=about),
        at.transform_filter("datum.series == 'index'")
        .mark_point(shape="diamond", size=70, filled=True, opacity=1, color="#ffffff", stroke="#17212b", strokeWidth=1.3)
        .encode(
            x=alt.X("study_day:Q", scale=days_scale), y=middle,
            tooltip=[about[0], alt.Tooltip("study_day:Q", title=f"first {study.drug}, study day", format="d")],
        ),
        at.transform_filter("datum.series == 'death'")
        .mark_point(shape="cross", angle=45, size=90, filled=True, opacity=1, color=color("bad"))
        .encode(
            x=alt.X("study_day:Q", scale=days_scale), y=middle,
            tooltip=[about[0], alt.Tooltip("study_day:Q", title="death, study day", format="d")],
        ),
        alt.Chart(alt.NamedData(name="headings"))
        .mark_text(align="left", fontWeight="bold", fontSize=12)
        .encode(x=LEFT_EDGE, y=alt.Y("lane:Q", scale=lanes_scale, axis=None), text=alt.Text("text:N")),
    )  # fmt: skip
    return to_spec(chart, height, {"cells": cells, "doses": doses, "marks": marks, "headings": headings})


def _sentence(study: Study) -> str:
    at_worst = []
    worst = study.counts("worst_daily_grade")
    for group in DRAWN:
        row, most = (worst.row(study.toxicity, level, group) for level in ("grade_4", "grade_4_or_unknown"))
        if row is None or most is None or (group == NOT_EVALUABLE and not row["n_of"]):
            continue
        whom = "who are not evaluable" if group == NOT_EVALUABLE else GROUP_NAMES[group].lower()
        certainty = "exact" if row["n"] == most["n"] else "at_least"
        at_worst.append(f"{bounded(str(row['n']), certainty)} of {row['n_of']} {whom}")
    days = {row["study_group"]: row for row in study.rows(INDEX_DAYS)}
    first, last = number(days["all"]["min"]), number(days["all"]["max"])
    days_of_index = f"study day {first}" if first == last else f"study days {first} to {last}"
    medians = ", ".join(
        f"{number(days[group]['median'])} in {GROUP_NAMES[group].lower()}"
        for group in GROUPS
        if group in days and days[group]["median"] is not None
    )
    if first != last and medians:
        days_of_index += f" (median {medians})"
    return (
        f"{study.toxicity} reached grade 4 in {' and '.join(at_worst)}. The first dose of {study.drug} fell on "
        f"{days_of_index}."
    )


def _numbers(study: Study) -> Table:
    counts = study.rows(COUNTS)
    counted = ("n_evaluable", *(f"n_grade_{grade}" for grade in range(5)), "n_bounds")
    shown = [
        row
        | {key: traced(str(row[key]), "grade_counts", row, key) for key in counted if row[key] is not None}
        | {"study_group": GROUP_NAMES.get(row["study_group"], row["study_group"])}
        for row in counts
    ]
    columns = (
        Column("toxicity", "Toxicity"),
        Column("study_group", "Group"),
        Column("study_day", "Study day", True),
        Column("n_evaluable", "Evaluable", True),
        *(Column(f"n_grade_{grade}", f"Grade {grade}", True) for grade in range(5)),
        Column("n_bounds", "Of these perhaps higher", True),
    )
    return Table("grade_counts", "Patients by grade and study day", columns, shown, exported=counts)
