"""The words under which a reader sees the planned variables."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.python.results.handmade_study import build_short


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({}, "ICANS resolved after anakinra"),
        ({"index_drug": "tocilizumab", "index_toxicity": "CRS"}, "CRS resolved after tocilizumab"),
    ],
)
def test_a_label_names_the_drug_and_the_toxicity_of_the_study(
    study: duckdb.DuckDBPyConnection, tmp_path: Path, changes: dict[str, str], label: str
) -> None:
    build_short(study, tmp_path, **changes)
    labels = study.execute(
        "select distinct label from results.descriptives where variable = 'responder'"
    ).fetchall()
    assert labels == [(label,)]


def test_braces_that_name_no_var_are_left_alone(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    study.execute("update seeds.test_plan set label = 'Age {7*7} {}' where variable = 'age_years'")
    build_short(study, tmp_path)
    labels = study.execute("select distinct label from results.comparisons where variable = 'age_years'")
    assert labels.fetchall() == [("Age {7*7} {}",)]


@pytest.mark.parametrize("name", ["index_drugs", "last_study_day"])
def test_a_label_that_names_no_var_with_a_text_is_an_error(
    study: duckdb.DuckDBPyConnection, tmp_path: Path, name: str
) -> None:
    study.execute(f"update seeds.test_plan set label = 'Age at {{{name}}}' where variable = 'age_years'")
    with pytest.raises(ValueError, match=f"age_years: the label names {name}"):
        build_short(study, tmp_path)
