"""The look that the parts of the summary share."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

INDENT = 2
_UNBOUNDED = 1_000_000


def heading(console: Console, text: str) -> None:
    """Print the heading of a part."""
    console.print()
    console.print(Text(text, style="bold"))


def sentence(console: Console, text: str, style: str = "") -> None:
    """Print a sentence, indented under its heading."""
    console.print(Padding(Text(text, style=style), (0, 0, 0, INDENT)))


def new_table(*columns: str, numeric_from: int = 1) -> Table:
    """Make a table without lines; columns from `numeric_from` on are right-aligned."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for place, column in enumerate(columns):
        is_numeric = place >= numeric_from
        table.add_column(column, justify="right" if is_numeric else "left", no_wrap=is_numeric)
    return table


def print_table(console: Console, table: Table, indent: int = INDENT) -> None:
    """Print a table, indented under its heading; no number or word of it is ever cut.

    Columns that may not wrap get the room that they need, the others at least that of their longest word. In a
    terminal too narrow for that each row becomes lines of its own, a line for each cell.
    """
    cells = [_texts(console, column.header, *column.cells) for column in table.columns]
    widest = [max((_widths(console, text).maximum for text in column), default=1) for column in cells]
    widths = [
        wide if column.no_wrap else max((_widths(console, text).minimum for text in texts), default=1)
        for column, wide, texts in zip(table.columns, widest, cells, strict=True)
    ]
    _set_widths(table, widths)
    wide_options = console.options.update(max_width=_UNBOUNDED)
    room = console.width - indent - Measurement.get(console, wide_options, table).maximum
    if room < 0:
        _print_stacked(console, table, cells, indent)
        return
    for _ in range(room):
        wanting = [wide - width for wide, width in zip(widest, widths, strict=True)]
        if max(wanting) == 0:
            break
        widths[wanting.index(max(wanting))] += 1
    _set_widths(table, widths)
    console.print(Padding(table, (0, 0, 0, indent)))


def _texts(console: Console, *cells: object) -> list[Text]:
    return [cell if isinstance(cell, Text) else console.render_str(str(cell)) for cell in cells]


def _widths(console: Console, text: Text) -> Measurement:
    return Measurement.get(console, console.options.update(max_width=_UNBOUNDED), text)


def _set_widths(table: Table, widths: list[int]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = max(width, 1)


def _print_stacked(console: Console, table: Table, cells: list[list[Text]], indent: int) -> None:
    """Print the first cell of each row, and under it every other one behind its column's heading."""
    if table.title:
        console.print(Padding(table.title, (0, 0, 0, indent)))
    headers = [column[0] for column in cells]
    for first, *others in zip(*(column[1:] for column in cells), strict=True):
        console.print(Padding(first, (0, 0, 0, indent)))
        for header, cell in zip(headers[1:], others, strict=True):
            if cell.plain.strip():
                line = Text.assemble(header, ": ", cell) if header.plain else cell
                console.print(Padding(line, (0, 0, 0, INDENT + indent)))
    if table.caption:
        console.print(Padding(table.caption, (0, 0, 0, indent)))
