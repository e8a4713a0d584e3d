"""Open warehouse files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from rich.errors import ConsoleError

from cartox.errors import UserError
from cartox.locked_database import CATALOG, LOCK, open_locked
from cartox.project import find_project
from cartox.warehouse.plain_tables import require_plain_tables
from cartox.warehouse.project import code_revision

BEFORE = "before"
"""The name under which the earlier of two compared files is found."""

_DAMAGED = (
    duckdb.IOException,
    duckdb.InternalException,
    duckdb.FatalException,
    duckdb.SerializationException,
)
_UNREADABLE = (
    duckdb.Error,
    ConsoleError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
)


def open_published(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Open a published warehouse to read its tables, whoever made it, and nothing beside them.

    Raises UserError where there is none, where it is no DuckDB file, and where it holds more than plain tables.
    """
    if not warehouse.exists():
        raise UserError(f"{warehouse}: no warehouse there; cartox run --extract DIR makes one")
    if not warehouse.is_file():
        raise UserError(f"{warehouse}: a warehouse file is expected")
    try:
        connection = open_locked(warehouse)
    except duckdb.Error as error:
        raise UserError(f"{warehouse}: cannot be opened as a DuckDB database") from error
    try:
        require_plain_tables(connection, warehouse)
        connection.execute(f"use {CATALOG}")
    except duckdb.Error as error:
        connection.close()
        raise UserError(f"{warehouse}: damaged, its catalog cannot be read") from error
    except UserError:
        connection.close()
        raise
    return connection


def open_results(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Open a published warehouse to read its results. Raises UserError where there are none, too."""
    connection = open_published(warehouse)
    found = connection.execute("select 1 from duckdb_schemas() where schema_name = 'results'").fetchone()
    if found is None:
        connection.close()
        raise UserError(f"{warehouse}: holds no results; cartox run --extract DIR computes them")
    return connection


@contextmanager
def reading_results(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a published warehouse for what reads its results.

    Raises UserError as `open_results` does, where a part of the file is damaged, and where the file was made by
    other code than this and has no such table, column or value as this code reads.
    """
    with open_results(warehouse) as connection:
        try:
            yield connection
        except duckdb.OutOfMemoryException:
            raise
        except _UNREADABLE as error:
            if isinstance(error, _DAMAGED) or type(error) is duckdb.Error:  # so DuckDB tells a wrong checksum
                raise UserError(f"{warehouse}: damaged, a part of it cannot be read") from error
            if _is_made_by_this_code(connection):
                raise
            if not isinstance(error, duckdb.CatalogException | duckdb.BinderException):
                raise UserError(
                    f"{warehouse}: another version of cartox made it, with values that this one does not read; "
                    "run it again"
                ) from error
            raise UserError(
                f"{warehouse}: another version of cartox made it, without a table or column that this one reads; "
                "run it again"
            ) from error


@contextmanager
def reading_two(before: Path, after: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open two published warehouses to compare them: the catalogs BEFORE and CATALOG of one connection.

    Raises UserError as `open_published` does for each, where they are one file, and where one of them has not the
    tables or columns that this code compares, or is damaged.
    """
    for warehouse in (before, after):
        open_results(warehouse).close()
    if before.resolve() == after.resolve():
        raise UserError(f"{before}: compared with itself; name two versions or files")
    with open_locked(after, beside={BEFORE: before}) as connection:
        require_plain_tables(connection, after)
        require_plain_tables(connection, before, BEFORE)
        try:
            yield connection
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            if isinstance(error, _DAMAGED):
                raise UserError(f"{before} or {after}: damaged, a part of it cannot be read") from error
            raise UserError(
                f"{before}, {after}: another version of cartox made one of them, without a table or column that is "
                "compared; run it again"
            ) from error


def _is_made_by_this_code(connection: duckdb.DuckDBPyConnection) -> bool:
    try:
        made_by = connection.execute(
            "select value from results.run_manifest where key = 'git.revision' and value is not null"
        ).fetchone()
    except duckdb.Error:
        return False
    return made_by is not None and made_by[0] == code_revision(find_project())


def open_to_build(warehouse: Path, **settings: Any) -> duckdb.DuckDBPyConnection:
    """Open a warehouse file that a run builds, in the storage format that DuckDB 1.4 reads, and nothing beside it.

    `settings` are further ones of DuckDB.
    """
    connection = duckdb.connect(
        str(warehouse),
        config={
            **LOCK,
            "enable_external_access": "false",
            "storage_compatibility_version": "v1.4.0",
            **settings,
        },
    )
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set lock_configuration = true")
    return connection
