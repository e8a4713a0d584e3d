"""Absurd and hostile files end in one line."""

from __future__ import annotations

import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from cartox.audit.reading import read_table
from cartox.errors import UserError
from tests.python.audit.audited_lines import HEADER

HUGE = "1" + "0" * 400
LINE = "a,cohort,x,all,percent,{},,,42,%"
TABLE = "| x | Drug (n=20) |\n|---|---|\n| Age, median | {} |\n"


def refused(path: Path) -> str:
    with pytest.raises(UserError) as error:
        read_table(path)
    message = str(error.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    assert len(message) < 400
    return message


@pytest.mark.parametrize(
    "number",
    [HUGE, "1e999", "10^400", "nan", "inf", "٣", "1" * 10_000_000],
    ids=["10^400 in digits", "1e999", "10^400", "nan", "inf", "an Arabic 3", "10 MB"],
)
def test_absurd_numbers(tmp_path: Path, number: str) -> None:
    long_form = tmp_path / "long.csv"
    long_form.write_text(f"{HEADER}\n{LINE.format(number)}\n")
    refused(long_form)


@pytest.mark.parametrize(
    "number",
    [HUGE, "1e999", "10^400", "1" * 10_000_000],
    ids=["10^400 in digits", "1e999", "10^400", "10 MB"],
)
def test_absurd_numbers_in_a_printed_table(tmp_path: Path, number: str) -> None:
    printed = tmp_path / "printed.md"
    printed.write_text(TABLE.format(number))
    refused(printed)


def test_large_denominators_take_no_time(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(
        f"{HEADER}\nn,s,patients,all,count,999999999999999,,,,\na,s,x,all,percent,0.00001,,3,,%\n"
    )
    from cartox.audit import audit_figures

    assert len(audit_figures(path)) == 2


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_what_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"bomb.{ending}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    assert "50 MB" in refused(path)


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 spoilt", b"\xff" * 100])
def test_what_is_no_office_file(tmp_path: Path, ending: str, content: bytes) -> None:
    path = tmp_path / f"spoilt.{ending}"
    path.write_bytes(content)
    refused(path)


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_an_archive_of_something_else(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"other.{ending}"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    refused(path)


def test_a_formula_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["x", "Drug (n=20)"])
    book.active.append(["Age, median", "=1+1"])
    book.save(tmp_path / "formula.xlsx")
    assert "cell B2" in refused(tmp_path / "formula.xlsx")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("huge.csv", "a,b,c\n" + "x,1,2\n" * 20_000),
        ("huge.md", "| a | b |\n" + "| x | 1 |\n" * 30_000),
        ("huge.html", "<table>" + "<tr><td>x<td>1</tr>" * 30_000 + "</table>"),
        ("spans.html", '<table><tr><td colspan="999999">x</td></tr></table>'),
        ("nested.html", "<table><tr><td><table></table></td></tr></table>"),
        ("none.html", "<p>31 (60 %)</p>"),
        ("none.md", "31 (60 %)"),
        ("rules.md", "rules: fisher = 5\n\n| x | Drug (n=20) |\n|---|---|\n| Male | 8 (40%) |\n"),
    ],
    ids=["csv", "markdown", "html", "spans", "nested", "no html table", "no markdown table", "unknown rule"],
)
def test_tables_that_no_study_prints(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    refused(path)


def word_of(path: Path, body: str, doctype: str = "") -> Path:
    """A Word file with this XML as its body."""
    whole = BytesIO()
    Document().save(whole)
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'{doctype}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    return replaced(path, whole, "word/document.xml", text)


def excel_of(path: Path, sheet: str, doctype: str = "") -> Path:
    """An Excel file with this XML as its sheet."""
    whole = BytesIO()
    openpyxl.Workbook().save(whole)
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'{doctype}<worksheet xmlns="{namespace}">{sheet}</worksheet>'
    return replaced(path, whole, "xl/worksheets/sheet1.xml", text)


def replaced(path: Path, whole: BytesIO, part: str, text: str) -> Path:
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return path


def word_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


ENTITIES = "".join(f'<!ENTITY e{k} "{f"&e{k - 1};" * 10 if k else "a" * 30}">' for k in range(9))
GRID = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (f"<w:tr>{word_cell('x', chr(60) + 'w:gridSpan w:val=' + chr(34) + '99999999' + chr(34) + '/>')}</w:tr>", "spans"),
        ('<w:tr><w:trPr><w:gridBefore w:val="99999999"/></w:trPr><w:tc/></w:tr>', "spans"),
        (f"<w:tr>{word_cell('&e8;')}</w:tr>", ""),
        (f"<w:tr>{word_cell('x' * 3000)}</w:tr>", "2000 characters"),
        (f"<w:tr>{word_cell('x') * 600}</w:tr>", "500 columns"),
        (f"<w:tr><w:tc><w:tbl><w:tr>{word_cell('x')}</w:tr></w:tbl><w:p/></w:tc></w:tr>", "within a cell"),
        ("<w:tr><w:tc><w:p><w:ins><w:r><w:t>1</w:t></w:r></w:ins></w:p></w:tc></w:tr>", "tracked changes"),
        ("<w:tr><w:tc><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>1</w:t></w:r></w:p></w:tc></w:tr>", "hidden"),
    ],
    ids=["span", "cells before", "entities", "long cell", "columns", "nested", "tracked changes", "hidden"],
)  # fmt: skip
def test_hostile_word_tables(tmp_path: Path, rows: str, words: str) -> None:
    doctype = f"<!DOCTYPE w [{ENTITIES}]>" if "&e8;" in rows else ""
    assert words in refused(word_of(tmp_path / "t.docx", f"<w:tbl>{GRID}{rows}</w:tbl>", doctype))


