"""results.comparisons against scipy on values typed in by hand."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pytest
from scipy import stats

NON_RESPONDER_STEROIDS = [940.0, 860.0, 720.0]
RESPONDER_STEROIDS = [100.0, 340.0, 0.0, 280.0, 280.5]
NON_RESPONDER_HEMOGLOBIN = [7.9, 8.5, 9.1]
RESPONDER_HEMOGLOBIN = [11.0, 10.2, 9.5, 10.8, 8.5]


def _comparison(warehouse: duckdb.DuckDBPyConnection, variable: str) -> dict[str, Any]:
    cursor = warehouse.execute("select * from results.comparisons where variable = ?", [variable])
    names = [column[0] for column in cursor.description or []]
    row = cursor.fetchone()
    assert row is not None
    return dict(zip(names, row, strict=True))


@pytest.mark.parametrize(
    ("variable", "non_responders", "responders"),
    [
        ("steroids_total", NON_RESPONDER_STEROIDS, RESPONDER_STEROIDS),
        ("baseline_hemoglobin", NON_RESPONDER_HEMOGLOBIN, RESPONDER_HEMOGLOBIN),
        ("prior_lines", [2, 3, 2], [1, 2, 4, 3, 2]),
    ],
)
def test_ranks_are_compared_with_tie_and_continuity_correction(
    warehouse: duckdb.DuckDBPyConnection, variable: str, non_responders: list[float], responders: list[float]
) -> None:
    found = _comparison(warehouse, variable)
    expected = stats.mannwhitneyu(non_responders, responders, use_continuity=True, method="asymptotic")
    assert found["statistic"] == expected.statistic
    assert found["p_value"] == pytest.approx(expected.pvalue, abs=1e-12)
    pairs = np.subtract.outer(non_responders, responders)
    assert found["difference"] == pytest.approx(np.median(pairs))
    assert found["effect"] == pytest.approx(np.sign(pairs).mean())
    assert (found["n_non_responders"], found["n_responders"], found["n_missing"]) == (3, 5, 0)


def test_positive_effects_mean_higher_in_non_responders(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert _comparison(warehouse, "steroids_total")["effect"] == 1.0
    assert _comparison(warehouse, "baseline_hemoglobin")["effect"] < 0


def test_the_exact_p_of_a_complete_separation_is_counted(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = _comparison(warehouse, "steroids_total")
    assert found["p_exact"] == pytest.approx(2 / 56)  # 8 over 3 choices, the two most extreme ones


def test_a_small_table_is_tested_by_fisher(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = _comparison(warehouse, "peak_icans_grade_4")
    table = np.array([[3, 0], [1, 4]])
    assert found["p_value"] == pytest.approx(stats.fisher_exact(table).pvalue)
    assert found["method"].startswith("Fisher")
    assert found["statistic"] == pytest.approx(stats.chi2_contingency(table, correction=False).statistic)
    assert found["smallest_expected"] == 1.5


def test_several_levels_have_no_difference_and_so_none_that_is_unknown(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found = _comparison(warehouse, "product")
    assert found["p_value"] is not None
    assert (found["effect_name"], found["difference"], found["certainty"]) == (None, None, None)


def test_an_infinite_odds_ratio_is_null_and_flagged(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = _comparison(warehouse, "peak_icans_grade_4")
    assert (found["effect_name"], found["effect"], found["effect_is_infinite"]) == ("odds ratio", None, True)
    assert found["effect_low"] > 0
    assert found["effect_high"] is None
    assert found["difference"] == pytest.approx(80.0)


def test_an_odds_ratio_above_one_means_more_often_in_non_responders(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found = _comparison(warehouse, "male_sex")  # 2 of 3 against 3 of 5
    assert found["effect"] == pytest.approx((2 * 2) / (1 * 3))
    assert found["effect_is_infinite"] is False


def test_a_variable_with_three_levels_has_no_odds_ratio(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = _comparison(warehouse, "product")
    assert (found["effect_name"], found["effect"], found["effect_is_infinite"]) == (None, None, False)
    assert found["p_value"] is not None


@pytest.mark.parametrize("family", ["before_index", "after_index"])
def test_p_values_are_adjusted_within_their_family(warehouse: duckdb.DuckDBPyConnection, family: str) -> None:
    rows = warehouse.execute(
        "select p_value, p_bh, p_holm from results.comparisons where p_value is not null and family = ?",
        [family],
    ).fetchall()
    assert len(rows) > 3
    p_values, p_bh, p_holm = (np.array(column) for column in zip(*rows, strict=True))
    assert p_bh == pytest.approx(stats.false_discovery_control(p_values, method="bh"))
    order = np.argsort(p_values)
    stepped = np.maximum.accumulate(p_values[order] * np.arange(len(p_values), 0, -1))
    assert p_holm[order] == pytest.approx(np.minimum(stepped, 1))


def test_only_planned_tests_are_done(warehouse: duckdb.DuckDBPyConnection) -> None:
    planned = warehouse.execute(
        "select variable from seeds.test_plan where test <> 'none' order by 1"
    ).fetchall()
    done = warehouse.execute("select variable from results.comparisons order by 1").fetchall()
    assert done == planned


def test_other_conventions_stand_beside_the_rule(warehouse: duckdb.DuckDBPyConnection) -> None:
    conventions = dict(
        warehouse.execute(
            "select convention, p_value from results.comparison_conventions where variable = 'prior_lines'"
        ).fetchall()
    )
    uncorrected = stats.mannwhitneyu([2, 3, 2], [1, 2, 4, 3, 2], use_continuity=False, method="asymptotic")
    assert conventions["asymptotic without continuity correction"] == pytest.approx(uncorrected.pvalue)
    table = dict(
        warehouse.execute(
            "select convention, p_value from results.comparison_conventions where variable = 'male_sex'"
        ).fetchall()
    )
    assert table["Yates"] == pytest.approx(stats.chi2_contingency([[2, 1], [3, 2]], correction=True).pvalue)


def test_each_tested_variable_has_one_convention_by_the_rule(warehouse: duckdb.DuckDBPyConnection) -> None:
    differing = warehouse.execute(
        "select variable from results.comparison_conventions "
        "inner join results.comparisons as c using (variable) "
        "group by variable, c.p_value "
        "having count(*) filter (where is_rule) <> 1 "
        "or any_value(comparison_conventions.p_value) filter (where is_rule) is distinct from c.p_value"
    ).fetchall()
    assert differing == []
