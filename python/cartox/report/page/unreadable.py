"""What of the accepted records could not be read or used, and the words that no seed knows."""

from __future__ import annotations

from cartox.report.page.blocks import Column, NotApplicable, Table
from cartox.report.page.study import Study, words
from cartox.report.wording import plural

TITLE = "What could not be read or used"
UNREADABLE = """
select entity, null as analyte, reason, count(*) as n_values
from marts.nulled_values
group by entity, reason
union all
select 'lab_results' as entity, analyte, unusable_reason as reason, count(*) as n_values
from marts.lab_results
where unusable_reason is not null
group by analyte, unusable_reason
union all
select
    'medication_administrations' as entity, null as analyte, 'glucocorticoid_dose_unresolved' as reason,
    sum(n_unresolved_doses)::bigint as n_values
from marts.steroid_exposure
where exposure_window = 'total'
having sum(n_unresolved_doses) > 0
order by n_values desc, entity, analyte, reason
"""
UNKNOWN_WORDS = """
select term_kind, count(*) as n_words, sum(n_records)::bigint as n_records
from marts.terminology_coverage
where mapped_to is null and not_mapped_because = 'no seed knows it' and (source_text != '' or code != '')
group by term_kind
order by n_records desc, term_kind
"""
UNKNOWN_DRUGS = """
select
    count(*) as n_names,
    coalesce(sum(n_records), 0)::bigint as n_records,
    count(*) filter (where not_mapped_because = 'suspected_glucocorticoid') as n_suspected,
    coalesce(sum(n_records) filter (where not_mapped_because = 'suspected_glucocorticoid'), 0)::bigint as n_suspected_records
from marts.terminology_coverage
where
    term_kind = 'drug'
    and mapped_to is null
    and not_mapped_because in ('no seed knows it', 'suspected_glucocorticoid')
    and (source_text != '' or code != '')
"""


def unreadable_values(study: Study) -> Table | NotApplicable:
    """Count by kind of record, analyte and reason what is charted and tells nothing."""
    rows = study.rows(UNREADABLE)
    if not rows:
        return NotApplicable(TITLE, "every value of the accepted records could be read and used")
    shown = [
        {
            **row,
            "entity": words(row["entity"]),
            "analyte": row["analyte"] or "",
            "reason": words(row["reason"]),
        }
        for row in rows
    ]
    columns = (
        Column("entity", "Kind of record"),
        Column("analyte", "Analyte"),
        Column("reason", "Reason"),
        Column("n_values", "Values", True),
    )
    sentence = (
        f"{plural(sum(row['n_values'] for row in rows), 'value')} of accepted records could not be read, are not allowed, or "
        "were withdrawn or never measured; they are missing, not guessed."
    )
    return Table("nulled_values", TITLE, columns, shown, sentence, exported=rows)


def unknown_words(study: Study) -> Table | NotApplicable:
    """Count by kind the words that no seed knows; the words themselves may be a patient's own and are not shown."""
    title = "Words that no seed knows"
    rows = study.rows(UNKNOWN_WORDS)
    if not rows:
        return NotApplicable(title, "every word of the records is known")
    columns = (
        Column("term_kind", "Kind of word"),
        Column("n_words", "Words", True),
        Column("n_records", "Records", True),
    )
    sentence = (
        "What hangs on such a word is null, a bound or not counted; marts.terminology_coverage has the words."
    )
    return Table("unknown_words", title, columns, rows, sentence)


def unknown_drugs(study: Study) -> list[str]:
    """Say beside a figure of steroids how many names of drugs are unknown, and which could be a glucocorticoid's."""
    (found,) = study.rows(UNKNOWN_DRUGS)
    if not found["n_names"]:
        return []
    text = (
        f"{plural(found['n_names'], 'name of a drug', 'names of drugs')} in {plural(found['n_records'], 'record')} "
        f"{'is' if found['n_names'] == 1 else 'are'} known to no seed and counted as no glucocorticoid"
    )
    if not found["n_suspected"]:
        return [f"{text}; none of them looks like one."]
    return [
        f"{text}; {found['n_suspected']:,} of them, in {plural(found['n_suspected_records'], 'record')}, "
        f"{'looks' if found['n_suspected'] == 1 else 'look'} like one: where it was given, the dose is at least what is shown."
    ]
