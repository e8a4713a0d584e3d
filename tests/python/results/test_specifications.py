"""The study's claims under other choices: each computed again here from the marts, by other means."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
from scipy import stats

from cartox.results.plan import read_plan
from cartox.results.specifications.areas import Areas
from cartox.results.specifications.choices import Choice, read_choices
from cartox.results.specifications.compare import LEVEL, Compared, compare, is_same
from cartox.results.values import Charted
from tests.python.results.handmade_study import VARIABLES, build_short

Row = dict[str, Any]


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    found = connection.execute(query)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, cells, strict=True)) for cells in found.fetchall()]


def expected_p(values: Mapping[str, float | None], groups: Mapping[str, str]) -> float:
    """By scipy, with ties and continuity corrected."""
    known = {patient: value for patient, value in values.items() if value is not None}
    x, y = (
        [value for patient, value in known.items() if groups[patient] == group]
        for group in ("non_responder", "responder")
    )
    return float(stats.mannwhitneyu(x, y, method="asymptotic", use_continuity=True).pvalue)


def groups_of(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(connection.execute("select patient_id, study_group from marts.cohort").fetchall())


def p_of(connection: duckdb.DuckDBPyConnection, claim: str, choice: str) -> float | None:
    [(p_value,)] = connection.execute(
        "select p_value from results.specifications where claim = ? and choice = ?", [claim, choice]
    ).fetchall()
    return None if p_value is None else float(p_value)


def test_by_the_studys_choices_a_claim_is_the_comparison(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        warehouse,
        "select compared.variable, compared.p_value as planned, chosen.p_value as p, chosen.holds, "
        "compared.n_responders as planned_n, chosen.n_responders as n from results.comparisons as compared "
        "left join results.specifications as chosen on compared.variable = chosen.claim and chosen.dimension = 'study'",
    )
    assert len(found) > 25
    for row in found:
        assert row["p"] == pytest.approx(row["planned"], abs=1e-12)
        assert (row["n"], row["holds"]) == (row["planned_n"], True)


@pytest.mark.parametrize("rule", ["time_weighted_mean", "carried_to_day_30", "linear_up_log_down"])
def test_an_area_rule_is_that_of_lab_auc(warehouse: duckdb.DuckDBPyConnection, rule: str) -> None:
    values = dict(
        warehouse.execute(
            "select patient_id, auc from results.lab_auc where analyte = 'ldh' and rule = ?", [rule]
        ).fetchall()
    )
    assert p_of(warehouse, "auc_ldh", rule) == pytest.approx(
        expected_p(values, groups_of(warehouse)), abs=1e-9
    )


def test_a_definition_moves_patients_between_the_groups(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute(
        "update marts.response_labels set outcome = 'non_responder' where definition = 'first_grade_0' "
        "and patient_id in ('P07', 'P08')"
    )
    build_short(study, tmp_path)
    groups = groups_of(study) | {"P07": "non_responder", "P08": "non_responder"}
    values = dict(
        study.execute("select patient_id, value from marts.lab_baseline where analyte = 'crp'").fetchall()
    )
    values = {patient: value for patient, value in values.items() if patient in groups}
    assert p_of(study, "baseline_crp", "first_grade_0") == pytest.approx(expected_p(values, groups), abs=1e-9)
    factor = dict(
        study.execute(
            "select patient_id, dexamethasone_equivalent_mg_080 from marts.steroid_exposure "
            "where exposure_window = 'total'"
        ).fetchall()
    )
    factor = {patient: value for patient, value in factor.items() if patient in groups}
    assert p_of(study, "steroids_total", "factor_080_and_first_grade_0") == pytest.approx(
        expected_p(factor, groups), abs=1e-9
    )


def test_only_two_choices_that_touch_a_claim_are_crossed(warehouse: duckdb.DuckDBPyConnection) -> None:
    crossed = warehouse.execute(
        "select distinct claim from results.specifications where is_crossed order by claim"
    ).fetchall()
    assert {claim for (claim,) in crossed} == {
        "auc_crp", "auc_ferritin", "auc_ldh", "steroids_before_index", "steroids_after_index", "steroids_total",
        "baseline_hemoglobin", "baseline_platelets", "baseline_neutrophils", "baseline_creatinine", "baseline_crp",
        "baseline_ferritin", "baseline_ldh",
    }  # fmt: skip
    circular = warehouse.execute(
        "select count(*) from results.specifications where claim = 'steroids_total' "
        "and choice like '%resolved_without_rescue'"
    ).fetchone()
    assert circular == (0,), "rescue is part of that definition"


def test_a_baseline_window_leaves_out_what_lies_before_it(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute("update marts.lab_baseline set days_before_anchor = 10 where patient_id = 'P01'")
    build_short(study, tmp_path)
    found = rows(
        study, "select choice, n_non_responders from results.specifications where claim = 'baseline_crp'"
    )
    counted = {row["choice"]: row["n_non_responders"] for row in found}
    assert counted["at_most_14_days"] == counted["as_planned"]
    assert counted["at_most_7_days"] == counted["as_planned"] - 1


def certainty_of_area(found: Charted) -> str:
    """The word for what an area may be beside its charted value."""
    if found.value is None:
        return "unknown"
    assert isinstance(found.value, float)
    assert isinstance(found.least, float)
    assert isinstance(found.greatest, float)
    if found.least < found.value:
        return "at_most"
    if found.greatest > found.value:
        return "at_least"
    return "estimated" if found.is_estimate else "exact"


NO_BOUNDS = "update marts.lab_daily_grid set is_left_censored = false, is_right_censored = false where patient_id = 'P04'"


@pytest.fixture
def curve(study: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """P04's CRP: 100 on days 0 and 3, at most 8 on day 5, at least 40 on day 20, straight between."""
    study.execute("delete from marts.lab_daily_grid where patient_id = 'P04' and analyte = 'crp'")
    study.execute("delete from marts.lab_results where patient_id = 'P04' and analyte = 'crp'")
    points = {0: 100.0, 3: 100.0, 5: 8.0, 20: 40.0}
    line = {4: 54.0} | {day: 8 + 32 * (day - 5) / 15 for day in range(6, 20)} | {1: 100.0, 2: 100.0}
    for day, value in (points | line).items():
        origin = "observed" if day in points else "interpolated"
        study.execute(
            "insert into marts.lab_daily_grid (patient_id, analyte, study_day, observed_value, value, value_origin, "
            "n_results, is_right_censored, is_left_censored, certainty) values ('P04', 'crp', ?, ?, ?, ?, 1, ?, ?, 'exact')",
            [day, value if day in points else None, value, origin, day == 20, day == 5],
        )
    for number, (hour, value) in enumerate(((6, 100.0), (12, 30.0), (18, 50.0))):
        study.execute(
            "insert into marts.lab_results (result_id, patient_id, analyte, collected_at, value) "
            "select ?, 'P04', 'crp', date_trunc('day', infused_at) + to_days(3) + to_hours(?), ? "
            "from marts.treated_patients where patient_id = 'P04'",
            [f"X{number}", hour, value],
        )
    return study


