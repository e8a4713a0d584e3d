"""The sets that a trace prints: SQL of the folder analysis/trace, narrowed to what is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, TypeAlias

import duckdb

from cartox.project import find_project

Record: TypeAlias = dict[str, Any]
_ORDER = re.compile(r"\norder by [^)]*\Z")


def read_set(connection: duckdb.DuckDBPyConnection, name: str, **equal: str) -> list[Record]:
    """Return the rows of a set whose columns equal what is given, ordered by their columns from the left."""
    conditions = " and ".join(f"{column} = ${column}" for column in equal) or "true"
    return records(
        connection,
        f"select * from ({_set(name)}) where {conditions} order by all",  # noqa: S608 (the project's own SQL)
        equal,
    )


def records(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, Any] | list[Any] | None = None
) -> list[Record]:
    """Return the rows of a query as dictionaries of plain data; times and dates as ISO 8601."""
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]


@cache
def _set(name: str) -> str:
    text = (find_project() / "analysis" / "trace" / f"{name}.sql").read_text(encoding="utf-8")
    return _ORDER.sub("\n", text.rstrip())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes")
    return value.isoformat() if isinstance(value, date) else value
