"""Every released number by itself, as the long forms need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cartox.release.blocks import WITHHELD, Row
from cartox.release.rules import (
    ATTRITION,
    COMPARISONS,
    CONSERVATION,
    DESCRIPTIVES,
    ERAS,
    NUMBERS,
    PERCENT,
    RULES,
)
from cartox.release.tables import ReleasedTable

STUDY_GROUP = "study_group"
ERA_NAMES = ("before", "from")


@dataclass(frozen=True)
class Estimate:
    """One number: what it is of, its name and kind, and its value, None where it is withheld."""

    context: str
    group: tuple[str, str] | None
    variable: str
    level: str | None
    name: str
    kind: str
    value: Any


def estimates_of(tables: Sequence[ReleasedTable]) -> Iterator[Estimate]:
    """Yield every number that the tables show or withhold, in their order."""
    for table in tables:
        for row in table.rows:
            if table.name in _READERS:
                yield from _READERS[table.name](row)


def _described(row: Row) -> Iterator[Estimate]:
    level = None if row["level"] == "value" else row["level"]
    yield from _of(DESCRIPTIVES, row, row["kind"], (STUDY_GROUP, row[STUDY_GROUP]), row["variable"], level)


def _compared(row: Row) -> Iterator[Estimate]:
    yield from _of(COMPARISONS, row, row["test"], None, row["variable"], None)


def _era(row: Row) -> Iterator[Estimate]:
    for found in _of(ERAS, row, "era", None, row["measure"], row["reading"]):
        era, _, name = found.name.partition("_")
        if era in ERA_NAMES:
            yield Estimate("era", ("era", era), found.variable, found.level, name, found.kind, found.value)
        else:
            yield found


def _flow(row: Row) -> Iterator[Estimate]:
    yield from _of(ATTRITION, row, "attrition", None, "cohort_attrition", row["step"])


def _records(row: Row) -> Iterator[Estimate]:
    yield from _of(CONSERVATION, row, "records", None, "record_conservation", row["entity"])


def _of(
    table: str, row: Row, context: str, group: tuple[str, str] | None, variable: str, level: str | None
) -> Iterator[Estimate]:
    kinds: Mapping[str, str] = RULES[table]
    gone = row[WITHHELD].split()
    for column, value in row.items():
        kind = kinds.get(column, "")
        if kind in NUMBERS and (value is not None or column in gone):
            shown = "percentage" if kind == PERCENT else "integer" if isinstance(value, int) else "numeric"
            yield Estimate(context, group, variable, level, column, shown, value)


_READERS = {
    DESCRIPTIVES: _described,
    COMPARISONS: _compared,
    ERAS: _era,
    ATTRITION: _flow,
    CONSERVATION: _records,
}
