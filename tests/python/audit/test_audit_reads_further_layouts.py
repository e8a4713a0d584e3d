"""Layouts as journals and programs print them: read as a person reads them, or asked about.

Beside each table of `layouts` stands what a person reads in it, cell by cell: figures as
`[section] description | group | statistic printed, count of base | unit`, questions as `? row column text`.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from docx import Document

from cartox.audit.reading import read_table
from cartox.audit.reading.figure import Figure, PrintedTable

LAYOUTS = sorted(path for path in (Path(__file__).parent / "layouts").iterdir() if path.suffix != ".expected")


def said(figure: Figure) -> str:
    section = f"[{figure.section}] " if figure.section else ""
    count = "" if figure.numerator is None else f", {figure.numerator}"
    base = "" if figure.denominator is None else f" of {figure.denominator}"
    unit = "" if figure.unit in ("", "%") else f" | {figure.unit}"
    return f"{section}{figure.description} | {figure.study_group} | {figure.statistic} {figure.printed}{count}{base}{unit}"


def read(table: PrintedTable) -> list[str]:
    asked = [f"? {cell.row} {cell.column} {cell.text.strip()}" for cell in table.questions]
    return [said(figure) for figure in table.figures] + asked


def expected(path: Path) -> list[str]:
    return path.with_suffix(f"{path.suffix}.expected").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.name)
def test_a_layout_is_read_as_a_person_reads_it_or_asked_about(path: Path) -> None:
    assert read(read_table(path)) == expected(path)


def rows_of(path: Path) -> list[list[str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "---" not in line]


@pytest.mark.parametrize("name", ["repeated_labels.md", "words_in_cells.md", "turned.md"])
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_the_same_table_is_read_the_same_in_word_and_excel(name: str, ending: str, tmp_path: Path) -> None:
    layout = Path(__file__).parent / "layouts" / name
    rows, path = rows_of(layout), tmp_path / f"table.{ending}"
    if ending == "docx":
        document = Document()
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.save(str(path))
    else:
        book = openpyxl.Workbook()
        assert book.active is not None
        for texts in rows:
            book.active.append(texts)
        book.save(path)
    assert read(read_table(path)) == expected(layout)
