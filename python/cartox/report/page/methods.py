"""What was done, in sentences that stand on facts of the run, and what the guidelines of reporting ask for."""

from __future__ import annotations

from cartox.report.page.blocks import Column, NotApplicable, Section, Table, Words
from cartox.report.page.study import Study, sentence_case, words
from cartox.report.reading import Record

SENTENCES = "select topic, sentence, stands_on, source from results.methods order by sentence_number"
ITEMS = """
select guideline, item, part, asks, status, answer, open_reason
from results.reporting_items
order by display_order
"""
SHEET = "reporting_items"


def methods_section(study: Study) -> Section:
    """Tell what was done in paragraphs by topic, what each sentence stands on, and the sheet of STROBE and RECORD."""
    title = "Methods and reporting"
    sentences = study.rows(SENTENCES)
    if not sentences:
        return Section(
            "methods", title, evidence=(NotApplicable("Methods", "no sentence about them is written"),)
        )
    paragraphs = [f"{heading}. {text}" for heading, text in methods_paragraphs(sentences)]
    shown = [row | {"topic": sentence_case(words(row["topic"]))} for row in sentences]
    ties = Table(
        name="methods",
        title="What each sentence stands on",
        columns=(
            Column("topic", "Topic"),
            Column("sentence", "Sentence"),
            Column("stands_on", "Stands on"),
            Column("source", "Asked for by"),
        ),
        rows=shown,
        is_folded=True,
        exported=sentences,
    )
    items = reporting_sheet(study)
    sheet = Table(
        name=SHEET,
        title="STROBE and RECORD, item by item",
        columns=(
            Column("item", "Item"),
            Column("asks", "Asks for"),
            Column("status", "Status"),
            Column("answer", "Answer of this run"),
            Column("open_reason", "Open"),
        ),
        rows=[row | {"item": f"{row['guideline']} {row['item']}"} for row in items],
        is_folded=True,
        exported=items,
        is_word=True,
    )
    return Section("methods", title, evidence=(Words(paragraphs), ties, sheet))


def methods_paragraphs(sentences: list[Record]) -> list[tuple[str, str]]:
    """Return a heading and a text for each topic, in the order of the first sentence of each."""
    topics = list(dict.fromkeys(row["topic"] for row in sentences))
    return [
        (
            sentence_case(words(topic)),
            " ".join(row["sentence"] for row in sentences if row["topic"] == topic),
        )
        for topic in topics
    ]


def reporting_sheet(study: Study) -> list[Record]:
    """Read the items of the guidelines; what has no answer and nothing open is an empty text."""
    return [{key: value or "" for key, value in row.items()} for row in study.rows(ITEMS)]
