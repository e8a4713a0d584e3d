"""Absurd and hostile files end in one line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

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
