"""The methods and the sheet of STROBE and RECORD: on the page and in Word they are what the results hold."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import duckdb
import pytest
from docx import Document

Row = tuple[Any, ...]


@pytest.fixture(scope="module")
def section(study_page: Path) -> str:
    """The section as a reader has it: text, with a mark where an element ends."""
    text = study_page.with_name("record.html").read_text(encoding="utf-8")
    return html.unescape(text.split('<section id="methods"')[1].split("</section>")[0])


@pytest.fixture(scope="module")
def word(study_page: Path) -> Any:
    return Document(str(study_page.parent / "tables" / "reporting_items.docx"))


@pytest.fixture(scope="module")
def sentences(study_connection: duckdb.DuckDBPyConnection) -> list[Row]:
    return study_connection.execute(
        "select topic, sentence from results.methods order by sentence_number"
    ).fetchall()


@pytest.fixture(scope="module")
def items(study_connection: duckdb.DuckDBPyConnection) -> list[Row]:
    return study_connection.execute(
        "select guideline || ' ' || item, asks, status, coalesce(answer, ''), coalesce(open_reason, '') "
        "from results.reporting_items order by display_order"
    ).fetchall()


def paragraphs_of(sentences: list[Row]) -> list[str]:
    """One paragraph a topic, its name before it."""
    texts: dict[str, list[str]] = {}
    for topic, sentence in sentences:
        texts.setdefault(topic, []).append(sentence)
    return [
        f"{topic[0].upper()}{topic[1:].replace('_', ' ')}. {' '.join(told)}" for topic, told in texts.items()
    ]


def test_the_page_tells_every_sentence_in_its_paragraph(section: str, sentences: list[Row]) -> None:
    expected = paragraphs_of(sentences)
    assert len(expected) > 5
    flat = section.replace("\u00a0", " ")
    assert [text for text in expected if f">{text}</p>" not in flat] == []


def test_word_tells_the_same_paragraphs_in_the_same_order(word: Any, sentences: list[Row]) -> None:
    texts = [paragraph.text for paragraph in word.paragraphs]
    expected = paragraphs_of(sentences)
    start = texts.index("Methods") + 1
    assert texts[start : start + len(expected)] == expected


def test_the_sheet_in_word_has_every_item_as_it_is_answered(word: Any, items: list[Row]) -> None:
    (sheet,) = word.tables
    rows = [tuple(cell.text for cell in row.cells) for row in sheet.rows]
    assert rows[1:] == items
    assert len(items) > 40


def test_the_sheet_fits_the_page(word: Any) -> None:
    page = word.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    for row in word.tables[0].rows:
        assert sum(cell.width for cell in row.cells) <= room
