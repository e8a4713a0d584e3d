"""Every statistic of the tables of results by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

from cartox.results.long_forms.shapes import SHAPES, Shape
from cartox.statistics.certainty import EXACT, UNKNOWN

CERTAIN = ("median", "count", "percent", "difference")
"""Statistics that the column `certainty` of their row is about; others have a column of their own name."""

CERTAINTIES = {
    "at_least": "at least: values that an assay or a chart only bounds from below enter",
    "at_most": "at most: values that an assay or a chart only bounds from above enter",
    "estimated": "estimated: a value that is an estimate enters",
    "unknown": "unknown: bounds could move it either way, or nobody has a value",
}
ERAS = ("before", "from")
REASON = "not_applicable"
EVERYBODY = {"all", "none"}
"""Groups that are none: of all patients, and of no patients of a group."""
OVERALL_LEVEL = "value"
"""The level of a variable that has none."""


@dataclass(frozen=True)
class Statistic:
    """One number or word: what it is of, in which group, its name, kind, value, and what is to be said about it.

    `value` is None where it could not be computed; then `remark` says why. `group_level` is None where the statistic
    compares the groups.
    """

    table: str
    context: str
    group: str | None
    group_level: str | None
    variable: str
    level: str | None
    name: str
    kind: str
    value: Any
    remark: str | None

    @cached_property
    def text(self) -> str | None:
        """Return the value in full, as a file holds it."""
        return as_text(self.value)


def read_statistics(connection: duckdb.DuckDBPyConnection) -> list[Statistic]:
    """Read every statistic, in the order of the shapes and of the tables' rows."""
    return [one for shape in SHAPES for row in _rows(connection, shape) for one in _statistics(shape, row)]


def as_text(value: Any) -> str | None:
    """Return a value as text that loses no digit; whole numbers have no decimals."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _rows(connection: duckdb.DuckDBPyConnection, shape: Shape) -> Iterator[dict[str, Any]]:
    found = connection.execute(
        f"select * from results.{shape.table} where {shape.condition} order by all"  # noqa: S608 (names of SHAPES)
    )
    names = [column[0] for column in found.description or ()]
    for cells in found.fetchall():
        yield dict(zip(names, cells, strict=True))


def _statistics(shape: Shape, row: dict[str, Any]) -> Iterator[Statistic]:
    level = None if shape.level is None else as_text(row[shape.level])
    group = row[shape.group] if shape.is_group_named and shape.group else shape.group
    group_level = None if shape.group_level is None else row[shape.group_level]
    if {group, group_level} & EVERYBODY or (shape.group_level is not None and group_level is None):
        group, group_level = None, None
    for column, value in row.items():
        if column in shape.names or column == REASON:
            continue
        era, _, rest = column.partition("_")
        is_of_era = shape.group == "era" and era in ERAS and rest != ""
        name = dict(shape.renamed).get(column, rest if is_of_era else column)
        remark = _remark(row, column, value)
        if value is None and remark is None:
            continue
        yield Statistic(
            table=shape.table,
            context=row[shape.context] if shape.has_context else shape.context,
            group=group if shape.group != "era" or is_of_era else None,
            group_level=era if is_of_era else group_level,
            variable=row[shape.variable],
            level=None if level == OVERALL_LEVEL else level,
            name=name,
            kind=_kind(name, value),
            value=value,
            remark=remark,
        )


def _remark(row: dict[str, Any], column: str, value: Any) -> str | None:
    """Say why there is no value, or how uncertain it is; None where there is nothing to say."""
    own = row.get(f"{column}_certainty") or (row.get("certainty") if column in CERTAIN else None)
    if value is None:
        return row.get(REASON) or (CERTAINTIES[UNKNOWN] if own == UNKNOWN else None)
    return None if own is None or own == EXACT else CERTAINTIES[own]


def _kind(name: str, value: Any) -> str:
    """Name the kind of a value as omopgenerics does."""
    if isinstance(value, bool):
        return "logical"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "percentage" if name.startswith("percent") else "numeric"
    return "date" if isinstance(value, dt.date) else "character"
