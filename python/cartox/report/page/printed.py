"""The figures that the study printed, each beside what the records give."""

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
from cartox.report.page.charts import LEFT_EDGE, TRACE, base, series_color, to_spec
from cartox.report.page.study import Study
from cartox.report.page.theme import color
from cartox.report.printed_figures import why_none_applies
from cartox.report.reading import Counts, Record
from cartox.report.wording import BOUNDS, bounded, has_marks, plural

CITATION = "select citation from seeds.reported_study"
FIGURES = "select * from results.reported_figures order by figure_order"
SERIES = (
    Series("reproduced", "reproduced", "good", "dot"),
    Series("against_rule", "reproduced, but not by the study's own rule", "warn", "diamond"),
    Series("differs", "differs", "bad", "cross"),
    Series("impossible", "impossible for any data", "bad", "box"),
    Series("not_applicable", "not applicable", "neutral", "ring"),
)
COUNTED = {"differs": "differing"}
LEVELS = {"against_rule": "reproduced_against_rule"}
RING = "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0ZM-0.6,0A0.6,0.6,0,1,0,0.6,0A0.6,0.6,0,1,0,-0.6,0Z"
SHAPES = ("circle", "diamond", "cross", "square", RING)
ROW_HEIGHT = 44


def printed_section(study: Study) -> Section:
    """Draw a mark for each printed figure, explain those that do not follow, and list all."""
    title = "Do the records give the figures that the study printed?"
    figures = study.rows(FIGURES)
    if not figures:
        return Section(
            "printed", title, evidence=(NotApplicable("Printed figures", "the study printed none"),)
        )
    source = "; ".join(row["citation"] for row in study.rows(CITATION))
    none_applies = why_none_applies(figures)
    if none_applies:
        title_of_figures = plural(study.counts("printed_figure").n(), "printed figure")
        reason = f"{none_applies}. Source: {source}"
        return Section("printed", title, evidence=(NotApplicable(title_of_figures, reason),))
    rows = [_row(figure) for figure in figures]
    counted = study.counts("printed_figure")
    counts = {one.key: counted.n(level=LEVELS.get(one.key, one.key)) for one in SERIES}
    reproduced = f"{counted.n(level='any_reproduced')} reproduced"
    if counts["against_rule"]:
        reproduced += f", {counts['against_rule']} of them not by the study's own rule"
    others = (one for one in SERIES if one.key not in ("reproduced", "against_rule") and counts[one.key])
    said = "; ".join(
        [reproduced, *(f"{counts[one.key]} {COUNTED.get(one.key, one.label)}" for one in others)]
    )
    used = tuple(one for one in SERIES if counts[one.key])
    figure = Figure(
        name="printed",
        title="One mark for each printed figure",
        description="A row for each part of the study, a mark for each figure, its shape and color the verdict.",
        sentence=f"Of {plural(counted.n(), 'printed figure')}: {said}.",
        panels=(Panel("printed_figures", "By part of the study", _spec(rows, used, counted), figures),),
        series=used,
        notes=(
            "Computed as the study says, rounded as printed. Impossible: no whole number out of the denominator gives "
            "the printed percentage.",
            f"Source of the printed figures: {source}.",
            *([BOUNDS] if has_marks(written(figure, "computed") for figure in figures) else []),
        ),
    )
    notable = [row for row in rows if row["series"] in ("against_rule", "differs", "impossible")]
    brief = [_table("printed_figures_notable", "What does not follow, and why", notable)] if notable else []
    every = _table("printed_figures_all", "All printed figures", rows, is_folded=True)
    return Section("printed", title, brief, (figure, every))


def written(figure: Record, key: str) -> str:
    """Write a printed or computed figure as a study prints it."""
    value = figure[key]
    if value is None:
        return "not applicable"
    if figure["statistic"] == "p_value_below":
        return f"p < {value:.{figure['decimals']}f}" if key == "reported" else f"p = {value:.2g}"
    text = f"{value:.{figure['decimals']}f}"
    if figure["statistic"] == "p_value":
        return f"p = {text}"
    certainty = figure["certainty"] if key == "computed" else None
    return bounded(f"{text} {figure['unit'] or ''}".strip(), certainty)


def _row(figure: Record) -> Record:
    verdict = figure["verdict"]
    is_against = verdict == "reproduced" and figure["follows_rule"] is False
    series = "against_rule" if is_against else verdict
    return {
        "series": series,
        "section": figure["section"],
        "trace": traced("", "reported_figures", figure, "computed").cell_id,
        "verdict": next((one.label for one in SERIES if one.key == series), verdict),
        "what": f"{figure['description']} ({figure['study_group']}), {figure['statistic'].replace('_', ' ')}",
        "reported": written(figure, "reported"),
        "computed": traced(written(figure, "computed"), "reported_figures", figure, "computed"),
        "convention": figure["convention"] or "",
        "explanation": figure["explanation"] or "",
    }


def _spec(rows: Sequence[Record], series: Sequence[Series], counted: Counts) -> Spec:
    sections = list(dict.fromkeys(row["section"] for row in rows))
    places = dict.fromkeys(sections, 0)
    placed = []
    for row in rows:
        places[row["section"]] += 1
        placed.append(row | {"place": places[row["section"]]})
    y = alt.Y("section:N", scale=alt.Scale(domain=sections), axis=None)
    most = max(places.values())
    headings = [{"section": section, "text": f"{section} ({counted.n(section)})"} for section in sections]
    shapes = [SHAPES[SERIES.index(one)] for one in series]
    chart = alt.layer(
        alt.Chart(alt.NamedData(name="headings"))
        .mark_text(align="left", dy=-12, limit=alt.expr("width"))
        .encode(x=LEFT_EDGE, y=y, text=alt.Text("text:N")),
        base("figures")
        .mark_point(size=90, filled=True, opacity=1, yOffset=8, stroke=color("raised"), strokeWidth=0.5)
        .encode(
            x=alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0.3, most + 0.7], nice=False)),
            y=y,
            color=series_color(series),
            shape=alt.Shape(
                "series:N", scale=alt.Scale(domain=[one.key for one in series], range=shapes), legend=None
            ),
            tooltip=[
                alt.Tooltip("section:N", title="part of the study"),
                alt.Tooltip("what:N", title="figure"),
                alt.Tooltip("reported:N", title="printed"),
                alt.Tooltip("computed:N", title="records give"),
                alt.Tooltip("verdict:N", title="verdict"),
                alt.Tooltip("explanation:N", title="why"),
                TRACE,
            ],
        ),
    )
    return to_spec(chart, ROW_HEIGHT * len(sections), {"figures": placed, "headings": headings})


def _table(name: str, title: str, rows: Sequence[Record], is_folded: bool = False) -> Table:
    columns = (
        Column("what", "Figure"),
        Column("reported", "Printed", True),
        Column("computed", "Records give", True),
        Column("verdict", "Verdict"),
        Column("explanation", "Why"),
    )
    return Table(name, title, columns, rows, is_folded=is_folded)
