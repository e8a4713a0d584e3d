"""The rows of one table in which two warehouses differ, paired by the table's key."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from cartox.locked_database import CATALOG
from cartox.trace.sets import records
from cartox.warehouse.opening import BEFORE

RELATIVE = 1e-9
"""Numbers closer than this share of the larger are one: sums over rows in another order differ in the last digits."""

MOST_ROWS = 20_000
"""Rows of a table that are read at most: after a change of a rule every row of a large study may differ."""

PLACES = {"source_file", "line_number", "infusion_source_file", "infusion_line_number"}
"""Where a record stands: a line put into a file moves all after it, and changes none."""

Change = tuple[Any, Any]


@dataclass(frozen=True)
class RowChange:
    """One row that was added, removed or changed; `columns` hold what they were and are, of a changed row those that moved."""

    table: str
    key: dict[str, Any]
    kind: str
    columns: dict[str, Change]

    def as_record(self) -> dict[str, Any]:
        """Return the row as plain data."""
        columns = {name: {"before": before, "after": after} for name, (before, after) in self.columns.items()}
        return {"table": self.table, "key": self.key, "change": self.kind, "columns": columns}


def changed_rows(
    connection: duckdb.DuckDBPyConnection, table: str, key: Sequence[str]
) -> Iterator[RowChange]:
    """Give the rows of a table (schema.name) that differ, in the order of their key, and one beyond MOST_ROWS at most.

    Columns that only one side has are left out.
    """
    others = [name for name in shared_columns(connection, table) if name not in {*key, *PLACES}]
    keys = [f'coalesce(b."{name}", a."{name}") as "{name}"' for name in key]
    cells = [f'b."{name}", a."{name}"' for name in others]
    same_key = " and ".join(f'b."{name}" is not distinct from a."{name}"' for name in key)
    differs = " or ".join(["b.is_there is null", "a.is_there is null", *map(_differs, others)])
    rows = connection.execute(
        f"""
        select {", ".join([*keys, "b.is_there", "a.is_there", *cells])}
        from (select *, true as is_there from {BEFORE}.{table}) as b
        full join (select *, true as is_there from {CATALOG}.{table}) as a on {same_key}
        where {differs}
        order by {", ".join(str(place) for place in range(1, len(key) + 1))}
        limit {MOST_ROWS + 1}
        """  # noqa: S608 (names of the catalog, quoted)
    ).fetchall()
    for row in rows:
        named, (was_there, is_there), values = (
            row[: len(key)],
            row[len(key) : len(key) + 2],
            row[len(key) + 2 :],
        )
        pairs = dict(
            zip(others, zip(map(plain, values[::2]), map(plain, values[1::2]), strict=True), strict=True)
        )
        kind = "changed" if was_there and is_there else "added" if is_there else "removed"
        columns = {name: pair for name, pair in pairs.items() if not are_same(*pair)}
        if columns or kind != "changed":
            yield RowChange(table, dict(zip(key, map(plain, named), strict=True)), kind, columns)


def counted_apart(
    connection: duckdb.DuckDBPyConnection, table: str, without: Sequence[str] = ()
) -> Mapping[str, list[dict[str, Any]]]:
    """Return the rows of a table without a key that only one side has, as often as it has them more: removed and added."""
    columns = ", ".join(
        f'"{name}"' for name in shared_columns(connection, table) if name not in {*PLACES, *without}
    )
    sides = {"removed": (BEFORE, CATALOG), "added": (CATALOG, BEFORE)}
    return {
        kind: records(
            connection,
            f"select {columns} from {one}.{table} except all select {columns} from {other}.{table} order by all "  # noqa: S608
            f"limit {MOST_ROWS + 1}",
        )
        for kind, (one, other) in sides.items()
    }


def shared_tables(connection: duckdb.DuckDBPyConnection, schema: str) -> tuple[list[str], list[str]]:
    """Return the tables of a schema that both warehouses have, and those that only one has, by name."""
    rows = connection.execute(
        "select table_name, count(*) from duckdb_tables() where schema_name = ? and database_name in (?, ?) "
        "group by table_name order by table_name",
        [schema, BEFORE, CATALOG],
    ).fetchall()
    return [name for name, n in rows if n == 2], [name for name, n in rows if n == 1]


def shared_columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Return the columns that both warehouses have of a table, with the same type, in their order."""
    before, after = (
        [row[:2] for row in connection.execute(f"describe {side}.{table}").fetchall()]
        for side in (BEFORE, CATALOG)
    )
    places = {
        column: (min(place, before.index(column)), place)
        for place, column in enumerate(after)
        if column in before
    }
    return [name for name, _ in sorted(places, key=places.__getitem__)]


def are_same(before: Any, after: Any) -> bool:
    """Whether two cells are the same; numbers but for the last digits."""
    if isinstance(before, float) and isinstance(after, float):
        return math.isclose(before, after, rel_tol=RELATIVE)
    return bool(before == after)


def plain(value: Any) -> Any:
    """Return a cell as plain data: times and dates as text."""
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _differs(name: str) -> str:
    return f'b."{name}" is distinct from a."{name}"'
