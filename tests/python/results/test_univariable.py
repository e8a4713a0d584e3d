"""results.univariable: what stands in each row, and why something does not."""

from __future__ import annotations

import math
from pathlib import Path

import duckdb
import pytest

from cartox.results.univariable import NOT_KNOWN_BEFORE, SEVERAL_LEVELS
from tests.python.results.handmade_study import build_short


def test_every_planned_variable_but_the_outcome_has_a_row(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = warehouse.execute(
        "select variable, not_applicable from results.univariable order by display_order"
    ).fetchall()
    planned = warehouse.execute(
        "select variable from seeds.test_plan where variable <> 'responder' order by display_order"
    ).fetchall()
    assert [variable for variable, _ in found] == [variable for (variable,) in planned]
    reasons = dict(found)
    assert reasons["product"] == SEVERAL_LEVELS
    assert reasons["auc_crp"] == NOT_KNOWN_BEFORE
    assert reasons["peak_icans_grade_4"] == NOT_KNOWN_BEFORE
    assert reasons["baseline_crp"] is None


def test_area_is_above_one_half_where_values_are_higher_in_non_responders(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    query = """
        select cohort.study_group, labs.value
        from marts.cohort as cohort
        inner join marts.lab_baseline as labs on cohort.patient_id = labs.patient_id
        where labs.analyte = 'crp' and labs.value is not null
    """
    values: dict[str, list[float]] = {}
    for group, value in warehouse.execute(query).fetchall():
        values.setdefault(group, []).append(value)
    cases, controls = values["non_responder"], values["responder"]
    pairs = [(case > control) + (case == control) / 2 for case in cases for control in controls]
    row = warehouse.execute(
        "select auroc, n_non_responders, n_responders, odds_ratio, odds_ratio_low, odds_ratio_high, step_name, step "
        "from results.univariable where variable = 'baseline_crp'"
    ).fetchone()
    assert row is not None
    area, n_cases, n_controls, ratio, low, high, step_name, step = row
    assert (n_cases, n_controls) == (len(cases), len(controls))
    assert area == pytest.approx(sum(pairs) / len(pairs))
    assert low < ratio < high
    pooled = cases + controls
    mean = sum(pooled) / len(pooled)
    assert step_name == "standard deviation"
    assert step == pytest.approx(math.sqrt(sum((v - mean) ** 2 for v in pooled) / (len(pooled) - 1)))


def test_the_step_of_a_binary_variable_is_its_level(warehouse: duckdb.DuckDBPyConnection) -> None:
    """The mode of Firth's likelihood of a 2 x 2 table is its odds ratio with 1/2 added to each cell."""
    counts = dict(
        warehouse.execute(
            "select study_group || ' ' || level, count from results.descriptives where variable = 'male_sex'"
        ).fetchall()
    )
    a, b = counts["non_responder yes"] + 0.5, counts["non_responder no"] + 0.5
    c, d = counts["responder yes"] + 0.5, counts["responder no"] + 0.5
    row = warehouse.execute(
        "select odds_ratio, step, step_name from results.univariable where variable = 'male_sex'"
    ).fetchone()
    assert row == (pytest.approx(a * d / (b * c), rel=1e-5), 1.0, "yes against no")


def test_one_group_alone_gives_reasons_and_no_number(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute("delete from marts.cohort where study_group = 'non_responder'")
    build_short(study, tmp_path)
    numbers = "coalesce(auroc, auroc_low, odds_ratio, p_value, standardized_difference)"
    assert study.execute(
        f"select count(*) from results.univariable where {numbers} is not null"
    ).fetchone() == (0,)
    assert study.execute(
        "select count(*) from results.univariable "
        "where not_applicable is null or standardized_difference_not_applicable is null"
    ).fetchone() == (0,)
