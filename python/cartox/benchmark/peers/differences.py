"""Whether what a peer wrote is what the models built, row by row."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from cartox.warehouse.execution import for_pattern, quoted

DELIVERABLES = {
    "record_dispositions": ("source_file", "line_number"),
    "lab_results": ("result_id",),
    "lab_daily_grid": ("patient_id", "analyte", "study_day"),
}
"""What a peer writes, and the columns that name a row of it."""

RELATIVE = 1e-9
"""How far apart two floating-point numbers of a row may lie, as a share of the greater; all else is equal or differs."""

_OF_THE_LABORATORY = {"record_dispositions": "entity = 'lab_results'"}


@dataclass(frozen=True)
class Difference:
    """A row of a table that differs, and where: `column` is empty for a row that only one side has, or has twice."""

    table: str
    key: str
    column: str

    def __str__(self) -> str:
        """Name the table, the key and the column."""
        return f"{self.table}, {self.key}: {self.column or 'not the same rows'}"


def compare_deliverables(warehouse: Path, database: Path) -> dict[str, list[Difference]]:
    """Hold what a peer wrote against the marts of a built warehouse; per table what differs.

    A peer writes tables into the DuckDB file `database`, or Parquet files of their names beside it.

    Keys, counts, times and texts are equal or differ; numbers with a fraction may lie `RELATIVE` apart.

    Raises ValueError where a table has not the columns of the mart, with the same types.
    """
    with duckdb.connect() as connection:
        connection.execute(f"attach {quoted(str(warehouse))} as built (read_only)")
        if database.exists():
            connection.execute(f"attach {quoted(str(database))} as peer (read_only)")
        else:
            connection.execute("attach ':memory:' as peer")
            for table in DELIVERABLES:
                file = quoted(for_pattern(str(database.parent / f"{table}.parquet")))
                connection.execute(f"create view peer.{table} as from read_parquet({file})")
        return {table: _differences(connection, table) for table in DELIVERABLES}


def _differences(connection: duckdb.DuckDBPyConnection, table: str) -> list[Difference]:
    columns = _columns(connection, f"built.marts.{table}")
    if _columns(connection, f"peer.{table}") != columns:
        raise ValueError(f"{table}: a peer's columns are not those of the mart")
    keys = DELIVERABLES[table]
    condition = _OF_THE_LABORATORY.get(table, "true")
    sides = [
        f"(select *, count(*) over (partition by {', '.join(keys)}) as n_rows from {name} where {condition})"  # noqa: S608
        for name in (f"built.marts.{table}", f"peer.{table}")
    ]
    key = " || ' ' || ".join(f"coalesce(built_row.{name}, peer_row.{name})::varchar" for name in keys)
    same = " and ".join(f"built_row.{name} is not distinct from peer_row.{name}" for name in keys)
    unlike = ", ".join(
        f"case when {_is_unlike(name, kind)} then '{name}' end"
        for name, kind in columns.items()
        if name not in keys
    )
    rows = connection.execute(
        f"select distinct key, unnest(columns) as column_name from (select {key} as key, case"  # noqa: S608 - our own names
        " when built_row.n_rows is distinct from 1 or peer_row.n_rows is distinct from 1 then ['']"
        f" else list_filter([{unlike}], lambda name: name is not null) end as columns"
        f" from {sides[0]} as built_row full join {sides[1]} as peer_row on {same}) as told order by all"
    ).fetchall()
    return [Difference(table, *row) for row in rows]


def _is_unlike(name: str, kind: str) -> str:
    built, peer = f"built_row.{name}", f"peer_row.{name}"
    if kind != "DOUBLE":
        return f"{built} is distinct from {peer}"
    return (
        f"(({built} is null) != ({peer} is null)"
        f" or abs({built} - {peer}) > {RELATIVE} * greatest(abs({built}), abs({peer})))"
    )


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"describe {table}").fetchall()}
