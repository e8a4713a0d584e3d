"""The models are SQL that DuckDB and Spark both read; where the two differ, a macro of macros/engine knows how.

`make spark` builds on Spark; this holds without it.
"""

import csv
import re
from pathlib import Path

import pytest

from tests.spec.compiled_project import PROJECT

ENGINE = PROJECT / "macros" / "engine"
SQL = [
    path
    for folder in ("models", "macros", "tests/data")
    for path in sorted((PROJECT / folder).rglob("*.sql"))
    if ENGINE not in path.parents
]
# What one of the two does not know, or reads otherwise.
NOT_BOTH = {
    "a function of one engine": r"\b(date_diff|datediff|date_add|epoch\w*|strftime|strptime|generate_series|sequence|explode"
    r"|unnest|list_\w+|array_\w+|collect_\w+|string_split|split|string_agg|starts_with|startswith|quantile_cont|arg_m(?:in|ax)"
    r"|regexp_\w+|rlike|to_json|struct_pack|named_struct)\s*\(",
    "a join as of a time": r"\basof\b",
    "columns but some": r"\*\s*exclude\b",
    "whole division": r"//",
    "a text type without a length": r"\bvarchar\b",
}


def without_templates_and_comments(text: str) -> str:
    """SQL as it stands in a file, without Jinja, comments and literals."""
    for pattern in (r"\{#.*?#\}", r"\{%.*?%\}", r"\{\{.*?\}\}", r"--[^\n]*", r"'[^']*'"):
        text = re.sub(pattern, " ", text, flags=re.DOTALL)
    return text


@pytest.mark.parametrize("path", SQL, ids=lambda path: path.stem)
def test_sql_is_read_by_both(path: Path) -> None:
    text = without_templates_and_comments(path.read_text(encoding="utf-8"))
    assert {what: found[0] for what, pattern in NOT_BOTH.items() if (found := re.search(pattern, text))} == {}


def test_a_contract_names_no_type_of_one_engine() -> None:
    described = [path.read_text(encoding="utf-8") for path in (PROJECT / "models").rglob("*.yml")]
    types = {kind for text in described for kind in re.findall(r"data_type: (\w+)", text)}
    assert types == {"bigint", "boolean", "date", "double", "integer", "string", "timestamp"}


def test_what_one_engine_has_a_way_for_the_other_has_too() -> None:
    macros = {
        name for path in ENGINE.glob("*.sql") for name in re.findall(r"macro (\w+)\(", path.read_text())
    }
    ways = {
        engine: {name.removeprefix(f"{engine}__") for name in macros if name.startswith(f"{engine}__")}
        for engine in ("default", "spark")
    }
    assert ways["default"] == ways["spark"] - {"load_csv_rows"}  # dbt itself asks for that one
    assert "load_csv_rows" in ways["spark"]


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("select list_sort(a) from t", "a function of one engine"),
        ("select a // 2", "whole division"),
        ("select * exclude (a) from t", "columns but some"),
        ("select cast(a as varchar)", "a text type without a length"),
    ],
)
def test_what_is_not_for_both_is_seen(sql: str, what: str) -> None:
    assert re.search(NOT_BOTH[what], without_templates_and_comments(sql))
    assert not re.search(NOT_BOTH[what], without_templates_and_comments(f"-- {sql}\n{{{{ {sql} }}}}"))


def test_no_cell_of_a_seed_is_one_that_dbt_reads_as_null() -> None:
    """DuckDB reads a seed's cells as they stand; the other engine has them of dbt, for which this word is a blank."""
    cells = [
        (path.stem, cell)
        for path in (PROJECT / "seeds").rglob("*.csv")
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines())
        for cell in row
    ]
    assert len(cells) > 1000
    assert [(seed, cell) for seed, cell in cells if cell.strip().lower() == "null"] == []
