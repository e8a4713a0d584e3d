"""The answer in words, with the numbers that it stands on."""

from __future__ import annotations

from collections.abc import Sequence

from cartox.cell_ids import traced
from cartox.report.page.blocks import Block, Column, NotApplicable, Section, Table, Tile, Tiles, Words
from cartox.report.page.choices import IS_TOLD, THRESHOLD, choices_figure
from cartox.report.page.printed import FIGURES
from cartox.report.page.study import GROUP_NAMES, GROUPS, Study, in_sentence, with_unit
from cartox.report.printed_figures import why_none_applies
from cartox.report.reading import Record
from cartox.report.wording import (
    BOUNDS,
    UNKNOWN,
    bounded,
    has_marks,
    interval,
    p_value,
    plural,
    quantile,
    quartiles,
)

RESPONDERS = """
select * from results.descriptives where variable = 'responder' and level = 'yes' and study_group = 'all'
"""
TELLING = """
select
    c.variable, x.level, c.label, c.unit, c.p_value, c.p_bh, c.effect_name, c.effect, c.certainty,
    coalesce(c.effect_is_infinite, false) as is_infinite,
    c.section, x.median as median_of_non_responders, y.median as median_of_responders,
    x.q1 as q1_of_non_responders, x.q3 as q3_of_non_responders, y.q1 as q1_of_responders, y.q3 as q3_of_responders,
    x.certainty as certainty_of_non_responders, x.q1_certainty as q1_certainty_of_non_responders,
    x.q3_certainty as q3_certainty_of_non_responders, y.certainty as certainty_of_responders,
    y.q1_certainty as q1_certainty_of_responders, y.q3_certainty as q3_certainty_of_responders, x.kind,
    x.count as n_of_non_responders, x.n as of_non_responders, y.count as n_of_responders, y.n as of_responders
from results.comparisons as c
inner join results.descriptives as x
    on c.variable = x.variable and x.study_group = 'non_responder' and x.level in ('value', 'yes')
inner join results.descriptives as y
    on c.variable = y.variable and y.study_group = 'responder' and x.level = y.level
where {is_told}
order by c.p_bh, c.display_order
"""
TREATED = {"topic": "population", "item": "treated", "level": "all", "study_group": "treated"}
COHORT = {"topic": "population", "item": "cohort", "level": "all", "study_group": "all"}
POSSIBLE = (
    "select not_applicable from results.comparisons where family = 'before_index' order by display_order"
)
FLIPPING = "select label from results.claims where is_printed and n_flipping > 0 order by display_order"


def answer_section(study: Study) -> Section:
    """Answer the study's question, as far as these records can."""
    treated = plural(study.n_treated, "patient was", "patients were")
    opening = f"{treated} treated with the study's kind of product for its indication."
    if study.empty_cohort:
        nothing = (
            Words((opening,)),
            NotApplicable("Answer", study.empty_cohort),
            Tiles(
                (
                    Tile(traced(f"{study.n_treated:,}", "counts", TREATED, "n"), "treated"),
                    Tile("0", "in the cohort"),
                )
            ),
        )
        return Section("answer", "The answer", nothing)
    found = study.rows(RESPONDERS)
    said = [
        f"{opening} {plural(study.n_cohort, 'patient was', 'patients were')} given {study.drug} for {study.toxicity}."
    ]
    tiles = [
        Tile(traced(f"{study.n_treated:,}", "counts", TREATED, "n"), "treated"),
        Tile(
            traced(f"{study.n_cohort:,}", "counts", COHORT, "n"), f"given {study.drug} for {study.toxicity}"
        ),
    ]
    for cells in found:
        if cells["n_missing"]:
            said.append(
                f"Of {plural(cells['n_missing'], 'patient', 'patients')} it cannot be told whether {study.toxicity} resolved; "
                "they are counted as neither."
            )
        if not cells["n"]:
            continue
        ends = interval(cells["percent_low"], cells["percent_high"])
        said.insert(
            0,
            f"{study.toxicity} resolved after {study.drug} began in {cells['count']} of {cells['n']} patients, "
            f"{cells['percent']:.1f} % (95 % interval {ends} %).",
        )
        tiles.append(
            Tile(
                traced(f"{cells['percent']:.1f} %", "descriptives", cells, "percent"),
                "responded",
                f"{cells['count']} of {cells['n']}; {ends} %",
            )
        )
    figures = study.rows(FIGURES)
    if study.is_synthetic and figures and not why_none_applies(figures):
        counted = study.counts("printed_figure")
        reproduced = f"{counted.n(level='any_reproduced')} of {counted.n()}"
        tiles.append(Tile(reproduced, "printed figures reproduced"))
    telling, table = _telling(study)
    said.append(telling)
    flipping = ", ".join(row["label"] for row in study.rows(FLIPPING))
    if flipping:
        said.append(f"Under one other choice of analysis or more these printed claims flip: {flipping}.")
    caution = (
        f"There is no comparison group, so this is not the effect of {study.drug}: {study.toxicity} often resolves "
        "without it. What differs between responders and non-responders describes them and was not tested as a rule "
        "to choose patients by."
    )
    made: list[Block | None] = [
        Words(said), Tiles(tiles), table, Words((caution,), is_caution=True), choices_figure(study)
    ]  # fmt: skip
    blocks = [block for block in made if block is not None]
    return Section("answer", "The answer", blocks)


