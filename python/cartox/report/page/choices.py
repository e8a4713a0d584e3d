"""Which claims the page speaks of, and the figure of their p-values under every single choice of analysis."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from cartox.report.page.blocks import Figure, Panel, Series
from cartox.report.page.charts import (
    TOP_EDGE,
    TRACE,
    base,
    log_axis,
    row_labels,
    series_color,
    to_spec,
    with_ids,
)
from cartox.report.page.study import Study, words
from cartox.report.page.theme import color
from cartox.report.reading import Record
from cartox.report.wording import p_value

THRESHOLD = 0.05
IS_TOLD = f"c.family = 'before_index' and c.p_bh < {THRESHOLD} and c.not_applicable is null"
"""Which of results.comparisons, `c`, the answer names."""

CLAIMS = f"""
select claims.*, coalesce({IS_TOLD}, false) as is_answer
from results.claims as claims
left join results.comparisons as c on claims.claim = c.variable
order by claims.display_order
"""  # noqa: S608 (no value of anybody's)
SPECIFICATIONS = """
select * from results.specifications
where not is_crossed
order by display_order, dimension, choice
"""
SMALLEST_SHOWN = 0.0001
SERIES = (
    Series("study", "the study's own choices", "ink", "diamond"),
    Series("holds", "another choice, claim as by the study's", "neutral", "dot"),
    Series("flips", "another choice, claim flips", "non-responder", "dot"),
    Series("untold", "another choice, nothing to hold it against", "before", "dot"),
)
KINDS = {True: "holds", False: "flips", None: "untold"}
"""What is drawn by whether a claim holds; null where the study's own choices give no p-value."""
ROW_HEIGHT = 28


def claims_shown(study: Study) -> list[Record]:
    """Return the claims that the study printed and those that the answer names; where there is none, every one."""
    claims = study.rows(CLAIMS)
    return [claim for claim in claims if claim["is_printed"] or claim["is_answer"]] or claims


def choices_of(study: Study, claims: Sequence[Record]) -> list[Record]:
    """Return each of these claims under each single choice."""
    names = {claim["claim"] for claim in claims}
    return [row for row in study.rows(SPECIFICATIONS) if row["claim"] in names]


def choices_figure(study: Study) -> Figure | None:
    """Draw each claim's p-values, a dot for each choice; None where no choice gives one."""
    found = choices_of(study, claims_shown(study))
    with_p = [row for row in found if row["p_value"] is not None]
    drawn = [_point(row) for row in with_ids(with_p, "specifications", "p_value")]
    return _figure(drawn) if drawn else None


def _point(row: Record) -> Record:
    kind = "study" if row["dimension"] == "study" else KINDS[row["holds"]]
    shown = max(row["p_value"], SMALLEST_SHOWN)
    text = f"{words(row['dimension'])}: {words(row['choice'])}, p {p_value(row['p_value'])}"
    return row | {"series": kind, "shown_p": shown, "text": text}


def _figure(drawn: Sequence[Record]) -> Figure:
    return Figure(
        name="specifications",
        title="Every claim under every single choice",
        description="One dot for each choice of analysis, at its p-value, in a row for each claim; a line at 0.05.",
        sentence="A claim whose dots lie on both sides of the line hangs on a choice.",
        panels=(Panel("specifications", "p-value, logarithmic axis", _spec(drawn), drawn),),
        series=SERIES,
        notes=(f"p-values below {SMALLEST_SHOWN} are drawn there. None is adjusted.",),
    )


def _spec(drawn: Sequence[Record]) -> dict[str, object]:
    labels = list(dict.fromkeys(row["label"] for row in drawn))
    y = alt.Y("label:N", sort=labels, axis=None)
    scale, axis = log_axis([row["shown_p"] for row in drawn] + [1.0, THRESHOLD], "~g")
    x = alt.X("shown_p:Q", title="p", scale=scale, axis=axis)
    firsts = [next(row for row in drawn if row["label"] == label) for label in labels]
    at_threshold = alt.Chart(alt.NamedData(name="line")).encode(x=alt.X("p:Q", scale=scale))
    chart = alt.layer(
        at_threshold.mark_rule(strokeDash=[4, 3], color=color("ink-soft")),
        at_threshold.mark_text(align="left", baseline="top", dx=3, color=color("ink-soft")).encode(
            y=TOP_EDGE, text=alt.Text("p:N")
        ),
        *row_labels("claims", y, dy=-10),
        base("choices")
        .mark_point(size=55, filled=True, opacity=0.85, yOffset=7)
        .encode(
            x=x, y=y, color=series_color(SERIES),
            tooltip=[alt.Tooltip("label:N", title="claim"), alt.Tooltip("text:N", title="choice"), TRACE],
        ),
    )  # fmt: skip
    tables = {"choices": drawn, "claims": firsts, "line": [{"p": THRESHOLD}]}
    return to_spec(chart, ROW_HEIGHT * len(labels), tables)
