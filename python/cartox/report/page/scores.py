"""The prognostic and toxicity scores before lymphodepletion, by group."""

from __future__ import annotations

from cartox.cell_ids import traced
from cartox.report.page.blocks import Column, Table
from cartox.report.page.study import GROUP_NAMES, GROUPS, Study
from cartox.report.reading import Record
from cartox.report.wording import BOUNDS, NOT_APPLICABLE, has_marks, plural, quantile, quartiles

SCORES = """
select * from results.cohort_summaries where measure <> 'index_study_day' order by measure, study_group
"""
SCORE_NAMES = {
    "recorded_ipi": "International Prognostic Index, as recorded",
    "computed_ipi": "International Prognostic Index, from its components",
    "car_hematotox": "CAR-HEMATOTOX",
    "easix": "EASIX",
    "m_easix": "m-EASIX (with CRP)",
    "s_easix": "s-EASIX (without creatinine)",
}


def scores(study: Study) -> Table:
    """Describe each score by group; they are not among the planned tests."""
    found = study.rows(SCORES)
    cells = {(row["measure"], row["study_group"]): row for row in found}
    rows = [
        {"score": label, **{group: _cell(cells.get((score, group))) for group in GROUPS}}
        for score, label in SCORE_NAMES.items()
    ]
    columns = (
        Column("score", "Score before lymphodepletion"),
        *(Column(group, f"{GROUP_NAMES[group]} (n = {study.group_sizes.get(group, 0)})", True) for group in GROUPS),
    )  # fmt: skip
    notes = (
        "Median (first to third quartile), patients whose score is settled. Described, not tested.",
        *_both_indices(study),
        *((BOUNDS,) if has_marks(text for row in rows for text in row.values()) else ()),
    )
    return Table("baseline_scores", "Prognostic scores", columns, rows, notes=notes, exported=found)


def _both_indices(study: Study) -> list[str]:
    """Say which International Prognostic Index Table 1 holds, and of how many patients the two differ."""
    row = study.counts("ipi_difference").row("recorded_and_computed", "differ", "all")
    if row is None:
        return []
    return [
        f"Table 1 holds the {study.variable('ipi_source')} International Prognostic Index (var ipi_source). The recorded and the "
        f"computed one differ in {row['n']} of {plural(row['n_of'], 'patient')} of whom both are known."
    ]


def _cell(cell: Record | None) -> str:
    if cell is None or cell["not_applicable"]:
        return NOT_APPLICABLE
    text = f"{quantile(cell, 'median')} ({quartiles(cell)}), n = {cell['n']}"
    return traced(text, "cohort_summaries", cell, "median")