@pytest.mark.parametrize(
    ("dimension", "choice", "number", "area"),
    [
        ("area_days", "days_0_to_7", 7, 300 + 108 + 2 * (8 + 8 + 32 * 2 / 15) / 2),
        ("area_gap", "gap_at_most_7_days", 7, 300 + 108),
        ("area_bounds", "half_and_double", 2, 300 + 104 + 15 * (4 + 80) / 2),
        ("area_day_value", "mean_of_day", None, 3 * (100 + 60) / 2 + (60 + 8) + 360),
        ("area_day_value", "last_of_day", None, 3 * (100 + 50) / 2 + (50 + 8) + 360),
    ],
)
def test_an_area_by_hand(
    curve: duckdb.DuckDBPyConnection, dimension: str, choice: str, number: float | None, area: float
) -> None:
    if dimension == "area_day_value":
        curve.execute(NO_BOUNDS)
    areas = Areas(curve, VARIABLES | {"auc_min_observed_days": 2})
    found = areas.by(Choice(dimension, choice, number, ""), "crp", "trapezoid")
    assert found["P04"].value == pytest.approx(area)


@pytest.mark.parametrize(
    ("dimension", "choice", "number", "certainty"),
    [
        # Day 5 is at most 8 and day 20 at least 40: the whole area is open both ways, that of the first week is at most.
        ("area_days", "days_0_to_7", 7, "at_most"),
        ("area_gap", "gap_at_most_7_days", 7, "at_most"),
        ("area_bounds", "half_and_double", 2, "estimated"),
        ("area_day_value", "mean_of_day", None, "unknown"),
    ],
)
def test_an_area_is_as_certain_as_the_days_that_enter_it(
    curve: duckdb.DuckDBPyConnection, dimension: str, choice: str, number: float | None, certainty: str
) -> None:
    areas = Areas(curve, VARIABLES | {"auc_min_observed_days": 2})
    found = areas.by(Choice(dimension, choice, number, ""), "crp", "trapezoid")["P04"]
    assert certainty_of_area(found) == certainty


