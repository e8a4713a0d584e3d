"""Rows of a trace as tables of the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from cartox.terminal import new_table, print_table, sentence
from cartox.trace.sets import Record

PLACE = "file:line"


def print_rows(
    console: Console,
    rows: Sequence[Record],
    columns: Mapping[str, str],
    nothing: str = "None.",
    *,
    keeps_last_whole: bool = False,
) -> None:
    """Print a table: `columns` maps each heading to the key of its cells; the heading PLACE to file and line.

    Where it `keeps_last_whole`, cells of the last column stand on one line, to be copied.
    """
    if not rows:
        sentence(console, nothing)
        return
    table = new_table(*columns, numeric_from=len(columns) - keeps_last_whole)
    for row in rows:
        table.add_row(
            *(Text(place(row) if name == PLACE else shown(row[key])) for name, key in columns.items())
        )
    print_table(console, table)


def place(row: Record) -> str:
    """Return file and line of a record; nothing where there is none."""
    return f"{shown(row['source_file'])}:{row['line_number']}" if row.get("line_number") is not None else ""


def shown(value: Any) -> str:
    """Return a cell as text: nothing for null, numbers with six digits, no control character of a record."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    return "".join(character if character.isprintable() else "?" for character in str(value))
