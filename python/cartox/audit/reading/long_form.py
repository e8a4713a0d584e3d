"""Reads the long form: a CSV file with one printed figure a row, and nothing else."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from pathlib import Path

from cartox.audit.conventions.rules import StatedRules, read_rules
from cartox.audit.reading.figure import Figure, PrintedTable
from cartox.errors import UserError

REQUIRED = ("description", "statistic", "reported")
COLUMNS = (
    "figure_id",
    "section",
    "description",
    "study_group",
    "statistic",
    "reported",
    "decimals",
    "numerator",
    "denominator",
    "unit",
    "rules",
)
MOST_DECIMALS = 12
MOST_FIGURES = 10_000
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{0,15})?", re.ASCII)
SIGNED_P = re.compile(r"([<>≤≥])\s*(.*)", re.DOTALL)
NOT_SIGNIFICANT = frozenset({"ns", "n.s.", "n. s.", "not significant"})


def is_long_form(text: str) -> bool:
    """Whether a CSV file's first line holds the columns of the long form rather than a printed table's header."""
    try:
        header = [name.strip().lower() for name in next(csv.reader(StringIO(text, newline="")), [])]
    except csv.Error:
        return False
    return "reported" in header or len(set(header) & set(COLUMNS)) >= len(REQUIRED)


def read_long_form(path: Path, text: str) -> PrintedTable:
    """Read the figures of a CSV file, in its order.

    Headers are matched by name, case-insensitively; further columns are ignored, and all but `REQUIRED` may
    be left out. A blank `decimals` is read off the printed number. The cells of `rules` hold what the study
    states about its tests.

    Raises
    ------
    UserError : the file lacks a column or holds no figure, or a cell cannot be used.

    """
    try:
        table = _parse(path, text)
    except csv.Error as problem:
        raise UserError(f"{path}: the file is not a readable CSV ({problem})") from None
    if not table.figures:
        raise UserError(f"{path}: the file holds no figure")
    return table


def _parse(path: Path, text: str) -> PrintedTable:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    header = [name.strip().lower() for name in next(reader, [])]
    for column in COLUMNS:
        if header.count(column) > 1 or (column in REQUIRED and column not in header):
            state = "is missing" if column not in header else "occurs more than once"
            raise UserError(f"{path}: column {column} {state}")
    figures: list[Figure] = []
    rules: dict[str, int] = {}
    seen: set[str] = set()
    for record in reader:
        if not any(cell.strip() for cell in record):
            continue
        row = reader.line_num
        if len(record) != len(header):
            raise UserError(
                f"{path}, row {row}: {len(record)} cells where the header has {len(header)} columns"
            )
        cells = dict.fromkeys(COLUMNS, "") | {
            name: cell.strip() for name, cell in zip(header, record, strict=True)
        }
        figure = _Cells(path, row, "figure_id" in header, cells).figure()
        if figure.figure_id in seen:
            raise UserError(f"{path}, column figure_id, row {row}: this figure_id stands in an earlier row")
        if len(figures) == MOST_FIGURES:
            raise UserError(f"{path}, row {row}: more than {MOST_FIGURES} figures")
        seen.add(figure.figure_id)
        figures.append(figure)
        if cells["rules"]:
            rules.setdefault(cells["rules"], row)
    return PrintedTable(figures, _rules(path, rules))


def _rules(path: Path, rules: dict[str, int]) -> StatedRules:
    """Read the rules of all rows as those of one study."""
    try:
        return read_rules("; ".join(rules))
    except ValueError as problem:
        rows = ", ".join(map(str, rules.values()))
        raise UserError(f"{path}, column rules, row {rows}: {problem}") from None


@dataclass(frozen=True)
class _Cells:
    path: Path
    row: int
    has_names: bool
    cells: dict[str, str]

    def figure(self) -> Figure:
        statistic = self._text("statistic").lower()
        statistic, text = _read_sign(statistic, self._text("reported"))
        reported = self._number("reported", text)
        written = max(0, -int(reported.normalize().as_tuple().exponent))
        decimals = self._count("decimals")
        if decimals is None:
            decimals = max(0, -int(reported.as_tuple().exponent))
        if decimals > MOST_DECIMALS:
            raise self._wrong("decimals", f"more than {MOST_DECIMALS} decimals")
        if written > decimals:
            raise self._wrong("decimals", "the printed number has more decimals than this")
        return Figure(
            figure_id=self._text("figure_id") if self.has_names else f"row_{self.row}",
            section=self.cells["section"],
            description=self._text("description"),
            study_group=self.cells["study_group"],
            statistic=statistic,
            reported=reported,
            decimals=decimals,
            numerator=self._count("numerator"),
            denominator=self._count("denominator"),
            unit=self.cells["unit"],
            row=self.row,
        )

    def _text(self, column: str) -> str:
        if not self.cells[column]:
            raise self._wrong(column, "the cell is empty")
        return self.cells[column]

    def _number(self, column: str, text: str) -> Decimal:
        if not NUMBER.fullmatch(text):
            raise self._wrong(column, "not a plain decimal number")
        return Decimal(text)

    def _count(self, column: str) -> int | None:
        if not self.cells[column]:
            return None
        number = self._number(column, self.cells[column])
        if number != int(number) or number < 0:
            raise self._wrong(column, "not a whole number of 0 or more")
        return int(number)

    def _wrong(self, column: str, what: str) -> UserError:
        return UserError(f"{self.path}, column {column}, row {self.row}: {what}")


def _read_sign(statistic: str, text: str) -> tuple[str, str]:
    """Read `<`, `>` and NS of a p-value that is written with them."""
    if statistic != "p_value":
        return statistic, text
    if text.lower() in NOT_SIGNIFICANT:
        return "p_value_above", "0.05"
    match = SIGNED_P.fullmatch(text)
    if match is None:
        return statistic, text
    return ("p_value_below" if match[1] in "<≤" else "p_value_above"), match[2]
