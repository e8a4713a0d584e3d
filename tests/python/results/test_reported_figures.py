"""The verdict on a printed figure, and results.reported_figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from cartox.audit.reported import (
    ComputedFigure,
    NamedP,
    PrintedFigure,
    ReportedVerdict,
    judge,
    round_as_printed,
)
from tests.python.results.handmade_study import build_short

BY_RULE_FISHER = (
    NamedP("Pearson", 0.0059, False),
    NamedP("Fisher exact", 0.0106, True),
    NamedP("Yates", 0.0168, False),
)


def _percent(reported: str, denominator: int | None = 42) -> PrintedFigure:
    return PrintedFigure("percent", Decimal(reported), 1, denominator, "%")


def test_a_percentage_of_the_right_count_is_reproduced() -> None:
    judgement = judge(_percent("54.8"), ComputedFigure(value=100 * 23 / 42, count=23, total=42))
    assert (judgement.verdict, judgement.computed) == (ReportedVerdict.REPRODUCED, 54.8)
    assert "23 of 42" in judgement.explanation


def test_a_percentage_of_another_count_differs() -> None:
    judgement = judge(_percent("54.8"), ComputedFigure(value=100 * 22 / 42, count=22, total=42))
    assert (judgement.verdict, judgement.computed) == (ReportedVerdict.DIFFERS, 52.4)


def test_a_percentage_that_no_whole_count_gives_is_impossible() -> None:
    judgement = judge(_percent("42.6"), ComputedFigure(value=100 * 18 / 42, count=18, total=42))
    assert (judgement.verdict, judgement.computed) == (ReportedVerdict.IMPOSSIBLE, 42.9)
    assert "17 give 40.5 %" in judgement.explanation
    assert "18 give 42.9 %" in judgement.explanation
    assert "18 of 42" in judgement.explanation


def test_the_denominator_is_the_computed_one_where_none_was_printed() -> None:
    possible = judge(_percent("42.6", None), ComputedFigure(value=100 * 20 / 47, count=20, total=47))
    impossible = judge(_percent("42.6", None), ComputedFigure(value=100 * 18 / 42, count=18, total=42))
    assert possible.verdict is ReportedVerdict.REPRODUCED
    assert impossible.verdict is ReportedVerdict.IMPOSSIBLE


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [
        (8.45, 1, "8.5"),
        (2.5, 0, "3"),
        (0.05525, 4, "0.0553"),
        (43845.4999999999999, 1, "43845.5"),
        (64.5, 1, "64.5"),
    ],
)
def test_numbers_are_rounded_as_printed(number: float, decimals: int, expected: str) -> None:
    assert round_as_printed(number, decimals) == Decimal(expected)


@pytest.mark.parametrize(
    ("reported", "convention", "follows_rule"),
    [("0.011", "Fisher exact", True), ("0.006", "Pearson", False), ("0.017", "Yates", False)],
)
def test_a_p_value_is_sought_under_the_rule_first_then_elsewhere(
    reported: str, convention: str, follows_rule: bool
) -> None:
    judgement = judge(
        PrintedFigure("p_value", Decimal(reported), 3),
        ComputedFigure(p_values=BY_RULE_FISHER, smallest_expected=4.19),
    )
    assert judgement.verdict is ReportedVerdict.REPRODUCED
    assert (judgement.convention, judgement.follows_rule) == (convention, follows_rule)
    assert judgement.computed == float(reported)
    assert "4.19" in judgement.explanation


def test_a_p_value_that_no_convention_gives_differs() -> None:
    judgement = judge(PrintedFigure("p_value", Decimal("0.020"), 3), ComputedFigure(p_values=BY_RULE_FISHER))
    assert (judgement.verdict, judgement.computed) == (
        ReportedVerdict.DIFFERS,
        0.011,
    )
    assert (judgement.convention, judgement.follows_rule) == (None, None)


@pytest.mark.parametrize(
    ("p_value", "verdict"),
    [
        (0.000998, ReportedVerdict.REPRODUCED),
        (0.001, ReportedVerdict.DIFFERS),
        (0.0012, ReportedVerdict.DIFFERS),
    ],
)
def test_less_than_is_an_inequality(p_value: float, verdict: ReportedVerdict) -> None:
    judgement = judge(
        PrintedFigure("p_value_below", Decimal("0.001"), 3),
        ComputedFigure(p_values=(NamedP("asymptotic with continuity correction", p_value, True),)),
    )
    assert judgement.verdict is verdict


def test_without_anybody_a_figure_is_not_applicable() -> None:
    judgement = judge(_percent("42.6"), ComputedFigure(not_applicable="the cohort is empty"))
    assert (judgement.verdict, judgement.computed) == (ReportedVerdict.NOT_APPLICABLE, None)
    assert "the cohort is empty" in judgement.explanation


def test_each_figure_is_read_from_its_own_cell(warehouse: duckdb.DuckDBPyConnection) -> None:
    computed = dict(warehouse.execute("select figure_id, computed from results.reported_figures").fetchall())
    expected = {
        "cohort_n": 8,
        "responders_n": 5,
        "non_responders_pct": 38,
        "age_median": 60.0,
        "axi_cel_pct": 75.0,
        "steroids_before_max": 80.0,
        "steroids_after_pct": 87.5,
        "steroids_total_median_non_responders": 860,
        "ferritin_median_responders": 405,
        "icans_g4_peak_pct_responders": 20.0,
        "crp_auc_median_non_responders": 1250.0,
        "era_before_n": 3,
        "era_after_deaths": 3,
        "era_before_attributable_pct": 50.0,
    }
    assert {figure_id: computed[figure_id] for figure_id in expected} == expected


def test_every_printed_figure_has_a_verdict_in_the_printed_order(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    printed = warehouse.execute("select figure_id from seeds.reported_figures order by rowid").fetchall()
    judged = warehouse.execute(
        "select figure_id from results.reported_figures order by figure_order"
    ).fetchall()
    assert judged == printed


def test_a_figure_without_a_source_is_an_error(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    study.execute("update seeds.figure_sources set variable = 'height' where figure_id = 'age_max'")
    with pytest.raises(ValueError, match="age_max"):
        build_short(study, tmp_path)


@pytest.mark.parametrize(
    ("changes", "own"),
    [
        ({"index_drug": "tocilizumab", "index_toxicity": "CRS"}, "tocilizumab for CRS"),
        ({"index_drug": "tocilizumab"}, "tocilizumab for ICANS"),
        ({"index_toxicity": "CRS"}, "anakinra for CRS"),
    ],
)
def test_figures_of_another_study_are_not_applicable(
    study: duckdb.DuckDBPyConnection, tmp_path: Path, changes: dict[str, str], own: str
) -> None:
    build_short(study, tmp_path, **changes)
    printed = study.execute("select count(*) from seeds.reported_figures").fetchone()
    judged = study.execute(
        "select verdict, computed, explanation, count(*) from results.reported_figures group by all"
    ).fetchall()
    assert printed is not None
    assert judged == [
        (
            "not_applicable",
            None,
            f"Not applicable: printed for anakinra and ICANS; this study is {own}.",
            printed[0],
        )
    ]


def test_a_site_holds_its_own_study_against_its_own_printed_figures(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute("update seeds.reported_study set index_drug = 'tocilizumab', index_toxicity = 'CRS'")
    study.execute("delete from seeds.reported_figures where figure_id not in ('cohort_n', 'responders_n')")
    study.execute("update seeds.reported_figures set reported = 8 where figure_id = 'cohort_n'")
    build_short(study, tmp_path, index_drug="tocilizumab", index_toxicity="CRS")
    judged = study.execute("select figure_id, verdict from results.reported_figures order by 1").fetchall()
    assert judged == [("cohort_n", "reproduced"), ("responders_n", "differs")]


def test_the_same_study_over_other_years_is_held_against_the_figures(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    build_short(study, tmp_path, enrolment_start="2018-01-01", era_date="2020-05-02")
    judged = study.execute("select distinct verdict from results.reported_figures").fetchall()
    assert ("differs",) in judged


@pytest.mark.parametrize("change", ["delete from {}", "insert into {} select * from {}"])
def test_figures_without_one_study_to_belong_to_are_an_error(
    study: duckdb.DuckDBPyConnection, tmp_path: Path, change: str
) -> None:
    study.execute(change.format("seeds.reported_study", "seeds.reported_study"))
    with pytest.raises(ValueError, match="reported_study"):
        build_short(study, tmp_path)


def test_a_site_without_printed_figures_needs_no_printed_study(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute("delete from seeds.reported_study")
    study.execute("delete from seeds.reported_figures")
    build_short(study, tmp_path)
    assert study.execute("select count(*) from results.reported_figures").fetchone() == (0,)
