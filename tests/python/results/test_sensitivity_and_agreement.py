"""Who changes group under another definition, and how recorded grades agree with computed ones."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.python.results.handmade_study import build_short


def test_changes_of_group_are_counted_both_ways(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    study.execute(
        "update marts.response_labels set is_responder = not is_responder, resolved_at = null, "
        "outcome = if(is_responder, 'non_responder', 'responder') "
        "where definition = 'first_grade_0' and patient_id in ('P01', 'P02', 'P04')"
    )
    study.execute(
        "update marts.response_labels set is_dead_unresolved = true "
        "where definition = 'first_grade_0' and patient_id = 'P03'"
    )
    build_short(study, tmp_path)
    found = study.execute(
        "select n_patients, n_responders, n_non_responders, percent_responders, n_become_responders, "
        "n_become_non_responders, n_died_unresolved, is_study_definition "
        "from results.response_sensitivity where definition = 'first_grade_0'"
    ).fetchall()
    assert found == [(8, 6, 2, 75.0, 2, 1, 1, False)]
    own = study.execute(
        "select n_responders, n_become_responders, n_become_non_responders, is_study_definition "
        "from results.response_sensitivity where definition = 'sustained'"
    ).fetchall()
    assert own == [(5, 0, 0, True)]


def test_whom_nobody_can_judge_moves_the_share_between_two_extremes(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute(
        "update marts.response_labels set is_responder = null, resolved_at = null, outcome = 'not_evaluable' "
        "where definition = 'first_grade_0' and patient_id in ('P01', 'P04')"
    )
    outcomes = [
        outcome
        for (outcome,) in study.execute(
            "select outcome from marts.response_labels where definition = 'first_grade_0'"
        ).fetchall()
    ]
    build_short(study, tmp_path)
    found = study.execute(
        "select n_not_evaluable, percent_responders, percent_if_all_failed, percent_if_all_responded "
        "from results.response_sensitivity where definition = 'first_grade_0'"
    ).fetchall()
    n_responders = outcomes.count("responder")
    assert found == [(2, 100 * n_responders / 6, 100 * n_responders / 8, 100 * (n_responders + 2) / 8)]


def test_kappa_is_that_of_the_definition(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Linear weights by hand: observed and expected weighted agreement of the 23 handmade assessments."""
    computed = [0] * 10 + [1] * 8 + [2] * 4 + [0]
    recorded = [0] * 10 + [1] * 5 + [2] * 3 + [2] * 4 + [2]
    weight = {(a, b): 1 - abs(a - b) / 2 for a in range(3) for b in range(3)}
    n = len(computed)
    observed = sum(weight[pair] for pair in zip(computed, recorded, strict=True)) / n
    expected = sum(weight[a, b] for a in computed for b in recorded) / n**2
    found = warehouse.execute(
        "select n_assessments, n_equal, percent_equal, kappa from results.grade_agreement "
        "where toxicity = 'ICANS' and weights = 'linear'"
    ).fetchone()
    assert found is not None
    assert found[:3] == (23, 19, pytest.approx(100 * 19 / 23))
    assert found[3] == pytest.approx((observed - expected) / (1 - expected), abs=1e-12)


def test_no_pair_of_grades_is_not_applicable(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = warehouse.execute(
        "select n_assessments, percent_equal, kappa, not_applicable is not null from results.grade_agreement "
        "where toxicity = 'CRS'"
    ).fetchall()
    assert found == [(0, None, None, True)] * 2
