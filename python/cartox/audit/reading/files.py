"""Reads a file by its kind."""

from __future__ import annotations

from pathlib import Path

from cartox.audit.reading.figure import PrintedTable
from cartox.audit.reading.long_form import read_long_form
from cartox.errors import UserError

LARGEST_FILE = 20_000_000


def read_table(path: Path) -> PrintedTable:
    """Read the figures of a file.

    Raises
    ------
    UserError : the file cannot be read; the message names file, column and row.

    """
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise UserError(f"{path}: the file cannot be read ({problem.strerror})") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{path}: the file is not UTF-8 text") from None
    return read_long_form(path, text)
