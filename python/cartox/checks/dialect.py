"""A SQLAlchemy dialect that only reads a DuckDB file: `duckdb+readonly:////path/to/file.duckdb`.

Closing a connection rolls back, and on DuckDB a rollback discards the result that is still being read, so
that tools which read after closing (great-expectations does) fail with `list index out of range`. Nothing
is ever written here, so there is no transaction to begin, commit or roll back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from duckdb_engine import ConnectionWrapper, Dialect
from sqlalchemy.dialects import registry
from sqlalchemy.engine import URL
from sqlalchemy.engine.reflection import ObjectKind, ObjectScope

from cartox.warehouse.opening import open_published

NAME = "duckdb.readonly"


class ReadOnlyDialect(Dialect):  # type: ignore[misc]  # duckdb-engine has no types
    """duckdb-engine's dialect on a file opened as data alone, read-only and without transactions."""

    supports_statement_cache = False

    def create_connect_args(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """Return the path of the URL as the only argument; what the URL would set is not set."""
        return [url.database or ""], {}

    def connect(self, *cargs: Any, **_: Any) -> ConnectionWrapper:
        """Open the file as every command does that reads one. Raises UserError where it cannot be read as data."""
        return ConnectionWrapper(open_published(Path(cargs[0])))

    def get_columns(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> Any:
        """Return the columns of a table, read with those of all other tables of its schema."""
        return self._of_table("get_multi_columns", connection, table_name, schema, kw)

    def get_pk_constraint(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> Any:
        """Return the primary key of a table, read with those of all other tables of its schema."""
        return self._of_table("get_multi_pk_constraint", connection, table_name, schema, kw)

    def _of_table(
        self, what: str, connection: Any, table_name: str, schema: str | None, kw: dict[str, Any]
    ) -> Any:
        """Return what is known of a table: one query costs as much as for all, and of an open file nothing changes."""
        kept = connection.info.setdefault(NAME, {})
        if (what, schema) not in kept:
            ask = getattr(self, what)
            found = ask(connection, schema, None, scope=ObjectScope.ANY, kind=ObjectKind.ANY, **kw)
            kept[what, schema] = dict(found)
        return self._value_or_raise(kept[what, schema], table_name, schema)

    def do_begin(self, connection: Any) -> None:
        """Begin nothing."""

    def do_rollback(self, connection: Any) -> None:
        """Keep the pending result."""

    def do_commit(self, connection: Any) -> None:
        """Commit nothing."""


def register() -> None:
    """Make the URL known to SQLAlchemy where the package's entry point is not installed."""
    registry.register(NAME, __name__, ReadOnlyDialect.__name__)


def url(warehouse_file: Path) -> str:
    """Return the URL of a file in this dialect."""
    return f"duckdb+readonly:///{warehouse_file.absolute()}"
