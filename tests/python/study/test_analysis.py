"""The questions of analysts: dbt compiles them, and they run as they stand on the published tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.spec.compiled_project import PROJECT

FILES = {path.stem: path for path in sorted((PROJECT / "analysis").rglob("*.sql"))}
QUESTIONS = list(FILES)
MAY_HAVE_NO_ANSWER = {"recurrences"}


def _text(question: str) -> str:
    return FILES[question].read_text(encoding="utf-8")


def test_there_are_questions() -> None:
    assert len(QUESTIONS) >= 10


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_stands_first_and_its_answer_has_rows(
    study: duckdb.DuckDBPyConnection, question: str
) -> None:
    assert re.match(r"-- [A-Z].+[?:].*\n", _text(question))
    rows = study.execute(_text(question)).fetchall()
    assert rows or question in MAY_HAVE_NO_ANSWER
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("question", QUESTIONS)
def test_dbt_knows_which_tables_a_question_reads(manifest: dict[str, Any], question: str) -> None:
    node = manifest["nodes"][f"analysis.cartox.{question}"]
    declared = {name.rpartition(".")[2] for name in node["depends_on"]["nodes"]}
    assert declared == set(re.findall(r"\bmarts\.(\w+)", _text(question)))


def test_answers_by_product_and_group_count_the_cohort(study: duckdb.DuckDBPyConnection) -> None:
    counted = study.execute("select count(*), count(*) filter (study_group = 'responder') from marts.cohort")
    everybody = counted.fetchone()
    for question in ("response_by_product", "response_by_definition"):
        rows = study.execute(_text(question)).fetchall()
        if question == "response_by_product":
            assert (sum(row[1] for row in rows), sum(row[2] for row in rows)) == everybody
        else:
            assert {row[1] for row in rows} == {everybody[0] if everybody else None}
            assert [row[2] for row in rows if row[0] == "sustained"] == [everybody[1] if everybody else None]


def test_folder_of_questions_is_what_dbt_reads(dbt_target: Path) -> None:
    compiled = {path.stem for path in (dbt_target / "compiled" / "cartox" / "analysis").rglob("*.sql")}
    assert compiled == set(QUESTIONS)


BI_QUERIES = re.findall(
    r"```sql\n(.*?)```", (PROJECT / "docs" / "bi.md").read_text(encoding="utf-8"), re.DOTALL
)


def test_the_queries_of_the_page_are_the_files_of_the_dashboard() -> None:
    files = {
        re.sub(r"(?m)^--.*\n", "", path.read_text(encoding="utf-8"))
        for path in (PROJECT / "analysis/bi").iterdir()
    }
    assert files == set(BI_QUERIES)


def test_the_five_commonest_questions_of_bi_tools_have_answers(study: duckdb.DuckDBPyConnection) -> None:
    assert len(BI_QUERIES) == 5
    product, attrition, days, steroids, labs = (study.execute(query).fetchall() for query in BI_QUERIES)
    cohort = study.execute("select count(*) from marts.cohort").fetchall()[0][0]
    assert sum(row[2] for row in product) == attrition[-1][3] == cohort
    assert len(days) == 2 * 31
    assert {sum(row[2] for row in steroids if row[1] == window) for window in ("total", "after_index")} == {
        cohort
    }
    assert {row[0] for row in labs} == {"responder", "non_responder"}
