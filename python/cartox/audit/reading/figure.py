"""One printed figure, and what a file holds beside its figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from cartox.audit.conventions.rules import StatedRules

SHARES = ("percent", "count")
ORDER = ("min", "q1", "median", "q3", "max")
MOMENTS = ("mean", "sd", "se")
RATIOS = ("hazard_ratio", "odds_ratio", "risk_ratio")
INTERVAL = ("ci_low", "ci_high")
P_VALUES = ("p_value", "p_value_below", "p_value_above")
STATISTICS = (*SHARES, *ORDER, *MOMENTS, *RATIOS, *INTERVAL, "events", *P_VALUES)
"""Every statistic that some check reads; others may be written and are not checked."""

SIGNS = {"p_value_below": "< ", "p_value_above": "> "}


@dataclass(frozen=True)
class Figure:
    """One printed figure.

    `reported` is the printed number, `decimals` how many decimals were printed; `numerator` and
    `denominator` are None where the publication does not state them; `row` is the line of the file on which
    the record ends, or the row of the printed table.
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

    @property
    def as_printed(self) -> str:
        """The number with its sign and percent mark."""
        mark = " %" if self.statistic == "percent" else ""
        return f"{SIGNS.get(self.statistic, '')}{self.printed}{mark}"


@dataclass(frozen=True)
class ReadCell:
    """How one cell of a printed table was read; `question` is empty where it could be."""

    row: int
    column: int
    text: str
    reading: str
    question: str = ""


@dataclass
class PrintedTable:
    """What a file holds: figures, the study's stated rules, and for a printed table how its cells were read."""

    figures: list[Figure]
    rules: StatedRules = field(default_factory=StatedRules)
    cells: list[ReadCell] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def questions(self) -> list[ReadCell]:
        """Cells that could not be read for certain."""
        return [cell for cell in self.cells if cell.question]
