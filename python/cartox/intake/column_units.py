"""Units in which a site may have written a column that the contract has in another."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from cartox.project import find_project

SEED = ("seeds", "terminology", "column_units.csv")
_DIGITS = 6  # behind the point of what was converted


@dataclass(frozen=True)
class ColumnUnit:
    """A unit of a column: what is written in it, less `subtracted`, times `multiplied`, by `divided`, is in the contract's."""

    column: str
    unit: str
    subtracted: Decimal
    multiplied: Decimal
    divided: Decimal

    def converted(self, number: Decimal) -> str:
        """Return a number in the contract's unit, without idle zeros."""
        value = (number - self.subtracted) * self.multiplied / self.divided
        text = f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text


@cache
def column_units() -> tuple[ColumnUnit, ...]:
    """Return the units that the seed column_units knows."""
    with find_project().joinpath(*SEED).open(encoding="utf-8", newline="") as file:
        return tuple(
            ColumnUnit(
                row["column_name"],
                row["unit"],
                Decimal(row["subtracted"]),
                Decimal(row["multiplied"]),
                Decimal(row["divided"]),
            )
            for row in csv.DictReader(file)
        )
