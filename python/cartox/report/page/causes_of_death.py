"""What the treated patients died of, by the site's code and by the rules of two registries."""

from __future__ import annotations

from cartox.report.page.blocks import Column, NotApplicable, Table
from cartox.report.page.study import Study
from cartox.report.wording import plural

CAUSES = """
select
    causes.cause_of_death,
    causes.label,
    count(*) filter (where deaths.cause_by_cibmtr = causes.cause_of_death) as n_by_cibmtr,
    count(*) filter (where deaths.cause_by_ebmt = causes.cause_of_death) as n_by_ebmt
from seeds.causes_of_death as causes
inner join marts.deaths as deaths on causes.cause_of_death in (deaths.cause_by_cibmtr, deaths.cause_by_ebmt)
group by causes.cause_of_death, causes.label
order by n_by_cibmtr desc, causes.cause_of_death
"""
TOTALS = """
select count(*) as n_deaths, count(*) filter (where is_non_relapse_death) as n_non_relapse from marts.deaths
"""


def causes_of_death(study: Study) -> Table | NotApplicable:
    """Count the deaths by cause."""
    title = "Causes of death"
    (total,) = study.rows(TOTALS)
    if not total["n_deaths"]:
        return NotApplicable(title, "no treated patient died")
    columns = (
        Column("label", "Cause"),
        Column("n_by_cibmtr", "As coded (CIBMTR)", True),
        Column("n_by_ebmt", "Relapse first (EBMT)", True),
    )
    sentence = (
        f"Of {plural(total['n_deaths'], 'death')} of treated patients, {total['n_non_relapse']:,} came without a known "
        "relapse and not of the lymphoma as far as causes are known."
    )
    notes = (
        "After a relapse the EBMT makes the relapse the main cause, the CIBMTR keeps the cause as coded.",
    )
    return Table("causes_of_death", title, columns, study.rows(CAUSES), sentence, notes)
