"""results.lab_auc against numpy over the measured points, results.era_comparison against hand counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from scipy import stats

from cartox.statistics import contingency
from tests.python.results.handmade_study import build_short

DAYS = [0, 3, 7, 10, 20]
FERRITIN_P05 = [500 * factor * 1.5 for factor in (1.0, 3.0, 2.0, 1.5, 0.5)]


def _area(
    warehouse: duckdb.DuckDBPyConnection, patient_id: str, rule: str, analyte: str = "ferritin"
) -> tuple[Any, ...]:
    found = warehouse.execute(
        "select auc, first_day, last_day, n_observed_days, unit, not_applicable from results.lab_auc "
        "where patient_id = ? and analyte = ? and rule = ?",
        [patient_id, analyte, rule],
    ).fetchone()
    assert found is not None
    return found


def test_the_trapezoid_over_the_grid_is_that_over_the_measured_days(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    expected = np.trapezoid(FERRITIN_P05, DAYS)
    assert _area(warehouse, "P05", "trapezoid") == (pytest.approx(expected), 0, 20, 5, "ng x day/mL", None)
    mean = _area(warehouse, "P05", "time_weighted_mean")
    assert (mean[0], mean[4]) == (pytest.approx(expected / 20), "ng/mL")


def test_a_logarithmic_fall_runs_between_measured_days(warehouse: duckdb.DuckDBPyConnection) -> None:
    expected = np.trapezoid(FERRITIN_P05[:2], DAYS[:2])
    for first in (1, 2, 3):
        high, low = FERRITIN_P05[first], FERRITIN_P05[first + 1]
        expected += (high - low) / np.log(high / low) * (DAYS[first + 1] - DAYS[first])
    assert _area(warehouse, "P05", "linear_up_log_down")[0] == pytest.approx(expected)


def test_the_curve_before_the_index_ends_on_its_day(study: duckdb.DuckDBPyConnection, tmp_path: Any) -> None:
    build_short(study, tmp_path, auc_min_observed_days=2)
    area, first, last, observed, _, _ = _area(study, "P05", "before_index")  # index on day 7
    assert (first, last, observed) == (0, 7, 3)
    assert area == pytest.approx(np.trapezoid(FERRITIN_P05[:3], DAYS[:3]))
    per_day = _area(study, "P05", "before_index_per_day")
    assert (per_day[0], per_day[4]) == (pytest.approx(area / 7), "ng/mL")


def test_a_later_index_time_alone_does_not_raise_the_area_per_day(
    study: duckdb.DuckDBPyConnection, tmp_path: Any
) -> None:
    study.execute("update marts.lab_daily_grid set value = 100 where value is not null")
    build_short(study, tmp_path, auc_min_observed_days=1)
    areas = {patient: _area(study, patient, "before_index")[0] for patient in ("P03", "P07")}
    assert areas == {"P03": pytest.approx(400.0), "P07": pytest.approx(800.0)}  # index on day 4 and on day 8
    for patient in areas:
        assert _area(study, patient, "before_index_per_day")[0] == pytest.approx(100.0)


def test_the_last_value_is_carried_to_death_and_no_further(warehouse: duckdb.DuckDBPyConnection) -> None:
    died = _area(warehouse, "P01", "carried_to_day_30")  # died on day 19, last value on day 10
    assert died[2] == 19
    alive = _area(warehouse, "P05", "carried_to_day_30")
    assert alive[2] == 30
    assert alive[0] == pytest.approx(np.trapezoid(FERRITIN_P05, DAYS) + 10 * FERRITIN_P05[-1])


def test_a_carried_day_is_covered_but_not_observed(warehouse: duckdb.DuckDBPyConnection) -> None:
    area = _area(warehouse, "P02", "trapezoid")
    assert (area[1], area[3]) == (0, 4)


def test_too_few_measured_days_give_no_area_but_a_reason(warehouse: duckdb.DuckDBPyConnection) -> None:
    area = _area(warehouse, "P06", "trapezoid")
    assert area[0] is None
    assert area[3] == 2
    assert area[5] is not None


def test_every_cohort_patient_has_a_row_for_each_analyte_and_rule(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    assert warehouse.execute("select count(*) from results.lab_auc").fetchone() == (8 * 3 * 6,)


@pytest.mark.parametrize(
    ("measure", "reading", "before", "after"),
    [
        ("share_of_deaths", "era_date", (1, 2), (1, 3)),
        ("risk_per_treated_patient", "era_date", (1, 3), (1, 11)),
        ("share_of_deaths", "era_date_sensitivity", (1, 3), (1, 2)),
        ("risk_per_treated_patient", "era_date_sensitivity", (1, 4), (1, 10)),
    ],
)
def test_eras_are_counted_under_both_readings_of_the_date(
    warehouse: duckdb.DuckDBPyConnection,
    measure: str,
    reading: str,
    before: tuple[int, int],
    after: tuple[int, int],
) -> None:
    row = warehouse.execute(
        "select before_count, before_total, from_count, from_total, p_value, difference, before_percent, "
        "from_percent, from_percent_low, from_percent_high "
        "from results.era_comparison where measure = ? and reading = ?",
        [measure, reading],
    ).fetchone()
    assert row is not None
    assert row[:4] == (*before, *after)
    table = np.array([[before[0], before[1] - before[0]], [after[0], after[1] - after[0]]])
    assert row[4] == pytest.approx(stats.fisher_exact(table).pvalue)
    assert row[5] == pytest.approx(100 * (before[0] / before[1] - after[0] / after[1]))
    assert row[5] == pytest.approx(row[6] - row[7])
    interval = stats.binomtest(*after).proportion_ci(method="exact")
    assert row[8:] == pytest.approx((100 * interval.low, 100 * interval.high))


def test_a_later_study_is_told_how_many_patients_the_difference_takes(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """By the power function: with that many in each era the test has 80 % power."""
    [(n_per_era, power)] = warehouse.execute(
        "select n_per_era_for_power, power_percent from results.era_comparison "
        "where measure = 'risk_per_treated_patient' and reading = 'era_date'"
    ).fetchall()
    before, later = 1 / 3, 1 / 11
    middle = (before + later) / 2

    def reached(n: int) -> float:
        under_null = np.sqrt(2 * middle * (1 - middle) / n)
        spread = np.sqrt((before * (1 - before) + later * (1 - later)) / n)
        return float(stats.norm.sf((stats.norm.isf(0.025) * under_null - (before - later)) / spread))

    assert power == pytest.approx(80)
    assert reached(n_per_era) >= 0.8 > reached(n_per_era - 1)


def test_without_a_difference_no_number_of_patients_is_told(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute("update marts.treated_patients set is_toxicity_death = false")
    build_short(study, tmp_path)
    found = study.execute("select distinct n_per_era_for_power from results.era_comparison").fetchall()
    assert found == [(None,)]


def _era(study: duckdb.DuckDBPyConnection, columns: str, measure: str) -> tuple[Any, ...]:
    found = study.execute(
        f"select {columns} from results.era_comparison where measure = ? and reading = 'era_date'", [measure]
    ).fetchone()
    assert found is not None
    return found


DIFFERENCE = "difference, difference_low, difference_high, difference_certainty"


def test_a_death_of_unknown_cause_moves_the_difference_one_way(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """One of two deaths before the date, one of three after it, of which one has no cause: 50 % less 33 % or 67 %."""
    study.execute(
        "update marts.treated_patients set is_toxicity_death = null "
        "where patient_id = (select min(patient_id) from marts.treated_patients "
        "where is_dead and not is_toxicity_death and era = 'from')"
    )
    build_short(study, tmp_path)
    share, low, high, certainty = _era(study, DIFFERENCE, "share_of_deaths")
    assert (share, certainty) == (pytest.approx(100 * (1 / 2 - 1 / 3)), "at_most")
    least = contingency([[1, 1], [2, 1]])
    most = contingency([[1, 1], [1, 2]])
    assert least.risk_difference_low is not None
    assert most.risk_difference_high is not None
    assert (low, high) == pytest.approx((100 * least.risk_difference_low, 100 * most.risk_difference_high))
    found = _era(
        study,
        "from_count, from_percent, from_percent_low, from_percent_high, from_certainty",
        "share_of_deaths",
    )
    ends = (stats.binomtest(k, 3).proportion_ci(method="exact") for k in (1, 2))
    lowest, highest = ends
    assert found == (
        1,
        pytest.approx(100 / 3),
        pytest.approx(100 * lowest.low),
        pytest.approx(100 * highest.high),
        "at_least",
    )
    assert _era(study, "difference_certainty, before_certainty", "risk_per_treated_patient") == (
        "at_most",
        "exact",
    )


def test_unknown_deaths_in_both_eras_leave_the_difference_open(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute(
        "update marts.treated_patients set is_toxicity_death = null where is_dead and not is_toxicity_death"
    )
    build_short(study, tmp_path)
    for measure in ("share_of_deaths", "risk_per_treated_patient"):
        assert _era(study, DIFFERENCE, measure) == (None, None, None, "unknown")
    p, n_per_era = _era(study, "p_value, n_per_era_for_power", "risk_per_treated_patient")
    assert p is not None  # of the patients as counted
    assert n_per_era is None


def test_who_may_be_dead_could_move_a_share_of_deaths_either_way(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute(
        "update marts.treated_patients set is_dead = null, is_toxicity_death = null, died_on = null "
        "where patient_id = (select min(patient_id) from marts.treated_patients where not is_dead and era = 'from')"
    )
    build_short(study, tmp_path)
    columns = "from_count, from_percent, from_percent_low, from_certainty"
    assert _era(study, columns, "share_of_deaths") == (1, None, None, "unknown")
    assert _era(study, DIFFERENCE, "share_of_deaths") == (None, None, None, "unknown")
    risk = _era(study, "from_percent, from_certainty, difference_certainty", "risk_per_treated_patient")
    assert risk == (pytest.approx(100 / 11), "at_least", "at_most")
