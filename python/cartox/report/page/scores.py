"""The prognostic and toxicity scores before lymphodepletion, by group."""

from __future__ import annotations

from cartox.report.page.blocks import Column, Table
from cartox.report.page.study import GROUP_NAMES, GROUPS, Study
from cartox.report.reading import Record
from cartox.report.wording import NOT_APPLICABLE, number

SCORES = """
with scores as (
    unpivot (
        select patient_id, ipi::double as ipi, easix, m_easix, s_easix, car_hematotox::double as car_hematotox
        from marts.baseline_scores
    )
    on ipi, easix, m_easix, s_easix, car_hematotox
    into name score value score_value
)

select
    scores.score,
    patients.study_group,
    count(*) as n_patients,
    quantile_cont(scores.score_value, 0.5) as median,
    quantile_cont(scores.score_value, 0.25) as q1,
    quantile_cont(scores.score_value, 0.75) as q3
from scores
inner join report_patients as patients on scores.patient_id = patients.patient_id
group by scores.score, patients.study_group
order by scores.score, patients.study_group
"""
SCORE_NAMES = {
    "ipi": "International Prognostic Index, from its components",
    "car_hematotox": "CAR-HEMATOTOX",
    "easix": "EASIX",
    "m_easix": "m-EASIX (with CRP)",
    "s_easix": "s-EASIX (without creatinine)",
}


def scores(study: Study) -> Table:
    """Describe each score by group; they are not among the planned tests."""
    found = study.rows(SCORES)
    cells = {(row["score"], row["study_group"]): row for row in found}
    rows = [
        {"score": label, **{group: _cell(cells.get((score, group))) for group in GROUPS}}
        for score, label in SCORE_NAMES.items()
    ]
    columns = (
        Column("score", "Score before lymphodepletion"),
        *(Column(group, f"{GROUP_NAMES[group]} (n = {study.group_sizes.get(group, 0)})", True) for group in GROUPS),
    )  # fmt: skip
    notes = (
        "Median (first to third quartile), patients whose score is settled; a value at a limit of its assay counts as the "
        "limit. Described, not tested.",
    )
    return Table("baseline_scores", "Prognostic scores", columns, rows, notes=notes, exported=found)


def _cell(cell: Record | None) -> str:
    if cell is None:
        return NOT_APPLICABLE
    return (
        f"{number(cell['median'])} ({number(cell['q1'])} to {number(cell['q3'])}), n = {cell['n_patients']}"
    )
