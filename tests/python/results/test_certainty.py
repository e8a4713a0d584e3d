"""Every statistic says how certain it is: held against random numbers in the place of what the bounds leave open."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from tests.python.results.handmade_study import build_short

STATISTICS: dict[str, Callable[[list[float]], float]] = {
    "median": lambda values: float(np.median(values)),
    "q1": lambda values: float(np.percentile(values, 25)),
    "q3": lambda values: float(np.percentile(values, 75)),
    "min": min,
    "max": max,
}
COLUMNS = "median, q1, q3, min, max, certainty, q1_certainty, q3_certainty, min_certainty, max_certainty"
GROUPS = {"responder": ("P04", "P05", "P06", "P07", "P08"), "non_responder": ("P01", "P02", "P03")}
ALL = (*GROUPS["non_responder"], *GROUPS["responder"])


def _cells(study: duckdb.DuckDBPyConnection, columns: str, *key: str) -> tuple[Any, ...]:
    found = study.execute(
        f"select {columns} from results.descriptives where variable = ? and level = ? and study_group = ?",
        list(key),
    ).fetchone()
    assert found is not None
    return found


def _comparison(study: duckdb.DuckDBPyConnection, columns: str, variable: str) -> tuple[Any, ...]:
    found = study.execute(
        f"select {columns} from results.comparisons where variable = ?", [variable]
    ).fetchone()
    assert found is not None
    return found


def _mark(study: duckdb.DuckDBPyConnection, analyte: str, certainties: dict[str, str]) -> None:
    for patient, certainty in certainties.items():
        study.execute(
            "update marts.lab_baseline set certainty = ? where patient_id = ? and analyte = ?",
            [certainty, patient, analyte],
        )


def _values(study: duckdb.DuckDBPyConnection, analyte: str) -> dict[str, float]:
    return dict(
        study.execute(
            "select patient_id, value from marts.lab_baseline where analyte = ? and value is not null",
            [analyte],
        ).fetchall()
    )


def _judged(charted: float, drawn: list[float]) -> str:
    """How the statistic moved in all the drawings: the definition, without any extreme."""
    is_lower, is_higher = min(drawn) < charted - 1e-9, max(drawn) > charted + 1e-9
    return {
        (False, False): "exact",
        (False, True): "at_least",
        (True, False): "at_most",
        (True, True): "unknown",
    }[is_lower, is_higher]


def _draw(value: float, certainty: str, dice: random.Random) -> float:
    if certainty == "at_least":
        return value * dice.choice([1, 1.001, 2, 50, 1e6])
    if certainty == "at_most":
        return value * dice.choice([1, 0.999, 0.5, 0.02, 0])
    return value


@pytest.mark.parametrize("seed", range(4))
def test_a_quantile_is_as_certain_as_any_numbers_in_the_place_of_bounds_leave_it(
    study: duckdb.DuckDBPyConnection, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret hangs on it
    certainties = {patient: dice.choice(["exact", "exact", "at_least", "at_most"]) for patient in ALL}
    _mark(study, "crp", certainties)
    values = _values(study, "crp")
    build_short(study, tmp_path)
    for group, patients in {**GROUPS, "all": ALL}.items():
        found = dict(
            zip(COLUMNS.split(", "), _cells(study, COLUMNS, "baseline_crp", "value", group), strict=True)
        )
        drawings = [
            [_draw(values[patient], certainties[patient], dice) for patient in patients] for _ in range(500)
        ]
        for name, statistic in STATISTICS.items():
            charted = statistic([values[patient] for patient in patients])
            expected = _judged(charted, [statistic(drawn) for drawn in drawings])
            told = found["certainty" if name == "median" else f"{name}_certainty"]
            assert told == expected, (group, name)
            assert found[name] == (None if expected == "unknown" else pytest.approx(charted)), (group, name)


def test_a_bound_that_cannot_move_a_statistic_leaves_it_exact(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    _mark(study, "crp", {"P01": "at_least"})  # 80, the highest of all
    build_short(study, tmp_path)
    cells = _cells(study, "median, certainty, max, max_certainty, n_bounds", "baseline_crp", "value", "all")
    assert cells == (pytest.approx(16.0), "exact", 80.0, "at_least", 1)


def test_an_estimate_that_enters_is_told(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    study.execute(
        "update marts.steroid_exposure set certainty = 'estimated' where patient_id = 'P04' and exposure_window = 'total'"
    )
    build_short(study, tmp_path)
    assert _cells(study, "certainty", "steroids_total", "value", "responder") == ("estimated",)
    assert _cells(study, "certainty", "steroids_total", "value", "non_responder") == ("exact",)
    assert _comparison(study, "certainty", "steroids_total") == ("estimated",)


def test_an_unknown_dose_is_no_dose_and_is_counted_as_missing(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute(
        "update marts.steroid_exposure set certainty = 'unknown', dexamethasone_equivalent_mg = null, n_administrations = 0 "
        "where patient_id = 'P01'"
    )
    build_short(study, tmp_path)
    given = _cells(study, "n, n_missing, count", "any_steroids_before_index", "yes", "non_responder")
    assert given == (2, 1, 2)


def test_nobody_is_counted_as_not_given_who_may_have_been(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute(
        "update marts.steroid_exposure set certainty = 'at_least' where patient_id = 'P06' and exposure_window = 'after_index'"
    )
    build_short(study, tmp_path)
    yes = _cells(study, "count, percent, certainty, n_bounds", "any_steroids_after_index", "yes", "responder")
    no = _cells(study, "count, percent, certainty, n_bounds", "any_steroids_after_index", "no", "responder")
    assert yes == (4, pytest.approx(80.0), "at_least", 1)
    assert no == (1, pytest.approx(20.0), "at_most", 1)


def test_a_grade_that_may_be_higher_makes_its_count_a_bound(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute("update marts.cohort set peak_crs_grade_certainty = 'at_least' where patient_id = 'P04'")
    build_short(study, tmp_path)
    assert _cells(study, "count, certainty", "peak_crs_grade_3_4", "yes", "responder") == (0, "at_least")
    assert _cells(study, "count, certainty", "peak_crs_grade_3_4", "yes", "non_responder") == (2, "exact")
    assert _comparison(study, "n_bounds, certainty", "peak_crs_grade_3_4") == (1, "at_most")


def test_the_difference_of_the_groups_is_a_bound_where_one_could_move_it(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    build_short(study, tmp_path)
    columns = "p_value, effect, difference, difference_low, difference_high, n_bounds, certainty"
    before = _comparison(study, columns, "baseline_crp")
    assert before[5:] == (0, "exact")
    _mark(study, "crp", {"P01": "at_least", "P02": "at_least", "P03": "at_least"})
    build_short(study, tmp_path)
    after = _comparison(study, columns, "baseline_crp")
    assert after[:4] == pytest.approx(before[:4])
    assert after[4:] == (None, 3, "at_least")
    _mark(study, "crp", dict.fromkeys(GROUPS["responder"], "at_least"))
    build_short(study, tmp_path)
    assert _comparison(study, columns, "baseline_crp")[2:] == (None, None, None, 8, "unknown")


def test_the_statistic_and_the_reached_confidence_are_named(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    build_short(study, tmp_path)
    names = study.execute(
        "select distinct test, statistic_name from results.comparisons where statistic is not null order by test"
    ).fetchall()
    assert names == [
        ("contingency", "Pearson's chi-square without continuity correction"),
        ("rank_sum", "Mann-Whitney U of the non-responders"),
    ]
    study.execute("delete from marts.cohort where patient_id in ('P03', 'P06', 'P07', 'P08')")
    build_short(study, tmp_path)
    reached = _comparison(study, "difference_confidence", "age_years")[0]
    assert reached == pytest.approx(
        2 / 3
    )  # 2 against 2: all four differences are the interval, P(0 < U < 4) = 4/6


def _ferritin_area(study: duckdb.DuckDBPyConnection, rule: str, patient: str = "P05") -> tuple[Any, ...]:
    found = study.execute(
        "select auc, certainty, not_applicable from results.lab_auc "
        "where patient_id = ? and analyte = 'ferritin' and rule = ?",
        [patient, rule],
    ).fetchone()
    assert found is not None
    return found


def _flag(study: duckdb.DuckDBPyConnection, flag: str, days: str) -> None:
    study.execute(
        f"update marts.lab_daily_grid set {flag} = true where patient_id = 'P05' and analyte = 'ferritin' and {days}"
    )


@pytest.mark.parametrize("flag", ["is_right_censored", "is_left_censored"])
def test_an_area_over_a_bound_is_a_bound(study: duckdb.DuckDBPyConnection, tmp_path: Path, flag: str) -> None:
    build_short(study, tmp_path)
    before = {
        rule: _ferritin_area(study, rule) for rule in ("trapezoid", "linear_up_log_down", "before_index")
    }
    assert {certainty for _, certainty, _ in before.values()} <= {"exact", "unknown"}
    _flag(study, flag, "study_day between 8 and 12")  # after the index time, day 7
    build_short(study, tmp_path, auc_min_observed_days=2)
    bound = "at_least" if flag == "is_right_censored" else "at_most"
    for rule in ("trapezoid", "linear_up_log_down"):
        assert _ferritin_area(study, rule) == (pytest.approx(before[rule][0]), bound, None)
    assert _ferritin_area(study, "before_index")[1] == "exact"


def test_an_area_that_bounds_could_move_either_way_is_unknown_with_a_reason(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    _flag(study, "is_right_censored", "study_day = 3")
    _flag(study, "is_left_censored", "study_day = 20")
    build_short(study, tmp_path)
    auc, certainty, reason = _ferritin_area(study, "trapezoid")
    assert (auc, certainty) == (None, "unknown")
    assert "either way" in reason


def test_an_area_over_an_estimated_day_is_an_estimate(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute(
        "update marts.lab_daily_grid set certainty = 'estimated' "
        "where patient_id = 'P05' and analyte = 'ferritin' and study_day = 12"
    )
    build_short(study, tmp_path, auc_min_observed_days=2)
    assert _ferritin_area(study, "trapezoid")[1] == "estimated"
    assert _ferritin_area(study, "before_index")[1] == "exact"  # the index time is on day 7
    daily = study.execute(
        "select study_day, certainty from results.daily_summaries "
        "where measure = 'ferritin' and study_group = 'responder' and study_day in (11, 12) order by study_day"
    ).fetchall()
    assert daily == [(11, "exact"), (12, "estimated")]


def test_an_area_is_at_least_what_ends_before_a_result_that_nobody_can_read(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute(
        "update marts.lab_daily_grid set is_unread = true "
        "where patient_id = 'P05' and analyte = 'ferritin' and study_day = 25"
    )
    build_short(study, tmp_path, auc_min_observed_days=2)
    assert _ferritin_area(study, "trapezoid")[1] == "at_least"
    assert _ferritin_area(study, "time_weighted_mean")[1] == "estimated"
    assert _ferritin_area(study, "before_index")[1] == "exact"  # the index time is on day 7
    assert _ferritin_area(study, "trapezoid", "P04")[1] == "exact"


def test_the_highest_median_is_at_least_that_where_another_day_is_unknown(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    query = (
        "select study_day, highest_certainty from results.daily_summaries "
        "where measure = 'ferritin' and study_group = 'non_responder' and highest_certainty is not null"
    )
    build_short(study, tmp_path)
    assert study.execute(query).fetchall() == [(3, "exact")]  # three times the first value
    study.execute(  # every patient of the day could be anything
        "update marts.lab_daily_grid set is_right_censored = true, is_left_censored = true "
        "where analyte = 'ferritin' and study_day = 6"
    )
    build_short(study, tmp_path)
    assert study.execute(query).fetchall() == [(3, "at_least")]


def test_the_median_area_of_a_group_is_a_bound_where_its_areas_are(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute(
        "update marts.lab_daily_grid set is_right_censored = true "
        "where analyte = 'ferritin' and patient_id in ('P01', 'P02') and study_day = 3"
    )
    build_short(study, tmp_path)
    assert _cells(study, "certainty, n_bounds", "auc_ferritin", "value", "non_responder") == ("at_least", 2)
    assert _comparison(study, "n_bounds, certainty", "auc_ferritin")[0] == 2


def test_numbers_in_the_place_of_infinity_are_never_written(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    _mark(study, "crp", dict.fromkeys(ALL, "at_least"))
    build_short(study, tmp_path)
    numbers = [
        cell
        for table in ("descriptives", "comparisons", "lab_auc")
        for row in study.execute(f"select * from results.{table}").fetchall()
        for cell in row
        if isinstance(cell, float)
    ]
    assert numbers
    assert max(map(abs, numbers)) < 1e9
