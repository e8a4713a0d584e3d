"""How far the study's claims hang on choices of analysis."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from cartox.report.page.answer import IS_TOLD, THRESHOLD
from cartox.report.page.blocks import (
    Block,
    Column,
    Figure,
    NotApplicable,
    Panel,
    Section,
    Series,
    Table,
    Words,
)
from cartox.report.page.charts import base, log_axis, row_labels, series_colour, to_spec
from cartox.report.page.study import Study, words
from cartox.report.page.theme import colour
from cartox.report.reading import Record
from cartox.report.wording import (
    BOUNDS,
    NOT_APPLICABLE,
    TAKEN_AS_CHARTED,
    bounded,
    has_marks,
    interval,
    number,
    p_value,
)

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
SAMPLING = """
select sampled.*, analytes.label
from results.sampling_intensity as sampled
inner join seeds.analytes as analytes on sampled.analyte = analytes.analyte
order by sampled.analyte, sampled.measure, sampled.study_group
"""
SMALLEST_SHOWN = 0.0001
SERIES = (
    Series("study", "the study's own choices", "ink", "diamond"),
    Series("holds", "another choice, claim as by the study's", "neutral", "dot"),
    Series("flips", "another choice, claim flips", "non-responder", "dot"),
)
ROW_HEIGHT = 34


def claims_section(study: Study) -> Section:
    """Say which claims flip under which single choice, and draw every p-value."""
    title = "How far the claims hang on choices"
    if study.empty_cohort:
        return Section("claims", title, (NotApplicable("Claims", study.empty_cohort),))
    claims = study.rows(CLAIMS)
    shown = [claim for claim in claims if claim["is_printed"] or claim["is_answer"]] or claims
    names = {claim["claim"] for claim in shown}
    specifications = [row for row in study.rows(SPECIFICATIONS) if row["claim"] in names]
    drawn = [_point(row) for row in specifications if row["p_value"] is not None]
    blocks: list[Block] = [Words(_said(shown, specifications))]
    if drawn:
        blocks.append(_figure(drawn))
    blocks += [_table(shown, claims), _every_choice(specifications), _sampling(study)]
    return Section("claims", title, tuple(blocks))


def _said(claims: Sequence[Record], specifications: Sequence[Record]) -> list[str]:
    kind = "claims of the study and of the answer above" if _is_chosen(claims) else "planned tests"
    flipping = [claim for claim in claims if claim["n_flipping"]]
    standing = [claim for claim in claims if claim["n_holding"] and not claim["n_flipping"]]
    below = ", ".join(claim["label"] for claim in standing if claim["p_value"] < THRESHOLD)
    never = ", ".join(claim["label"] for claim in standing if claim["p_value"] >= THRESHOLD)
    untried = ", ".join(
        claim["label"] for claim in claims if not claim["n_holding"] and not claim["n_flipping"]
    )
    said = [
        f"Of the {kind} these are below {THRESHOLD:g} as planned and stay there, in the same direction, under every single "
        f"choice of analysis that gives a p-value: {below or 'none'}.",
        *([f"At {THRESHOLD:g} or above under all of them: {never}."] if never else []),
        *(
            [f"No choice gives a p-value beside the planned one, so that nothing is known of: {untried}."]
            if untried
            else []
        ),
    ]
    for claim in flipping:
        own = [row for row in specifications if row["claim"] == claim["claim"] and row["holds"] is False]
        flips = ", ".join(f"{words(row['choice'])} (p {p_value(row['p_value'])})" for row in own)
        said.append(f"{claim['label']}, p {p_value(claim['p_value'])} as planned, flips under: {flips}.")
    return said


def _is_chosen(claims: Sequence[Record]) -> bool:
    return any(claim["is_printed"] or claim["is_answer"] for claim in claims)


def _point(row: Record) -> Record:
    kind = "study" if row["dimension"] == "study" else "holds" if row["holds"] else "flips"
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
        at_threshold.mark_rule(strokeDash=[4, 3], color=colour("ink-soft")),
        at_threshold.mark_text(align="left", baseline="top", dx=3, color=colour("ink-soft")).encode(
            y=alt.value(0), text="p:N"
        ),
        *row_labels("claims", y, dy=-10),
        base("choices")
        .mark_point(size=55, filled=True, opacity=0.85, yOffset=7)
        .encode(
            x=x, y=y, color=series_colour(SERIES),
            tooltip=[alt.Tooltip("label:N", title="claim"), alt.Tooltip("text:N", title="choice")],
        ),
    )  # fmt: skip
    tables = {"choices": drawn, "claims": firsts, "line": [{"p": THRESHOLD}]}
    return to_spec(chart, ROW_HEIGHT * len(labels), tables)


def _table(shown: Sequence[Record], claims: Sequence[Record]) -> Table:
    columns = (
        Column("claim", "Claim"),
        Column("p", "p as planned", True),
        Column("holds", "Choices that hold it", True),
        Column("flips", "that flip it", True),
        Column("range", "p from, to", True),
        Column("pairs", "Pairs of choices, and those that flip it", True),
        Column("flipping", "Flipped by"),
    )
    rows = [
        {
            "claim": row["label"],
            "p": p_value(row["p_value"]),
            "holds": str(row["n_holding"]),
            "flips": str(row["n_flipping"]),
            "range": f"{p_value(row['smallest_p'])} to {p_value(row['largest_p'])}",
            "pairs": f"{row['n_crossed']}, {row['n_crossed_flipping']}",
            "flipping": _flipping(row),
        }
        for row in shown
    ]
    notes = (
        "Choices: definition of resolution, rule, days, gaps and bounds of areas, value of a day, window of the baseline, table "
        "of glucocorticoid factors, convention of the test. One is changed at a time; pairs are a definition of "
        "resolution with another choice that touches the claim.",
        TAKEN_AS_CHARTED,
    )
    return Table("claims", "Claims and what flips them", columns, rows, notes=notes, exported=claims)


def _flipping(row: Record) -> str:
    """Name the choices that flip a claim; where none gives a p-value beside the planned one, nothing is known of them."""
    if row["flipping_choices"]:
        return words(row["flipping_choices"])
    return "no single choice" if row["n_holding"] else NOT_APPLICABLE


def _every_choice(specifications: Sequence[Record]) -> Table:
    columns = (
        Column("claim", "Claim"), Column("choice", "Choice"), Column("n", "Non-responders, responders", True),
        Column("effect", "Effect (95 % interval)", True), Column("p", "p", True), Column("holds", "Holds"),
    )  # fmt: skip
    rows = [
        {
            "claim": row["label"],
            "choice": f"{words(row['dimension'])}: {words(row['choice'])}",
            "n": f"{row['n_non_responders']}, {row['n_responders']}",
            "effect": "" if row["effect_name"] is None else _effect(row),
            "p": p_value(row["p_value"]) if row["p_value"] is not None else row["not_applicable"],
            "holds": {True: "yes", False: "no", None: ""}[row["holds"]],
        }
        for row in specifications
    ]
    notes = (
        "p-values take bounds as charted.",
        *([BOUNDS] if has_marks(row["effect"] for row in rows) else []),
    )
    return Table(
        "specifications",
        "Every single choice",
        columns,
        rows,
        is_folded=True,
        notes=notes,
        exported=specifications,
    )


def _effect(row: Record) -> str:
    ends = interval(row["effect_low"], row["effect_high"], 2)
    effect = "" if row["effect"] is None else f"{row['effect']:.2f}"
    return f"{bounded(effect, row['effect_certainty'])} ({ends}) {row['effect_name']}"


def _sampling(study: Study) -> Table:
    columns = (
        Column("analyte", "Analyte"), Column("measure", "Measure"), Column("study_group", "Group"),
        Column("n", "Patients", True), Column("median", "Median (first to third quartile)", True),
    )  # fmt: skip
    found = study.rows(SAMPLING)
    rows = [
        {
            "analyte": row["label"],
            "measure": words(row["measure"]),
            "study_group": words(row["study_group"]),
            "n": str(row["n"]),
            "median": f"{number(row['median'])} ({number(row['q1'])} to {number(row['q3'])})",
        }
        for row in found
    ]
    sentence = "Where one group was measured more often or longer, its areas are larger for that alone."
    return Table(
        "sampling_intensity", "How often and how long was measured", columns, rows, sentence=sentence
    )
