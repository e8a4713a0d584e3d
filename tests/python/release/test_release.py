"""A release as its reader gets it: rounded, withheld by the rules, and nothing of one patient."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.errors import UserError
from cartox.release import default_threshold, write_release

COUNTS = {
    "descriptives": ("n", "n_missing", "count"),
    "era_comparison": ("before_count", "before_total", "from_count", "from_total"),
    "cohort_attrition": ("n_remaining",),
    "record_conservation": ("n_raw", "n_accepted", "n_duplicate", "n_superseded", "n_quarantined"),
}
CLAIM = "insert or replace into results.run_manifest values ('var.disclosure_threshold', ?)"
FLOATS = (
    *("percent", "percent_low", "percent_high", "median", "q1", "q3", "p_value", "p_bh", "p_holm"),
    *("effect", "effect_low", "effect_high", "difference", "difference_low", "difference_high"),
)


@pytest.mark.parametrize(("n_drawn", "threshold"), [(8, 10), (60, 10), (150, 10), (60, 5)])
def test_counts_are_multiples_of_five_from_the_threshold_on_and_numbers_have_two_digits(
    release: Any, n_drawn: int, threshold: int
) -> None:
    released = release(n_drawn=n_drawn, threshold=threshold)
    n_withheld = 0
    for table, columns in COUNTS.items():
        for row in released.rows(table):
            gone = row["suppressed"].split()
            n_withheld += len(gone)
            for column in columns:
                if row.get(column):
                    assert int(row[column]) % 5 == 0
                    assert int(row[column]) >= threshold
                    assert column not in gone
    for table in ("descriptives", "comparisons", "era_comparison"):
        for row in released.rows(table):
            for column in FLOATS:
                if row.get(column) and not row[column].startswith(">"):
                    digits = (
                        f"{float(row[column]):e}".split("e", maxsplit=1)[0].replace("-", "").replace(".", "")
                    )
                    assert len(digits.rstrip("0")) <= 2
    assert n_withheld > 0


def test_percentages_are_those_of_the_rounded_counts(release: Any) -> None:
    shown = [row for row in release(n_drawn=150).rows("descriptives") if row["percent"]]
    assert len(shown) > 5
    for row in shown:
        assert float(row["percent"]) == float(f"{100 * int(row['count']) / int(row['n']):.2g}")


def test_a_median_is_no_patients_value(release: Any) -> None:
    """It is the mean of five values around it; moved by a value of one of them, and by no other."""
    ages = list(range(20, 64, 2))
    rows = _with_ages(release, ages, [50] * 60).rows("descriptives")
    assert _ages(rows, "non_responder")["median"] == ""  # every responder is 50: the quantiles tell of a heap
    rows = _with_ages(release, ages, list(range(20, 80))).rows("descriptives")
    middle = sorted(ages)[8:13]
    found = _ages(rows, "non_responder")
    assert (found["n"], float(found["median"])) == ("20", float(f"{sum(middle) / 5:.2g}"))
    assert "min" not in found


def test_great_ages_are_capped(release: Any) -> None:
    rows = _with_ages(release, list(range(90, 112)), list(range(20, 112))).rows("descriptives")
    assert _ages(rows, "non_responder")["median"] == ">89"
    assert _ages(rows, "responder")["median"] != ">89"


def test_a_small_study_group_withholds_everything_by_group(release: Any) -> None:
    released = _with_ages(release, [64] * 9, list(range(20, 80)))
    for row in released.rows("descriptives"):
        if row["study_group"] != "evaluable":
            assert {row[column] for column in ("n", "count", "percent", "median")} == {""}
    assert {row["p_value"] + row["difference"] for row in released.rows("comparisons")} == {""}


def test_adjusted_p_values_are_shown_with_their_whole_family_alone(release: Any) -> None:
    rows = release(n_drawn=150).rows("comparisons")
    for family in {row["family"] for row in rows if row["family"]}:
        own = [row for row in rows if row["family"] == family]
        assert any(row["p_value"] == "" for row in own)
        assert {row["p_bh"] + row["p_holm"] for row in own} == {""}


def test_a_level_that_no_plan_names_is_not_released(release: Any) -> None:
    released = release(
        "update marts.cohort set product = 'CANARY' where patient_id in "
        "(select patient_id from marts.cohort order by patient_id limit 12)",
        n_drawn=150,
    )
    levels = released.connection.execute("select level from results.descriptives").fetchall()
    assert ("CANARY",) in levels
    assert not any("CANARY" in file.read_text() for file in released.folder.iterdir())


def test_text_that_a_spreadsheet_would_run_is_marked(release: Any) -> None:
    formulas = [f"{start}cmd|' /C calc'!A0" for start in "=+-@\t\r"]
    quoted = [f"'{formula.replace(chr(39), chr(39) * 2)}'" for formula in formulas]
    released = release(
        "alter table seeds.test_plan alter label type text; update seeds.test_plan set label = "
        f"list_extract([{', '.join(quoted)}], (display_order % {len(quoted)} + 1)::integer)",
        n_drawn=60,
    )
    with (released.folder / "descriptives.csv").open(newline="") as file:
        labels = {row["label"] for row in csv.DictReader(file)}
    assert labels == {f"'{formula}" for formula in formulas}


def test_the_summary_is_made_of_the_released_tables(release: Any) -> None:
    summary = (release(n_drawn=60, seed=1).folder / "summary.md").read_text()
    assert "| Male sex |" in summary
    assert "withheld" in summary
    assert "below 10 are withheld" in summary


def test_the_approval_lies_beside_the_release_for_its_owner(release: Any) -> None:
    released = release(n_drawn=60)
    approval = released.folder.with_name("release.approval")
    assert {path.name for path in approval.iterdir()} == {"index.html", "sheet.csv"}
    assert {path.stat().st_mode & 0o077 for path in (approval, *approval.iterdir())} == {0}
    with (approval / "sheet.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert any(row["why"] and row["could_be"] for row in rows)
    assert {row["table"] for row in rows} >= {"results.lab_auc", "results.descriptives"}
    page = (approval / "index.html").read_text(encoding="utf-8")
    assert "default-src &#x27;none&#x27;" in page
    assert "<script" not in page


def test_every_bound_of_the_approval_holds_the_true_count(release: Any) -> None:
    released = release(n_drawn=100, seed=3)
    true = {
        (variable, level): count
        for variable, level, count in released.connection.execute(
            "select variable, level, count from results.descriptives where study_group = 'all' and kind = 'binary'"
        ).fetchall()
    }
    sheet = released.folder.with_name("release.approval") / "sheet.csv"
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["could_be"].startswith("count")]
    n_held = 0
    for row in rows:
        variable, _, rest = row["row"].partition(" / ")
        if row["table"] == "results.descriptives" and rest == "yes / evaluable":
            low, _, high = row["could_be"].removeprefix("count ").partition(" to ")
            assert int(low) <= true[variable, "yes"] <= int(high)
            assert int(high) - int(low) >= 9
            n_held += 1
    assert n_held > 2


def test_certainty_passes_as_a_word_where_a_value_is_shown(release: Any) -> None:
    released = _with_ages(release, list(range(20, 64, 2)), list(range(20, 80)))
    connection = released.connection
    connection.execute("update results.descriptives set certainty = 'at_least'")
    folder = released.folder.with_name("again")
    write_release(connection, folder, 10)
    with (folder / "descriptives.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["certainty"] for row in rows if row["median"]} == {"at_least"}
    assert {row["certainty"] for row in rows if not (row["median"] or row["count"])} == {""}


def test_certainty_is_silent_of_a_median_that_is_withheld(release: Any) -> None:
    """Twenty of fifty share an age: no median is shown, and a bound would tell that some age is one."""
    ages = [*range(20, 30), *[50] * 20, *range(60, 80)]
    released = _with_ages(release, ages, ages)
    connection = released.connection
    columns = "certainty = 'at_least', q1_certainty = 'at_least', q3_certainty = 'at_least'"
    connection.execute(f"update results.descriptives set {columns}")
    folder = released.folder.with_name("again")
    write_release(connection, folder, 10)
    with (folder / "descriptives.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["variable"].startswith("age")]
    assert [(row["n"], row["median"]) for row in rows] == [("100", ""), ("50", ""), ("50", "")]
    assert {row[name] for row in rows for name in ("certainty", "q1_certainty", "q3_certainty")} == {""}


def test_a_folder_that_holds_something_is_refused(release: Any) -> None:
    released = release()
    with pytest.raises(UserError, match="an empty folder"):
        write_release(released.connection, released.folder, 10)
    empty = released.folder.with_name("empty")
    empty.mkdir()
    assert write_release(released.connection, empty, 10)


@pytest.fixture
def manifest() -> duckdb.DuckDBPyConnection:
    """A warehouse that holds nothing but what a run says of itself."""
    connection = duckdb.connect()
    connection.execute("create schema results")
    connection.execute("create table results.run_manifest (key varchar primary key, value varchar)")
    return connection


def test_the_threshold_is_the_var_of_the_run_and_never_below_five(
    manifest: duckdb.DuckDBPyConnection,
) -> None:
    assert default_threshold(manifest) == 10
    for claimed, threshold in (("11", 11), ("5", 5), ("4", 5), ("0", 5)):
        manifest.execute(CLAIM, [claimed])
        assert default_threshold(manifest) == threshold


@pytest.mark.parametrize("claimed", [None, "", "-3", "five", "1e9", "9" * 5_000, "\u0665"])
def test_a_threshold_that_is_no_number_is_refused(
    manifest: duckdb.DuckDBPyConnection, claimed: str | None
) -> None:
    manifest.execute(CLAIM, [claimed])
    with pytest.raises(
        UserError, match=r"run_manifest: var disclosure_threshold: a whole number is expected$"
    ):
        default_threshold(manifest)


def test_an_empty_cohort_shows_nothing(release: Any) -> None:
    released = release("delete from marts.cohort")
    assert all(row["count"] + row["median"] == "" for row in released.rows("descriptives"))


def _ages(rows: list[dict[str, str]], group: str) -> dict[str, str]:
    [found] = [row for row in rows if (row["variable"], row["study_group"]) == ("age_years", group)]
    return found


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ((0, 0), {"evaluable": ("80", ""), "responder": ("60", ""), "non_responder": ("20", "")}),
        # fewer than ten: nobody is told whether there is one
        ((0, 9), {"evaluable": ("80", ""), "responder": ("60", ""), "non_responder": ("20", "")}),
        # of the group of 22 all have a value, which would tell of the others
        ((0, 20), {"evaluable": ("60", "20"), "responder": ("", ""), "non_responder": ("", "")}),
        ((11, 20), {"evaluable": ("50", "30"), "responder": ("40", "20"), "non_responder": ("10", "10")}),
    ],
)
def test_a_median_stands_beside_the_number_of_those_who_have_a_value(
    release: Any, without: tuple[int, int], expected: dict[str, tuple[str, str]]
) -> None:
    non_responders: list[int | None] = [*range(20, 64, 2)]
    responders: list[int | None] = [*range(20, 80)]
    non_responders[: without[0]] = [None] * without[0]
    responders[: without[1]] = [None] * without[1]
    rows = _with_ages(release, non_responders, responders).rows("descriptives")
    assert {
        group: (_ages(rows, group)["n"], _ages(rows, group)["n_missing"]) for group in expected
    } == expected


def _with_ages(release: Any, non_responders: Sequence[int | None], responders: Sequence[int | None]) -> Any:
    ages = [("non_responder", age) for age in non_responders] + [("responder", age) for age in responders]
    values = ", ".join(
        f"({place}, '{group}', cast({'null' if age is None else age} as integer))"
        for place, (group, age) in enumerate(ages)
    )
    return release(
        f"create or replace table wanted as select * from (values {values}) as t (place, new_group, new_age)",
        "create or replace table marts.cohort as select * replace ('C' || place as patient_id, "
        "new_group as study_group, new_age as age_years) from wanted, (from marts.cohort limit 1)",
        *(f"alter table marts.cohort drop column {column}" for column in ("place", "new_group", "new_age")),
        folder=f"release{len(ages)}-{sum(age or 0 for _, age in ages)}",
    )


def test_files_of_a_release_are_as_the_umask_makes_them(release: Any) -> None:
    folder: Path = release(n_drawn=60).folder
    assert all(path.stat().st_mode & 0o044 for path in folder.iterdir())
