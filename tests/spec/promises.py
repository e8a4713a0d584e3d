"""The constraints that the models promise, asked of any build: dbt asks them of a warehouse, no case would."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb


def broken_promises(connection: duckdb.DuckDBPyConnection, target: Path) -> list[str]:
    """Every constraint of the manifest in `target` that a row of what was built breaks: the model, what, how many rows."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    found = []
    for node in manifest["nodes"].values():
        if node["resource_type"] != "model" or node["config"]["materialized"] != "table":
            continue
        table = f"{node['schema']}.{node['name']}"
        for condition in _conditions(node):
            # As in SQL's check: a condition that is null is not broken.
            broken = connection.execute(f"select count(*) from {table} where not ({condition})").fetchone()
            assert broken is not None
            if broken[0]:
                found.append(f"{table}: {condition}: {broken[0]}")
        found += _repeated_keys(connection, node, table)
    return found


def _conditions(node: Mapping[str, Any]) -> Iterator[str]:
    yield from (one["expression"] for one in node["constraints"] if one["type"] == "check")
    for column in node["columns"].values():
        for one in column["constraints"]:
            if one["type"] == "not_null":
                yield f"{column['name']} is not null"
            elif one["type"] == "check":
                yield one["expression"]


def _repeated_keys(
    connection: duckdb.DuckDBPyConnection, node: Mapping[str, Any], table: str
) -> Iterator[str]:
    for one in node["constraints"]:
        if one["type"] in ("primary_key", "unique"):
            key = ", ".join(one["columns"])
            repeated = connection.execute(
                f"select count(*) from (select {key} from {table} group by all having count(*) > 1)"
            ).fetchone()
            assert repeated is not None
            if repeated[0]:
                yield f"{table}: one row per {key}: {repeated[0]}"
