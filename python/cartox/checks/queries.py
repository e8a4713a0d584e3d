"""The suites of the great-expectations project as SQL, run in one connection in this process.

great-expectations takes some seconds to start and a tenth of a second for an expectation. The expectations of the suites are
of six kinds, each of which is one query; what they say of a file, they say here as there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from cartox.checks.report import (
    ERROR,
    FAILED,
    NOT_APPLICABLE,
    PASSED,
    UNREADABLE,
    CheckReport,
    CheckRow,
)
from cartox.errors import UserError
from cartox.interruption import raise_if_interrupted
from cartox.progress import Progress, SilentProgress
from cartox.warehouse.opening import open_published


@dataclass(frozen=True)
class Expectation:
    """What a suite expects of its table: a kind, the arguments of that kind, and the column that a query is about."""

    name: str
    kind: str
    arguments: Mapping[str, Any]
    description: str
    column: str | None


def run_queries(warehouse_file: Path, project: Path, progress: Progress | None = None) -> CheckReport:
    """Check every table that has a suite in the great-expectations project; the file is opened read-only.

    Raises ValueError where a suite holds a kind of expectation that is no query here.
    """
    progress = progress or SilentProgress()
    suites = {suite: read_suite(project, suite) for suite in read_names(project)}
    try:
        connection = open_published(warehouse_file)
    except UserError as problem:
        detail = f"the checks could not be run ({type(problem).__name__})"
        return CheckReport([CheckRow("all", "run", ERROR, detail)])
    rows: list[CheckRow] = []
    progress.advance("", 0, len(suites))
    with connection:
        for number, (suite, expectations) in enumerate(suites.items(), start=1):
            rows += _check(connection, suite, expectations)
            progress.advance(suite, number, len(suites))
    return CheckReport(rows)


def read_names(project: Path) -> list[str]:
    """Return the suites that are run, each named as the table that it is about."""
    return sorted(file.stem for file in (project / "validation_definitions").glob("*.json"))


def read_suite(project: Path, suite: str) -> list[Expectation]:
    """Return what a suite expects, in its own order."""
    file = (project / "expectations").joinpath(*suite.split(".")).with_suffix(".json")
    return [
        Expectation(
            name=one["meta"]["name"],
            kind=one["type"],
            arguments=one["kwargs"],
            description=one["description"],
            column=one["meta"].get("column"),
        )
        for one in json.loads(file.read_text(encoding="utf-8"))["expectations"]
    ]


def _check(
    connection: duckdb.DuckDBPyConnection, suite: str, expectations: Sequence[Expectation]
) -> list[CheckRow]:
    """Check one table; where it cannot be read, every one of its expectations is an error."""
    try:
        is_empty = _number(connection, f"select count(*) from {suite}") == 0  # noqa: S608 - a suite's name
    except duckdb.Error:
        raise_if_interrupted()
        return [CheckRow(suite, one.name, ERROR, UNREADABLE) for one in expectations]
    rows = []
    for one in expectations:
        status, detail = _judge(connection, suite, one)
        if is_empty and status == PASSED:
            status, detail = NOT_APPLICABLE, "no rows to check"
        rows.append(CheckRow(suite, one.name, status, detail))
    return rows


def _judge(connection: duckdb.DuckDBPyConnection, suite: str, one: Expectation) -> tuple[str, str]:
    broken, values = queries(suite, one)
    try:
        n_broken = _number(connection, broken)
        if n_broken == 0 and values is not None and _number(connection, values) == 0:
            return NOT_APPLICABLE, "no values to check"
    except (duckdb.Error, RuntimeError):
        raise_if_interrupted()
        return ERROR, "the check could not be computed"
    raise_if_interrupted()
    if n_broken:
        return FAILED, f"{one.description} Rows that break this: {n_broken}."
    return PASSED, one.description


def queries(suite: str, one: Expectation) -> tuple[str, str | None]:
    """Return the query that counts the rows that break an expectation, and that which counts the rows that it is about.

    The second is None where it is about every row. Raises ValueError for an expectation of another kind.
    """
    if one.kind == "unexpected_rows_expectation":
        query = one.arguments["unexpected_rows_query"].replace("{batch}", suite)
        about = f"select count({one.column}) from {suite}" if one.column else None  # noqa: S608 - a suite's words
        return f"select count(*) from ({query}\n) as broken", about  # noqa: S608 - a suite's words
    if one.kind == "expect_compound_columns_to_be_unique":
        columns = one.arguments["column_list"]
        return _repeated(suite, columns), f"select count(*) from {suite} where {_any_given(columns)}"  # noqa: S608
    column = one.arguments["column"]
    if one.kind == "expect_column_values_to_not_be_null":
        return f"select count(*) from {suite} where {column} is null", None  # noqa: S608 - a suite's words
    about = f"select count({column}) from {suite}"  # noqa: S608 - a suite's words
    if one.kind == "expect_column_values_to_be_unique":
        return _repeated(suite, [column]), about
    return f"select count(*) from {suite} where not ({_holds(one, column)})", about  # noqa: S608 - a suite's words


def _repeated(suite: str, columns: Sequence[str]) -> str:
    """Count the rows whose values stand in another row, too; a missing value equals no other."""
    listed = ", ".join(columns)
    given = " and ".join(f"{column} is not null" for column in columns)
    counted = f"select count(*) as n_rows from {suite} where {given} group by {listed}"  # noqa: S608 - a suite's words
    return f"select coalesce(sum(n_rows), 0) from ({counted}) as repeated where n_rows > 1"  # noqa: S608


def _any_given(columns: Sequence[str]) -> str:
    return f"coalesce({', '.join(f'{column} is not null or null' for column in columns)}, false)"


def _holds(one: Expectation, column: str) -> str:
    """Return the condition of a value that is not missing; a missing one is neither right nor wrong."""
    if one.kind == "expect_column_values_to_be_in_set":
        return f"{column} in ({', '.join(map(_literal, one.arguments['value_set']))})"
    if one.kind == "expect_column_values_to_be_between":
        bounds = {"min_value": ">=", "max_value": "<="}
        told = [(one.arguments[name], sign) for name, sign in bounds.items() if name in one.arguments]
        return " and ".join(f"{column} {sign} {_literal(bound)}" for bound, sign in told)
    raise ValueError(f"{one.kind}: no query is known for expectations of this kind")


def _literal(value: Any) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else json.dumps(value)


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
