"""What of the accepted records could not be read or used, and the words that no seed knows."""

from __future__ import annotations

from cartox.cell_ids import traced
from cartox.report.page.blocks import Column, NotApplicable, Table
from cartox.report.page.study import Study, words
from cartox.report.wording import plural

SUSPECTED = "suspected_glucocorticoid"
TITLE = "What could not be read or used"
UNREADABLE = """
select
    if(topic = 'unusable_lab_result', 'lab_results', item) as entity,
    if(topic = 'unusable_lab_result', item, null) as analyte,
    if(topic = 'unusable_lab_result', analytes.label, null) as label,
    level as reason,
    n as n_values,
    topic,
    item,
    level,
    study_group
from results.counts
left join seeds.analytes on item = analytes.analyte
where topic in ('nulled_value', 'unusable_lab_result', 'unresolved_dose')
order by n desc, entity asc, analyte asc, reason asc
"""
UNKNOWN_WORDS = """
select words.item as term_kind, words.n as n_words, records.n as n_records, words.topic, words.item, words.study_group
from results.counts as words
inner join results.counts as records
    on words.topic = records.topic and words.item = records.item and records.level = 'records'
where words.topic = 'unknown_word' and words.level = 'words'
order by records.n desc, words.item asc
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
            "analyte": row["label"] or row["analyte"] or "",
            "reason": words(row["reason"]),
            "n_values": traced(f"{row['n_values']:,}", "counts", row, "n"),
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
        f"{plural(study.counts('unreadable').n(), 'value')} of accepted records could not be read, are not allowed, or "
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
    shown = [
        row
        | {
            f"n_{level}": traced(f"{row[f'n_{level}']:,}", "counts", row, "n", level=level)
            for level in ("words", "records")
        }
        for row in rows
    ]
    return Table("unknown_words", title, columns, shown, sentence)


def unknown_drugs(study: Study) -> list[str]:
    """Say beside a figure of steroids how many names of drugs are unknown, and which could be a glucocorticoid's."""
    found = study.counts("unknown_drug")
    n_names, n_suspected = found.n(level="words"), found.n(SUSPECTED, "words")
    if not n_names:
        return []
    text = (
        f"{plural(n_names, 'name of a drug', 'names of drugs')} in {plural(found.n(level='records'), 'record')} "
        f"{'is' if n_names == 1 else 'are'} known to no seed and counted as no glucocorticoid"
    )
    if not n_suspected:
        return [f"{text}; none of them looks like one."]
    return [
        f"{text}; {n_suspected:,} of them, in {plural(found.n(SUSPECTED, 'records'), 'record')}, "
        f"{'looks' if n_suspected == 1 else 'look'} like one: where it was given, the dose is at least what is shown."
    ]
