"""The questions of analysts: dbt compiles them, and they run on the published tables."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.spec.compiled_project import PROJECT, CompiledProject, connect, land_rows

QUESTIONS = sorted(path.name for path in (PROJECT / "analysis").glob("*.sql"))


@pytest.fixture(scope="module")
def empty_warehouse(compiled_project: CompiledProject) -> duckdb.DuckDBPyConnection:
    connection = connect()
    land_rows(connection, {})
    compiled_project.build(connection)
    return connection


def test_there_are_questions() -> None:
    assert len(QUESTIONS) >= 3


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_starts_with_its_words_and_runs(
    empty_warehouse: duckdb.DuckDBPyConnection, dbt_target: Path, question: str
) -> None:
    assert (PROJECT / "analysis" / question).read_text().startswith("-- ")
    compiled = (dbt_target / "compiled" / "cartox" / "analysis" / question).read_text()
    empty_warehouse.execute(compiled.replace('"memory".', "")).fetchall()
