"""results.response_sensitivity: who responds under each definition of resolution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from cartox.results.tables import insert_rows, sql


def write_response_sensitivity(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
    """One row per definition, counted against the study groups (var response_definition)."""
    rows = connection.execute(
        sql("response_sensitivity"), {"response_definition": variables["response_definition"]}
    ).fetchall()
    insert_rows(connection, "response_sensitivity", rows)
