"""Cumulative steroids by group: over the days, and in the windows around the index time."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

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
from cartox.report.page.charts import base, day_axis, nice_above, row_labels, series_colour, to_spec
from cartox.report.page.study import GROUP_COLOURS, GROUP_NAMES, GROUPS, Study
from cartox.report.page.theme import colour
from cartox.report.page.unreadable import unknown_drugs
from cartox.report.reading import Record
from cartox.report.wording import number

CUMULATIVE = """
with spine as (
    select patients.patient_number, patients.patient_id, patients.study_group, days.study_day
    from report_patients as patients
    cross join (select unnest(generate_series(0, {last_day})) as study_day) as days
)

select
    spine.patient_number,
    spine.study_group as series,
    spine.study_day,
    sum(coalesce(days.dexamethasone_equivalent_mg, 0))
        over (partition by spine.patient_number order by spine.study_day) as cumulative_mg
from spine
left join marts.steroid_days as days on spine.patient_id = days.patient_id and spine.study_day = days.study_day
order by spine.patient_number, spine.study_day
"""
MEDIANS = """
select
    series, study_day, quantile_cont(cumulative_mg, 0.25) as q1, median(cumulative_mg) as median,
    quantile_cont(cumulative_mg, 0.75) as q3
from ({cumulative}) as cumulative
group by series, study_day
order by series, study_day
"""
WINDOWS = """
select
    exposure.exposure_window, patients.study_group as series, patients.patient_number,
    exposure.dexamethasone_equivalent_mg as dose_mg, exposure.is_lower_bound
from marts.steroid_exposure as exposure
inner join report_patients as patients on exposure.patient_id = patients.patient_id
where exposure.dexamethasone_equivalent_mg is not null
order by exposure.exposure_window, patients.patient_number
"""
QUARTILES = """
select
    exposure_window, series, count(*) as n_patients, count(*) filter (where dose_mg > 0) as n_given,
    count(*) filter (where is_lower_bound) as n_lower_bounds,
    median(case when is_lower_bound then 'infinity'::double else dose_mg end) > median(dose_mg) as is_median_lower_bound,
    min(dose_mg) as least, quantile_cont(dose_mg, 0.25) as q1, median(dose_mg) as median,
    quantile_cont(dose_mg, 0.75) as q3, max(dose_mg) as most
