"""What the tables of the schema `results` say about themselves: the texts of models/results/results.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from cartox.project import find_project
from cartox.transaction import at_once
from cartox.yaml_file import read_yaml

RESULTS_DOCUMENTATION = Path("models", "results", "results.yml")


@dataclass(frozen=True)
class TableDocumentation:
    """A table's description, whose first sentence is its grain, and its columns' in their order."""

    table: str
    description: str
    columns: dict[str, str]


def read_documentation() -> list[TableDocumentation]:
    """Read the descriptions, in the order of the file."""
    path = find_project() / RESULTS_DOCUMENTATION
    document: dict[str, Any] = read_yaml(path)
    return [
        TableDocumentation(
            table=table["name"],
            description=_one_line(table["description"]),
            columns={column["name"]: _one_line(column["description"]) for column in table["columns"]},
        )
        for source in document["sources"]
        for table in source["tables"]
    ]


def comment_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the descriptions in the file as comments, where BI tools find them."""
    comments = []
    for documented in read_documentation():
        table = f"results.{documented.table}"
        comments.append(f"comment on table {table} is {_literal(documented.description)}")
        comments += [
            f'comment on column {table}."{column}" is {_literal(description)}'
            for column, description in documented.columns.items()
        ]
    with at_once(connection):
        connection.execute("; ".join(comments))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
