"""The dashboard as the requests with which Metabase's API makes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from cartox.dashboards.questions import (
    BARS,
    CHARTS,
    DASHBOARD,
    NOTES,
    TABLE,
    Chart,
    answer_columns,
    read_query,
)
from cartox.owner import write_for_owner

WIDTH, HEIGHT, NOTES_HEIGHT = 24, 8, 2
"""The grid's columns, and heights in its rows."""
_DISPLAYS = {BARS: "bar", "lines": "line", TABLE: "table"}


def write_metabase(connection: duckdb.DuckDBPyConnection, warehouse: Path, file: Path) -> int:
    """Write what Metabase is to be asked as JSON for its owner alone, and return how many charts it has.

    It holds queries and the file's path, and no number. Raises UserError where the file lacks a table.
    """
    columns = {chart.question: answer_columns(connection, chart.question) for chart in CHARTS}
    told = {
        "database": {
            "name": DASHBOARD,
            "engine": "duckdb",
            "details": {"database_file": str(warehouse.absolute()), "read_only": True},
        },
        "cards": [_card(chart, [name for name, _ in columns[chart.question]]) for chart in CHARTS],
        "dashboard": {"name": DASHBOARD, "description": NOTES},
        "dashcards": [_notes(), *(_place(number) for number in range(len(CHARTS)))],
    }
    with write_for_owner(file) as written:
        written.write((json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode())
    return len(CHARTS)


def _card(chart: Chart, columns: list[str]) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    if chart.kind == TABLE:
        settings["table.columns"] = [{"name": name, "enabled": name in chart.values} for name in columns]
    else:
        settings["graph.dimensions"] = [name for name in (chart.x, chart.series) if name]
        settings["graph.metrics"] = list(chart.values)
    return {
        "name": chart.title,
        "type": "question",
        "display": _DISPLAYS[chart.kind],
        "dataset_query": {
            "type": "native",
            "database": None,
            "native": {"query": read_query(chart.question)},
        },
        "visualization_settings": settings,
    }


def _place(number: int) -> dict[str, Any]:
    row = NOTES_HEIGHT + HEIGHT * number
    return {"card": number, "row": row, "col": 0, "size_x": WIDTH, "size_y": HEIGHT}


def _notes() -> dict[str, Any]:
    settings = {"virtual_card": {"display": "text"}, "text": NOTES}
    return {
        "card": None, "row": 0, "col": 0, "size_x": WIDTH, "size_y": NOTES_HEIGHT, "visualization_settings": settings,
    }  # fmt: skip
