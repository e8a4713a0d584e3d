"""A table as cells of text, before anything is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MOST_CELLS = 50_000
MOST_COLUMNS = 500
LONGEST_CELL = 2_000
LARGEST_SPAN = 1_000


@dataclass
class Grid:
    """Rows of cells as they stand; a merged cell holds its text in its first cell.

    `spanned` has the text of every cell that a merged one covers along its row. `questions` are cells, by row
    and column from 0, that the file itself leaves unclear. `notes` are lines around the table.
    """

    cells: list[list[str]]
    spanned: list[list[str]]
    notes: list[str] = field(default_factory=list)
    questions: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Cells of the longest row."""
        return max(map(len, self.cells), default=0)


def grid_of(rows: list[list[str]], notes: list[str] | None = None) -> Grid:
    """Make a grid without merged cells, short rows filled up.

    Raises ValueError with one line where the table is too large.
    """
    width = max(map(len, rows), default=0)
    check_size(len(rows), width, max((len(cell) for row in rows for cell in row), default=0))
    cells = [row + [""] * (width - len(row)) for row in rows]
    return Grid(cells, [list(row) for row in cells], notes or [])


def is_power(before: str) -> bool:
    """Whether a superscript after this text is an exponent, as that of a power of ten, and not a footnote mark."""
    return re.search(r"[×x*·]\s*10\s*$", before) is not None


def check_size(rows: int, columns: int, longest: int) -> None:
    """Refuse what no printed table holds."""
    if columns > MOST_COLUMNS:
        raise ValueError(f"the table has more than {MOST_COLUMNS} columns")
    if rows * columns > MOST_CELLS:
        raise ValueError(f"the table has more than {MOST_CELLS} cells")
    if longest > LONGEST_CELL:
        raise ValueError(f"a cell has more than {LONGEST_CELL} characters")