from ({windows}) as windows
group by exposure_window, series
order by exposure_window, series
"""
SERIES = (
    *(Series(group, GROUP_NAMES[group], GROUP_COLOURS[group], "band") for group in GROUPS),
    Series("patients", "single patients", "neutral", "line"),
)
WINDOW_ORDER = ("before_index", "after_index", "total")
UNIT = "dexamethasone equivalent, mg"
HEIGHT, ROW_HEIGHT = 300, 46
SQUARE_ROOT_TICKS = (0, 0.02, 0.1, 0.25, 0.5, 1)


def steroids_section(study: Study) -> Section:
    """Draw how doses add up, and what they come to."""
    title = "Steroids"
    if study.empty_cohort:
        return Section("steroids", title, (NotApplicable("Cumulative steroid dose", study.empty_cohort),))
    cumulative = CUMULATIVE.format(last_day=study.last_day)
    patients, medians = study.rows(cumulative), study.rows(MEDIANS.format(cumulative=cumulative))
    windows, quartiles = study.rows(WINDOWS), study.rows(QUARTILES.format(windows=WINDOWS))
    labelled = [row | {"label": _label(study, row)} for row in windows]
    boxes = [row | {"label": _label(study, row)} for row in quartiles]
    panels = (
        Panel("steroids_by_day", "Cumulative dose by study day", _by_day(study, patients, medians), medians),
        Panel(
            "steroids_by_window", "Dose by window, square-root axis", _by_window(labelled, boxes), quartiles
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
            f"Windows: from day 0 to the first dose of {drug}, from there to the end of day {study.last_day}, and both. "
            "After death a patient's dose stays what it was.",
            *_lower_bounds(quartiles),
            *unknown_drugs(study),
        ),
        numbers=_numbers(study, quartiles),
        columns=2,
    )
    blocks: tuple[Block, ...] = (figure,)
    return Section("steroids", title, blocks)


def _by_day(study: Study, patients: Sequence[Record], medians: Sequence[Record]) -> Spec:
    x = day_axis(study.last_day, "study day")
    y = alt.Y("cumulative_mg:Q", title="mg", axis=alt.Axis(grid=True, tickCount=5, format=",.0f"))
    tint = series_colour(SERIES[:2])
    shown = base("patients").transform_filter("indexof(hidden, 'patients') < 0")
    chart = alt.layer(
        shown.mark_line(strokeWidth=0.8, strokeOpacity=0.3, interpolate="step-after").encode(
            x=x, y=y, color=tint, detail="patient_number:N"
        ),
        base("medians").mark_area(opacity=0.2, interpolate="step-after").encode(
            x=x, y="q1:Q", y2="q3:Q", color=tint
        ),
        base("medians").mark_line(strokeWidth=2.6, interpolate="step-after").encode(x=x, y="median:Q", color=tint),
        base("medians").mark_circle(size=34, opacity=1, stroke=colour("raised"), strokeWidth=0.8).encode(
            x=x, y="median:Q", color=tint,
            tooltip=[
                alt.Tooltip("series:N", title="group"),
                alt.Tooltip("study_day:Q", title="study day", format="d"),
                alt.Tooltip("median:Q", title="median, mg", format=",.1~f"),
                alt.Tooltip("q1:Q", title="first quartile", format=",.1~f"),
                alt.Tooltip("q3:Q", title="third quartile", format=",.1~f"),
            ],
        ),
    )  # fmt: skip
    return to_spec(chart, HEIGHT, {"patients": patients, "medians": medians})


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
    tint = series_colour(SERIES[:2])
    jittered = base("patients").transform_calculate(jitter="27 + (datum.patient_number * 7) % 12")
    singles = jittered.transform_filter("indexof(hidden, 'patients') < 0")
    tips = [
        alt.Tooltip("label:N", title="window"),
        alt.Tooltip("median:Q", title="median, mg", format=",.1~f"),
        alt.Tooltip("q1:Q", title="first quartile", format=",.1~f"),
        alt.Tooltip("q3:Q", title="third quartile", format=",.1~f"),
        alt.Tooltip("n_patients:Q", title="patients", format="d"),
    ]
    chart = alt.layer(
        *row_labels("boxes", y, dy=-13),
        base("boxes")
        .mark_bar(height=16, yOffset=9, opacity=0.25, cornerRadius=3)
        .encode(x=alt.X("q1:Q", scale=scale, axis=axis, title=UNIT), x2="q3:Q", y=y, color=tint, tooltip=tips),
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
    medians = {(row["exposure_window"], row["series"]): _median(row) for row in quartiles}
    parts = [
        f"{_window(study, window)} "
        + " and ".join(
            f"{medians[window, group]} mg in {GROUP_NAMES[group].lower()}"
            for group in GROUPS
            if (window, group) in medians
        )
        for window in WINDOW_ORDER
    ]
    return f"Median cumulative dexamethasone equivalent: {'; '.join(parts)}."


def _median(row: Record) -> str:
    return f"{'at least ' if row['is_median_lower_bound'] else ''}{number(row['median'])}"


def _lower_bounds(quartiles: Sequence[Record]) -> list[str]:
    total = sum(row["n_lower_bounds"] for row in quartiles if row["exposure_window"] == "total")
    if not total:
        return []
    return [
        f"In {total} of these patients the true dose may be higher: there are doses without a usable amount, or "
        "orders without a frequency."
    ]


def _numbers(study: Study, quartiles: Sequence[Record]) -> Table:
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
            "given": f"{row['n_given']} of {row['n_patients']}",
            "median": _median(row),
            "quartiles": f"{number(row['q1'])} to {number(row['q3'])}",
            "range": f"{number(row['least'])} to {number(row['most'])}",
        }
        for window in WINDOW_ORDER
        for row in quartiles
        if row["exposure_window"] == window
    ]
    return Table("steroids_by_window", "Doses by window", columns, shown, exported=quartiles)
