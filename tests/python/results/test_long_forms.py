"""Every statistic once more in the columns that cards and omopgenerics publish, none lost and none added."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.results.long_forms import ard, omop
from cartox.results.long_forms.shapes import NOT_SHAPED, SHAPES
from cartox.results.tables import TABLES
from tests.python.results.handmade_study import build, write_landing

# cards 0.7: the columns that check_ard_structure asks for, in the order of tidy_ard_column_order.
CARDS = [
    "group1", "group1_level", "variable", "variable_level", "context", "stat_name", "stat_label", "stat", "fmt_fun",
    "warning", "error",
]  # fmt: skip
# cards 0.7: default_stat_labels.
CARDS_LABELS = {
    "median": "Median", "p25": "Q1", "p75": "Q3", "min": "Min", "max": "Max", "n": "n", "N": "N", "p": "%",
    "N_miss": "N Missing",
}  # fmt: skip
# omopgenerics, article "A summarised result": name, whether NA is allowed, what the cells are.
SUMMARISED_RESULT = {
    "result_id": (False, r"\d+"),
    "cdm_name": (False, r".+"),
    "group_name": (False, r"[a-z0-9_]+( &&& [a-z0-9_]+)*"),
    "group_level": (False, r".+"),
    "strata_name": (False, r"[a-z0-9_]+( &&& [a-z0-9_]+)*"),
    "strata_level": (False, r".+"),
    "variable_name": (False, r".+"),
    "variable_level": (True, r".+"),
    "estimate_name": (False, r"[a-z0-9_]+"),
    "estimate_type": (False, "numeric|integer|date|character|proportion|percentage|logical"),
    "estimate_value": (False, r"(?s).+"),
    "additional_name": (False, r"[a-z0-9_]+( &&& [a-z0-9_]+)*"),
    "additional_level": (False, r".+"),
}
SETTINGS = ["result_id", "result_type", "package_name", "package_version"]
PAIRS = ("group", "strata", "additional")

Row = dict[str, Any]


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    found = connection.execute(query)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, cells, strict=True)) for cells in found.fetchall()]


def test_an_analysis_results_dataset_is_as_cards_publishes_it(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(warehouse, "select * from results.analysis_results")
    assert list(found[0]) == list(ard.COLUMNS) == CARDS
    labels = {(row["stat_name"], row["stat_label"]) for row in found}
    assert {(name, label) for name, label in labels if name in CARDS_LABELS} == set(CARDS_LABELS.items())
    assert {row["stat_name"] for row in found} >= {"method", *CARDS_LABELS}, "cards asks for a method, too"
    assert all(
        0 <= float(row["stat"]) <= 1 for row in found if row["stat_name"] in ("p", "conf.low", "conf.high")
    )
    assert not [row for row in found if (row["group1"] is None) and row["group1_level"] is not None]


def test_a_summarised_result_is_as_omopgenerics_publishes_it(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(warehouse, "select * from results.summarised_result")
    assert list(found[0]) == list(omop.COLUMNS) == list(SUMMARISED_RESULT)
    for row in found:
        for column, (may_miss, pattern) in SUMMARISED_RESULT.items():
            value = row[column]
            assert may_miss if value is None else re.fullmatch(pattern, str(value)), (column, row)
        for pair in PAIRS:
            parts = [row[f"{pair}_{end}"].count(" &&& ") for end in ("name", "level")]
            assert parts[0] == parts[1], row
    for row in found:
        if row["estimate_type"] in ("integer", "numeric", "percentage"):
            assert math.isfinite(float(row["estimate_value"]))


def test_the_settings_are_as_omopgenerics_publishes_them(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(warehouse, "select * from results.summarised_result_settings order by result_id")
    assert list(found[0]) == list(omop.SETTINGS)
    assert list(found[0])[:4] == SETTINGS
    assert [row["result_id"] for row in found] == list(range(1, len(found) + 1))
    assert len({row["result_type"] for row in found}) == len(found)
    for row in found:
        assert re.fullmatch(r"summarise_[a-z0-9_]+", row["result_type"])
        levels = rows(
            warehouse,
            "select distinct strata_name as name from results.summarised_result "
            f"where result_id = {row['result_id']} and strata_name <> 'overall'",
        )
        assert set(filter(None, row["strata"].split(" &&& "))) == {one["name"] for one in levels}
        assert (row["package_name"], row["min_cell_count"]) == ("cartox", "0")


def test_every_table_has_a_shape_or_a_reason_to_have_none() -> None:
    shaped = {shape.table for shape in SHAPES}
    assert shaped | set(NOT_SHAPED) == set(TABLES)
    assert not shaped & set(NOT_SHAPED)


def test_no_number_of_the_tables_is_lost_and_none_is_added(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Counts the filled cells of each table by itself: all but its keys, its words for a reader and its reasons."""
    keys = {
        "descriptives": {"variable", "level", "study_group", "kind"},
        "comparisons": {"variable", "test"},
        "univariable": {"variable"},
        "specifications": {"claim", "dimension", "choice"},
        "claims": {"claim"},
        "sampling_intensity": {"analyte", "measure", "study_group"},
        "comparison_conventions": {"variable", "convention"},
        "area_summaries": {"analyte", "rule", "study_group"},
        "daily_summaries": {"measure", "study_group", "study_day"},
        "cumulative_incidence": {"curve", "stratified_by", "stratum", "event", "day"},
        "survival": {"curve", "stratified_by", "stratum", "day"},
        "event_tests": {"curve", "stratified_by", "event", "test"},
        "era_comparison": {"measure", "reading"},
        "response_sensitivity": {"definition"},
        "grade_agreement": {"toxicity", "weights"},
        "reported_figures": {"figure_id", "statistic", "study_group"},
    }
    for_readers = {
        "label", "section", "display_order", "level_order", "figure_order", "description", "explanation",
        "not_applicable",
    }  # fmt: skip
    expected = 0
    for table in {shape.table for shape in SHAPES}:
        for row in rows(warehouse, f"select * from results.{table}"):
            expected += sum(
                value is not None and column not in for_readers | keys.get(table, set())
                for column, value in row.items()
            )
    counted = warehouse.execute("select count(stat) from results.analysis_results").fetchone()
    assert counted == (expected,)
    estimates = warehouse.execute(
        "select count(*) from results.summarised_result where estimate_name not like '%_remark'"
    ).fetchone()
    assert estimates == (expected,)


