"""How many rows a printed table's header takes, and what one column's header says by itself."""

from __future__ import annotations

import re

from cartox.audit.reading.cells import MARKS, clean, holds_numbers
from cartox.audit.reading.grid import Grid
from cartox.audit.reading.words import (
    ADJUSTED_P,
    EVERYBODY,
    NO_GROUP,
    P_HEADER,
    SIZE,
    SURE_UNIT,
    Column,
    description_and_unit,
    meaning,
    size_of,
)

NAME_LIKE = re.compile(r"|%|[^\W\d_].*|.*\bn\s*=\s*[0-9,]+.*|95 ?% ?ci.*", re.IGNORECASE | re.DOTALL)
"""Cells of a second header row: they begin with a letter, or hold a group's size."""
NO_NAME = re.compile(r"n\.?s\.?|n/?a\.?|ref\.?|reference|nr|nd|p\s*[<>=].*", re.IGNORECASE)
PART = re.compile(r"(?:^|[\s,;:(\[])(n|no\.|%|s\.?d\.?|sem?)[)\]]?$", re.IGNORECASE)
PARTS = {"n": "count", "no": "count", "%": "percent", "sd": "sd", "se": "se", "sem": "se"}
TITLE_WORDS = re.compile(r",?\s*(no\.?|n|number)\s*\(%\)|,?\s*(median|mean).*$", re.IGNORECASE)
INTERVALS = re.compile(r"\(?\s*95 ?% ?(ci|confidence intervals?)\s*\)?", re.IGNORECASE)
STATISTIC_HEADER = re.compile(
    r"statistics?|measures?|summary|summary (statistic|measure)|format", re.IGNORECASE
)
NO_HEADER = "which group is this? the first row looks like numbers, not like a header"
LEVEL_HEADER = re.compile(r"levels?|categor(y|ies)|subgroups?", re.IGNORECASE)


def header_rows(grid: Grid) -> int:
    """Count the rows of the header: the first with more than one cell, and those below that hold no data."""
    rows = grid.cells
    first = next((r for r in range(len(rows)) if _begins(rows, r)), 0)
    count = first + 1
    while count < len(rows) - 1 and _is_header(rows[count], has_label_above=bool(rows[first][0].strip())):
        count += 1
    return count


def _begins(rows: list[list[str]], r: int) -> bool:
    """Whether the table begins here: with several texts, or one over a column whose numbers follow at once."""
    filled = [place for place, text in enumerate(rows[r]) if text.strip()]
    if len({rows[r][place] for place in filled}) > 1:
        return True
    below = rows[r + 1] if r + 1 < len(rows) else []
    return len(filled) == 1 and filled[0] > 0 and any(map(holds_numbers, below[1:]))


def _is_header(row: list[str], *, has_label_above: bool) -> bool:
    filled = [clean(text, ".") for text in row[1:] if text.strip()]
    if not filled or (row[0].strip() and (has_label_above or len(filled) < len(row) - 1)):
        return False
    return all(NAME_LIKE.fullmatch(text) and not NO_NAME.fullmatch(text) for text in filled)


def header_texts(grid: Grid, n_header: int, place: int) -> list[str]:
    """Give the header of a column, line by line; titles that span the table aside."""
    texts = dict.fromkeys(
        " ".join(MARKS.sub("", grid.spanned[r][place]).split())
        for r in range(n_header)
        if grid.spanned[r][place].strip()
    )
    return [text for text in texts if not _is_title(grid, text)]


def _is_title(grid: Grid, text: str) -> bool:
    """Whether a line spans the whole table."""
    return any(set(map(str.strip, row)) == {text} and len(row) > 2 for row in grid.spanned)


def one_column(place: int, texts: list[str]) -> Column:
    """Read the header of a column without a look at the others."""
    text = " ".join(texts)
    said = meaning(text)
    if place == 0:
        return Column("label", text, None, said)
    size = size_of(text)
    has_size = SIZE.search(text) is not None
    if not has_size and (role := _role(text)):
        return Column(role, text, None, said)
    name = " ".join(SIZE.sub(" ", text).split())
    name = TITLE_WORDS.sub("", name)
    part = PART.search(name)
    if part and has_size and part[1] == name and name.upper() == "SD":
        part = None  # stable disease: a deviation has no patients of its own
    name = (name[: part.start()] if part else name).strip(" ,;:()")
    everybody = EVERYBODY.fullmatch(name.lower()) is not None or not name
    kind = PARTS[part[1].lower().replace(".", "")] if part else ""
    has_unit = SURE_UNIT.fullmatch(description_and_unit(name)[1]) is not None and size is None
    question = NO_HEADER if not has_size and holds_numbers(text) else ""
    return Column("group", "all" if everybody else name, size, said, kind, question, has_unit)


def _role(text: str) -> str:
    """Find what a column holds that is no group's; "" where its header names a group."""
    lower = text.lower().strip(" .")
    if P_HEADER.fullmatch(lower):
        return "other" if ADJUSTED_P.search(lower) else "p"
    if INTERVALS.fullmatch(lower):
        return "interval"
    if meaning(text).ratio:
        return "ratio"
    if lower in ("unit", "units"):
        return "unit"
    if STATISTIC_HEADER.fullmatch(lower):
        return "statistic"
    if LEVEL_HEADER.fullmatch(lower):
        return "level"
    return "other" if not lower or NO_GROUP.fullmatch(lower) else ""
