"""Reads a file by its kind: the long form, or tables as they were printed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from cartox.audit.reading.excel_tables import read_excel
from cartox.audit.reading.figure import PrintedTable
from cartox.audit.reading.grid import Grid
from cartox.audit.reading.html_tables import read_html
from cartox.audit.reading.layout import read_grids
from cartox.audit.reading.long_form import is_long_form, read_long_form
from cartox.audit.reading.text_tables import read_csv_grid, read_markdown
from cartox.audit.reading.word_tables import read_word
from cartox.errors import UserError

LARGEST_FILE = 20_000_000
OFFICE: dict[str, Callable[[bytes], list[Grid]]] = {".docx": read_word, ".xlsx": read_excel}
TEXTS: dict[str, Callable[[str], list[Grid]]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}
ENDINGS = (".csv", ".md", ".html", ".docx", ".xlsx")


def read_table(path: Path) -> PrintedTable:
    """Read the figures of a file: CSV (the long form or a printed table), Markdown, HTML, Word or Excel.

    Raises
    ------
    UserError : the file cannot be read; the message names file, column and row.

    """
    content = _content(path)
    ending = path.suffix.lower()
    try:
        if ending in OFFICE:
            return _printed(path, OFFICE[ending](content))
        text = content.decode("utf-8-sig")
        if ending in TEXTS:
            return _printed(path, TEXTS[ending](text))
        if is_long_form(text):
            return read_long_form(path, text)
        return _printed(path, read_csv_grid(text))
    except UnicodeDecodeError:
        raise UserError(f"{path}: the file is not UTF-8 text") from None
    except csv.Error as problem:
        raise UserError(f"{path}: the file is not a readable CSV ({problem})") from None
    except ValueError as problem:
        raise UserError(f"{path}: {problem}") from None


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UserError(f"{path}: the file is larger than {LARGEST_FILE // 1_000_000} MB")
        return path.read_bytes()
    except OSError as problem:
        raise UserError(f"{path}: the file cannot be read ({problem.strerror})") from None


def _printed(path: Path, grids: list[Grid]) -> PrintedTable:
    table = read_grids(grids)
    if not table.figures and not table.questions:
        raise UserError(f"{path}: the file holds no figure")
    return table
