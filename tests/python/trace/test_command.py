"""The command: one line for a mistake, data for machines, a page for the owner alone."""

from __future__ import annotations

import json
import shlex
import stat
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cartox.cli import app


def invoke(file: Path, *words: str) -> Any:
    return CliRunner().invoke(app, ["trace", *words, "--warehouse", str(file)])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), "give a figure or --patient ID, and not both"),
        (("baseline_crp", "--patient", "P01"), "give a figure or --patient ID, and not both"),
        (("baseline_crp", "--page", "x.html"), "a page is of a patient"),
        (("nothing",), "no result is named nothing"),
    ],
)
def test_a_mistake_is_one_line(file: Path, words: tuple[str, ...], expected: str) -> None:
    result = invoke(file, *words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert expected in result.stderr


def test_a_warehouse_that_is_not_there(tmp_path: Path) -> None:
    result = invoke(tmp_path / "none.duckdb", "baseline_crp")
    assert result.exit_code == 2
    assert "no warehouse there" in result.stderr


def test_a_number_its_row_and_the_lines_behind_it(file: Path) -> None:
    shown = invoke(file, "baseline_crp", "responder", "median")
    assert shown.exit_code == 0, shown.stderr
    found = json.loads(invoke(file, "baseline_crp", "responder", "median", "--json").stdout)
    assert found["id"] == "descriptives:baseline_crp:value:responder:median"
    assert f"median: {found['value']:.6g}" in shown.stdout
    assert {one["study_group"] for one in found["patients"]} == {"responder"}
    for person in found["patients"]:
        assert f"lab_results.csv:{person['used'][0]['line_number']}" in shown.stdout
    assert found["vars"]["baseline_days"] == "14"
    assert found["seeds"]["analytes"][0]["canonical_unit"] == "mg/L"
    assert {one["study_group"] for one in found["not_counted"]} == {"non_responder"}


def test_a_printed_figure_leads_to_the_cell_that_answers_it(file: Path) -> None:
    found = json.loads(invoke(file, "crp_p", "--json").stdout)
    assert found["id"] == "comparisons:baseline_crp:p_value"
    assert [figure["figure_id"] for figure in found["printed"]] == ["crp_p"]


def test_values_stand_beside_their_certainty_where_the_mart_tells_it(study_file: Path) -> None:
    words = ("steroids_total", "responder", "median")
    found = json.loads(invoke(study_file, *words, "--json").stdout)
    assert {one["certainty"] for one in found["patients"]} >= {"exact"}
    assert "certainty" in invoke(study_file, *words).stdout
    assert "certainty" not in invoke(study_file, "male_sex", "percent").stdout.partition("patients\n")[2]


def test_one_era_and_both(file: Path) -> None:
    one = json.loads(invoke(file, "share_of_deaths", "before_count", "--json").stdout)
    both = json.loads(invoke(file, "share_of_deaths", "p_value", "--json").stdout)
    assert {person["study_group"] for person in one["patients"]} == {"before"}
    assert {person["study_group"] for person in both["patients"]} == {"before", "from"}


def test_a_page_is_for_its_owner_alone_and_loads_nothing(study_file: Path, tmp_path: Path) -> None:
    page = tmp_path / "patient.html"
    page.write_text("old")
    page.chmod(0o644)
    result = invoke(study_file, "--patient", "P01", "--page", str(page))
    assert result.exit_code == 0, result.stderr
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert "http" not in text.replace("http-equiv", "")


def test_a_page_is_not_written_through_a_link(study_file: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("kept")
    (tmp_path / "link.html").symlink_to(tmp_path / "elsewhere")
    result = invoke(study_file, "--patient", "P01", "--page", str(tmp_path / "link.html"))
    assert result.exit_code == 2
    assert (tmp_path / "elsewhere").read_text() == "kept"


def test_a_patient_whom_no_record_names(study_file: Path) -> None:
    result = invoke(study_file, "--patient", "P99")
    assert result.exit_code == 2
    assert "no record of the warehouse names such a patient" in result.stderr
    assert "P99" not in result.stderr


def test_text_of_a_record_runs_nowhere(study_file: Path, tmp_path: Path) -> None:
    page = tmp_path / "patient.html"
    shown = invoke(study_file, "--patient", "P01", "--page", str(page))
    assert shown.exit_code == 0
    assert "<b>given</b>" not in page.read_text(encoding="utf-8")
    assert "&lt;b&gt;given&lt;/b&gt;" in page.read_text(encoding="utf-8")
    terminal = invoke(study_file, "--patient", "P01").stdout
    assert "\x1b" not in terminal
    assert "[bold]Dexa?[2J" in terminal.replace("\n", "")


def test_reviews_name_the_command_that_traces_each(study_file: Path) -> None:
    shown = CliRunner().invoke(app, ["reviews", "--warehouse", str(study_file), "--json"])
    assert shown.exit_code == 0, shown.stderr
    (review,) = json.loads(shown.stdout)
    assert (review["patient_id"], review["reason"], len(review["records"])) == (
        "P01",
        "grade_between_grades",
        2,
    )
    words = shlex.split(review["trace"])
    assert words[0] == "cartox"
    assert CliRunner().invoke(app, words[1:]).exit_code == 0
    assert (
        "grade_between_grades" in CliRunner().invoke(app, ["reviews", "--warehouse", str(study_file)]).stdout
    )


def test_a_reason_that_nobody_has_is_one_line(study_file: Path) -> None:
    result = CliRunner().invoke(app, ["reviews", "--warehouse", str(study_file), "--reason", "inotrope"])
    assert result.exit_code == 2
    assert "nobody is to be looked at for the reason inotrope" in result.stderr


def test_a_study_folder_stands_before_the_figure_or_the_patient(study_folder: Path, study_file: Path) -> None:
    for words in (("baseline_crp", "responder", "median"), ("--patient", "P01")):
        there = CliRunner().invoke(app, ["trace", str(study_folder), *words, "--json"])
        assert there.exit_code == 0, there.stderr
        assert there.stdout == invoke(study_file, *words, "--json").stdout


def test_a_study_folder_alone_is_no_figure(study_folder: Path) -> None:
    result = CliRunner().invoke(app, ["trace", str(study_folder)])
    assert result.exit_code == 2
    assert "give a figure or --patient ID, and not both" in result.stderr


def test_a_folder_that_is_no_study_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["trace", f"{tmp_path}/", "baseline_crp"])
    assert result.exit_code == 2
    assert "so this is no study folder" in result.stderr


def test_reviews_of_a_study_folder_name_it_in_the_command_that_traces_each(study_folder: Path) -> None:
    shown = CliRunner().invoke(app, ["reviews", str(study_folder), "--json"])
    assert shown.exit_code == 0, shown.stderr
    (review,) = json.loads(shown.stdout)
    words = shlex.split(review["trace"])
    assert words == ["cartox", "trace", str(study_folder), "--patient", "P01"]
    assert CliRunner().invoke(app, words[1:]).exit_code == 0
