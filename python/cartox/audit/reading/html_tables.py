"""Grids of HTML files: merged cells are unfolded, superscripts are footnote marks and left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from cartox.audit.reading.grid import LARGEST_SPAN, MOST_CELLS, Grid, check_size, is_power

MOST_TABLES = 200
MOST_NOTES = 10_000
DECLARATION = re.compile(r"<[!?]")
LONG_TAG = re.compile(r"</?[a-zA-Z][^>]{5000}")
SKIPPED = frozenset({"script", "style", "sup", "head", "template"})


def read_html(text: str) -> list[Grid]:
    """Read every table of an HTML file; captions and paragraphs are its notes. Raises ValueError."""
    if LONG_TAG.search(text):
        raise ValueError("a tag has no end")
    parser = _Tables()
    parser.feed(without_declarations(text))
    parser.close()
    grids = [_unfold(rows) for rows in parser.tables if rows]
    for grid in grids:
        grid.notes = parser.notes
    return grids


def without_declarations(text: str) -> str:
    """Leave out comments, declarations and the tail that an unclosed one hides; the parser is slow on many of them."""
    kept: list[str] = []
    place = 0
    while (found := DECLARATION.search(text, place)) is not None:
        start = found.start()
        kept.append(text[place:start])
        end = "-->" if text.startswith("<!--", start) else ">"
        close = text.find(end, start + 2)
        if close < 0:
            return "".join(kept)
        place = close + len(end)
    kept.append(text[place:])
    return "".join(kept)


class _Tables(HTMLParser):
    """Collects tables as rows of (text, columns, rows), and text outside cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self.notes: list[str] = []
        self._skip = 0
        self._powers = 0
        self._n_cells = 0
        self._depth = 0
        self._text: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "sup" and is_power("".join(self._text or [])):
            self.handle_data("^")
            self._powers += 1
        elif tag in SKIPPED:
            self._skip += 1
        elif tag == "table":
            self._open_table()
        elif tag == "tr" and self._depth:
            self._close_cell()
            self._count()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self._depth:
            self._close_cell()
            self._count()
            if not self.tables[-1]:
                self.tables[-1].append([])
            named = dict(attrs)
            self._span = (_span(named.get("colspan")), _span(named.get("rowspan")))
            self._text = []
        elif tag in ("br", "p", "div") and self._text is not None:
            self._text.append(" ")
        if self._text is not None and not self._skip and _is_hidden(tag, dict(attrs)):
            raise ValueError("a cell holds text that is hidden or struck out; leave what is displayed")

    def _open_table(self) -> None:
        self._depth += 1
        if self._depth > 1:
            raise ValueError("a table stands within a cell of a table")
        self.tables.append([])
        if len(self.tables) > MOST_TABLES:
            raise ValueError(f"more than {MOST_TABLES} tables")

    def handle_endtag(self, tag: str) -> None:
        if tag == "sup" and self._powers:
            self._powers -= 1
        elif tag in SKIPPED:
            self._skip = max(0, self._skip - 1)
        elif tag in ("td", "th", "tr", "table"):
            self._close_cell()
            if tag == "table":
                self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        if self._text is not None:
            self._text.append(data)
        elif data.strip() and len(self.notes) < MOST_NOTES:
            self.notes.append(" ".join(data.split()))

    def _count(self) -> None:
        self._n_cells += 1
        if self._n_cells > 2 * MOST_CELLS:
            raise ValueError(f"the tables have more than {MOST_CELLS} cells")

    def _close_cell(self) -> None:
        if self._text is not None:
            text = "".join(self._text)
            indent = "\u00a0" if re.match(r"[\s]*\u00a0", text) else ""
            self.tables[-1][-1].append((indent + " ".join(text.split()), *self._span))
            self._text = None


def _is_hidden(tag: str, attrs: dict[str, str | None]) -> bool:
    style = re.sub(r"\s", "", attrs.get("style") or "").lower()
    return (
        tag in ("del", "s", "strike")
        or "hidden" in attrs
        or any(
            words in style for words in ("display:none", "visibility:hidden", "font-size:0", "line-through")
        )
    )


def _span(value: str | None) -> int:
    number = int(value) if value and re.fullmatch(r"[0-9]{1,6}", value) else 1
    if number > LARGEST_SPAN:
        raise ValueError(f"a cell spans more than {LARGEST_SPAN} cells")
    return max(1, number)


def _unfold(rows: list[list[tuple[str, int, int]]]) -> Grid:
    """Lay spanning cells out: the text in the first cell, and repeated along the row in `spanned`."""
    cells: dict[tuple[int, int], str] = {}
    spanned: dict[tuple[int, int], str] = {}
    for r, row in enumerate(rows):
        column = 0
        for text, columns, height in row:
            while (r, column) in cells:
                column += 1
            for place in range(columns):
                for down in range(min(height, len(rows) - r)):
                    cells[r + down, column + place] = text if (place, down) == (0, 0) else ""
                    spanned[r + down, column + place] = text
            column += columns
            if len(cells) > MOST_CELLS:
                check_size(len(cells), 1, 0)
    width = 1 + max((column for _, column in cells), default=-1)
    check_size(len(rows), width, max(map(len, cells.values()), default=0))
    return Grid(
        [[cells.get((r, c), "") for c in range(width)] for r in range(len(rows))],
        [[spanned.get((r, c), "") for c in range(width)] for r in range(len(rows))],
    )
