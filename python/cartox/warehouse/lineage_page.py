"""The columns' lineage beside the documentation: a table as JSON, and a page that opens offline."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from cartox.warehouse.column_lineage import Lineage

LINEAGE_PAGE, LINEAGE_TABLE = "lineage.html", "lineage.json"
PUBLISHED = ("marts", "site")
NOTHING_READ = "written in the SQL, or rows counted"
_TEMPLATES = Path(__file__).with_name("templates")


def write_lineage(lineage: Lineage, folder: Path) -> None:
    """Write a lineage into `folder` in both forms; neither holds a row or loads anything."""
    rows = lineage_rows(lineage)
    tables = {".".join(table): _named(read) for table, read in sorted(lineage.tables.items())}
    told = {"columns": rows, "rows_decided_by": tables, "not_read": dict(lineage.unreadable)}
    (folder / LINEAGE_TABLE).write_text(json.dumps(told, indent=0) + "\n", encoding="utf-8")
    (folder / LINEAGE_PAGE).write_text(_page(rows, tables, lineage), encoding="utf-8")


def lineage_rows(lineage: Lineage) -> list[dict[str, Any]]:
    """Return a row per column of the models, published ones first: what it reads, and where that comes from in the end.

    `nothing_read` is null, or says why a column comes from no raw file, seed or word.
    """
    return [
        {
            "column": ".".join(column),
            "reads": _named(lineage.reads[column]),
            "comes_from": _named(lineage.origins.get(column, ())),
            "nothing_read": None if lineage.origins.get(column, True) else NOTHING_READ,
        }
        for column in sorted(lineage.reads, key=lambda one: (one[0] not in PUBLISHED, one[:2]))
    ]


def _named(parts: Iterable[Sequence[str]]) -> list[str]:
    return sorted(".".join(part) for part in parts)


def _by_table(columns: list[str]) -> list[tuple[str, list[str]]]:
    """Return sorted columns as tables with their columns' names."""
    return [
        (table, [column.rpartition(".")[2] for column in group])
        for table, group in groupby(columns, key=lambda column: column.rpartition(".")[0])
    ]


def _page(rows: list[dict[str, Any]], decided_by: dict[str, list[str]], lineage: Lineage) -> str:
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["by_table"] = _by_table
    tables = [
        (table, list(columns))
        for table, columns in groupby(rows, key=lambda row: row["column"].rpartition(".")[0])
    ]
    return environment.get_template("lineage.html.j2").render(
        tables=tables,
        decided_by=decided_by,
        followed={row["column"] for row in rows},
        unreadable=lineage.unreadable,
    )
