"""Open warehouse files."""

from pathlib import Path

import duckdb

from cartox.errors import UserError


def open_published(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Open a published warehouse to read. Raises UserError where there is none or it is no DuckDB file."""
    if not warehouse.exists():
        raise UserError(f"{warehouse}: no warehouse there; cartox run --extract DIR makes one")
    if not warehouse.is_file():
        raise UserError(f"{warehouse}: a warehouse file is expected")
    try:
        connection = duckdb.connect(str(warehouse), read_only=True)
    except duckdb.Error as error:
        raise UserError(f"{warehouse}: cannot be opened as a DuckDB database") from error
    connection.execute("set TimeZone = 'UTC'")
    return connection


def open_results(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Open a published warehouse to read its results. Raises UserError where there are none, too."""
    connection = open_published(warehouse)
    found = connection.execute("select 1 from duckdb_schemas() where schema_name = 'results'").fetchone()
    if found is None:
        connection.close()
        raise UserError(f"{warehouse}: holds no results; cartox run --extract DIR computes them")
    return connection


def open_to_build(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Open a warehouse file that a run builds, in the storage format that DuckDB 1.4 reads."""
    connection = duckdb.connect(str(warehouse), config={"storage_compatibility_version": "v1.4.0"})
    connection.execute("set TimeZone = 'UTC'")
    return connection
