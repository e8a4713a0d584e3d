"""A patient's way holds every raw line of the patient, adds up with the attrition, and says of each record what became of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from cartox.trace import trace_patient
from cartox.trace.sets import read_set, records
from tests.python.study.traced_lines import RawFiles

pytestmark = pytest.mark.xdist_group("study")


@pytest.fixture(scope="module")
def raw(study_landing: Path) -> RawFiles:
    return RawFiles(study_landing.with_name("extract"))


def test_every_raw_line_of_every_patient_stands_in_a_trace(
    study: duckdb.DuckDBPyConnection, raw: RawFiles
) -> None:
    traced = Counter(
        (row["patient_id"], row["source_file"], row["line_number"])
        for row in read_set(study, "patient_records")
        if row["patient_id"] and row["reason"] != "ragged_record"
    )
    lines = {
        (row["patient_id"], file, line)
        for file, rows in raw.rows.items()
        for line, row in rows.items()
        if row["patient_id"]
    }
    assert traced.keys() == lines
    assert set(traced.values()) == {1}


def test_steps_add_up_with_the_attrition(study: duckdb.DuckDBPyConnection) -> None:
    steps = read_set(study, "patient_steps")
    attrition = records(study, "select * from marts.cohort_attrition")
    left = Counter(row["step_number"] for row in steps if row["outcome"] == "leaves")
    assert {row["step_number"]: left[row["step_number"]] for row in attrition} == {
        row["step_number"]: row["n_excluded"] for row in attrition
    }
    reasons = study.execute("select count(*) from marts.cohort_exclusions").fetchone()
    assert reasons == (sum(row["is_reason_to_leave"] for row in steps),)


def test_the_shown_factor_makes_the_equivalent_of_each_counted_dose(study: duckdb.DuckDBPyConnection) -> None:
    counted = [row for row in read_set(study, "patient_doses") if row["is_counted"]]
    assert len({row["factor"] for row in counted}) >= 4
    given = [row for row in counted if row["status"] == "given"]
    assert len(given) > 800
    for row in given:
        assert row["dexamethasone_equivalent_mg"] == pytest.approx(row["dose_mg"] * row["factor"], rel=1e-6)
    for row in counted:  # of an order some doses may be silent
        assert row["dexamethasone_equivalent_mg"] <= row["dose_mg"] * row["factor"] + 1e-6


def test_each_result_is_used_or_says_why_not(study: duckdb.DuckDBPyConnection) -> None:
    results = read_set(study, "patient_results")
    assert all((row["used_for"] is None) != (row["not_used_because"] is None) for row in results)
    baselines = study.execute("select count(*) from marts.lab_baseline where value is not null").fetchone()
    assert baselines == (sum("baseline" in (row["used_for"] or "") for row in results),)
    days = study.execute("select sum(n_results) from marts.lab_daily_grid").fetchone()
    assert days == (sum("day " in (row["used_for"] or "").replace("day 0, carried", "") for row in results),)


def test_a_patient_of_the_cohort_and_one_who_is_not_in_it(study: duckdb.DuckDBPyConnection) -> None:
    ((inside, outside),) = study.execute(
        "select min(patient_id) filter (is_in_cohort), min(patient_id) filter (not is_in_cohort) from marts.treated_patients"
    ).fetchall()
    trace = trace_patient(study, inside)
    assert trace["cohort"]["study_group"] in {
        row["outcome"] for row in trace["outcomes"] if row["is_study_definition"]
    }
    assert sum(row["is_index_dose"] for row in trace["doses"]) == 1
    assert {row["outcome"] for row in trace["steps"]} == {"stays"}
    graded = [row for row in trace["grades"] if row["grade"] is not None]
    assert all(row["line_number"] and row["deciding_assessment_id"] for row in graded)
    other = trace_patient(study, outside)
    assert other["cohort"] is None
    assert [row["outcome"] for row in other["steps"]].count("leaves") == 1
    assert other["outcomes"] == []


def test_reviews_lead_to_the_lines_of_their_records(study: duckdb.DuckDBPyConnection) -> None:
    rows = read_set(study, "patient_reviews")
    counted = Counter((row["patient_id"], row["reason"]) for row in rows)
    expected = study.execute("select patient_id, reason, n_records from marts.reviews").fetchall()
    assert counted == {(patient_id, reason): n_records for patient_id, reason, n_records in expected}
    assert all(row["line_number"] for row in rows)
