"""The look that the parts of the summary share."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text


def heading(console: Console, text: str) -> None:
    """Print the heading of a part."""
    console.print()
    console.print(Text(text, style="bold"))


def sentence(console: Console, text: str, style: str = "") -> None:
    """Print a sentence, indented under its heading."""
    console.print(Padding(Text(text, style=style), (0, 0, 0, 2)))


def new_table(*columns: str, numeric_from: int = 1) -> Table:
    """Make a table without lines; columns from `numeric_from` on are right-aligned."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for place, column in enumerate(columns):
        is_numeric = place >= numeric_from
        table.add_column(column, justify="right" if is_numeric else "left", no_wrap=is_numeric)
    return table


def print_table(console: Console, table: Table) -> None:
    """Print a table, indented under its heading."""
    console.print(Padding(table, (0, 0, 0, 2)))
