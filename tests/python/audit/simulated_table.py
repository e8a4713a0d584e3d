"""How simulated tables are laid out, altered by one digit and written."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from pathlib import Path

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


@dataclass(frozen=True)
class Row:
    """One printed figure; None prints as an empty cell. `kind`, `sizes` and `partners` are for the brute force."""

    figure_id: str
    section: str
    description: str
    study_group: str
    statistic: str
    reported: str
    numerator: int | None = None
    denominator: int | None = None
    unit: str = "%"
    kind: str = ""
    sizes: tuple[int, ...] = ()
    partners: tuple[str, ...] = ()

    @property
    def decimals(self) -> int:
        return len(self.reported.partition(".")[2])

    def cells(self) -> list[object]:
        return ["" if getattr(self, column) is None else getattr(self, column) for column in COLUMNS]


@dataclass
class Table:
    """Rows by figure_id, in printed order."""

    rows: dict[str, Row] = field(default_factory=dict)

    def add(self, *cells: object, **more: object) -> str:
        row = Row(f"figure_{len(self.rows) + 1}", *cells, **more)  # type: ignore[arg-type]
        self.rows[row.figure_id] = row
        return row.figure_id

    def next(self, ahead: int = 1) -> str:
        return f"figure_{len(self.rows) + ahead}"

    def with_reported(self, figure_id: str, reported: str) -> Table:
        return Table(self.rows | {figure_id: replace(self.rows[figure_id], reported=reported)})

    def write(self, path: Path) -> Path:
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(row.cells() for row in self.rows.values())
        return path


def one_digit_changes(reported: str, largest: float) -> list[str]:
    """Every number that differs from a printed one in one digit and is at most `largest`."""
    return [
        changed
        for place, old in enumerate(reported)
        for digit in "0123456789"
        if old not in f".{digit}"
        and float(changed := reported[:place] + digit + reported[place + 1 :]) <= largest
    ]
