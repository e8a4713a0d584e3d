"""Grids of Excel files, opened only if what they unpack to is small."""

from __future__ import annotations

import datetime
import re
from io import BytesIO
from typing import Any

from cartox.audit.reading.archives import check_archive, check_sheets
from cartox.audit.reading.grid import Grid, check_size, is_power

DECIMALS = re.compile(r"#?,?#*0(\.(0+))?(%?)")


def read_excel(content: bytes) -> list[Grid]:
    """Read every sheet of an Excel file as it is displayed. Raises ValueError."""
    import openpyxl

    check_archive(content)
    try:
        check_sheets(content)
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
