"""Cells of CSV files that people open in a spreadsheet."""

from __future__ import annotations

from typing import TypeVar

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Cell = TypeVar("Cell")


def safe_cell(value: Cell) -> Cell | str:
    """Return a cell as it may be written: text that a spreadsheet would run gets an apostrophe before it.

    Numbers, dates and None stay as they are. The starts are those of the OWASP page on CSV injection, with the
    full-width signs that some spreadsheets read as the plain ones.
    """
    if isinstance(value, str) and value.startswith(RUN_BY_SPREADSHEETS):
        return f"'{value}"
    return value
