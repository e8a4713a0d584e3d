"""Table 1: the cohort by group, with the test of each row named in a footnote."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pyarrow as pa
from great_tables import GT, loc, style

from cartox.cell_ids import Traced, traced
from cartox.report.page.blocks import MadeTable, NotApplicable, Section
from cartox.report.page.scores import scores
from cartox.report.page.study import GROUP_NAMES, NOT_EVALUABLE, Study, kept_together, with_unit
from cartox.report.reading import Record
from cartox.report.wording import (
    ADJUSTED,
    BOUNDS,
    NOT_APPLICABLE,
    NOT_CLAIMED,
    bounded,
    difference,
    has_marks,
    p_value,
    percent_text,
    plural,
    quantile,
    quartiles,
)

CELLS = """
select
    d.*,
    c.p_value,
    c.p_exact,
    c.p_bh,
    c.method,
    c.n_bounds as n_bounds_tested,
    c.not_applicable as no_test,
    c.difference,
    c.difference_low,
    c.difference_high,
    c.difference_unit,
    c.difference_confidence,
    c.certainty as difference_certainty,
    u.standardized_difference,
    coalesce(plan.family = 'before_index', false) as is_known_before
from results.descriptives as d
left join results.comparisons as c on d.variable = c.variable
left join results.univariable as u on d.variable = u.variable
left join seeds.test_plan as plan on d.variable = plan.variable
where d.variable <> 'responder' and (d.kind <> 'binary' or d.level = 'yes')
order by is_known_before desc, d.display_order asc, d.level_order asc, d.study_group asc
"""
DIFFERENCES = (
    "Difference: non-responders less responders, in the unit of the row; of values that of Hodges and Lehmann, of shares in "
    "percentage points with Newcombe's interval. SMD: difference of means or shares in standard deviations; of several levels a "
    "distance, without a sign."
)
NAME = "table_one"
SHOWN_GROUPS = ("all", "responder", "non_responder")
TESTS = ("difference", "smd", "p", "p_bh")
TEST_HEADINGS = ("Difference (95 % interval)", "SMD", "p", "p BH")
NOMINAL = 0.95
BEFORE_ID = "\x1f"
"""Parts a cell's text from its id; the warehouse's texts are read without such characters."""


@dataclass(frozen=True)
class TableOne:
    """The rows of Table 1 and the tests that they name by number."""

    rows: Sequence[Record]
    methods: Sequence[str]
    headings: Sequence[tuple[str, str]]
    notes: Sequence[str]


def read_table_one(study: Study) -> TableOne:
    """Lay the descriptives and comparisons out as rows."""
    by_row: dict[tuple[str, str], dict[str, Record]] = {}
    for cell in study.rows(CELLS):
        by_row.setdefault((cell["variable"], cell["level"]), {})[cell["study_group"]] = cell
    tested = [cells["all"] for cells in by_row.values() if "all" in cells]
    methods = list(dict.fromkeys(cell["method"] for cell in tested if cell["method"] and not cell["no_test"]))
    rows: list[Record] = []
    for (_, level), cells in by_row.items():
        one = cells["all"]
        is_level = one["kind"] == "categorical"
        if is_level and one["level_order"] == 1:
            rows.append(_row(one, _label(one), {}, methods, is_level=False))
        rows.append(_row(one, f"\u2003{level}" if is_level else _label(one), cells, methods, is_level))
    headings = [(group, f"{GROUP_NAMES[group]} (n = {_size(study, group)})") for group in SHOWN_GROUPS]
    is_bounded = has_marks(row[key] for row in rows for key in (*SHOWN_GROUPS, "difference"))
    notes = (
        f"Median (first to third quartile) or number (percent); quantiles of type 7. Index time: when {study.drug} began. "
        "AUC: area under the curve of the daily values.",
        *([BOUNDS] if is_bounded else []),
        *_not_evaluable(study),
        *_ranked_bounds(tested),
        DIFFERENCES,
        *_reached(tested),
        ADJUSTED,
        NOT_CLAIMED,
    )
    return TableOne(rows, methods, headings, notes)


def table_one_section(study: Study) -> Section:
    """Render Table 1."""
    title = "Table 1. The cohort by response"
    if study.empty_cohort:
        return Section("table-one", title, (NotApplicable(title, study.empty_cohort),))
    table = read_table_one(study)
    n_tests = study.counts("planned_test").n(level="with_p")
    block = MadeTable(
        name=NAME,
        title=title,
        html=_html(table),
        sentence=f"Non-responders against responders in {n_tests} planned tests, each named in a footnote.",
        rows=[{key: value for key, value in row.items() if key != "method_number"} for row in table.rows],
        is_word=True,
    )
    return Section("table-one", title, (block,), (scores(study),))


def _html(table: TableOne) -> str:
    """Render without the library's word that tables of Arrow are new to it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return _rendered(table)


