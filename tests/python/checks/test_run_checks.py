"""The four states of a check, and that checking writes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
import sqlalchemy
import sqlalchemy.exc
from rich.console import Console

from cartox.checks import CheckReport, CheckRow, dialect, print_checks, run_checks
from cartox.errors import UserError

PROJECT = Path(__file__).parents[2] / "great_expectations"


def _snapshot(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _broken(intact: Path, copy: Path, statement: str) -> Path:
    shutil.copy(intact, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute(statement)
    return copy


def test_the_handmade_study_holds_every_expectation(
    intact: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a study with 100%.duckdb"
    shutil.copy(intact, file)
    before = _snapshot(PROJECT), _snapshot(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    report = run_checks(file)
    assert {row.status for row in report.rows} == {"passed"}
    assert report.is_good
    assert (_snapshot(PROJECT), _snapshot(tmp_path)) == before


def _run_here(file: Path) -> CheckReport:
    from cartox.checks.suites import run_suites  # takes seconds to import, so not while tests are collected

    return run_suites(file, PROJECT)


def test_no_rows_are_no_pass_and_a_missing_table_is_an_error(intact: Path, tmp_path: Path) -> None:
    file = _broken(
        intact,
        tmp_path / "study.duckdb",
        "delete from marts.cohort; update marts.treated_patients set is_in_cohort = false, age_years = null; "
        "drop table marts.lab_baseline; alter table marts.era_mortality rename n_deaths to deaths;"
        "update marts.steroid_exposure set dexamethasone_equivalent_mg = -1 where patient_id = 'P09'",
    )
    report = _run_here(file)
    by_suite = {
        suite: {row.status for row in report.rows if row.suite == suite}
        for suite in ("marts.cohort", "marts.lab_baseline", "marts.era_mortality")
    }
    assert by_suite["marts.cohort"] == {"not applicable"}
    assert by_suite["marts.lab_baseline"] == {"error"}
    assert "error" in by_suite["marts.era_mortality"]
    states = {(row.suite, row.expectation): row.status for row in report.rows}
    assert states["marts.treated_patients", "age_human"] == "not applicable"
    assert states["marts.treated_patients", "cohort_marked"] == "passed"
    assert states["marts.steroid_exposure", "dose_plausible"] == "failed"
    assert not report.is_good
    assert not any(f"P{number:02d}" in row.detail for row in report.rows for number in range(1, 15))


def test_an_empty_table_fails_where_another_table_says_that_it_is_not(intact: Path, tmp_path: Path) -> None:
    file = _broken(intact, tmp_path / "study.duckdb", "delete from marts.deaths")
    states = {row.expectation: row.status for row in _run_here(file).rows if row.suite == "marts.deaths"}
    assert states.pop("deaths_complete") == "failed"
    assert set(states.values()) == {"not applicable"}


def test_a_file_that_is_not_there_is_a_mistake_of_the_user(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.duckdb"):
        run_checks(tmp_path / "nowhere.duckdb")


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "study.duckdb"
    file.write_text("patient_id,infused_at")
    assert {row.status for row in _run_here(file).rows} == {"error"}


def test_the_dialect_only_reads(intact: Path) -> None:
    dialect.register()
    engine = sqlalchemy.create_engine(dialect.url(intact))
    with engine.connect() as connection:
        result = connection.execute(sqlalchemy.text("select count(*) from marts.cohort"))
        with pytest.raises(sqlalchemy.exc.DatabaseError, match="read-only"):
            connection.execute(sqlalchemy.text("delete from marts.cohort"))
    engine.dispose()
    assert result is not None


def test_a_result_outlives_the_connection(intact: Path) -> None:
    dialect.register()
    engine = sqlalchemy.create_engine(dialect.url(intact))
    with engine.connect() as connection:
        result = connection.execute(sqlalchemy.text("select count(*) from marts.cohort"))
        connection.rollback()
        assert result.scalar_one() == 8
    engine.dispose()


def test_the_table_of_checks_counts_states_and_names_what_failed() -> None:
    report = CheckReport(
        [
            CheckRow("marts.cohort", "patient_once", "passed", "Once."),
            CheckRow("marts.cohort", "ipi_possible", "failed", "Rows that break this: 2."),
            CheckRow("marts.lab_baseline", "unit_given", "not applicable", "no rows to check"),
        ]
    )
    console = Console(width=100, record=True, file=None)
    with console.capture() as capture:
        print_checks(report, console)
    text = capture.get()
    assert "failed marts.cohort ipi_possible: Rows that break this: 2." in text
    assert "patient_once" not in text
    assert max(map(len, text.splitlines())) <= 100
