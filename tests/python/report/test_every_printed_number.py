"""Terminal, page and Word file show one value for one number: every number that they print is a cell."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import duckdb
import pytest
from docx import Document
from rich.console import Console

from cartox.report import show, show_brief
from tests.python.report.pages import both
from tests.python.report.printed_numbers import (
    Cells,
    made_up,
    numbers_of,
    read_cells,
    text_of_page,
    words_of_the_printers,
)

pytestmark = pytest.mark.xdist_group("printed numbers")

MARTS = (
    "marts.cohort_attrition",
    "marts.record_conservation",
    "marts.grade_agreement",
    "marts.site_row_counts",
)
SEEDS = (
    "seeds.response_window_days", "seeds.improvement_windows", "seeds.curve_landmarks", "seeds.response_definitions",
    "seeds.grade_review_reasons", "seeds.causes_of_death", "seeds.reported_study", "seeds.analytes",
)  # fmt: skip
OF_PATIENTS = "lab_auc"


@pytest.fixture(scope="module")
def cells(study_connection: duckdb.DuckDBPyConnection) -> Cells:
    """What may be printed: the results, the marts that a printer lists row by row, and the seeds whose texts it prints."""
    results = study_connection.execute(
        "select 'results.' || table_name from duckdb_tables() where schema_name = 'results' and table_name <> ?",
        [OF_PATIENTS],
    ).fetchall()
    return read_cells(study_connection, [*(table for (table,) in results), *MARTS, *SEEDS])


@pytest.fixture(scope="module")
def words() -> frozenset[str]:
    return words_of_the_printers()


def _terminal(connection: duckdb.DuckDBPyConnection) -> str:
    written = StringIO()
    console = Console(file=written, width=400)
    show_brief(connection, console)
    show(connection, console)
    return written.getvalue()


def _word(file: Path) -> str:
    document = Document(str(file))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            marks = [
                run.text for cell in row.cells for run in cell.paragraphs[0].runs if run.font.superscript
            ]
            texts += [cell.text.removesuffix("".join(marks)) for cell in row.cells]
    return "\n".join(texts)


def test_every_number_of_the_terminal_is_a_cell(
    study_connection: duckdb.DuckDBPyConnection, cells: Cells, words: frozenset[str]
) -> None:
    text = _terminal(study_connection)
    assert len(list(numbers_of(text))) > 250
    assert made_up(text, cells, words) == []


def test_every_number_of_the_page_is_a_cell(study_page: Path, cells: Cells, words: frozenset[str]) -> None:
    text = text_of_page("".join(page.read_text(encoding="utf-8") for page in both(study_page)))
    assert len(list(numbers_of(text))) > 2000
    assert made_up(text, cells, words) == []


def test_every_number_of_the_word_file_is_a_cell(
    study_page: Path, cells: Cells, words: frozenset[str]
) -> None:
    text = _word(study_page.parent / "tables" / "table_one.docx")
    assert len(list(numbers_of(text))) > 300
    assert made_up(text, cells, words) == []


@pytest.mark.parametrize(
    "text",
    [
        "31 of 43 responded",  # the cohort has 42
        "30 of 42 responded",
        "The median was 1,234.56 mg.",
        "a difference of 80 (48 to 135) mg",  # its interval ends at 134
        "61.52 % (45.0 to 74.4)",
    ],
)
def test_a_number_that_a_printer_made_up_is_found(text: str, cells: Cells, words: frozenset[str]) -> None:
    assert made_up(text, cells, words) != []


@pytest.mark.parametrize("text", ["31 of 42 responded", "80 (48 to 134) mg", "61.5 % (45.0 to 74.4)"])
def test_numbers_of_one_row_are_its_cells(text: str, cells: Cells, words: frozenset[str]) -> None:
    assert made_up(text, cells, words) == []
