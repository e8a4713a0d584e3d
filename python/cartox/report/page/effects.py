"""How far apart the groups are: every comparison as an effect with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import altair as alt

from cartox.cell_ids import traced
from cartox.report.page.blocks import Column, Figure, NotApplicable, Panel, Section, Series, Table
from cartox.report.page.charts import (
    GROUND,
    RIGHT_EDGE,
    TRACE,
    WHERE_WIDE,
    base,
    row_labels,
    series_color,
    to_spec,
    with_ids,
)
from cartox.report.page.effect_words import ODDS_RATIO, effect_text, effects_sentence, is_zero_odds
from cartox.report.page.study import Study, with_unit
from cartox.report.page.theme import color
from cartox.report.reading import Record
from cartox.report.wording import p_value

EFFECTS = """
select
    variable, family, label, unit, section, n_responders, n_non_responders, n_missing, effect_name, effect, effect_low,
    effect_high, coalesce(effect_is_infinite, false) as is_infinite, difference, difference_low, difference_high,
    difference_unit, certainty, p_value, p_exact, p_bh, method
from results.comparisons
where
    not_applicable is null
    and effect_name is not null
    and (effect is not null or coalesce(effect_is_infinite, false))
order by display_order
"""
SKIPPED = """
select label, not_applicable
from results.comparisons
where not_applicable is not null or (effect is null and not coalesce(effect_is_infinite, false))
order by display_order
"""
SERIES = (
    Series("higher", "interval wholly above: more in non-responders", "non-responder", "dot"),
    Series("lower", "interval wholly below: more in responders", "responder", "dot"),
    Series("open", "interval includes no difference", "neutral", "ring"),
)
FAMILIES = {
    "before_index": "before the index time",
    "after_index": "after it, at least in part",
    None: "part of the outcome's definition",
}
OWN_UNIT = "difference"
EFFECT_AXES = (
    ("effects_difference", "differences, each row on its own scale", OWN_UNIT),
    ("effects_odds_ratio", "odds ratio, logarithmic axis", ODDS_RATIO),
)
ROW_HEIGHT = 38
ROOM = 3.0
OWN_EDGE = 1.04
Ends: TypeAlias = tuple[float | None, float | None, float | None]


def effects_section(study: Study) -> Section:
    """Draw the comparisons as forest plots: what was known before the index time apart, and each effect apart."""
    title = "What differs between the groups"
    if study.empty_cohort:
        return Section("effects", title, evidence=(NotApplicable("Comparisons", study.empty_cohort),))
    rows = study.rows(EFFECTS)
    if not rows:
        reason = "no planned comparison has an effect that these records can give"
        return Section("effects", title, evidence=(NotApplicable("Comparisons", reason),))
    known = [row for row in rows if row["family"] == "before_index"]
    later = [row for row in rows if row["family"] != "before_index"]
    panels = [
        _panel(f"{name}{suffix}", f"{when}: {axis}", chosen, kind)
        for chosen, suffix, when in (
            (known, "", f"Known when {study.drug} began"),
            (later, "_of_course", "Course and outcome"),
        )
        for name, axis, kind in EFFECT_AXES
    ]
    skipped = study.rows(SKIPPED)
    notes = [
        "Bars are 95 % intervals. Effects are not adjusted for one another, and there are many of them. What is called "
        f"course and outcome came after {study.drug} began, at least in part: it describes and cannot select patients."
    ]
    if any(row["is_infinite"] or is_zero_odds(row) for row in rows):
        notes.append(
            "An arrow: the odds ratio is 0 or infinite, because a group has nobody (or everybody) with it."
        )
    if skipped:
        names = ", ".join(row["label"] for row in skipped)
        notes.append(f"Not drawn, because there is no single effect or none could be computed: {names}.")
    figure = Figure(
        name="effects",
        title="Non-responders against responders",
        description="Forest plot of the effect of each planned comparison with its 95 % interval.",
        sentence=effects_sentence(study.drug, known, study.counts("planned_test")),
        panels=[panel for panel in panels if panel is not None],
        series=SERIES,
        notes=notes,
        numbers=_numbers(rows),
        columns=2,
    )
    return Section("effects", title, evidence=(figure,))


def drawn(row: Record, neutral: float, low_edge: float, high_edge: float) -> Record:
    """Return a row with the ends that its bar is drawn between; an end that does not exist is the edge.

    `neutral` is 1 for an odds ratio on a logarithmic axis, 0 for a difference on an axis of its own from -1 to 1.
    """
    is_log = neutral == 1.0
    low, high, effect = _odds(row) if is_log else _on_own_scale(row)
    has_low = low is not None and not (is_log and low <= 0)
    is_infinite = is_log and row["is_infinite"]
    arrow = "right" if is_infinite else "left" if is_log and effect is not None and effect <= 0 else ""
    point = {"right": high_edge, "left": low_edge}.get(arrow, effect)
    if has_low and low is not None and low > neutral:
        series = "higher"
    elif high is not None and high < neutral:
        series = "lower"
    else:
        series = "open"
    return {
        "label": row["label"],
        "series": series,
        "point": point,
        "is_point": point is not None and not arrow,
        "arrow": arrow,
        "low": low if has_low else low_edge,
        "high": high if high is not None else high_edge,
        "effect_text": effect_text(row),
        "p_text": p_value(row["p_value"]),
        "p_bh_text": p_value(row["p_bh"]),
        "n_text": f"{row['n_responders']} responders, {row['n_non_responders']} non-responders",
    }


def _odds(row: Record) -> Ends:
    return row["effect_low"], row["effect_high"], row["effect"]


def _on_own_scale(row: Record) -> Ends:
    """Place a difference and its interval on an axis that ends where the row's own widest end lies."""
    ends = [row[key] for key in ("difference_low", "difference_high", "difference")]
    widest = max((abs(end) for end in ends if end is not None), default=0.0) or 1.0
    low, high, value = (None if end is None else end / widest for end in ends)
    return low, high, value


