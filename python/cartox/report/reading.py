"""Reads the published results as plain records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import duckdb

Record: TypeAlias = dict[str, Any]

ANY, OF_NO_GROUP = "any", "none"
COUNTS = "select * from results.counts order by topic, item, level, study_group"


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


@dataclass(frozen=True)
class Counts:
    """The rows of results.counts of one topic."""

    rows: Sequence[Record]

    def row(self, item: str = ANY, level: str = ANY, study_group: str = OF_NO_GROUP) -> Record | None:
        """Return the row with these names; None where there is none."""
        names = (item, level, study_group)
        return next(
            (row for row in self.rows if (row["item"], row["level"], row["study_group"]) == names), None
        )

    def n(self, item: str = ANY, level: str = ANY, study_group: str = OF_NO_GROUP) -> int:
        """Return how many; what was found nowhere has no row and is 0."""
        row = self.row(item, level, study_group)
        return int(row["n"]) if row else 0


def counts(connection: duckdb.DuckDBPyConnection, topic: str) -> Counts:
    """Return what results.counts says of a topic."""
    return Counts([row for row in records(connection, COUNTS) if row["topic"] == topic])
