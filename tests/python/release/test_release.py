"""Nothing that leaves tells a small count: every withheld cell keeps two possible values."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from cartox.errors import UserError
from cartox.release import default_threshold, write_release
from tests.python.release.stranger import attrition, described, eras, worked_out

COUNTS = {
    "descriptives": ("n", "n_missing", "count"),
    "comparisons": ("n_responders", "n_non_responders", "n_missing"),
    "era_comparison": ("before_count", "before_total", "from_count", "from_total"),
    "era_mortality": ("n_treated", "n_deaths", "n_toxicity_deaths"),
    "cohort_attrition": ("n_excluded", "n_remaining"),
    "record_conservation": ("n_raw", "n_accepted", "n_duplicate", "n_superseded", "n_quarantined"),
}
MAY_BE_ZERO = {"n_missing", "n_excluded", *COUNTS["record_conservation"]}
STUDIES = [(n_drawn, seed) for n_drawn in (8, 25, 60, 150) for seed in range(2)]


def strangers(released: Any) -> list[Any]:
    sizes = {}
    for row in released.rows("descriptives"):
        if row["variable"] == "responder" and row["n"]:
            counts = {"yes": "responder", "no": "non_responder"}
            sizes["all"] = int(row["n"])
            if row["count"]:
                sizes[counts[row["level"]]] = int(row["count"])
    return [
        *described(released.rows("descriptives"), released.rows("comparisons"), sizes).values(),
        eras(released.rows("era_mortality"), released.rows("era_comparison")),
        attrition(released.rows("cohort_attrition"), released.rows("record_conservation")),
    ]


@pytest.mark.parametrize(("n_drawn", "seed"), STUDIES)
def test_no_small_count_is_printed_or_can_be_worked_out(release: Any, n_drawn: int, seed: int) -> None:
    released = release(n_drawn=n_drawn, seed=seed)
    n_withheld = 0
    for table, columns in COUNTS.items():
        for row in released.rows(table):
            for column in columns:
                if row[column] == "":
                    n_withheld += column in row["suppressed"].split()
                elif int(row[column]) < 5:
                    assert row[column] == "0"
                    assert column in MAY_BE_ZERO
    assert n_withheld > 0
    printed_nowhere = {"other", "alive", "between"}
    for stranger in strangers(released):
        assert (
            worked_out(stranger, lambda name, value: not (printed_nowhere & set(name)) or 0 < value < 5) == []
        )


def test_rows_of_patients_and_unlisted_columns_stay(release: Any) -> None:
    released = release(n_drawn=60)
    assert not list(released.folder.glob("*lab_auc*"))
    connection = released.connection
    connection.execute("alter table results.descriptives add column worst_patient text default 'CANARY'")
    connection.execute("alter table marts.cohort_attrition add column example text default 'CANARY'")
    connection.execute("insert into results.run_manifest values ('var.new', 'CANARY'), ('input.x', 'CANARY')")
    connection.execute("create table results.patients as select 'CANARY' as patient_id")
    again = released.folder.with_name("again")
    files = write_release(connection, again, 5)
    assert [file.name for file in files] == sorted(file.name for file in released.folder.iterdir())
    assert not any("CANARY" in file.read_text() for file in files)
    manifest = (again / "run_manifest.csv").read_text()
    assert "input." not in manifest
    assert "rows." not in manifest


def test_level_that_no_plan_names_is_not_released(release: Any) -> None:
    released = release(
        "update marts.cohort set product = 'CANARY' where patient_id in "
        "(select patient_id from marts.cohort order by patient_id limit 7)",
        n_drawn=60,
    )
    levels = released.connection.execute("select level from results.descriptives").fetchall()
    assert ("CANARY",) in levels
    assert not any("CANARY" in file.read_text() for file in released.folder.iterdir())


@pytest.mark.parametrize(("n_alike", "median"), [(10, "64.0"), (9, "")])
def test_median_needs_a_threshold_of_patients_on_each_side(release: Any, n_alike: int, median: str) -> None:
    rows = _with_ages(release, [64] * n_alike, [50] * 60).rows("descriptives")
    [group] = [row for row in rows if (row["variable"], row["study_group"]) == ("age_years", "non_responder")]
    assert (group["n"], group["median"], group["q1"], group["max"]) == (str(n_alike), median, "", "")
    assert {"q1", "q3", "min", "max"} <= set(group["suppressed"].split())


def test_range_needs_ten_thresholds_and_great_ages_are_capped(release: Any) -> None:
    released = _with_ages(release, [95] * 30 + [60] * 19, [93] * 30 + [20] * 20)
    rows = {
        row["study_group"]: row for row in released.rows("descriptives") if row["variable"] == "age_years"
    }
    few, many = rows["non_responder"], rows["responder"]
    assert (few["n"], few["median"], few["q1"], few["min"], few["max"]) == ("49", ">89", "60.0", "", "")
    assert (many["n"], many["median"], many["q1"], many["min"], many["max"]) == (
        "50",
        ">89",
        "20.0",
        "20.0",
        ">89",
    )
    assert not any(
        age in file.read_text() for file in released.folder.iterdir() for age in ("93.0", "95.0", "|93|")
    )
    ages = [row for row in released.rows("reported_figures") if row["figure_id"] == "age_max"]
    assert [(row["computed"], row["explanation"]) for row in ages] == [("", "")]


def _with_ages(release: Any, non_responders: list[int], responders: list[int]) -> Any:
    ages = [("non_responder", age) for age in non_responders] + [("responder", age) for age in responders]
    values = ", ".join(f"({place}, '{group}', {age})" for place, (group, age) in enumerate(ages))
    return release(
        f"create table wanted as select * from (values {values}) as t (place, new_group, new_age)",
        "create or replace table marts.cohort as select * replace ('C' || place as patient_id, "
        "new_group as study_group, new_age as age_years) from wanted, (from marts.cohort limit 1)",
        *(f"alter table marts.cohort drop column {column}" for column in ("place", "new_group", "new_age")),
        f"update marts.cohort_attrition set n_remaining = {len(ages)} where step_number = 7",
    )


def test_small_study_group_withholds_everything_by_group(release: Any) -> None:
    rows = _with_ages(release, [64] * 4, [50] * 60)
    for row in rows.rows("descriptives"):
        if row["study_group"] != "all":
            assert {row[column] for column in ("n", "n_missing", "count", "percent", "median")} == {""}
    for row in rows.rows("comparisons"):
        assert {row[column] for column in ("n_responders", "p_value", "effect", "difference")} == {""}


def test_tests_and_figures_go_with_the_counts_that_they_tell(release: Any) -> None:
    released = release(n_drawn=60, seed=1)
    withheld = {
        row["variable"] for row in released.rows("descriptives") if "count" in row["suppressed"].split()
    }
    compared = {row["variable"]: row for row in released.rows("comparisons")}
    assert withheld & set(compared)
    for variable in withheld & set(compared):
        for column in (
            "statistic",
            "p_value",
            "p_exact",
            "effect",
            "difference",
            "smallest_expected",
            "method",
        ):
            assert compared[variable][column] == ""
    assert {row["p_bh"] + row["p_holm"] for row in compared.values()} == {""}
    conventions = {row["variable"]: row["p_value"] for row in released.rows("comparison_conventions")}
    assert all(conventions[variable] == "" for variable in withheld & set(conventions))
    percents = {
        (row["variable"], row["level"], row["study_group"]): row["percent"]
        for row in released.rows("descriptives")
    }
    figures = {row["figure_id"]: row for row in released.rows("reported_figures")}
    sources = released.connection.execute(
        "select figure_id, variable, level, study_group from seeds.figure_sources "
        "where result_table = 'descriptives' and statistic = 'percent'"
    ).fetchall()
    shown = [figures[figure] for figure, *cell in sources if percents[tuple(cell)]]
    hidden = [figures[figure] for figure, *cell in sources if not percents[tuple(cell)]]
    assert all(row["computed"] and row["verdict"] for row in shown)
    assert len(hidden) > 3
    for row in hidden:
        assert {row[column] for column in ("reported", "computed", "verdict", "explanation")} == {""}


def test_printed_numbers_are_those_of_the_warehouse(release: Any) -> None:
    released = release(n_drawn=150)
    true = released.connection.execute(
        "select variable, level, study_group, count, percent, median from results.descriptives"
    ).fetchall()
    numbers = {row[:3]: row[3:] for row in true}
    n_printed = 0
    for row in released.rows("descriptives"):
        printed = numbers[row["variable"], row["level"], row["study_group"]]
        for column, value in zip(("count", "percent", "median"), printed, strict=True):
            if row[column]:
                n_printed += 1
                assert float(row[column]) == pytest.approx(value, rel=1e-3)
    assert n_printed > 50


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_marked(release: Any, start: str) -> None:
    formula = f"{start}cmd|' /C calc'!A0"
    released = release(
        "alter table seeds.test_plan alter label type text; update seeds.test_plan set label = "
        f"'{formula.replace(chr(39), chr(39) * 2)}' where variable = 'age_years'",
        n_drawn=60,
    )
    with (released.folder / "descriptives.csv").open(newline="") as file:
        labels = {row["label"] for row in csv.DictReader(file) if row["variable"] == "age_years"}
    assert labels == {f"'{formula}"}
    assert any(row["effect"].startswith("-") for row in released.rows("comparisons"))


def test_summary_is_made_of_the_released_tables(release: Any) -> None:
    summary = (release(n_drawn=60, seed=1).folder / "summary.md").read_text()
    assert "| Male sex |" in summary
    assert "withheld" in summary
    assert "No number of patients or records below 5 is shown" in summary


def test_folder_that_holds_something_is_refused(release: Any) -> None:
    released = release()
    with pytest.raises(UserError, match="an empty folder"):
        write_release(released.connection, released.folder, 5)
    empty = released.folder.with_name("empty")
    empty.mkdir()
    assert write_release(released.connection, empty, 5)


def test_threshold_is_the_var_of_the_run(release: Any) -> None:
    connection = release().connection
    assert default_threshold(connection) == 5
    connection.execute("insert into results.run_manifest values ('var.disclosure_threshold', '11')")
    assert default_threshold(connection) == 11


@pytest.mark.parametrize("claimed", ["0", "3", "4"])
def test_a_file_from_elsewhere_cannot_lower_the_threshold(release: Any, claimed: str) -> None:
    connection = release().connection
    connection.execute("insert into results.run_manifest values ('var.disclosure_threshold', ?)", [claimed])
    assert default_threshold(connection) == 5


@pytest.mark.parametrize("claimed", [None, "", "-3", "five", "1e9", "9" * 5_000, "\u0665"])
def test_a_threshold_that_is_no_number_is_refused(release: Any, claimed: str | None) -> None:
    connection = release().connection
    connection.execute("insert into results.run_manifest values ('var.disclosure_threshold', ?)", [claimed])
    with pytest.raises(
        UserError, match=r"run_manifest: var disclosure_threshold: a whole number is expected$"
    ):
        default_threshold(connection)


def test_empty_cohort(release: Any) -> None:
    released = release(
        "delete from marts.cohort",
        "update marts.cohort_attrition set n_remaining = 0, n_excluded = 11 where step_number = 7",
    )
    assert all(row["count"] + row["median"] == "" for row in released.rows("descriptives"))