@pytest.mark.parametrize(("censored", "certainty"), [("left", "at_most"), ("right", "at_least")])
def test_the_mean_of_a_day_is_a_bound_where_one_result_is(
    curve: duckdb.DuckDBPyConnection, censored: str, certainty: str
) -> None:
    curve.execute(NO_BOUNDS)
    curve.execute(
        "update marts.lab_results set censoring = if(result_id = 'X1', ?, 'none') where patient_id = 'P04' and analyte = 'crp'",
        [censored],
    )
    areas = Areas(curve, VARIABLES | {"auc_min_observed_days": 2})
    mean, last = (
        areas.by(Choice("area_day_value", choice, None, ""), "crp", "trapezoid")["P04"]
        for choice in ("mean_of_day", "last_of_day")
    )
    assert (certainty_of_area(mean), certainty_of_area(last)) == (certainty, "exact"), "X2 is the last"


def test_an_effect_is_as_certain_as_its_values(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    study.execute(
        "update marts.lab_baseline set certainty = 'at_least' where analyte = 'crp' and patient_id = "
        "(select arg_min(patient_id, value) from marts.lab_baseline inner join marts.cohort using (patient_id) "
        "where analyte = 'crp' and study_group = 'non_responder')"
    )
    study.execute(
        "update marts.lab_baseline set certainty = 'at_least' where analyte = 'ldh' and patient_id in ("
        "select arg_min(patient_id, value) from marts.lab_baseline inner join marts.cohort using (patient_id) "
        "where analyte = 'ldh' and study_group in ('responder', 'non_responder') group by study_group)"
    )
    build_short(study, tmp_path)
    found = {
        row["claim"]: row
        for row in rows(study, "select * from results.specifications where choice = 'at_most_7_days'")
    }
    crp, ldh = found["baseline_crp"], found["baseline_ldh"]
    assert (crp["effect_certainty"], crp["n_bounds"]) == ("at_least", 1)
    assert crp["effect"] is not None
    assert (ldh["effect_certainty"], ldh["n_bounds"], ldh["effect"]) == ("unknown", 2, None)
    assert ldh["p_value"] is not None, "of the values as charted"
    others = [row for claim, row in found.items() if claim not in ("baseline_crp", "baseline_ldh")]
    assert {(row["effect_certainty"], row["n_bounds"]) for row in others} <= {("exact", 0), (None, 0)}


def test_every_choice_of_the_seed_touches_a_claim(warehouse: duckdb.DuckDBPyConnection) -> None:
    plan = read_plan(warehouse)
    choices = read_choices(warehouse, "primary")
    assert {one.choice for one in choices} >= {"time_weighted_mean", "factor_080", "at_most_7_days"}
    assert "primary" not in {one.choice for one in choices}
    for choice in choices:
        touched = [one.variable for one in plan if one.test != "none" and choice.touches(one)]
        found = warehouse.execute(
            "select distinct claim from results.specifications where choice = ? order by claim",
            [choice.choice],
        ).fetchall()
        assert sorted(touched) == [claim for (claim,) in found] != []


@pytest.mark.parametrize(
    ("study", "other", "expected"),
    [
        ((0.01, 0.5), (0.04, 0.3), True),
        ((0.01, 0.5), (0.06, 0.3), False),
        ((0.01, 0.5), (0.01, -0.3), False),
        ((0.35, 0.1), (0.045, 0.4), False),
        ((0.35, 0.1), (0.9, -0.4), True),
        ((0.35, 0.1), (None, None), None),
        ((None, None), (0.01, 0.4), None),
        ((0.01, None), (0.02, None), True),
    ],
)
def test_a_claim_holds_on_the_same_side_and_in_the_same_direction(
    study: tuple[float | None, float | None], other: tuple[float | None, float | None], expected: bool | None
) -> None:
    assert pytest.approx(0.05) == LEVEL
    assert is_same(*study, *other) is expected


def test_claims_count_what_the_specifications_say(warehouse: duckdb.DuckDBPyConnection) -> None:
    everything = rows(warehouse, "select * from results.specifications")
    for claim in rows(warehouse, "select * from results.claims"):
        own = [row for row in everything if row["claim"] == claim["claim"] and row["dimension"] != "study"]
        single = [row for row in own if not row["is_crossed"]]
        assert claim["n_choices"] == len(single)
        assert claim["n_holding"] == sum(row["holds"] is True for row in single)
        assert claim["n_flipping"] == sum(row["holds"] is False for row in single)
        assert claim["n_without_p"] == sum(row["holds"] is None for row in single)
        assert claim["n_crossed"] == len(own) - len(single)
        assert claim["n_crossed_flipping"] == sum(row["holds"] is False for row in own if row["is_crossed"])
        flipping = sorted(f"{row['dimension']}: {row['choice']}" for row in single if row["holds"] is False)
        assert (claim["flipping_choices"] or "") == "; ".join(flipping)
    steroids = next(
        row for row in rows(warehouse, "select * from results.claims") if row["claim"] == "steroids_total"
    )
    assert "factor_table: factor_080" in steroids["flipping_choices"]


@pytest.mark.parametrize(("toxicity", "is_printed"), [("ICANS", True), ("CRS", False)])
def test_printed_claims_are_those_of_the_printed_study(
    study: duckdb.DuckDBPyConnection, tmp_path: Path, toxicity: str, is_printed: bool
) -> None:
    build_short(study, tmp_path, index_toxicity=toxicity)
    found = study.execute("select claim from results.claims where is_printed").fetchall()
    assert ("auc_ldh",) in found if is_printed else not found
    assert len(found) == (10 if is_printed else 0)


def test_sampling_is_counted_by_group(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """P05 has CRP on five days of 21 covered; a second result on one of them makes six."""
    study.execute(
        "update marts.lab_daily_grid set n_results = 2 where patient_id = 'P05' and analyte = 'crp' and study_day = 3"
    )
    study.execute("delete from marts.cohort where study_group = 'responder' and patient_id <> 'P05'")
    build_short(study, tmp_path)
    found = dict(
        study.execute(
            "select measure, median from results.sampling_intensity "
            "where analyte = 'crp' and study_group = 'responder' and n = 1 and n_missing = 0"
        ).fetchall()
    )
    assert found == {"days_covered": 21, "results_per_day": pytest.approx(6 / 21)}


def test_a_share_that_bounds_leave_open_keeps_the_direction_that_was_charted(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """A claim does not hold for want of a direction: all against none is not none against all."""
    [plan] = [one for one in read_plan(warehouse) if one.variable == "crs_at_index"]
    yes, no = Charted("yes", "yes", "yes"), Charted("no", "no", "no")
    open_yes, open_no = Charted("yes", "no", "yes"), Charted("no", "no", "yes")
    groups = {f"N{place}": "non_responder" for place in range(8)} | {
        f"R{place}": "responder" for place in range(8)
    }

    def compared(of_non_responders: Charted, of_responders: Charted) -> Compared:
        values = {name: of_non_responders if name.startswith("N") else of_responders for name in groups}
        values |= {"N0": open_yes, "N1": open_no, "R0": open_yes, "R1": open_no}
        return compare(plan, values, groups)

    above, below = compared(yes, no), compared(no, yes)
    for found in (above, below):
        assert (found.effect, found.effect_certainty, found.n_bounds) == (None, "unknown", 4)
    assert above.charted_effect == pytest.approx(100 * (7 / 8 - 1 / 8))
    assert below.charted_effect == pytest.approx(100 * (1 / 8 - 7 / 8))
    assert above.p_value is not None
    assert above.p_value < 0.05
    assert is_same(above.p_value, above.charted_effect, below.p_value, below.charted_effect) is False
