"""The questions as docs/bi.md prints them, and their answers by DuckDB alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb

from tests.spec.compiled_project import PROJECT


def queries_of_the_page() -> list[str]:
    text = (PROJECT / "docs" / "bi.md").read_text(encoding="utf-8")
    return [query.strip() for query in re.findall(r"```sql\n(.*?)```", text, re.DOTALL)]


def asked_on(file: Path, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute(query)
        return [column[0] for column in found.description or ()], found.fetchall()
