"""Grids of CSV and Markdown files."""

from __future__ import annotations

import csv
import re
from io import StringIO

from cartox.audit.reading.grid import Grid, grid_of

RULE = re.compile(r"\s*:?-{1,}:?\s*")
MARKS = re.compile(r"<sup>.*?</sup>|\^[^^\s|]{1,3}\^|(?<!\\)(\*\*|__|`)", re.IGNORECASE)


def read_csv_grid(text: str) -> list[Grid]:
    """Read a CSV file by the delimiter that its lines agree on best: comma, semicolon or tab.

    Raises csv.Error, ValueError.
    """
    lines = text.splitlines()
    delimiter = max(",;\t", key=lambda sign: (sum(sign in line for line in lines), sign == ","))
    if delimiter == "," and sum(";" in line for line in lines) == len(lines):
        delimiter = ";"
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    return [grid_of([row for row in rows if any(cell.strip() for cell in row)])]


def read_markdown(text: str) -> list[Grid]:
    """Read every table of a Markdown file; lines outside are its notes. Raises ValueError."""
    grids: list[Grid] = []
    notes: list[str] = []
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.strip().startswith("|") or (rows and "|" in line):
            cells = [_plain(cell) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
            if not all(RULE.fullmatch(cell) for cell in cells):
                rows.append(cells)
            continue
        if rows:
            grids.append(grid_of(rows))
            rows = []
        if line.strip():
            notes.append(_plain(line.strip("# ")))
    for grid in grids:
        grid.notes = notes
    return grids


def _plain(cell: str) -> str:
    """Take footnote marks and emphasis out of a cell; leading blanks, which indent, become plain."""
    text = MARKS.sub("", cell.replace("&nbsp;", "\u00a0"))
    text = text.replace("\\|", "|").replace("<br>", " ").rstrip()
    indent = "\u00a0" if re.match(r" {3}|\s*\u00a0", text) else ""
    return indent + text.strip()