def _rendered(table: TableOne) -> str:
    shown = pa.table(
        {
            column: [
                _with_id(
                    _wrapped(row[column]) if column in (*SHOWN_GROUPS, "difference") else row[column],
                    row[column],
                )
                for row in table.rows
            ]
            for column in ("section", "characteristic", *SHOWN_GROUPS, *TESTS)
        }
    )
    made = (
        GT(shown, rowname_col="characteristic", groupname_col="section", id="table-one-grid")
        .cols_label(
            cases={
                **{group: kept_together(heading) for group, heading in table.headings},
                **dict(zip(TESTS, TEST_HEADINGS, strict=True)),
            }
        )
        .cols_align("right", columns=[*SHOWN_GROUPS, *TESTS])
        .fmt(_marked, columns=[*SHOWN_GROUPS, *TESTS])
        .tab_style(style.text(weight="bold"), loc.row_groups())
        .opt_footnote_marks("standard")
    )
    for place, method in enumerate(table.methods, start=1):
        rows = [index for index, row in enumerate(table.rows) if row["method_number"] == place]
        if rows:
            made = made.tab_footnote(_sentence(method), loc.body(columns="p", rows=rows), placement="right")
    for note in table.notes:
        made = made.tab_source_note(note)
    return str(made.as_raw_html())


def _with_id(text: str, cell: str) -> str:
    """Return what the library is given for a cell: its text and, where it can be traced, its id."""
    return f"{text}{BEFORE_ID}{cell.cell_id}" if isinstance(cell, Traced) else text


def _marked(given: str) -> str:
    """Write a cell as HTML, with the id by which its number is traced."""
    text, _, cell_id = given.partition(BEFORE_ID)
    return f'<span data-trace="{escape(cell_id)}">{escape(text)}</span>' if cell_id else escape(text)


def _wrapped(cell: str) -> str:
    """Return a cell that a narrow column breaks before a bracket and before the end of a range."""
    return kept_together(cell).replace("\u00a0to\u00a0", " to\u00a0")


def _row(one: Record, label: str, cells: dict[str, Record], methods: Sequence[str], is_level: bool) -> Record:
    is_tested = not is_level and one["p_value"] is not None
    no_test = NOT_APPLICABLE if not is_level and one["no_test"] else ""
    return {
        "section": f"{'Before' if one['is_known_before'] else 'After'} the index time: {one['section']}",
        "variable": one["variable"],
        "characteristic": label,
        **{group: _cell(cells[group]) if group in cells else "" for group in SHOWN_GROUPS},
        "difference": traced(
            difference(one | {"certainty": one["difference_certainty"]}), "comparisons", one, "difference"
        )
        if is_tested
        else "",
        "smd": _standardized(one) if not is_level else "",
        "p": traced(p_value(one["p_value"]), "comparisons", one, "p_value") if is_tested else no_test,
        "p_exact": p_value(one["p_exact"]) if is_tested else "",
        "p_bh": traced(p_value(one["p_bh"]), "comparisons", one, "p_bh") if is_tested else "",
        "test": one["method"] if is_tested else "",
        "method_number": methods.index(one["method"]) + 1 if is_tested else 0,
    }


def _standardized(one: Record) -> str:
    """Return the standardized difference of the groups, as far as it can be computed."""
    value = one["standardized_difference"]
    if value is None:
        return NOT_APPLICABLE
    return traced(f"{value:.2f}", "univariable", one, "standardized_difference")


def _label(cell: Record) -> str:
    missing = f" ({cell['n_missing']} missing)" if cell["n_missing"] else ""
    return f"{with_unit(cell['label'], cell['unit'])}{missing}"


def _cell(cell: Record) -> str:
    if cell["not_applicable"]:
        return NOT_APPLICABLE
    if cell["kind"] == "continuous":
        return traced(f"{quantile(cell, 'median')} ({quartiles(cell)})", "descriptives", cell, "median")
    text = bounded(f"{cell['count']} ({percent_text(cell['percent'])})", cell["certainty"])
    return traced(text, "descriptives", cell, "count")


def _not_evaluable(study: Study) -> list[str]:
    """Say how many stand in neither group."""
    n_patients = study.group_sizes.get(NOT_EVALUABLE, 0)
    if not n_patients:
        return []
    return [f"Not evaluable, in no group and no test, and among all: {plural(n_patients, 'patient')}."]


def _ranked_bounds(tested: Sequence[Record]) -> list[str]:
    """Say how many values the tests took as charted although they are bounds."""
    bounds = [f"{cell['label']} {cell['n_bounds_tested']}" for cell in tested if cell["n_bounds_tested"]]
    return (
        [f"The tests and SMD take bounds as charted; patients with one: {', '.join(bounds)}."]
        if bounds
        else []
    )


def _reached(tested: Sequence[Record]) -> list[str]:
    """Name the rows whose groups are too small for an interval that reaches 95 %."""
    short = [
        f"{cell['label']} {percent_text(100 * cell['difference_confidence'])}"
        for cell in tested
        if cell["difference_confidence"] is not None and cell["difference_confidence"] < NOMINAL
    ]
    return [f"Intervals that reach less than 95 %: {', '.join(short)}."] if short else []


def _size(study: Study, group: str) -> int:
    return study.n_cohort if group == "all" else study.group_sizes.get(group, 0)


def _sentence(method: str) -> str:
    return method if method.endswith(".") else f"{method}."
