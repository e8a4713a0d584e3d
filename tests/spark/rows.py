"""Two published files row by row: keys, counts, times and texts exactly, numbers with fractions to a billionth of their size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

TOLERANCE = 1e-9
SCHEMAS = ("marts", "results")
# What a run says of itself and not of the records.
OF_THE_RUN = {
    "results.run_manifest": "not regexp_matches(key, '^(run|git|version)[.]')",
    "results.methods": "not contains(stands_on, 'git.revision')",
    "results.reporting_items": "not contains(coalesce(answer, ''), '(revision ')",
}
FLOATS = ("DOUBLE", "FLOAT")


@dataclass(frozen=True)
class Table:
    """A table of one file beside the same of another: the rows of the first, and how many rows are of one file alone."""

    name: str
    n_rows: int
    n_differing: int

    def __str__(self) -> str:
        return f"{self.name}: {self.n_rows:,} rows, {self.n_differing:,} differing"


def compared(one: Path, other: Path) -> Iterator[Table]:
    """Yield every table of either file. A table, or a column's type, that only one has makes every row differ."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{one}' as one (read_only); attach '{other}' as other (read_only)")
        ones, others = _columns(connection, "one"), _columns(connection, "other")
        for name in sorted(ones.keys() | others.keys()):
            yield _table(connection, name, ones.get(name, {}), others.get(name, {}))


def _columns(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    rows = connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
        "where database_name = ? and list_contains(?, schema_name)",
        [database, list(SCHEMAS)],
    ).fetchall()
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, ones: dict[str, str], others: dict[str, str]
) -> Table:
    kept = OF_THE_RUN.get(name, "true")
    if ones != others:
        there = [database for database, columns in (("one", ones), ("other", others)) if columns]
        counts = [_number(connection, f"select count(*) from {database}.{name}") for database in there]
        return Table(name, counts[0], max(1, *counts))
    n_rows = _number(connection, f"select count(*) from one.{name} where {kept}")
    return Table(name, n_rows, _number(connection, _differing(name, ones, kept)))


def _differing(name: str, columns: dict[str, str], kept: str) -> str:
    """Return SQL of the number of rows without a partner: of rows with the same exact cells, the n-th of one and of the other."""
    exact = [f'"{column}"' for column, kind in columns.items() if kind not in FLOATS]
    floats = [f'"{column}"' for column, kind in columns.items() if kind in FLOATS]
    order = ", ".join(floats) or "1"
    ranked = "select *, row_number() over (partition by {0} order by {1}) as place from {2} where {3}"
    one, other = (
        ranked.format(", ".join(exact) or "1", order, f"{database}.{name}", kept)
        for database in ("one", "other")
    )
    same = " and ".join(f"one.{column} is not distinct from other.{column}" for column in [*exact, "place"])
    near = [
        f"(one.{column} is not distinct from other.{column}"
        f" or abs(one.{column} - other.{column}) <= {TOLERANCE}"
        f" * greatest(abs(one.{column}), abs(other.{column})))"
        for column in floats
    ]
    alike = " and ".join(["one.place is not null and other.place is not null", *near])
    return (
        f"select count(*) from ({one}) as one full join ({other}) as other on {same} "
        f"where not coalesce({alike}, false)"
    )


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    (number,) = connection.execute(query).fetchone() or (0,)
    return int(number)
