"""Every statistic of the tables of results by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

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


class Statistic(NamedTuple):
    """One number or word: what it is of, in which group, its name, kind, value, and what is to be said about it.

    `value` is None where it could not be computed; then `remark` says why. `group_level` is None where the statistic
    compares the groups. `text` is the value in full, as a file holds it.
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
    text: str | None
    remark: str | None


class _Column(NamedTuple):
    """A column of a table that is a statistic: its name among the statistics, its era, the columns that tell its certainty."""

    column: str
    name: str
    era: str | None
    certainties: tuple[str, ...]


def read_statistics(connection: duckdb.DuckDBPyConnection) -> list[Statistic]:
    """Read every statistic, in the order of the shapes and of the tables' rows."""
    found: list[Statistic] = []
    for shape in SHAPES:
        columns: list[_Column] | None = None
        for row in _rows(connection, shape):
            columns = _columns(shape, row) if columns is None else columns
            found += _statistics(shape, columns, row)
    return found


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


def _columns(shape: Shape, row: dict[str, Any]) -> list[_Column]:
    """Return the columns of a table's rows that are statistics."""
    renamed, columns = dict(shape.renamed), []
    for column in row:
        if column in shape.names or column == REASON:
            continue
        era, _, rest = column.partition("_")
        is_of_era = shape.group == "era" and era in ERAS and rest != ""
        name = renamed.get(column, rest if is_of_era else column)
        told = (f"{column}_certainty", *(["certainty"] if column in CERTAIN else []))
        certainties = tuple(one for one in told if one in row)
        columns.append(_Column(column, name, era if is_of_era else None, certainties))
    return columns


def _statistics(shape: Shape, columns: list[_Column], row: dict[str, Any]) -> Iterator[Statistic]:
    level = None if shape.level is None else as_text(row[shape.level])
    level = None if level == OVERALL_LEVEL else level
    group = row[shape.group] if shape.is_group_named and shape.group else shape.group
    group_level = None if shape.group_level is None else row[shape.group_level]
    if {group, group_level} & EVERYBODY or (shape.group_level is not None and group_level is None):
        group, group_level = None, None
    of_all = group if shape.group != "era" else None
    context = row[shape.context] if shape.has_context else shape.context
    variable, reason = row[shape.variable], row.get(REASON)
    for column, name, era, certainties in columns:
        value = row[column]
        own = next((row[one] for one in certainties if row[one]), None) if certainties else None
        if value is None:
            remark = reason or (CERTAINTIES[UNKNOWN] if own == UNKNOWN else None)
            if remark is None:
                continue
        else:
            remark = None if own is None or own == EXACT else CERTAINTIES[own]
        yield Statistic(
            table=shape.table,
            context=context,
            group=of_all if era is None else group,
            group_level=group_level if era is None else era,
            variable=variable,
            level=level,
            name=name,
            kind=_kind(name, value),
            value=value,
            text=as_text(value),
            remark=remark,
        )


def _kind(name: str, value: Any) -> str:
    """Name the kind of a value as omopgenerics does."""
    if isinstance(value, bool):
        return "logical"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "percentage" if name.startswith("percent") else "numeric"
    return "date" if isinstance(value, dt.date) else "character"
