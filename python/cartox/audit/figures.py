"""Reads a table of printed figures: one row per figure, the columns below, and nothing else."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from pathlib import Path

from cartox.errors import UserError

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
)
MOST_DECIMALS = 12
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{0,15})?", re.ASCII)


@dataclass(frozen=True)
class Figure:
    """One printed figure.

    `reported` is the printed number, `decimals` how many decimals were printed; `numerator` and
    `denominator` are None where the publication does not state them; `row` is the physical line of the file
    on which the record ends.
    """

    figure_id: str
    section: str
    description: str
    study_group: str
    statistic: str
    reported: Decimal
    decimals: int
    numerator: int | None
    denominator: int | None
    unit: str
    row: int

    @property
    def printed(self) -> str:
        """The number with its printed decimals."""
        return f"{self.reported:.{self.decimals}f}"


def read_figures(path: Path) -> list[Figure]:
    """Read the figures of a CSV file, in its order.

    Headers are matched by name, case-insensitively; further columns are ignored. A blank `decimals` is read
    off the printed number.

    Raises
    ------
    UserError : the file cannot be read, lacks a column or holds no figure, or a cell cannot be used.

    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{path}: the file is not UTF-8 text") from None
    except OSError as problem:
        raise UserError(f"{path}: the file cannot be read ({problem.strerror})") from None
    try:
        figures = _parse(path, text)
    except csv.Error as problem:
        raise UserError(f"{path}: the file is not a readable CSV ({problem})") from None
    if not figures:
        raise UserError(f"{path}: the file holds no figure")
    return figures


def _parse(path: Path, text: str) -> list[Figure]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    header = [name.strip().lower() for name in next(reader, [])]
    for column in COLUMNS:
        if header.count(column) != 1:
            state = "is missing" if column not in header else "occurs more than once"
            raise UserError(f"{path}: column {column} {state}")
    figures: list[Figure] = []
    seen: set[str] = set()
    for record in reader:
        if not any(cell.strip() for cell in record):
            continue
        row = reader.line_num
        if len(record) != len(header):
            raise UserError(
                f"{path}, row {row}: {len(record)} cells where the header has {len(header)} columns"
            )
        cells = {name: cell.strip() for name, cell in zip(header, record, strict=True)}
        figure = _Cells(path, row, cells).figure()
        if figure.figure_id in seen:
            raise UserError(f"{path}, column figure_id, row {row}: this figure_id stands in an earlier row")
        seen.add(figure.figure_id)
        figures.append(figure)
    return figures


@dataclass(frozen=True)
class _Cells:
    path: Path
    row: int
    cells: dict[str, str]

    def figure(self) -> Figure:
        reported = self._number("reported")
        written = max(0, -int(reported.normalize().as_tuple().exponent))
        decimals = self._count("decimals")
        if decimals is None:
            decimals = max(0, -int(reported.as_tuple().exponent))
        if decimals > MOST_DECIMALS:
            raise self._wrong("decimals", f"more than {MOST_DECIMALS} decimals")
        if written > decimals:
            raise self._wrong("decimals", "the printed number has more decimals than this")
        return Figure(
            figure_id=self._text("figure_id"),
            section=self.cells["section"],
            description=self._text("description"),
            study_group=self.cells["study_group"],
            statistic=self._text("statistic").lower(),
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

    def _number(self, column: str) -> Decimal:
        text = self._text(column)
        if not NUMBER.fullmatch(text):
            raise self._wrong(column, "not a plain decimal number")
        return Decimal(text)

    def _count(self, column: str) -> int | None:
        if not self.cells[column]:
            return None
        number = self._number(column)
        if number != int(number) or number < 0:
            raise self._wrong(column, "not a whole number of 0 or more")
        return int(number)

    def _wrong(self, column: str, what: str) -> UserError:
        return UserError(f"{self.path}, column {column}, row {self.row}: {what}")
