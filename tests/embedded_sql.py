"""The SQL that stands in Python, in files that Python fills in, and in expectations, linted as the models are (`make check`).

Layout is not asked for: a query there is laid out by the file in which it stands. What a query is given when it runs (a value, a
name, a condition) is read as a name; where it is more than that, such as a list of columns and their types, the statement cannot
be read before it runs. Columns of a short query need not say their table, nor what nobody reads by name have a name; an
expectation is one select, with its subqueries in it.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlfluff.core import FluffConfig, Linter

PROJECT = _CONFIGURED = Path(__file__).resolve().parents[1]
NOT_ASKED = "layout,AL03,AL05,AL08,AM04,CV06,RF01,RF02,RF03,RF04,RF06,ST05,ST06"
FILLED_IN = "filled_in"
BATCH = "{batch}"
_PARAMETER = re.compile(r"\?|\$\w+|\{\w+\}")
_UNREADABLE = ("PRS", "LXR")
_BEGINNING = re.compile(
    r"\s*(with\s+\w+\s+as|(select|from|insert into|create|update|delete from|drop)\s+\S+)\s+\S"
)
SHORTEST = 25


@dataclass(frozen=True)
class Query:
    """A query and where it stands."""

    place: str
    sql: str


def of_python(file: Path) -> Iterator[Query]:
    """Yield the texts of a program that begin as SQL does, documentation apart."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) not in told | parts and (text := _text(node)) and is_sql(text):
            yield Query(f"{file.relative_to(PROJECT)}:{node.lineno}", text.strip().rstrip(";"))  # type: ignore[attr-defined]


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or FILLED_IN for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def is_sql(text: str) -> bool:
    """Tell whether a text is a statement and no sentence."""
    return len(text) > SHORTEST and _BEGINNING.match(text) is not None and not text.rstrip().endswith(".")


def of_expectations(file: Path) -> Iterator[Query]:
    """Yield the queries of a suite of great-expectations, its batch being a table."""
    for one in json.loads(file.read_text(encoding="utf-8"))["expectations"]:
        if query := one["kwargs"].get("unexpected_rows_query"):
            yield Query(f"{file.relative_to(PROJECT)}: {one['meta']['name']}", query.replace(BATCH, "batch"))


def queries() -> Iterator[Query]:
    """Yield every query of the project but those of dbt."""
    for file in sorted((PROJECT / "python").rglob("*.py")):
        yield from of_python(file)
    for file in sorted((PROJECT / "python").rglob("*.sql")):
        yield Query(str(file.relative_to(PROJECT)), file.read_text(encoding="utf-8"))
    for file in sorted((PROJECT / "tests" / "great_expectations" / "expectations").rglob("*.json")):
        yield from of_expectations(file)


def complaints(found: Iterable[Query]) -> Iterator[str]:
    """Yield what sqlfluff says of them."""
    settings: dict[str, Any] = {"templater": "raw", "exclude_rules": NOT_ASKED}
    linter = Linter(config=FluffConfig.from_path(str(_CONFIGURED), overrides=settings))
    for query in found:
        sql = _PARAMETER.sub(FILLED_IN, query.sql)
        for one in linter.lint_string(f"{sql}\n").get_violations():
            if FILLED_IN not in sql or one.rule_code() not in _UNREADABLE:
                yield f"{query.place}: {one.rule_code()} {one.desc()}"


def main() -> int:
    """Print what is wrong, and how much was read; return the exit code."""
    found = list(queries())
    wrong = list(complaints(found))
    told = [*wrong, f"{len(found)} queries and files of queries, {len(wrong)} complaints"]
    sys.stdout.write("\n".join(told) + "\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
