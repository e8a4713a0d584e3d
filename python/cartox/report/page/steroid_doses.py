"""Cumulative steroids by group: over the days, and in the windows around the index time."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from cartox.cell_ids import traced
from cartox.report.page.blocks import (
    Block,
    Column,
    Figure,
    NotApplicable,
    Panel,
    Section,
    Series,
    Spec,
    Table,
)
from cartox.report.page.charts import (
    TRACE,
    base,
    day_axis,
    nice_above,
    row_labels,
    series_color,
    to_spec,
    with_ids,
)
from cartox.report.page.study import GROUP_COLORS, GROUP_NAMES, GROUPS, Study
from cartox.report.page.theme import color
from cartox.report.page.unreadable import unknown_drugs
from cartox.report.reading import Record
from cartox.report.steroids import lower_bounds
from cartox.report.wording import BOUNDS, NOT_APPLICABLE, bounded, has_marks, quantile, quartiles

CUMULATIVE = """
select
    patients.patient_number, patients.study_group as series, days.study_day,
    days.cumulative_dexamethasone_equivalent_mg as cumulative_mg
from marts.patient_days as days
inner join report_patients as patients on days.patient_id = patients.patient_id
where days.cumulative_dexamethasone_equivalent_mg is not null and patients.is_in_sample
order by patients.patient_number, days.study_day
"""
MEDIANS = """
select
    measure, study_group as series, study_day, n as n_patients, q1, median, q3, certainty, q1_certainty, q3_certainty
from results.daily_summaries
where measure = 'cumulative_steroids' and study_group <> 'all'
order by study_group, study_day
"""
NAMES = {"study_group": "series"}
WINDOWS = """
select
    exposure.exposure_window, patients.study_group as series, patients.patient_number,
    exposure.dexamethasone_equivalent_mg as dose_mg, exposure.certainty
from marts.steroid_exposure as exposure
inner join report_patients as patients on exposure.patient_id = patients.patient_id
where exposure.dexamethasone_equivalent_mg is not null and patients.is_in_sample
order by exposure.exposure_window, patients.patient_number
"""
QUARTILES = """
select
    replace(dose.variable, 'steroids_', '') as exposure_window, dose.study_group as series, dose.n as n_patients,
    dose.n_missing, dose.n_bounds, dose.median, dose.q1, dose.q3, dose.min, dose.max, dose.certainty, dose.q1_certainty,
    dose.q3_certainty, dose.min_certainty, dose.max_certainty, dose.not_applicable, given.count as n_given,
    given.n as n_known, given.certainty as given_certainty
from results.descriptives as dose
left join results.descriptives as given
    on
        'any_' || dose.variable = given.variable
        and dose.study_group = given.study_group
        and given.level = 'yes'
