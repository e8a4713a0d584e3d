"""results.descriptives against counts made by hand and scipy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from scipy.stats import binomtest

from tests.python.results.handmade_study import build_short


def _row(warehouse: duckdb.DuckDBPyConnection, columns: str, *key: str) -> tuple[Any, ...]:
    found = warehouse.execute(
        f"select {columns} from results.descriptives where variable = ? and level = ? and study_group = ?",
        list(key),
    ).fetchone()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("study_group", "ages"),
    [
        ("all", [65, 71, 58, 44, 62, 50, 67, 39]),
        ("responder", [44, 62, 50, 67, 39]),
        ("non_responder", [65, 71, 58]),
    ],
)
def test_a_continuous_variable_is_described_by_type_7_quantiles(
    warehouse: duckdb.DuckDBPyConnection, study_group: str, ages: list[int]
) -> None:
    row = _row(warehouse, "n, n_missing, count, median, q1, q3, min, max", "age_years", "value", study_group)
    assert row[:3] == (len(ages), 0, None)
    assert row[3:] == pytest.approx(np.percentile(ages, [50, 25, 75, 0, 100], method="linear"))


def test_a_binary_variable_counts_yes_and_no_among_those_with_a_value(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    yes = _row(warehouse, "n, n_missing, count, percent", "crs_at_index", "yes", "all")
    no = _row(warehouse, "n, n_missing, count, percent", "crs_at_index", "no", "all")
    assert yes == pytest.approx((7, 1, 4, 400 / 7))
    assert no == pytest.approx((7, 1, 3, 300 / 7))


def test_shares_carry_their_exact_interval(warehouse: duckdb.DuckDBPyConnection) -> None:
    low, high = _row(warehouse, "percent_low, percent_high", "responder", "yes", "all")
    interval = binomtest(5, 8).proportion_ci(method="exact")
    assert (low, high) == pytest.approx((100 * interval.low, 100 * interval.high))


def test_planned_levels_are_shown_though_nobody_has_them(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert _row(warehouse, "count, percent", "ann_arbor_stage", "1", "all") == (0, 0.0)
    levels = warehouse.execute(
        "select level from results.descriptives where variable = 'product' and study_group = 'all' "
        "order by level_order"
    ).fetchall()
    assert [level for (level,) in levels] == [
        "axicabtagene ciloleucel",
        "lisocabtagene maraleucel",
        "tisagenlecleucel",
    ]


def test_levels_of_a_variable_add_up_to_its_patients(warehouse: duckdb.DuckDBPyConnection) -> None:
    wrong = warehouse.execute(
        "select variable, study_group from results.descriptives where kind <> 'continuous' "
        "group by all having sum(count) <> any_value(n)"
    ).fetchall()
    assert wrong == []


def test_one_patients_missing_laboratory_value_is_counted(warehouse: duckdb.DuckDBPyConnection) -> None:
    row = _row(warehouse, "n, n_missing, median", "baseline_ferritin", "value", "responder")
    assert row == (4, 1, pytest.approx(np.median([200, 399, 410, 600])))


def test_each_window_of_steroids_is_read_from_its_own_rows(warehouse: duckdb.DuckDBPyConnection) -> None:
    medians = {
        window: _row(warehouse, "median, max", f"steroids_{window}", "value", "non_responder")
        for window in ("before_index", "after_index", "total")
    }
    assert medians == {"before_index": (40.0, 60.0), "after_index": (800.0, 900.0), "total": (860.0, 940.0)}


def test_a_value_that_the_plan_does_not_list_is_missing(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute("update marts.cohort set sex = 'unknown' where patient_id = 'P01'")
    build_short(study, tmp_path)
    assert _row(study, "n, n_missing, count", "male_sex", "yes", "all") == (7, 1, 4)
