"""The schema `results` as a whole: its description, its manifest, an empty cohort, a wrong plan."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from cartox.results import build_results
from cartox.results.documentation import read_documentation
from cartox.results.tables import TABLES, insert_rows
from tests.python.results.handmade_study import VARIABLES, build, load_study, write_landing


def test_the_description_names_every_column_in_order(warehouse: duckdb.DuckDBPyConnection) -> None:
    documented = {table.table: list(table.columns) for table in read_documentation()}
    assert tuple(documented) == TABLES
    for table, columns in documented.items():
        found = warehouse.execute(f"select * from results.{table} limit 0").description or []
        assert [column[0] for column in found] == columns, table


def test_the_first_sentence_of_a_description_is_the_grain() -> None:
    for table in read_documentation():
        assert table.description.startswith("One row per "), table.table


def test_descriptions_are_kept_in_the_file(warehouse: duckdb.DuckDBPyConnection) -> None:
    bare = warehouse.execute(
        "select table_name from duckdb_tables() where schema_name = 'results' and comment is null "
        "union all select table_name || '.' || column_name from duckdb_columns() "
        "where schema_name = 'results' and comment is null"
    ).fetchall()
    assert bare == []


def test_the_manifest_tells_inputs_vars_revision_and_times(warehouse: duckdb.DuckDBPyConnection) -> None:
    facts = dict(warehouse.execute("select key, value from results.run_manifest").fetchall())
    assert facts["input.patients.sha256"] == "ab" * 32
    assert facts["input.patients.n_raw"] == "17"
    assert facts["var.index_drug"] == "anakinra"
    assert facts["var.max_gap_days"] is None
    assert facts["git.revision"] == "0123abc"
    assert facts["run.started_at"] == "2026-01-02T03:04:05+00:00"
    assert facts["version.duckdb"] == duckdb.__version__
    assert facts["rows.marts.cohort"] == "8"


def test_results_but_the_areas_hold_no_patient(warehouse: duckdb.DuckDBPyConnection) -> None:
    for table in set(TABLES) - {"lab_auc"}:
        text = str(warehouse.execute(f"select * from results.{table}").fetchall())
        assert not any(f"P{number:02d}" in text for number in range(1, 15)), table


def test_an_empty_cohort_gives_reasons_not_numbers(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    study.execute("delete from marts.cohort")
    build(study, tmp_path)
    counted = "select count(*) from results.{} where {}"
    for table, numbers in {
        "descriptives": "coalesce(percent, median, q1, q3, min, max, percent_low) is not null or n > 0",
        "comparisons": "coalesce(statistic, p_value, p_exact, p_bh, p_holm, effect, difference) is not null",
    }.items():
        assert study.execute(counted.format(table, numbers)).fetchone() == (0,)
        assert study.execute(counted.format(table, "not_applicable is null")).fetchone() == (0,)
    verdicts = study.execute(
        "select distinct verdict from results.reported_figures where section <> 'era'"
    ).fetchall()
    assert verdicts == [("not_applicable",)]
    assert study.execute("select count(*) from results.lab_auc").fetchone() == (0,)


def test_results_are_replaced_not_added(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    build(study, tmp_path)
    first = study.execute("select count(*) from results.descriptives").fetchone()
    build(study, tmp_path)
    assert study.execute("select count(*) from results.descriptives").fetchone() == first


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'ordinal'",
        "test = 'contingency'",
        "at_least = 3",
        "filter_column = 'analyte'",
        "test = 'student'",
    ],
)
def test_a_plan_that_contradicts_itself_is_an_error(
    study: duckdb.DuckDBPyConnection, tmp_path: Path, change: str
) -> None:
    study.execute(f"update seeds.test_plan set {change} where variable = 'age_years'")
    with pytest.raises(ValueError, match="age_years"):
        build(study, tmp_path)


def test_two_values_for_one_patient_are_an_error(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    study.execute(
        "update seeds.test_plan set filter_column = null, filter_value = null where variable = 'baseline_crp'"
    )
    with pytest.raises(ValueError, match="baseline_crp"):
        build(study, tmp_path)


def test_a_number_that_is_not_finite_is_refused(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    build(study, tmp_path)
    with pytest.raises(ValueError, match="lab_auc"):
        insert_rows(study, "lab_auc", [("P01", "il6", "trapezoid", float("nan"), 0, 1, 4, None, None)])


def test_the_manifest_tells_what_is_declared_of_the_files(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        load_study(connection)
        build_results(
            connection,
            variables=VARIABLES,
            landing=write_landing(tmp_path),
            revision=None,
            started_at=datetime(2026, 1, 2, tzinfo=UTC),
            declared={"lab_results": {"decimal_mark": ",", "columns": {"result": "Wert"}}},
        )
        facts = dict(connection.execute("select key, value from results.run_manifest").fetchall())
    assert json.loads(facts["declared.lab_results"]) == {"decimal_mark": ",", "columns": {"result": "Wert"}}
    assert [key for key in facts if key.startswith("declared.")] == ["declared.lab_results"]
