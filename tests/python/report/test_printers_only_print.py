"""Report and command line compute nothing: their SQL selects cells, and no library of numbers is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

import cartox

PACKAGE = Path(cartox.__file__).parent
PRINTERS = ("report", "cli")
SOURCES = sorted(source for part in PRINTERS for source in (PACKAGE / part).rglob("*.py"))
LIBRARIES = ("numpy", "pandas", "polars", "scipy", "statistics", "cartox.statistics")
HOLE = "hole"
STARTS = ("select", "with", "unpivot", "pivot", "from", "create", "insert", "update", "delete")
AGGREGATES = {
    "quantile_cont", "quantile_disc", "approx_quantile", "mad", "mode", "arg_max", "arg_min", "list_sum", "list_avg",
    "list_median", "list_aggregate", "bool_and", "bool_or", "fsum",
}  # fmt: skip


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield what a module imports, by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def texts(tree: ast.AST) -> Iterator[str]:
    """Yield the string constants; what a formatted string leaves open becomes one word."""
    inside = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value


def queries(source: str) -> list[exp.Expr]:
    """Return the SQL statements of a module's source."""
    found = []
    for text in texts(ast.parse(source)):
        words = text.split()
        if len(words) > 3 and words[0] in STARTS and "from" in words:
            plain = text.replace("{", "").replace("}", "")
            found += [one for one in sqlglot.parse(plain, read="duckdb") if one is not None]
    return found


def computed(query: exp.Expr) -> list[str]:
    """Name what a query does beyond selecting cells."""
    nodes = query.find_all(exp.AggFunc, exp.Group, exp.Window, exp.Having, exp.Distinct, exp.Qualify)
    calls = [call.name.lower() for call in query.find_all(exp.Anonymous)]
    return [type(node).__name__ for node in nodes] + [call for call in calls if call in AGGREGATES]


def offences(source: str) -> list[str]:
    """Name everything that a printer must not do."""
    tree = ast.parse(source)
    libraries = [
        name for name in imports(tree) for one in LIBRARIES if name == one or name.startswith(one + ".")
    ]
    sums = [
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum"
    ]
    return [*libraries, *sums, *(name for query in queries(source) for name in computed(query))]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(PACKAGE)))
def test_a_printer_computes_nothing(source: Path) -> None:
    assert offences(source.read_text(encoding="utf-8")) == []


def test_printers_read_no_sql_from_elsewhere() -> None:
    assert [file for part in PRINTERS for file in (PACKAGE / part).rglob("*.sql")] == []


def test_the_queries_of_the_printers_are_found() -> None:
    """The page alone reads dozens of tables: a walk that saw no SQL would find nothing wrong with it."""
    n_queries = [len(queries(source.read_text(encoding="utf-8"))) for source in SOURCES]
    assert sum(n_queries) > 35


@pytest.mark.parametrize(
    "line",
    [
        'Q = "select count(*) from marts.cohort"',
        'Q = """\nselect study_group, any_value(sex) from marts.cohort group by study_group\n"""',
        'Q = "select quantile_cont(value, 0.5) as median from marts.lab_baseline"',
        'Q = f"select max(day) filter (where grade > {limit}) as day from marts.toxicity_days"',
        'Q = "select row_number() over (order by day) as n from marts.toxicity_days"',
        'Q = "with a as (select distinct patient_id from marts.cohort) select * from a"',
        'Q = "select list_sum(values) as total from marts.cohort"',
        "import numpy as np",
        "from scipy import stats",
        "from cartox.statistics import proportion",
        "from cartox import statistics",
        "def f(rows):\n    return sum(row['n'] for row in rows)",
    ],
)
def test_a_printer_that_computes_is_caught(line: str) -> None:
    assert offences(line) != []
