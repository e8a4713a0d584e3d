"""Require that what is read of a warehouse file is plain tables: data, and nothing that runs when it is read."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from cartox.errors import UserError
from cartox.locked_database import CATALOG

READ_SCHEMAS = ("marts", "results", "seeds", "main")
"""The schemas that are read, and the one in which a name without a schema is found."""

MOST_RESULTS = 1_000_000
"""Rows of a table of `results`, which are read into memory as a whole: 20,000 patients have 300,000 areas."""

_EVERYWHERE = {
    "macro": "select schema_name, function_name from duckdb_functions() where database_name = $1",
    "type": "select schema_name, type_name from duckdb_types() where database_name = $1 and not internal",
    "sequence": "select schema_name, sequence_name from duckdb_sequences() where database_name = $1",
    "trigger": "select schema_name, trigger_name from duckdb_triggers() where database_name = $1",
}
_IN_READ_SCHEMAS = {
    "view": "select schema_name, view_name from duckdb_views() where database_name = $1 and not internal",
    "column with an expression": "select schema_name, table_name from duckdb_columns() where database_name = $1 "
    "and not internal and column_default is not null",
}


def require_plain_tables(
    connection: duckdb.DuckDBPyConnection, warehouse: Path, catalog: str = CATALOG
) -> None:
    """Look into a file's catalog before anything in it is read.

    A published file holds plain tables alone. Views of other schemas stay unread: a refused build has them.
    `connection` is one of `open_locked`, before `use`. Raises UserError, naming schema and name, for a view, a
    generated or default expression in the schemas that are read, for a macro, type, sequence or trigger
    anywhere, and for results of more than MOST_RESULTS rows.
    """
    for kind, schema, name in _found(connection, catalog):
        raise UserError(
            f"{warehouse}: {_shown(schema)}.{_shown(name)} is or has a {kind}; only a file of plain tables is read"
        )
    for name, n_rows in connection.execute(
        "select table_name, estimated_size from duckdb_tables() where database_name = $1 "
        "and schema_name = 'results' and estimated_size > $2",
        [catalog, MOST_RESULTS],
    ).fetchall():
        raise UserError(
            f"{warehouse}: results.{_shown(name)} has {n_rows} rows, at most {MOST_RESULTS} are read"
        )


def _found(connection: duckdb.DuckDBPyConnection, catalog: str) -> Iterator[tuple[str, str, str]]:
    for kind, query in _EVERYWHERE.items():
        for schema, name in connection.execute(query, [catalog]).fetchall():
            yield kind, schema, name
    for kind, query in _IN_READ_SCHEMAS.items():
        for schema, name in connection.execute(query, [catalog]).fetchall():
            if schema in READ_SCHEMAS:
                yield kind, schema, name


def _shown(name: str) -> str:
    """Return a name fit for one line of a message."""
    return "".join(character if character.isprintable() else "?" for character in name)[:60]
