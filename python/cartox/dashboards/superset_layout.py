"""Where the charts of a Superset dashboard stand: one below the other, under the notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

WIDTH, HEIGHT, NOTES_HEIGHT = 12, 50, 10
"""The grid's columns, and heights in its steps of 8 pixels."""
_ABOVE = ["ROOT_ID", "GRID_ID"]


def one_below_the_other(title: str, notes: str, charts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return Superset's `position` of charts, each with id and title, over the whole width."""
    parts = {"MARKDOWN-notes": {"code": notes, "width": WIDTH, "height": NOTES_HEIGHT}} | {
        f"CHART-{number}": {
            "chartId": number,  # Superset puts the chart's own id here
            "uuid": uuid,
            "sliceName": name,
            "width": WIDTH,
            "height": HEIGHT,
        }
        for number, (uuid, name) in enumerate(charts, start=1)
    }
    rows = {name: f"ROW-{name}" for name in parts}
    return {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": list(rows.values()), "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": title}},
        **{row: _row(row, name) for name, row in rows.items()},
        **{name: _part(name, rows[name], meta) for name, meta in parts.items()},
    }


def _row(row: str, part: str) -> dict[str, Any]:
    meta = {"background": "BACKGROUND_TRANSPARENT"}
    return {"type": "ROW", "id": row, "children": [part], "parents": _ABOVE, "meta": meta}


def _part(name: str, row: str, meta: dict[str, Any]) -> dict[str, Any]:
    kind = name.partition("-")[0]
    return {"type": kind, "id": name, "children": [], "parents": [*_ABOVE, row], "meta": meta}
