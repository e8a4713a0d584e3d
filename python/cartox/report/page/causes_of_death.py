"""What the treated patients died of, by the site's code and by the rules of two registries."""

from __future__ import annotations

from cartox.cell_ids import traced
from cartox.report.page.blocks import Column, NotApplicable, Table
from cartox.report.page.study import Study
from cartox.report.reading import Record
from cartox.report.wording import plural

CAUSES = """
select
    causes.cause_of_death,
    causes.label,
    by_cibmtr.n as n_by_cibmtr,
    by_ebmt.n as n_by_ebmt
from seeds.causes_of_death as causes
inner join results.counts as by_cibmtr
    on by_cibmtr.topic = 'cause_of_death' and by_cibmtr.item = 'cibmtr' and causes.cause_of_death = by_cibmtr.level
inner join results.counts as by_ebmt
    on by_ebmt.topic = 'cause_of_death' and by_ebmt.item = 'ebmt' and causes.cause_of_death = by_ebmt.level
where by_cibmtr.n > 0 or by_ebmt.n > 0
order by by_cibmtr.n desc, causes.cause_of_death asc
"""


def causes_of_death(study: Study) -> Table | NotApplicable:
    """Count the deaths by cause."""
    title = "Causes of death"
    deaths = study.counts("death")
    n_deaths = deaths.n("all", "all", "treated")
    if not n_deaths:
        return NotApplicable(title, "no treated patient died")
    columns = (
        Column("label", "Cause"),
        Column("n_by_cibmtr", "As coded (CIBMTR)", True),
        Column("n_by_ebmt", "Relapse first (EBMT)", True),
    )
    sentence = (
        f"Of {plural(n_deaths, 'death')} of treated patients, {deaths.n('non_relapse', 'all', 'treated'):,} came without a known "
        "relapse and not of the lymphoma as far as causes are known."
    )
    if n_unclear := deaths.n("relapse_unclear", "all", "treated"):
        sentence += f" Of {n_unclear:,} nobody knows whether a relapse came before."
    notes = (
        "After a relapse the EBMT makes the relapse the main cause, the CIBMTR keeps the cause as coded.",
    )
    return Table(
        "causes_of_death", title, columns, [_row(row) for row in study.rows(CAUSES)], sentence, notes
    )


def _row(row: Record) -> Record:
    names = {"topic": "cause_of_death", "level": row["cause_of_death"], "study_group": "treated"}
    counted = {
        f"n_by_{registry}": traced(f"{row[f'n_by_{registry}']:,}", "counts", names, "n", item=registry)
        for registry in ("cibmtr", "ebmt")
    }
    return row | counted
