"""Whose grades a clinician should look at, and why."""

from __future__ import annotations

from cartox.cell_ids import traced
from cartox.report.page.blocks import Column, NotApplicable, Table
from cartox.report.page.study import Study
from cartox.report.reading import Record
from cartox.report.wording import plural

REVIEWS = """
select
    reasons.toxicity,
    reasons.reason,
    reasons.description,
    reasons.bound,
    treated.n as n_treated,
    cohort.n as n_cohort
from seeds.grade_review_reasons as reasons
inner join results.counts as treated
    on
        treated.topic = 'grade_review'
        and reasons.toxicity = treated.item
        and reasons.reason = treated.level
        and treated.study_group = 'treated'
inner join results.counts as cohort
    on
        cohort.topic = 'grade_review'
        and reasons.toxicity = cohort.item
        and reasons.reason = cohort.level
        and cohort.study_group = 'all'
order by reasons.toxicity asc, treated.n desc, reasons.reason asc
"""


def grade_reviews(study: Study) -> Table | NotApplicable:
    """Count the patients of each reason."""
    title = "Grades for a clinician to look at"
    reviewed = study.counts("grade_review")
    n_treated, n_cohort = (reviewed.n(study_group=group) for group in ("treated", "all"))
    if not n_treated:
        return NotApplicable(title, "no treated patient has a reason for it")
    rows = [
        row
        | {
            "why": row["description"],
            "bound_text": "" if row["bound"] is None else f"{row['bound']:g}",
            "n_treated": _counted(row, "n_treated", "treated"),
            "n_cohort": _counted(row, "n_cohort", "all"),
        }
        for row in study.rows(REVIEWS)
    ]
    columns = (
        Column("toxicity", "Toxicity"),
        Column("why", "Reason"),
        Column("bound_text", "Bound", True),
        Column("n_treated", "Treated", True),
        Column("n_cohort", "Cohort", True),
    )
    sentence = (
        f"{plural(n_treated, 'treated patient has', 'treated patients have')} a grade that rests on a doubtful "
        f"finding, {n_cohort:,} of them in the cohort. No grade is changed by it; "
        "marts.grade_reviews names the patients."
    )
    return Table("grade_reviews", title, columns, rows, sentence)


def _counted(row: Record, key: str, group: str) -> str:
    names = {"topic": "grade_review", "item": row["toxicity"], "level": row["reason"], "study_group": group}
    return traced(f"{row[key]:,}", "counts", names, "n")