def test_too_many_word_tables(tmp_path: Path) -> None:
    table = f"<w:tbl>{GRID}<w:tr>{word_cell('x')}</w:tr></w:tbl>"
    assert "200 tables" in refused(word_of(tmp_path / "t.docx", table * 201))


CELL = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (f'<sheetData><row r="1048576">{CELL.format("XFD1048576", "x")}</row></sheetData>', "500 columns"),
        ('<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "50000 cells"),
        (f"<sheetData>{'<row><c/></row>' * 60_000}</sheetData>", "50000 cells"),
        (f"<sheetData><row>{'<c/>' * 600}</row></sheetData>", "500 columns"),
        (f'<sheetData><row r="1">{CELL.format("A1", "&e8;")}</row></sheetData>', ""),
        ('<cols><col min="1" max="2" hidden="1"/></cols><sheetData><row><c t="b"><v>1</v></c></row></sheetData>', "hidden"),
    ],
    ids=["far cell", "merged", "rows", "columns", "entities", "hidden"],
)  # fmt: skip
def test_hostile_sheets(tmp_path: Path, sheet: str, words: str) -> None:
    doctype = f"<!DOCTYPE w [{ENTITIES}]>" if "&e8;" in sheet else ""
    assert words in refused(excel_of(tmp_path / "t.xlsx", sheet, doctype))


@pytest.mark.parametrize("words", ['style="display: none"', "hidden", 'style="text-decoration:line-through"'])
def test_html_that_hides_what_it_holds(tmp_path: Path, words: str) -> None:
    path = tmp_path / "t.html"
    path.write_text(f"<table><tr><td>x<td>Drug (n=20)<tr><td>Deaths<td>3<span {words}>1</span></table>")
    assert "hidden" in refused(path)


def test_reading_a_bomb_takes_little_memory(tmp_path: Path) -> None:
    """Merged cells of a whole sheet are refused before they are laid out: below 20 MB of objects."""
    path = excel_of(
        tmp_path / "t.xlsx", '<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    refused(path)
    tracemalloc.start()
    refused(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("piece", ["<!--", "<![CDATA[", '<td a="', "</td ", "<!-- -->", "<", "&#x"])
def test_html_that_never_ends_takes_no_time(tmp_path: Path, piece: str) -> None:
    """A million pieces would take hours where each is sought to the end of the file."""
    path = tmp_path / "t.html"
    path.write_text(f"<table><tr><td>{piece * 200_000}")
    refused(path)
