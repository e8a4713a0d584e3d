"""results.cumulative_incidence, results.survival and results.event_tests against counts made by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.python.results.handmade_study import build_short

Row = tuple[Any, ...]


def _incidence(warehouse: duckdb.DuckDBPyConnection, event: str, stratum: str = "all") -> dict[int, Row]:
    rows = warehouse.execute(
        "select day, percent, n_at_risk, n_events_so_far, n_censored_so_far from results.cumulative_incidence "
        "where curve = 'resolution' and event = ? and stratified_by = 'all' and stratum = ?",
        [event, stratum],
    ).fetchall()
    return {row[0]: row[1:] for row in rows}


def _survival(warehouse: duckdb.DuckDBPyConnection, curve: str, stratum: str = "all") -> list[Row]:
    return warehouse.execute(
        "select day, percent, n_at_risk, n_events_so_far, n_censored_today, is_landmark from results.survival "
        "where curve = ? and stratum = ? order by day",
        [curve, stratum],
    ).fetchall()


def test_resolution_competes_with_death(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Five resolve two days after the index time; P01 dies on day 14 of it; P02 and P03 are last assessed on days 14 and 16."""
    resolved, died = _incidence(warehouse, "resolved"), _incidence(warehouse, "died_unresolved")
    assert resolved == {
        0: (0.0, 8, 0, 0),
        2: (pytest.approx(62.5), 8, 5, 0),
        7: (pytest.approx(62.5), 3, 5, 0),
        14: (pytest.approx(62.5), 3, 5, 1),
        16: (pytest.approx(62.5), 1, 5, 2),
    }
    assert {day: row[0] for day, row in died.items()} == pytest.approx(
        {0: 0.0, 2: 0.0, 7: 0.0, 14: float(100 * Fraction(3, 8) * Fraction(1, 3)), 16: 12.5}
    )


def test_landmarks_beyond_the_last_at_risk_have_no_row(warehouse: duckdb.DuckDBPyConnection) -> None:
    days = warehouse.execute(
        "select distinct day from results.cumulative_incidence "
        "where curve = 'resolution' and stratified_by = 'all' and is_landmark order by day"
    ).fetchall()
    assert days == [(7,), (14,)]  # 21 is asked for, nobody is at risk after 16
    beyond = warehouse.execute(
        "select count(*) from (select n_at_risk from results.cumulative_incidence "
        "union all select n_at_risk from results.survival) where n_at_risk < 1"
    ).fetchone()
    assert beyond == (0,)


def test_half_is_decided_on_counts(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = warehouse.execute(
        "select event, day from results.cumulative_incidence "
        "where curve = 'resolution' and stratified_by = 'all' and is_first_half"
    ).fetchall()
    assert found == [("resolved", 2)]


def test_planned_strata_are_what_was_known_before_the_index_time(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    strata = {
        name
        for (name,) in warehouse.execute(
            "select distinct stratified_by from results.cumulative_incidence where curve = 'resolution'"
        ).fetchall()
    }
    assert strata == {
        *(
            "all",
            "male_sex",
            "ann_arbor_stage_iv",
            "refractory",
            "product",
            "crs_at_index",
            "crs_grade_3_4_at_index",
        ),
        "any_steroids_before_index",
    }
    at_risk = warehouse.execute(
        "select stratum, max(n_at_risk) from results.cumulative_incidence where stratified_by = 'crs_at_index' group by stratum "
        "order by stratum"
    ).fetchall()
    assert at_risk == [("no", 3), ("yes", 4)]  # P07 has no CRS grade at the index time and stands in neither


def test_deaths_of_toxicities_by_era_compete_with_other_deaths(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute(
        "select stratified_by, stratum, percent, n_at_risk, n_events_so_far from results.cumulative_incidence "
        "where event = 'toxicity_death' and day = 30 order by stratified_by, stratum"
    ).fetchall()
    assert rows == [
        ("era_date", "before", pytest.approx(100 / 3), 2, 1),
        ("era_date", "from", pytest.approx(100 / 11), 10, 1),
        ("era_date_sensitivity", "before", pytest.approx(25.0), 3, 1),
        ("era_date_sensitivity", "from", pytest.approx(10.0), 9, 1),
    ]


def test_survival_from_a_landmark_leaves_out_who_died_before_it(warehouse: duckdb.DuckDBPyConnection) -> None:
    """P01 died on study day 19; P02 on day 110 from infusion, 80 days after the last study day."""
    assert _survival(warehouse, "from_index")[0][2] == 8
    landmark = _survival(warehouse, "from_last_study_day", "non_responder")
    assert [row[:4] for row in landmark[:2]] == [(0, 100.0, 2, 0), (80, pytest.approx(50.0), 2, 1)]
    assert _survival(warehouse, "from_last_study_day")[0][2] == 7


def test_the_latest_assessment_is_the_same_day_of_everybody_s_index_time(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """P06 had the earliest index time, day 3: who resolves may do so up to 27 days after it."""
    death = next(row for row in _survival(warehouse, "from_latest_assessment", "non_responder") if row[3])
    assert death[0] == 110 - 6 - 27  # P02: index on day 6, died on day 110


def test_only_the_naive_curve_is_marked_as_biased_and_it_is_not_tested(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    biased = warehouse.execute(
        "select distinct curve, stratified_by from results.survival where is_biased"
    ).fetchall()
    assert biased == [("from_index", "study_group")]
    tested = warehouse.execute(
        "select curve from results.event_tests where test = 'log_rank' order by curve"
    ).fetchall()
    assert tested == [("from_last_study_day",), ("from_latest_assessment",)]


def test_follow_up_counts_deaths_as_censored(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = {row[0]: row[1:] for row in _survival(warehouse, "follow_up", "before")}
    assert rows[19] == (100.0, 3, 0, 1, False)  # P09 died on day 19
    assert rows[520] == (0.0, 1, 1, 0, False)  # P14 is followed for 100 + 30 x 14 days


def test_who_is_not_evaluable_is_on_no_curve_by_group(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute("update marts.cohort set study_group = 'not_evaluable' where patient_id = 'P03'")
    build_short(study, tmp_path)
    strata = study.execute(
        "select stratum, max(n_at_risk) from results.survival where curve = 'from_index' group by stratum order by stratum"
    ).fetchall()
    assert strata == [("all", 8), ("non_responder", 2), ("responder", 5)]


def test_a_death_of_unknown_cause_competes_as_another_death_does(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute("update marts.treated_patients set is_toxicity_death = null where patient_id = 'P09'")
    build_short(study, tmp_path)
    events = study.execute(
        "select event, max(n_events_so_far) from results.cumulative_incidence "
        "where curve = 'toxicity_death' and stratified_by = 'era_date' and stratum = 'before' group by event order by event"
    ).fetchall()
    assert events == [("other_death", 2), ("toxicity_death", 0)]


def test_an_empty_cohort_has_no_curve_and_no_test_but_of_the_eras(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute("delete from marts.cohort")
    build_short(study, tmp_path)
    assert study.execute("select distinct curve from results.cumulative_incidence").fetchall() == [
        ("toxicity_death",)
    ]
    assert study.execute("select distinct curve from results.survival").fetchall() == [("follow_up",)]
    reasons = study.execute(
        "select count(*) from results.event_tests where curve = 'resolution' and not_applicable is null"
    ).fetchone()
    assert reasons == (0,)
