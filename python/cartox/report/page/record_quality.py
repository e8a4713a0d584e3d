"""What became of the raw records, and how far the charts agree with what was computed from them."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from cartox.cell_ids import traced
from cartox.checks.report import STATUSES, CheckReport
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
from cartox.report.page.charts import base, row_labels, series_color, to_spec
from cartox.report.page.lab_warnings import copy_warnings, unit_warnings
from cartox.report.page.study import Study, words
from cartox.report.page.theme import color
from cartox.report.page.unreadable import unknown_words, unreadable_values
from cartox.report.reading import ANY, OF_NO_GROUP, Record
from cartox.report.wording import plural

CONSERVATION = "select * from marts.record_conservation order by entity"
REASONS = """
select level as reason, item as entity, n as n_records
from results.counts
where topic = 'quarantined' and item <> 'any'
order by n desc, item asc, level asc
"""
EQUAL_GRADES = "select * from results.grade_agreement where weights = 'linear'"
AGREEMENT = "select * from marts.grade_agreement order by toxicity, computed_grade, recorded_grade"
KINDS = ("n_raw", "n_accepted", "n_duplicate", "n_superseded", "n_quarantined")
SERIES = (Series("quarantined", "quarantined records", "warn", "box"),)
MOST_DRAWN = 15
ROW_HEIGHT = 36


def quality_section(study: Study, checks: CheckReport | None) -> Section:
    """Account for every raw record."""
    rows = study.rows(CONSERVATION)
    kept = study.counts("conservation")
    total = {kind: kept.n(level=kind.removeprefix("n_")) for kind in KINDS}
    shown = [{**row, "entity": words(row["entity"])} for row in rows]
    written = [
        *(
            {key: f"{value:,}" if isinstance(value, int) else value for key, value in row.items()}
            for row in shown
        ),
        {"entity": "all", **{kind: _kept(total[kind], kind) for kind in KINDS}},
    ]
    conservation = Table(
        name="record_conservation",
        title="Every raw record is accounted for",
        columns=(
            Column("entity", "Kind of record"),
            *(Column(kind, words(kind[2:]), True) for kind in KINDS),
        ),
        rows=written,
        exported=rows,
        sentence=f"{plural(total['n_raw'], 'raw record')}: {total['n_accepted']:,} accepted, "
        f"{total['n_duplicate']:,} duplicate, {total['n_superseded']:,} superseded by a correction, "
        f"{total['n_quarantined']:,} quarantined with a reason.",
    )
    blocks: list[Block] = [conservation, _reasons(study), unreadable_values(study), unknown_words(study)]
    blocks += [*_agreement(study), unit_warnings(study), copy_warnings(study), _checks(checks)]
    return Section("quality", "Quality of the records", evidence=blocks)


def _kept(n_records: int, kind: str) -> str:
    names = {
        "topic": "conservation",
        "item": ANY,
        "level": kind.removeprefix("n_"),
        "study_group": OF_NO_GROUP,
    }
    return traced(f"{n_records:,}", "counts", names, "n")


def _reasons(study: Study) -> Figure | NotApplicable:
    rows = study.rows(REASONS)
    if not rows:
        return NotApplicable("Quarantined records", "no record was quarantined")
    labeled = [
        row | {"series": "quarantined", "label": f"{words(row['reason'])}, {words(row['entity'])}"}
        for row in rows
    ]
    drawn = labeled[:MOST_DRAWN]
    counted = study.counts("quarantined")
    notes = ["The other reasons are among the numbers."] if labeled[MOST_DRAWN:] else []
    columns = (Column("label", "Reason"), Column("n_records", "Records", True))
    listed = [
        row | {"n_records": traced(f"{row['n_records']:,}", "counts", _named(row), "n")} for row in labeled
    ]
    most = labeled[0]
    return Figure(
        name="quarantine",
        title="Why records were quarantined",
        description="Bars with the number of quarantined records by reason and kind of record.",
        sentence=f"{plural(counted.n(level='records'), 'record')} for {plural(counted.n(level='reasons'), 'reason')}; the most "
        f"frequent is {most['label']} ({most['n_records']:,}).",
        panels=(Panel("quarantine_reasons", "Records by reason", _bars(drawn), rows),),
        notes=notes,
        numbers=Table("quarantine_reasons", "Quarantined records", columns, listed, exported=rows),
    )


def _named(row: Record) -> Record:
    """Return a row of REASONS under the names of results.counts."""
    return {"topic": "quarantined", "item": row["entity"], "level": row["reason"], "study_group": OF_NO_GROUP}


def _bars(rows: Sequence[Record]) -> Spec:
    y = alt.Y("label:N", sort=None, axis=None)
    tips = [alt.Tooltip("label:N", title="reason"), alt.Tooltip("n_records:Q", title="records", format=",d")]
    chart = alt.layer(
        *row_labels("reasons", y, dy=-9),
        base("reasons")
        .mark_bar(height=9, yOffset=7, cornerRadiusEnd=2)
        .encode(
            x=alt.X(
                "n_records:Q",
                title="records",
                axis=alt.Axis(grid=True, tickMinStep=1, tickCount=6, format=",d"),
            ),
            y=y,
            color=series_color(SERIES),
            tooltip=tips,
        ),
        base("reasons")
        .mark_text(align="left", dx=5, dy=7, fontSize=11, color=color("ink-soft"))
        .encode(x=alt.X("n_records:Q"), y=y, text=alt.Text("n_records:Q", format=",d")),
    )
    return to_spec(chart, ROW_HEIGHT * len(rows), {"reasons": rows})


def _agreement(study: Study) -> list[Table | NotApplicable]:
    title = "Grades computed and recorded"
    found = study.rows(AGREEMENT)
    if not found:
        return [NotApplicable(title, "no assessment has both a computed and a recorded grade")]
    agreements = {row["toxicity"]: row for row in study.rows(EQUAL_GRADES)}
    tables: list[Table | NotApplicable] = []
    for toxicity in sorted({row["toxicity"] for row in found}):
        cells = {
            (row["computed_grade"], row["recorded_grade"]): row["n_assessments"]
            for row in found
            if row["toxicity"] == toxicity
        }
        grades = range(max(max(pair) for pair in cells) + 1)
        rows = [
            {
                "computed": f"computed {grade}",
                **{f"r{other}": f"{cells.get((grade, other), 0):,}" for other in grades},
            }
            for grade in grades
        ]
        equal = agreements.get(toxicity)
        tables.append(
            Table(
                name=f"grade_agreement_{toxicity.lower()}",
                title=f"{toxicity}: {title.lower()}",
                columns=(
                    Column("computed", "Assessments"),
                    *(Column(f"r{other}", f"recorded {other}", True) for other in grades),
                ),
                rows=rows,
                sentence=_agreeing(equal) if equal else "",
            )
        )
    return tables


def _agreeing(equal: Record) -> str:
    return (
        f"{equal['n_equal']:,} of {plural(equal['n_assessments'], 'assessment')} with both agree, "
        f"{equal['percent_equal']:.1f} %. The computed grade stands."
    )


def _checks(checks: CheckReport | None) -> Table | NotApplicable:
    title = "Checks of the published file"
    if checks is None:
        return NotApplicable(
            title, "this page was written without them; cartox check runs them over the file"
        )
    suites = list(dict.fromkeys(row.suite for row in checks.rows))
    rows = [
        {
            "suite": suite,
            **{status: checks.count(status, suite) for status in STATUSES},
        }
        for suite in suites
    ]
    columns = (Column("suite", "Suite"), *(Column(status, status, True) for status in STATUSES))
    sentence = f"{checks.count('passed')} of {plural(len(checks.rows), 'expectation')} passed."
    return Table("checks", title, columns, rows, sentence, is_folded=True)
