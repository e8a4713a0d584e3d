"""Grids of Word and Excel files, opened only if what they unpack to is small."""

from __future__ import annotations

import datetime
import re
import zipfile
from io import BytesIO
from typing import Any

from cartox.audit.reading.grid import Grid, check_size, is_power

LARGEST_UNPACKED = 50_000_000
MOST_PARTS = 5_000
DECIMALS = re.compile(r"#?,?#*0(\.(0+))?(%?)")


def check_archive(content: bytes) -> None:
    """Refuse a file that is no archive, or unpacks to more than any table needs. Raises ValueError."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise ValueError("the file is not a readable Office file") from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ValueError("the file unpacks to more than 50 MB")


def read_word(content: bytes) -> list[Grid]:
    """Read every table of a Word file; superscripts are footnote marks, paragraphs are notes. Raises ValueError."""
    from docx import Document

    check_archive(content)
    try:
        document = Document(BytesIO(content))
        grids = [_word_table(table) for table in document.tables]
        notes = [paragraph.text.strip() for paragraph in document.paragraphs if paragraph.text.strip()]
    except ValueError:
        raise
    except Exception:  # an archive that is no Word file fails anywhere within the reader
        raise ValueError("the file is not a readable Word file") from None
    for grid in grids:
        grid.notes = notes
    return grids


def _word_table(table: Any) -> Grid:
    cells: list[list[str]] = []
    spanned: list[list[str]] = []
    seen: set[Any] = set()
    check_size(len(table.rows), len(table.columns), 0)
    for row in table.rows:
        texts = [_word_text(cell) for cell in row.cells]
        elements = [cell._tc for cell in row.cells]
        spanned.append(texts)
        shown: list[str] = []
        for element, text in zip(elements, texts, strict=True):
            shown.append("" if element in seen else text)
            seen.add(element)
        cells.append(shown)
    width = max(map(len, cells), default=0)
    check_size(len(cells), width, max((len(text) for row in cells for text in row), default=0))
    for row_of_texts in (*cells, *spanned):
        row_of_texts.extend([""] * (width - len(row_of_texts)))
    return Grid(cells, spanned)


def _word_text(cell: Any) -> str:
    """Text of a cell with that of its links and fields; superscripts are footnote marks or exponents."""
    from docx.oxml.ns import qn

    element = cell._tc
    if any(True for _ in element.iter(qn("w:tbl"))):
        raise ValueError("a table stands within a cell of a table")
    if any(True for _ in element.iter(qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo"))):
        raise ValueError("the table has tracked changes; accept or reject them first")
    text = ""
    for paragraph in element.iter(qn("w:p")):
        text += " " if text else ""
        for run in paragraph.iter(qn("w:r")):
            text += _run_text(run, text, qn)
    indents = [paragraph.paragraph_format.left_indent for paragraph in cell.paragraphs]
    text = text.rstrip()
    return f"\u00a0{text.strip()}" if any(indents) or text[:1] in (" ", "\t", "\u00a0") else text


def _run_text(run: Any, before: str, qn: Any) -> str:
    properties = run.find(qn("w:rPr"))
    marks = {} if properties is None else {child.tag: child.get(qn("w:val"), "1") for child in properties}
    if any(marks.get(qn(tag), "0") not in ("0", "false") for tag in ("w:vanish", "w:strike", "w:dstrike")):
        raise ValueError("a cell holds text that is hidden or struck out; leave what is displayed")
    text = "".join(
        (part.text or "") if part.tag == qn("w:t") else "-" if part.tag == qn("w:noBreakHyphen") else " "
        for part in run.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen"))
    )
    if marks.get(qn("w:vertAlign")) == "superscript":
        return f"^{text}" if is_power(before) else ""
    return text


def read_excel(content: bytes) -> list[Grid]:
    """Read every sheet of an Excel file as it is displayed. Raises ValueError."""
    import openpyxl

    check_archive(content)
    try:
        book = openpyxl.load_workbook(BytesIO(content), rich_text=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [grid for grid in map(_sheet, sheets) if grid.cells]
    except ValueError:
        raise
    except Exception:  # an archive that is no Excel file fails anywhere within the reader
        raise ValueError("the file is not a readable Excel file") from None


def _sheet(sheet: Any) -> Grid:
    check_size(sheet.max_row or 0, sheet.max_column or 0, 0)
    if any(one.hidden for one in [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()]):
        raise ValueError(f"sheet {sheet.title}: rows or columns are hidden; show or delete them")
    cells: list[list[str]] = []
    questions: dict[tuple[int, int], str] = {}
    for r, row in enumerate(sheet.iter_rows()):
        texts = []
        for c, cell in enumerate(row):
            text, question = _excel_text(sheet.title, cell)
            texts.append(text)
            if question:
                questions[r, c] = question
        cells.append(texts)
    check_size(len(cells), 1, max((len(text) for row in cells for text in row), default=0))
    spanned = [list(row) for row in cells]
    for merged in sheet.merged_cells.ranges:
        for r in range(merged.min_row - 1, merged.max_row):
            for c in range(merged.min_col - 1, merged.max_col):
                spanned[r][c] = cells[merged.min_row - 1][merged.min_col - 1]
    return Grid(cells, spanned, [], questions)


def _excel_text(sheet: str, cell: Any) -> tuple[str, str]:
    """Text of a cell as it is displayed, and what is unclear about it."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        raise ValueError(f"sheet {sheet}, cell {cell.coordinate}: a formula; paste its value")
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return str(value), "Excel made a date of it; type what is printed, as text"
    if isinstance(value, bool):
        return str(value), "Excel holds true or false; type what is printed, as text"
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format)
    if not isinstance(value, str):
        return _rich_text(value).rstrip(), ""
    indent = "\u00a0" if cell.alignment is not None and cell.alignment.indent else ""
    return indent + value.rstrip(), ""


def _rich_text(parts: Any) -> str:
    """Text of a cell whose parts differ in their font; superscripts are footnote marks or exponents."""
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
        elif part.font.vertAlign != "superscript":
            text += part.text
        elif is_power(text):
            text += f"^{part.text}"
    return text


def _number(value: float, number_format: str) -> tuple[str, str]:
    if number_format == "General":
        return (str(value) if isinstance(value, int) else f"{value:.10g}"), ""
    match = DECIMALS.fullmatch(number_format)
    if match is None or abs(value) >= 1e15:
        return (
            f"{value:.10g}",
            "Excel displays this number in a format of its own; type what is printed, as text",
        )
    decimals = len(match[2] or "")
    return (f"{100 * value:.{decimals}f}%" if match[3] else f"{value:.{decimals}f}"), ""
