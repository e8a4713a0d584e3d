"""Laboratory results that look as if something had happened to them on their way here."""

from __future__ import annotations

from cartox.report.page.blocks import Column, NotApplicable, Table
from cartox.report.page.study import Study
from cartox.report.wording import plural

UNIT_WARNINGS = """
select analyte, unit, implied_units, count(*) as n_months, sum(n_contradicting)::bigint as n_contradicting,
    sum(n_compared)::bigint as n_compared, sum(n_patients_apart)::bigint as n_patients_apart
from marts.lab_unit_warnings
group by analyte, unit, implied_units
order by analyte, unit, implied_units
"""
COPY_WARNINGS = """
select offset_minutes, count(*) as n_patients, sum(n_pairs)::bigint as n_pairs,
    sum(n_on_other_day)::bigint as n_on_other_day
from marts.lab_copy_warnings
group by offset_minutes
order by n_patients desc, offset_minutes
"""


def unit_warnings(study: Study) -> Table | NotApplicable:
    """Name the units that the results' own reference limits, or the patients' other results, contradict."""
    title = "Units that may have been swapped"
    rows = study.rows(UNIT_WARNINGS)
    if not rows:
        return NotApplicable(
            title, "no month of results has reference limits or a second scale that speak for another unit"
        )
    columns = (
        Column("analyte", "Analyte"),
        Column("unit", "Unit reported"),
        Column("implied_units", "Limits or the other scale speak for"),
        Column("n_months", "Months", True),
        Column("n_contradicting", "Limits against it", True),
        Column("n_compared", "of", True),
        Column("n_patients_apart", "Patients and months with both scales", True),
    )
    return Table(
        "lab_unit_warnings", title, columns, rows, "A hint that units were swapped; no value is changed."
    )


def copy_warnings(study: Study) -> Table | NotApplicable:
    """Count the patients whose results stand twice at a fixed distance in time."""
    title = "Results that stand twice"
    rows = study.rows(COPY_WARNINGS)
    if not rows:
        return NotApplicable(title, "no patient has most results a second time at a fixed distance in time")
    columns = (
        Column("offset_minutes", "Minutes apart", True),
        Column("n_patients", "Patients", True),
        Column("n_pairs", "Pairs of results", True),
        Column("n_on_other_day", "on different days", True),
    )
    n_patients = plural(sum(row["n_patients"] for row in rows), "patient and offset", "patients and offsets")
    sentence = f"{n_patients}: a hint that a system copied results, with other times; no value is changed."
    return Table("lab_copy_warnings", title, columns, rows, sentence)
