"""Statements that are written to a database's file at once."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb


@contextmanager
def at_once(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what is done within together; all of it is taken back where anything fails.

    Each commit waits until the disk has it, which takes longer than most statements.
    """
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        with suppress(duckdb.Error):  # a commit that fails has taken everything back
            connection.rollback()
        raise
