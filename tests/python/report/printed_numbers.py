"""Every number of a text, and the cells that it may be."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from cartox import report
from cartox.report.wording import number

PRINTERS = Path(report.__file__).parent
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\+\d\d:\d\d)?)?")
NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
WHOLE = re.compile(rf"(?<![\w.,-]){NUMBER}(?![\w])|(?<=[ (])-\d[\d,]*(?:\.\d+)?(?![\w])")
SHARE = re.compile(r"(?<![\w.,])(\d[\d,]*) of (\d[\d,]*)(?![\w])")
INTERVAL = re.compile(rf"({NUMBER})(?: [%a-zA-Z]+)? \((?:[≥≤≈] )?({NUMBER}) to (?:[≥≤≈] )?({NUMBER})\)")
HIDDEN = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)


PARTS = {
    "results.counts": [("n", "n_of")],
    "results.descriptives": [("count", "n")],
    "results.era_comparison": [("before_count", "before_total"), ("from_count", "from_total")],
    "results.event_tests": [("n_events", "n")],
    "results.grade_agreement": [("n_equal", "n_assessments")],
    "results.response_sensitivity": [("n_responders", "n_evaluable"), ("n_changed", "n_patients")],
}
"""The columns of which one is a part of the other."""
WITH_ENDS = (
    "effect", "difference", "percent", "before_percent", "from_percent", "hazard_ratio", "auroc", "odds_ratio",
)  # fmt: skip
ENDS = {name: (f"{name}_low", f"{name}_high") for name in WITH_ENDS} | {
    "percent_responders": ("percent_low", "percent_high"),
    "median": ("q1", "q3"),
}
"""The columns beside which stand the ends of an interval, or the quartiles."""


@dataclass(frozen=True)
class Cells:
    """What the tables hold: each number as it may be written, the parts of a whole, and estimates with their two ends."""

    written: frozenset[str]
    shares: frozenset[tuple[str, ...]]
    intervals: tuple[tuple[frozenset[str], ...], ...]

    def hold_interval(self, numbers: Sequence[str]) -> bool:
        """Whether one row holds the estimate and both of its ends."""
        return any(
            all(one in forms for one, forms in zip(numbers, ends, strict=True)) for ends in self.intervals
        )


def read_cells(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> Cells:
    """Read the numbers of the tables, and those inside their texts."""
    written: set[str] = set()
    shares: set[tuple[str, ...]] = set()
    intervals: list[tuple[frozenset[str], ...]] = []
    for table in tables:
        cursor = connection.execute(f"select * from {table}")
        names = [column[0] for column in cursor.description or ()]
        for cells in cursor.fetchall():
            row = dict(zip(names, cells, strict=True))
            written |= {form for cell in cells for form in _forms(cell)}
            shares |= {(str(row[part]), str(row[whole])) for part, whole in PARTS.get(table, ())}
            for text in (cell for cell in cells if isinstance(cell, str)):
                shares |= {tuple(map(_plain, found)) for found in SHARE.findall(text)}
            for name, ends in ENDS.items():
                if {name, *ends} <= row.keys():
                    intervals.append(tuple(frozenset(_forms(row[one])) for one in (name, *ends)))
    return Cells(frozenset(written), frozenset(shares), tuple(intervals))


def words_of_the_printers() -> frozenset[str]:
    """The numbers in what the printers say whatever the records hold, such as the 95 of an interval."""
    said = [
        node.value
        for source in PRINTERS.rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    templates = [file.read_text(encoding="utf-8") for file in PRINTERS.rglob("*.j2")]
    return frozenset(one for text in (*said, *templates) for one in numbers_of(text))


def numbers_of(text: str) -> Iterator[str]:
    """Yield the numbers of a text, dates aside, without separators of thousands."""
    for found in WHOLE.findall(MOMENT.sub(" ", text)):
        yield _plain(found)


def text_of_page(page: str) -> str:
    """What a reader of a page sees: its text without scripts and tags."""
    cells = re.sub(
        r"</(td|th|li|p|h\d|dd|dt|text|title|figcaption|summary|a|span|div)>", "\n", HIDDEN.sub(" ", page)
    )
    return html.unescape(re.sub(r"<[^>]+>", " ", cells)).replace("\u00a0", " ").replace("\u2007", " ")


def made_up(text: str, cells: Cells, words: frozenset[str]) -> list[str]:
    """The numbers of a text that no cell holds, the shares of no such whole, and the intervals that no one row holds."""
    alone = [one for one in numbers_of(text) if one not in cells.written and one not in words]
    shares = [
        found.group(0)
        for found in SHARE.finditer(text)
        if tuple(map(_plain, found.groups())) not in cells.shares
    ]
    intervals = [
        found.group(0)
        for found in INTERVAL.finditer(text)
        if not cells.hold_interval([_plain(one) for one in found.groups()])
    ]
    return [*alone, *shares, *intervals]


def _forms(cell: Any) -> Iterator[str]:
    """Every way in which a printer may write a cell."""
    if isinstance(cell, bool) or cell is None:
        return
    if isinstance(cell, str):
        yield from numbers_of(cell)
        yield from numbers_of(cell.replace("_", " "))
    elif isinstance(cell, int):
        yield str(cell)
    elif isinstance(cell, float | Decimal):
        value = float(cell)
        yield _plain(number(value))
        yield f"{value:g}"
        yield f"{value:.2g}"
        yield from (f"{value:.{decimals}f}" for decimals in range(1, 5))


def _plain(text: str) -> str:
    return text.rstrip(",").replace(",", "")