where dose.variable in ('steroids_before_index', 'steroids_after_index', 'steroids_total')
order by dose.display_order, dose.study_group
"""
SERIES = (
    *(Series(group, GROUP_NAMES[group], GROUP_COLORS[group], "band") for group in GROUPS),
    Series("patients", "single patients", "neutral", "line"),
)
WINDOW_ORDER = ("before_index", "after_index", "total")
UNIT = "dexamethasone equivalent, mg"
HEIGHT, ROW_HEIGHT = 264, 44
SQUARE_ROOT_TICKS = (0, 0.02, 0.1, 0.25, 0.5, 1)


def steroids_section(study: Study) -> Section:
    """Draw how doses add up, and what they come to."""
    title = "Steroids"
    if study.empty_cohort:
        return Section("steroids", title, (NotApplicable("Cumulative steroid dose", study.empty_cohort),))
    patients, medians = study.rows(CUMULATIVE), study.rows(MEDIANS)
    windows, all_groups = study.rows(WINDOWS), study.rows(QUARTILES)
    quartiles = [row for row in all_groups if row["series"] != "all"]
    labeled = [row | {"label": _label(study, row)} for row in windows]
    boxes = [
        row
        | {"label": _label(study, row), "trace": traced("", "descriptives", _named(row), "median").cell_id}
        for row in quartiles
        if row["median"] is not None
    ]
    panels = (
        Panel("steroids_by_day", "Cumulative dose by study day", _by_day(study, patients, medians), medians),
        Panel(
            "steroids_by_window", "Dose by window, square-root axis", _by_window(labeled, boxes), quartiles
        ),
    )
    drug = study.drug
    figure = Figure(
        name="steroids",
        title="Cumulative dexamethasone equivalent",
        description="Left, each patient's cumulative dose over the days with medians and quartiles by group. Right, "
        "each patient's dose in each window, with median and quartiles.",
        sentence=_sentence(study, quartiles),
        panels=panels,
        series=SERIES,
        notes=(
            "Dexamethasone equivalent: the dose of each glucocorticoid times its factor. "
            f"Windows: from day 0 to the first dose of {drug}, from there to the end of day {study.last_day}, and both. "
            "After death a patient's dose stays what it was.",
            *_lower_bounds(all_groups),
            *unknown_drugs(study),
            *study.sample_note,
        ),
        numbers=_numbers(study, quartiles),
        columns=2,
    )
    blocks: tuple[Block, ...] = (figure,)
    return Section("steroids", title, blocks)


def _by_day(study: Study, patients: Sequence[Record], medians: Sequence[Record]) -> Spec:
    x = day_axis(study.last_day, "study day")
    y = alt.Y("cumulative_mg:Q", title="mg", axis=alt.Axis(grid=True, tickCount=5, format=",.0f"))
    tint = series_color(SERIES[:2])
    shown = base("patients").transform_filter("indexof(hidden, 'patients') < 0")
    chart = alt.layer(
        shown.mark_line(strokeWidth=0.8, strokeOpacity=0.3, interpolate="step-after").encode(
            x=x, y=y, color=tint, detail=alt.Detail("patient_number:N")
        ),
        base("medians").mark_area(opacity=0.2, interpolate="step-after").encode(
            x=x, y=alt.Y("q1:Q"), y2=alt.Y2("q3:Q"), color=tint
        ),
        base("medians").mark_line(strokeWidth=2.6, interpolate="step-after").encode(x=x, y=alt.Y("median:Q"), color=tint),
        base("medians").mark_circle(size=34, opacity=1, stroke=color("raised"), strokeWidth=0.8).encode(
            x=x, y=alt.Y("median:Q"), color=tint,
            tooltip=[
                alt.Tooltip("series:N", title="group"),
                alt.Tooltip("study_day:Q", title="study day", format="d"),
                alt.Tooltip("median:Q", title="median, mg", format=",.1~f"),
                alt.Tooltip("q1:Q", title="first quartile", format=",.1~f"),
                alt.Tooltip("q3:Q", title="third quartile", format=",.1~f"),
                TRACE,
            ],
        ),
    )  # fmt: skip
    return to_spec(
        chart,
        HEIGHT,
        {"patients": patients, "medians": with_ids(medians, "daily_summaries", "median", NAMES)},
    )


def _by_window(patients: Sequence[Record], boxes: Sequence[Record]) -> Spec:
    order = [
        box["label"]
        for window in WINDOW_ORDER
        for group in GROUPS
        for box in boxes
        if (box["exposure_window"], box["series"]) == (window, group)
    ]
    y = alt.Y("label:N", scale=alt.Scale(domain=order), axis=None)
    end = nice_above(max((row["dose_mg"] for row in patients), default=0))
    axis = alt.Axis(grid=True, format=",.2~f", values=[end * share for share in SQUARE_ROOT_TICKS])
    scale = alt.Scale(type="sqrt", domain=[0, end], nice=False)
    tint = series_color(SERIES[:2])
    jittered = base("patients").transform_calculate(jitter="27 + (datum.patient_number * 7) % 12")
    singles = jittered.transform_filter("indexof(hidden, 'patients') < 0")
    tips = [
        alt.Tooltip("label:N", title="window"),
        alt.Tooltip("median:Q", title="median, mg", format=",.1~f"),
        alt.Tooltip("q1:Q", title="first quartile", format=",.1~f"),
        alt.Tooltip("q3:Q", title="third quartile", format=",.1~f"),
        alt.Tooltip("n_patients:Q", title="patients", format="d"),
        TRACE,
    ]
    chart = alt.layer(
        *row_labels("boxes", y, dy=-13),
        base("boxes")
        .mark_bar(height=16, yOffset=9, opacity=0.25, cornerRadius=3)
        .encode(x=alt.X("q1:Q", scale=scale, axis=axis, title=UNIT), x2=alt.X2("q3:Q"), y=y, color=tint, tooltip=tips),
        singles.mark_circle(size=24, opacity=1, fillOpacity=0.6).encode(
            x=alt.X("dose_mg:Q", scale=scale), y=y, color=tint,
            yOffset=alt.YOffset("jitter:Q", scale=alt.Scale(domain=[0, ROW_HEIGHT])),
            tooltip=[
                alt.Tooltip("patient_number:Q", title="patient", format="d"),
                alt.Tooltip("dose_mg:Q", title="mg", format=",.1~f"),
            ],
        ),
        base("boxes").mark_tick(height=20, thickness=3, yOffset=9, opacity=1).encode(
            x=alt.X("median:Q", scale=scale), y=y, color=tint, tooltip=tips
        ),
    )  # fmt: skip
    return to_spec(chart, ROW_HEIGHT * max(len(order), 1), {"patients": patients, "boxes": boxes})


def _label(study: Study, row: Record) -> str:
    return (
        f"{_window(study, row['exposure_window'])}, "
        f"{str(GROUP_NAMES.get(row['series'], row['series'])).lower()}"
    )


def _window(study: Study, window: str) -> str:
    names = {
        "before_index": f"before {study.drug}",
        "after_index": f"from {study.drug} on",
        "total": "in total",
    }
    return names.get(window, window)


def _sentence(study: Study, quartiles: Sequence[Record]) -> str:
    medians = {
        (row["exposure_window"], row["series"]): quantile(row, "median")
        for row in quartiles
        if row["n_patients"]
    }
    parts = [
        f"{_window(study, window)} "
        + " and ".join(
            f"{medians[window, group]} mg in {GROUP_NAMES[group].lower()}"
            for group in GROUPS
            if (window, group) in medians
        )
        for window in WINDOW_ORDER
        if any((window, group) in medians for group in GROUPS)
    ]
    return f"Median cumulative dexamethasone equivalent: {'; '.join(parts)}."


def _lower_bounds(all_groups: Sequence[Record]) -> list[str]:
    """Say of how many patients of the whole cohort the dose in total may be higher, or is unknown."""
    said = []
    for row in all_groups:
        if (row["series"], row["exposure_window"]) == ("all", "total"):
            said += [lower_bounds(row["n_bounds"])] if row["n_bounds"] else []
            said += [f"Of {row['n_missing']} patients the dose is unknown."] if row["n_missing"] else []
    return said


def _numbers(study: Study, of_groups: Sequence[Record]) -> Table:
    columns = (
        Column("window", "Window"),
        Column("group", "Group"),
        Column("given", "Given to", True),
        Column("median", "Median, mg", True),
        Column("quartiles", "Quartiles", True),
        Column("range", "Range", True),
    )
    shown = [
        {
            "window": _window(study, row["exposure_window"]),
            "group": GROUP_NAMES.get(row["series"], row["series"]),
            "given": _given(row),
            "median": traced(quantile(row, "median"), "descriptives", _named(row), "median")
            if row["n_patients"]
            else NOT_APPLICABLE,
            "quartiles": traced(quartiles(row), "descriptives", _named(row), "q1")
            if row["n_patients"]
            else NOT_APPLICABLE,
            "range": traced(
                f"{quantile(row, 'min')} to {quantile(row, 'max')}", "descriptives", _named(row), "min"
            )
            if row["n_patients"]
            else NOT_APPLICABLE,
        }
        for window in WINDOW_ORDER
        for row in of_groups
        if row["exposure_window"] == window
    ]
    notes = ("Given to: patients with an administration, whatever is known of its dose.",)
    marked = (BOUNDS,) if has_marks(text for row in shown for text in row.values()) else ()
    return Table(
        "steroids_by_window", "Doses by window", columns, shown, notes=notes + marked, exported=of_groups
    )


def _given(row: Record) -> str:
    """Write the number of those given any, of results.descriptives, where Table 1 has it from too."""
    if not row["n_known"]:
        return NOT_APPLICABLE
    text = bounded(f"{row['n_given']} of {row['n_known']}", row["given_certainty"])
    names = {"variable": f"any_steroids_{row['exposure_window']}", "level": "yes"}
    return traced(text, "descriptives", _named(row), "count", **names)


def _named(row: Record) -> Record:
    """Return a row of QUARTILES under the names of results.descriptives."""
    names = {"variable": f"steroids_{row['exposure_window']}", "level": "value", "study_group": row["series"]}
    return row | names