def _telling(study: Study) -> tuple[str, Table | None]:
    rows = study.rows(TELLING.format(is_told=IS_TOLD))
    adjusted = (
        f"adjusted p below {THRESHOLD:g}, Benjamini-Hochberg over the planned tests of what was known then"
    )
    planned = study.rows(POSSIBLE)
    n_possible = study.counts("planned_test").n("before_index", "with_p")
    if not n_possible:
        text = (
            f"Whether anything known when {study.drug} began told non-responders from responders could not be tested: "
            f"{_why_untested(study, planned)}."
        )
        return text, None
    if not rows:
        text = (
            f"Of what was known when {study.drug} began, nothing told non-responders from responders once all planned "
            f"tests of it were accounted for ({adjusted}; {plural(n_possible, 'test')} possible)."
        )
        return text, None
    *others, last = (_contrast(row) for row in rows)
    named = f"{', '.join(others)} and {last}" if others else last
    columns = (
        Column("label", f"Known when {study.drug} began"),
        Column("responder", "Responders", True),
        Column("non_responder", "Non-responders", True),
        Column("p", "p", True),
        Column("p_bh", "p BH", True),
    )
    shown = [
        {
            "label": with_unit(row["label"], row["unit"]),
            "responder": _value(row, "responders"),
            "non_responder": _value(row, "non_responders"),
            "p": traced(p_value(row["p_value"]), "comparisons", row, "p_value"),
            "p_bh": traced(p_value(row["p_bh"]), "comparisons", row, "p_bh"),
        }
        for row in rows
    ]
    table = Table(
        name="telling_apart",
        title="What told the groups apart",
        columns=columns,
        rows=shown,
        notes=(
            f"Median (quartiles) or number of patients; {adjusted}.",
            *((BOUNDS,) if has_marks(text for row in shown for text in row.values()) else ()),
        ),
        exported=rows,
    )
    return f"When {study.drug} began, those who would not respond had {named}.", table


def _why_untested(study: Study, planned: Sequence[Record]) -> str:
    sizes = [plural(study.group_sizes.get(group, 0), GROUP_NAMES[group].lower()[:-1]) for group in GROUPS]
    reason = planned[0]["not_applicable"] if planned else "no test was planned"
    return f"there are {' and '.join(sizes)} ({reason})"


def _value(row: Record, group: str) -> str:
    cells = {
        name: row[f"{name}_of_{group}"]
        for name in ("median", "q1", "q3", "certainty", "q1_certainty", "q3_certainty")
    }
    of_group = {"study_group": group.removesuffix("s")}
    if row["kind"] != "continuous":
        text = bounded(f"{row[f'n_of_{group}']} of {row[f'of_{group}']}", cells["certainty"])
        return traced(text, "descriptives", row, "count", **of_group)
    return traced(
        f"{quantile(cells, 'median')} ({quartiles(cells)})", "descriptives", row, "median", **of_group
    )


def _contrast(row: Record) -> str:
    is_odds = row["effect_name"] == "odds ratio"
    is_higher = row["is_infinite"] or row["effect"] > (1 if is_odds else 0)
    name = in_sentence(row["label"])
    if row["certainty"] == UNKNOWN:
        return f"another rank of {name} (bounds leave open which way)"
    if is_odds:
        return f"{'more' if is_higher else 'less'} often {name}"
    return f"{'higher' if is_higher else 'lower'} {name}"
