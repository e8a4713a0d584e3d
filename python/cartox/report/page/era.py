"""Deaths of the toxicities before and from the era date, as a share of deaths and as a risk."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from cartox.cell_ids import traced
from cartox.report.mortality import UNKNOWNS, difference
from cartox.report.page.blocks import (
    Column,
    Figure,
    NotApplicable,
    Panel,
    Section,
    Series,
    Spec,
    Table,
    Words,
)
from cartox.report.page.causes_of_death import causes_of_death
from cartox.report.page.charts import RIGHT_EDGE, TRACE, WHERE_WIDE, base, row_labels, series_color, to_spec
from cartox.report.page.era_evidence import OWN_READING, what_can_be_said
from cartox.report.page.study import Study
from cartox.report.page.theme import color
from cartox.report.reading import Record
from cartox.report.wording import NOT_APPLICABLE, UNKNOWN, bounded, interval, p_value

COMPARISONS = "select * from results.era_comparison order by reading asc, measure desc"
MEASURES = {"share_of_deaths": "Share of all deaths", "risk_per_treated_patient": "Risk per treated patient"}
SERIES = (
    Series("before", "infused before the date", "before", "dot"),
    Series("from", "infused from the date on", "from", "dot"),
)
ROW_HEIGHT = 34


def era_section(study: Study) -> Section:
    """Draw both measures under both readings of the date."""
    title = "Toxicity deaths by era"
    found = study.rows(COMPARISONS)
    rows = [
        {
            "series": era, "measure": row["measure"], "reading": row["reading"], "era_date": str(row["era_date"]),
            "label": f"{MEASURES.get(row['measure'], row['measure'])}, {'before' if era == 'before' else 'from'} "
            f"{row['era_date']}",
            "count": row[f"{era}_count"], "total": row[f"{era}_total"], "percent": row[f"{era}_percent"],
            "certainty": row[f"{era}_certainty"], "low": row[f"{era}_percent_low"], "high": row[f"{era}_percent_high"],
        }
        for row in found
        if row["reading"] == OWN_READING
        for era in ("before", "from")
    ]  # fmt: skip
    drawn = [row for row in rows if row["percent"] is not None]
    table = _table(found)
    causes = causes_of_death(study)
    unknown = [said for query, told in UNKNOWNS for row in study.rows(query) if (said := told(row))]
    caution = Words(
        (
            "The share of deaths is not a risk: it also moves when deaths of other causes become more or fewer, as they "
            "do with longer follow-up. Products, lines of therapy and the use of steroids changed between the eras too.",
            *unknown,
            *what_can_be_said(study),
        ),
        is_caution=True,
    )
    if not drawn:
        missing = NotApplicable("Toxicity deaths by era", "nobody was treated, or nobody died, in either era")
        return Section("era", title, (missing, caution), (table, causes))
    notes = ["Bars are 95 % Clopper-Pearson intervals."]
    if len(drawn) < len(rows):
        notes.append("An era without deaths, or without treated patients, has no share and is not drawn.")
    figure = Figure(
        name="era",
        title="Deaths of CRS or ICANS by era of infusion",
        description="Shares with their 95 % intervals, before and from the era date.",
        sentence=" ".join(_said(row) for row in found if row["reading"] == OWN_READING),
        panels=(Panel("era", "Percent, 95 % interval", _spec(drawn), rows),),
        series=SERIES,
        notes=notes,
    )
    return Section("era", title, (figure, caution), (table, causes))


def _spec(rows: Sequence[Record]) -> Spec:
    y = alt.Y("label:N", sort=None, axis=None)
    tint = series_color(SERIES)
    shown = [
        row
        | {
            "text": bounded(f"{row['percent']:.2f} % ({row['count']} of {row['total']})", row["certainty"]),
            "trace": traced("", "era_comparison", row, f"{row['series']}_percent").cell_id,
        }
        for row in rows
    ]
    tips = [
        alt.Tooltip("label:N", title="measure"),
        alt.Tooltip("text:N", title="deaths"),
        alt.Tooltip("low:Q", title="95 % interval from", format=".2f"),
        alt.Tooltip("high:Q", title="to", format=".2f"),
        TRACE,
    ]
    chart = alt.layer(
        *row_labels("eras", y, dy=-10),
        base("eras")
        .mark_text(align="right", dy=-10, fontSize=11, color=color("ink-soft"))
        .encode(
            x=RIGHT_EDGE, y=y, text=alt.Text("text:N"),
            opacity=WHERE_WIDE,
        ),
        base("eras")
        .mark_rule(strokeWidth=2.5, yOffset=8)
        .encode(
            x=alt.X("low:Q", title="percent", scale=alt.Scale(zero=True), axis=alt.Axis(grid=True, tickCount=6)),
            x2=alt.X2("high:Q"), y=y, color=tint, tooltip=tips,
        ),
        base("eras")
        .mark_point(size=90, filled=True, opacity=1, yOffset=8)
        .encode(x=alt.X("percent:Q"), y=y, color=tint, tooltip=tips),
    )  # fmt: skip
    return to_spec(chart, ROW_HEIGHT * len(rows), {"eras": shown})


def _table(found: Sequence[Record]) -> Table:
    columns = (
        Column("measure", "Measure"),
        Column("era_date", "Era date"),
        Column("before", "Before (95 % interval)", True),
        Column("from", "From (95 % interval)", True),
        Column("difference", "Difference, points (95 % interval)", True),
        Column("p", "p", True),
        Column("method", "Test"),
    )
    rows = [
        {
            "measure": MEASURES.get(row["measure"], row["measure"]),
            "era_date": f"{row['era_date']}{'' if row['reading'] == 'era_date' else ' (sensitivity)'}",
            "before": _share(row, "before"),
            "from": _share(row, "from"),
            "difference": difference(row)
            if row["difference"] is None
            else traced(
                difference(row),
                "era_comparison",
                row,
                "difference",
            ),
            "p": traced(p_value(row["p_value"]), "era_comparison", row, "p_value"),
            "method": row["method"] or f"{NOT_APPLICABLE}: {row['not_applicable']}",
        }
        for row in found
    ]
    notes = ("Intervals: Clopper-Pearson for shares, Newcombe for differences.",)
    return Table(
        "era_comparison",
        "Both measures, both readings of the date",
        columns,
        rows,
        notes=notes,
        exported=found,
    )


def _share(row: Record, era: str) -> str:
    counts = f"{row[f'{era}_count']} of {row[f'{era}_total']}"
    if row[f"{era}_certainty"] == UNKNOWN:
        return traced(f"{bounded(counts, 'at_least')}, share unknown", "era_comparison", row, f"{era}_count")
    if row[f"{era}_percent"] is None:
        return traced(counts, "era_comparison", row, f"{era}_count")
    ends = interval(row[f"{era}_percent_low"], row[f"{era}_percent_high"])
    said = f"{counts}, {row[f'{era}_percent']:.2f} % ({ends})"
    return traced(bounded(said, row[f"{era}_certainty"]), "era_comparison", row, f"{era}_count")


def _said(row: Record) -> str:
    name = MEASURES.get(row["measure"], row["measure"])
    if row["difference"] is None and row["difference_certainty"] != UNKNOWN:
        return f"{name}: not applicable, {row['not_applicable']}."
    p = p_value(row["p_value"])
    return (
        f"{name}: {_share(row, 'before')} before {row['era_date']} and {_share(row, 'from')} from then on, "
        f"{_difference_said(row)}, p {p if p.startswith('<') else f'= {p}'}."
    )


def _difference_said(row: Record) -> str:
    if row["difference"] is None:
        return "a difference that unknown deaths could move either way"
    ends = interval(row["difference_low"], row["difference_high"])
    points = bounded(f"{row['difference']:.1f}", row["difference_certainty"])
    return f"a difference of {points} points ({ends})"
