"""What each column of a printed table holds, by its header."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cartox.audit.reading.cells import MARKS, clean
from cartox.audit.reading.grid import Grid
from cartox.audit.reading.words import EVERYBODY, NO_GROUP, P_HEADER, SIZE, Meaning, meaning

HEADER_LIKE = re.compile(
    r"|%|n|no\.?|n\s*\(%\)|no\.?\s*\(%\)|.*\bn\s*=\s*[0-9,]+.*|[^0-9]*(95 ?% ?ci[^0-9]*)?|q1|q3",
    re.IGNORECASE,
)
PART = re.compile(r"\s*(?:^|\s)(n|no\.?|%)$", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """Role (label, group, p, ratio, unit or other), name and size of the group, and what the header says.

    `part` is "count" or "percent" where a group's counts and percentages stand in columns of their own.
    """

    role: str
    name: str
    size: int | None
    said: Meaning
    part: str = ""


def header_rows(grid: Grid) -> int:
    """Count the rows of the header: the first with more than one cell, and those below that hold no data."""
    rows = grid.cells
    first = next((r for r, row in enumerate(rows) if len({text for text in row if text.strip()}) > 1), 0)
    count = first + 1
    while count < len(rows) - 1 and not rows[count][0].strip() and _is_header(rows[count]):
        count += 1
    return count


def _is_header(row: list[str]) -> bool:
    filled = [clean(text, ".") for text in row[1:] if text.strip()]
    return bool(filled) and all(HEADER_LIKE.fullmatch(text) for text in filled)


def read_columns(grid: Grid, n_header: int) -> list[Column]:
    """Read the header of every column."""
    columns = []
    for c in range(grid.width):
        texts = dict.fromkeys(
            " ".join(MARKS.sub("", grid.spanned[r][c]).split())
            for r in range(n_header)
            if grid.spanned[r][c].strip()
        )
        columns.append(_column(c, [text for text in texts if not _is_title(grid, text)]))
    return columns


def _is_title(grid: Grid, text: str) -> bool:
    """Whether a line spans the whole table."""
    return any(set(map(str.strip, row)) == {text} and len(row) > 2 for row in grid.spanned)


def _column(place: int, texts: list[str]) -> Column:
    text = " ".join(texts)
    said = meaning(text)
    if place == 0:
        return Column("label", text, None, said)
    lower = text.lower().strip(" .")
    if P_HEADER.fullmatch(lower):
        return Column("p", text, None, said)
    if said.ratio:
        return Column("ratio", text, None, said)
    if lower in ("unit", "units"):
        return Column("unit", text, None, said)
    if not lower or NO_GROUP.fullmatch(lower):
        return Column("other", text, None, said)
    match = SIZE.search(text)
    size = int(match[1].replace(",", "")) if match and len(match[1]) < 12 else None
    name = SIZE.sub(" ", text)
    part = PART.search(name)
    name = PART.sub("", name) if part else name
    name = re.sub(
        r",?\s*(no\.?|n|number)\s*\(%\)|,?\s*(median|mean).*$", "", name, flags=re.IGNORECASE
    ).strip(" ,;:()")
    kind = "" if part is None else "percent" if part[1] == "%" else "count"
    everybody = EVERYBODY.fullmatch(name.lower()) is not None or not name
    return Column("group", "all" if everybody else name, size, said, kind)
