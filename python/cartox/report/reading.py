"""Reads the published results as plain records."""

from __future__ import annotations

from typing import Any, TypeAlias

import duckdb

Record: TypeAlias = dict[str, Any]


def records(connection: duckdb.DuckDBPyConnection, query: str) -> list[Record]:
    """Return the rows of a query as dictionaries."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def manifest(connection: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """Return the facts of the run by their key."""
    return {
        fact["key"]: fact["value"]
        for fact in records(connection, "select key, value from results.run_manifest")
    }
