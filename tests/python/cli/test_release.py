"""`cartox release` at the command line."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from cartox.cli import app
from tests.python.results.handmade_study import build, load_study

pytestmark = pytest.mark.xdist_group("release command")


def invoke(*words: str) -> Any:
    return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    with duckdb.connect(str(folder / "study.duckdb")) as connection:
        load_study(connection)
        build(connection, folder / "landing", disclosure_threshold=3)
    return folder / "study.duckdb"


@pytest.fixture
def warehouse(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse of a study whose disclosure threshold is 3, in the working folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(built, "study.duckdb")
    return Path("study.duckdb")


def assert_one_line(result: Any, words: str) -> None:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert words in result.stderr


def test_a_release_is_written_and_counted(warehouse: Path) -> None:
    result = invoke("release", "out", "--warehouse", str(warehouse))
    files = sorted(Path("out").iterdir())
    assert result.exit_code == 0
    assert result.stdout == (
        f"Release: {len(files)} files in out, counts below 5 withheld\nTo approve: out.approval/index.html\n"
    )
    assert {"descriptives.csv", "comparisons.csv"} <= {file.name for file in files}
    for file in files:
        assert "P01" not in file.read_text(encoding="utf-8")
    with Path("out", "descriptives.csv").open(encoding="utf-8", newline="") as table:
        counts = [row["count"] for row in csv.DictReader(table)]
    assert not {"0", "1", "2", "3", "4"} & set(counts)


def test_a_quiet_release_prints_nothing(warehouse: Path) -> None:
    for words in (["release", "a", "--quiet"], ["--quiet", "release", "b"]):
        result = invoke(*words, "--warehouse", str(warehouse))
        assert (result.exit_code, result.output) == (0, "")
    assert {file.name for file in Path("a").iterdir()} == {file.name for file in Path("b").iterdir()}
    assert Path("a.approval").exists()


def test_the_ledger_lies_beside_the_warehouse_or_where_it_is_asked_for(warehouse: Path) -> None:
    assert invoke("release", "a", "--warehouse", str(warehouse)).exit_code == 0
    assert len(list(Path(".study.duckdb.releases").glob("0001-*.json"))) == 1
    assert invoke("release", "b", "--warehouse", str(warehouse), "--ledger", "kept").exit_code == 0
    assert len(list(Path("kept").glob("0001-*.json"))) == 1


def test_each_form_has_its_files(warehouse: Path) -> None:
    for form, file in (
        ("csv", "descriptives.csv"),
        ("ard", "ard.csv"),
        ("summarised-result", "settings.csv"),
    ):
        assert invoke("release", form, "--format", form, "--warehouse", str(warehouse)).exit_code == 0
        assert Path(form, file).exists()
    assert invoke("release", "x", "--format", "pdf", "--warehouse", str(warehouse)).exit_code == 2


def test_one_patient_more_is_refused_in_one_line(warehouse: Path) -> None:
    assert invoke("release", "a", "--warehouse", str(warehouse)).exit_code == 0
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("update marts.cohort set age_years = 20 where patient_id = 'P01'")
    result = invoke("release", "b", "--warehouse", str(warehouse))
    assert_one_line(result, "b: 1 patient differs from the release of")
    assert "P01" not in result.stderr


def test_a_folder_that_holds_something_is_left_alone(warehouse: Path) -> None:
    Path("out").mkdir()
    Path("out", "thesis.txt").write_text("do not touch")
    assert_one_line(invoke("release", "out", "--warehouse", str(warehouse)), "out: an empty folder")
    assert [file.name for file in Path("out").iterdir()] == ["thesis.txt"]


def test_nothing_is_released_from_nothing(warehouse: Path) -> None:
    assert_one_line(invoke("release", "out"), "warehouse/cartox.duckdb: no warehouse there")
    duckdb.connect("x.duckdb").close()
    assert_one_line(invoke("release", "out", "--warehouse", "x.duckdb"), "x.duckdb: holds no results")
    assert_one_line(invoke("release"), "Missing argument")
    assert not Path("out").exists()


def test_the_help_has_an_example() -> None:
    assert "cartox release study out" in invoke("release", "--help").stdout
