"""Whose grades a clinician should look at, and why."""

from __future__ import annotations

from cartox.report.page.blocks import Column, NotApplicable, Table
from cartox.report.page.study import Study
from cartox.report.wording import plural

REVIEWS = """
select
    reasons.toxicity,
    reasons.reason,
    reasons.description,
    reasons.bound,
    count(reviews.patient_id) as n_treated,
    count(patients.patient_id) as n_cohort
from seeds.grade_review_reasons as reasons
left join marts.grade_reviews as reviews on reasons.reason = reviews.reason and reasons.toxicity = reviews.toxicity
left join report_patients as patients on reviews.patient_id = patients.patient_id
group by all
order by reasons.toxicity, n_treated desc, reasons.reason
"""
REVIEWED = """
select count(distinct reviews.patient_id) as n_treated, count(distinct patients.patient_id) as n_cohort
from marts.grade_reviews as reviews
left join report_patients as patients on reviews.patient_id = patients.patient_id
"""


def grade_reviews(study: Study) -> Table | NotApplicable:
    """Count the patients of each reason."""
    title = "Grades for a clinician to look at"
    (reviewed,) = study.rows(REVIEWED)
    if not reviewed["n_treated"]:
        return NotApplicable(title, "no treated patient has a reason for it")
    rows = [
        row
        | {
            "why": row["description"],
            "bound_text": "" if row["bound"] is None else f"{row['bound']:g}",
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
        f"{plural(reviewed['n_treated'], 'treated patient has', 'treated patients have')} a grade that rests on a doubtful "
        f"finding, {reviewed['n_cohort']:,} of them in the cohort. No grade is changed by it; "
        "marts.grade_reviews names the patients."
    )
    return Table("grade_reviews", title, columns, rows, sentence)
