"""What a cell of the page says of where its number comes from: the id leads to the very cell that was printed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.cell_ids import KEYS
from tests.python.report.pages import Page, both

NUMBER = re.compile(r"-?[\d,]*\.?\d+(e-?\d+)?")
BEGINS_WITH_A_NUMBER = re.compile(r"[≥≤≈]?\s*[-<]?\d")
WORDS = {"unknown"}
"""What may stand for a cell that has a value."""
DAYS = "days, which name the rows"
BY_OTHER_NAMES = {
    "Every raw record is accounted for": "by kind of record, in marts.record_conservation",
    "Checks of the published file": "counted by the checks, of which the file knows nothing",
    "Input files": "of the run's manifest",
    "CRS: grades computed and recorded": "in marts.grade_agreement",
    "ICANS: grades computed and recorded": "in marts.grade_agreement",
    "Grades for a clinician to look at": "bounds of the seed grade_review_reasons",
    "Medians by study day": DAYS,
    "Patients by grade and study day": DAYS,
    "Cumulative incidence": DAYS,
    "Cumulative incidence of death of the toxicities": DAYS,
}
"""Tables with numbers that are no cell of results, and where those stand instead."""


class Cells(HTMLParser):
    """Every printed number of a page: the table or tile that it stands in, its id if it has one, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str | None, str]] = []
        self._table = ""
        self._open: list[list[Any]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a cell or what bears an id."""
        given = dict(attrs)
        if given.get("role") == "region":
            self._table = given.get("aria-label") or ""
        if tag in ("td", "strong") or "data-trace" in given:
            self._open.append([tag, given.get("data-trace"), ""])

    def handle_data(self, data: str) -> None:
        """Note a text in every element that is open."""
        for one in self._open:
            one[2] += data

    def handle_endtag(self, tag: str) -> None:
        """End what was begun last; the id of what stands in a cell is the cell's."""
        if self._open and self._open[-1][0] == tag:
            _, cell_id, text = self._open.pop()
            if self._open and cell_id:
                self._open[-1][1] = cell_id
            else:
                self.found.append((self._table, cell_id, text.strip()))


@pytest.fixture(scope="module")
def printed(study_page: Path) -> list[tuple[str, str | None, str]]:
    return [cell for page in both(study_page) for cell in Cells(page.read_text(encoding="utf-8")).found]


@pytest.fixture(scope="module")
def cells(study_connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Every cell of the tables of results by its id."""
    return dict(_cells(study_connection))


def _cells(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Any]]:
    for table, keys in KEYS.items():
        found = connection.execute(f"select * from results.{table}")
        names = [column[0] for column in found.description]
        for values in found.fetchall():
            row = dict(zip(names, values, strict=True))
            for column, value in row.items():
                yield ":".join((table, *(str(row[key]) for key in keys), column)), value


def test_an_id_leads_to_the_number_that_is_printed(
    printed: list[tuple[str, str | None, str]], cells: dict[str, Any]
) -> None:
    traced = [(cell_id, text) for _, cell_id, text in printed if cell_id]
    assert len(traced) > 2000
    unknown = {cell_id for cell_id, _ in traced if cell_id not in cells}
    assert unknown == set()
    wrong = [(cell_id, text, cells[cell_id]) for cell_id, text in traced if not _prints(text, cells[cell_id])]
    assert wrong == []


def _prints(text: str, value: Any) -> bool:
    """Whether the first number of a text is the value, as far as its decimals go; words stand for what has none."""
    if value is None:  # words or nothing stand there, at most with the ends of an interval after them
        return BEGINS_WITH_A_NUMBER.match(text) is None
    if not NUMBER.search(text):
        return text in WORDS
    number = NUMBER.search(html.unescape(text))
    assert number is not None
    if "<" in text:
        return bool(float(value) < float(number[0]))
    if "e" in number[0]:
        return f"{float(value):.1e}" == number[0]
    decimals = len(number[0].partition(".")[2])
    return bool(abs(float(number[0].replace(",", "")) - float(value)) <= 0.5000001 * 10**-decimals)


def test_a_mark_bears_the_id_of_what_it_is_drawn_from(study_page: Path, cells: dict[str, Any]) -> None:
    marks = [
        (name, row["trace"])
        for name, spec in Page(study_page).specs().items()
        for table in spec["data"]
        for row in table.get("values", [])
        if isinstance(row, dict) and "trace" in row
    ]
    assert {cell_id for _, cell_id in marks if cell_id not in cells} == set()
    without = Page(study_page).specs().keys() - {name for name, _ in marks}
    assert without == {"grades_crs", "grades_icans", "quarantine_reasons"}


def test_every_number_of_a_table_has_an_id(printed: list[tuple[str, str | None, str]]) -> None:
    """The days that begin a row apart: there are fewer of them than of numbers with an id."""
    without = {
        table
        for table, cell_id, text in printed
        if not cell_id and re.fullmatch(r"[≥≤≈]?\s?[\d.,]+( %)?", text)
    }
    assert without - set(BY_OTHER_NAMES) == set()
    for table in (table for table, why in BY_OTHER_NAMES.items() if why == DAYS):
        numbers = [cell_id for name, cell_id, text in printed if name == table and re.search(r"\d", text)]
        assert 0 < numbers.count(None) < len(numbers) / 2, table