def _panel(name: str, title: str, rows: Sequence[Record], kind: str) -> Panel | None:
    is_odds = kind == ODDS_RATIO
    chosen = [row for row in rows if (row["effect_name"] == ODDS_RATIO) == is_odds]
    if not chosen:
        return None
    neutral = 1.0 if is_odds else 0.0
    if is_odds:
        seen = [row[key] for row in chosen for key in ("effect", "effect_low", "effect_high") if row[key]]
        low_edge, high_edge = min([*seen, 0.5]) / ROOM, max([*seen, 2.0]) * ROOM
        scale = alt.Scale(type="log", domain=[low_edge, high_edge], nice=False)
        axis = alt.Axis(values=[0.01, 0.1, 1, 10, 100, 1000], format="~g", grid=True)
    else:
        low_edge, high_edge = -OWN_EDGE, OWN_EDGE
        scale = alt.Scale(domain=[low_edge, high_edge], nice=False)
        axis = alt.Axis(values=[], grid=False)
    statistic = "effect" if is_odds else "difference"
    shown = [
        drawn(row, neutral, low_edge, high_edge) | {"trace": row["trace"]}
        for row in with_ids(chosen, "comparisons", statistic)
    ]
    ends = "← more in responders · more in non-responders →"
    y = alt.Y("label:N", sort=None, axis=None)
    tips = [
        alt.Tooltip("label:N", title="variable"),
        alt.Tooltip("effect_text:N", title=kind),
        alt.Tooltip("p_text:N", title="p"),
        alt.Tooltip("p_bh_text:N", title="p BH"),
        alt.Tooltip("n_text:N", title="with a value"),
        TRACE,
    ]
    tint = series_color(SERIES)
    tint_of_ring = alt.StrokeValue(color("neutral"))
    rows_of = base("effects")
    dy = 7
    chart = alt.layer(
        alt.Chart(alt.NamedData(name="neutral"))
        .mark_rule(strokeDash=[3, 3])
        .encode(x=alt.X("at:Q", scale=scale)),
        *row_labels("effects", y, dy=-8),
        *(
            rows_of.mark_text(align="right", dy=-8, fontSize=11, **look).encode(
                x=RIGHT_EDGE, y=y, text=alt.Text("effect_text:N"),
                opacity=WHERE_WIDE,
            )
            for look in (GROUND, {"color": color("ink-soft")})
        ),
        rows_of.mark_rule(strokeWidth=2, yOffset=dy)
        .encode(x=alt.X("low:Q", scale=scale, axis=axis, title=ends), x2=alt.X2("high:Q"), y=y, color=tint, tooltip=tips),
        rows_of.transform_filter("datum.is_point && datum.series != 'open'")
        .mark_point(size=70, filled=True, opacity=1, yOffset=dy)
        .encode(x=alt.X("point:Q", scale=scale), y=y, color=tint, tooltip=tips),
        rows_of.transform_filter("datum.is_point && datum.series == 'open'")
        .mark_point(size=60, filled=False, fill=color("raised"), strokeWidth=2, opacity=1, yOffset=dy)
        .encode(x=alt.X("point:Q", scale=scale), y=y, stroke=tint_of_ring, tooltip=tips),
        rows_of.transform_filter("datum.arrow != ''")
        .mark_point(size=90, filled=True, opacity=1, yOffset=dy)
        .encode(
            x=alt.X("point:Q", scale=scale), y=y, color=tint, tooltip=tips,
            shape=alt.Shape(
                "arrow:N",
                scale=alt.Scale(domain=["left", "right"], range=["triangle-left", "triangle-right"]),
                legend=None,
            ),
        ),
    )  # fmt: skip
    tables = {"effects": shown, "neutral": [{"at": neutral}]}
    return Panel(name, title, to_spec(chart, ROW_HEIGHT * len(shown), tables), chosen)


def _numbers(rows: Sequence[Record]) -> Table:
    columns = (
        Column("label", "Variable"),
        Column("known", "Known"),
        Column("effect_name", "Effect"),
        Column("effect_text", "with 95 % interval", True),
        Column("p", "p", True),
        Column("p_bh", "p BH", True),
        Column("n", "Responders, non-responders", True),
    )
    shown = [
        {
            "label": with_unit(row["label"], row["unit"]),
            "known": FAMILIES[row["family"]],
            "effect_name": ODDS_RATIO if row["effect_name"] == ODDS_RATIO else OWN_UNIT,
            "effect_text": traced(
                effect_text(row),
                "comparisons",
                row,
                "effect" if row["effect_name"] == ODDS_RATIO else "difference",
            ),
            "p": traced(p_value(row["p_value"]), "comparisons", row, "p_value"),
            "p_bh": traced(p_value(row["p_bh"]), "comparisons", row, "p_bh"),
            "n": traced(
                f"{row['n_responders']}, {row['n_non_responders']}", "comparisons", row, "n_responders"
            ),
        }
        for row in rows
    ]
    return Table("effects", "Effects", columns, shown, exported=rows)