@pytest.mark.parametrize(
    ("table", "where", "column", "ard_where"),
    [
        (
            "descriptives", "variable = 'baseline_crp' and study_group = 'responder'", "median",
            "variable = 'baseline_crp' and group1_level = 'responder' and stat_name = 'median'",
        ),
        (
            "comparisons", "variable = 'baseline_crp'", "p_value",
            "variable = 'baseline_crp' and context = 'rank_sum' and stat_name = 'p.value'",
        ),
        (
            "era_comparison", "measure = 'share_of_deaths' and reading = 'era_date'", "before_total",
            "variable = 'share_of_deaths' and variable_level = 'era_date' and group1 = 'era' and "
            "group1_level = 'before' and stat_name = 'N'",
        ),
        (
            "cumulative_incidence", "event = 'resolved' and stratified_by = 'all' and day = 7", "n_at_risk",
            "context = 'cumulative_incidence' and variable = 'resolved' and group1 is null and variable_level = '7' and "
            "stat_name = 'n_at_risk'",
        ),
    ],
)  # fmt: skip
def test_a_number_stands_where_its_names_say(
    warehouse: duckdb.DuckDBPyConnection, table: str, where: str, column: str, ard_where: str
) -> None:
    given = warehouse.execute(f"select {column} from results.{table} where {where}").fetchall()
    found = warehouse.execute(f"select stat from results.analysis_results where {ard_where}").fetchall()
    assert [float(value) for (value,) in found] == [value for (value,) in given]
    assert len(found) == 1


def test_a_bound_is_said_and_what_cannot_be_computed_has_its_reason(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute("delete from marts.cohort where study_group = 'non_responder'")
    build(study, tmp_path)
    [(stat, warning)] = study.execute(
        "select stat, warning from results.analysis_results "
        "where variable = 'baseline_crp' and context = 'rank_sum' and stat_name = 'p.value'"
    ).fetchall()
    [(reason,)] = study.execute(
        "select not_applicable from results.comparisons where variable = 'baseline_crp'"
    ).fetchall()
    assert (stat, warning) == (None, reason)
    assert reason is not None
    remarks = study.execute(
        "select estimate_value from results.summarised_result "
        "where variable_name = 'baseline_crp' and estimate_name = 'p_value_remark' and result_id = ("
        "select result_id from results.summarised_result_settings "
        "where result_type = 'summarise_comparisons_rank_sum')"
    ).fetchall()
    assert remarks == [(reason,)]
    said = study.execute(
        "select distinct described.certainty, split_part(told.warning, ':', 1) from results.area_summaries as described "
        "inner join results.analysis_results as told on told.context = 'area_summaries' and told.stat_name = 'median' "
        "and told.variable = described.analyte and told.variable_level = described.rule "
        "and coalesce(told.group1_level, 'all') = described.study_group order by all"
    ).fetchall()
    assert ("exact", None) in said
    assert {(certainty, certainty.replace("_", " ")) for certainty, _ in said if certainty != "exact"} >= {
        (certainty, remark) for certainty, remark in said if certainty not in ("exact", "unknown")
    }


@pytest.mark.parametrize("is_synthetic", [True, False])
def test_synthetic_records_are_marked(
    study: duckdb.DuckDBPyConnection, tmp_path: Path, is_synthetic: bool
) -> None:
    if is_synthetic:
        (write_landing(tmp_path) / "synthetic.txt").touch()
    build(study, tmp_path)
    marks = study.execute(
        "select stat from results.analysis_results where variable = 'records' and stat_name = 'synthetic'"
    ).fetchall()
    assert marks == ([("true",)] if is_synthetic else [])
    assert study.execute(
        "select distinct is_synthetic from results.summarised_result_settings"
    ).fetchall() == [(is_synthetic,)]
