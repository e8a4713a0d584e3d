"""results.response_sensitivity: who responds under each definition of resolution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from cartox.results.descriptives import as_percent
from cartox.results.tables import insert_rows, sql
from cartox.statistics import proportion

N_RESPONDERS, N_EVALUABLE = 4, -1


def write_response_sensitivity(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
    """One row per definition, counted against the study groups (var response_definition).

    The interval of the responders' share, of those who can be told, is that of Clopper and Pearson.
    """
    rows = connection.execute(
        sql("response_sensitivity"), {"response_definition": variables["response_definition"]}
    ).fetchall()
    shares = [proportion(row[N_RESPONDERS], row[N_EVALUABLE]) for row in rows]
    insert_rows(
        connection,
        "response_sensitivity",
        [
            (*row, as_percent(share.low), as_percent(share.high))
            for row, share in zip(rows, shares, strict=True)
        ],
    )
