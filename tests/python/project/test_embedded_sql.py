"""SQL that stands in Python and in expectations is found and held against the rules of the models' SQL."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests import embedded_sql
from tests.embedded_sql import SHORTEST, Query, complaints, of_python, queries

PROGRAM = '''"""Select nothing here: this is documentation of a module."""
LONG = """
SELECT patient_id
from marts.cohort
"""
def ask(connection, table):
    """Select from a table what it holds of the patient."""
    print("select the file that holds your cohort.")
    return connection.execute(f"select patient_id from {table} where patient_id = ? and age_years > $age")
'''


def test_texts_that_are_sql_are_found_and_sentences_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_sql, "PROJECT", tmp_path)
    file = tmp_path / "program.py"
    file.write_text(PROGRAM.replace("SELECT", "select"))
    assert sorted(query.place for query in of_python(file)) == ["program.py:2", "program.py:9"]
    assert list(complaints(of_python(file))) == []


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ("select patient_id\nFROM marts.cohort", "CP01"),
        ("select count(*) as n from marts.cohort where age_years::int > 5", "CV11"),
        ("select patient_id from marts.cohort order by study_group desc, patient_id", "AM03"),
        ("select patient_id fro marts.cohort where (", "PRS"),
    ],
)
def test_what_breaks_a_rule_is_told_with_its_place(sql: str, rule: str) -> None:
    told = list(complaints([Query("program.py:1", sql)]))
    assert any(line.startswith(f"program.py:1: {rule} ") for line in told), told


def test_every_statement_that_python_executes_as_a_text_is_among_them() -> None:
    found = {query.place for query in queries()}
    missing = []
    for file in sorted((embedded_sql.PROJECT / "python").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "execute" and node.args:
                (said, *_) = node.args
                if isinstance(said, ast.Constant) and isinstance(said.value, str) and " from " in said.value:
                    place = f"{file.relative_to(embedded_sql.PROJECT)}:{said.lineno}"
                    is_copy = said.value.startswith("copy ")  # which only DuckDB knows
                    if place not in found and len(said.value) > SHORTEST and not is_copy:
                        missing.append(place)
    assert missing == []
    assert len(found) > 400
