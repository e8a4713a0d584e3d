"""Have the checks read through a connection of the test, so that they see what it has not committed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pytest
from duckdb_engine import ConnectionWrapper

from cartox.checks.dialect import ReadOnlyDialect


class _Kept(ConnectionWrapper):  # type: ignore[misc]  # duckdb-engine has no types
    """A connection that stays open when SQLAlchemy gives it back."""

    def close(self) -> None:
        """Close nothing."""


@contextmanager
def reading_through(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Give whoever opens a file to check it this connection, and leave it open."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ReadOnlyDialect, "connect", lambda *_, **__: _Kept(connection))
        yield
