"""`cartox init`: headers of the contract, a study file that changes nothing, and nothing overwritten."""

from __future__ import annotations

import csv
import subprocess
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from cartox.cli import app
from cartox.intake import land
from cartox.intake.contract import ENTITIES
from cartox.progress import SilentProgress
from cartox.study import open_study, project_of
from cartox.warehouse.project import default_variables
from cartox.warehouse.variables import checked_variables, read_variables
from tests.spec.compiled_project import PROJECT


def invoke(*words: str) -> Any:
    return CliRunner().invoke(app, ["init", *words])


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_empty_extract_is_one_that_the_intake_reads_without_a_word(tmp_path: Path) -> None:
    assert invoke("mine").exit_code == 0
    landed = land(Path("mine/extract"), tmp_path / "landing", SilentProgress())
    assert landed.notes == ()
    assert {file.entity: (file.n_raw, file.absent_columns) for file in landed.files} == dict.fromkeys(
        ENTITIES, (0, ())
    )


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_column_stands_in_the_header(entity: str) -> None:
    invoke("mine")
    with Path(f"mine/extract/{entity}.csv").open(newline="") as file:
        assert list(csv.reader(file)) == [list(ENTITIES[entity].column_names)]


def test_the_var_file_is_accepted_unchanged_and_changes_nothing_but_the_decimal_marks() -> None:
    invoke("mine")
    defaults = default_variables(PROJECT)
    given = read_variables(Path("mine/study.yml"))
    undeclared = dict.fromkeys(defaults["decimal_marks"])
    assert checked_variables(given, PROJECT, "study.yml") == {**defaults, "decimal_marks": undeclared}


def test_every_var_is_explained() -> None:
    """By a comment behind it, or by the heading of its group."""
    invoke("mine")
    project = (PROJECT / "dbt_project.yml").read_text(encoding="utf-8")
    lines = takewhile(
        lambda line: not line or line.startswith(" "), project.partition("\nvars:\n")[2].splitlines()
    )
    comments = [line.partition("#")[2].strip() for line in lines]
    shown = Path("mine/study.yml").read_text(encoding="utf-8")
    wanted = [comment for comment in comments if comment]
    assert len(wanted) > 10
    assert [comment for comment in wanted if comment not in shown] == []
    assert list(yaml.safe_load(shown)["vars"]) == list(default_variables(PROJECT))


@pytest.mark.parametrize("there", ["mine/study.yml", "mine/extract/lab_results.csv"])
def test_nothing_is_overwritten_and_nothing_half_written(there: str) -> None:
    path = Path(there)
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    result = invoke("mine")
    assert result.exit_code == 2
    assert result.stderr == f"cartox: {there}: is there already and is not overwritten; nothing was written\n"
    assert [file for file in Path("mine").rglob("*") if file.is_file()] == [path]
    assert path.read_text() == "mine"


def test_a_link_that_leads_nowhere_is_not_followed() -> None:
    Path("mine").mkdir()
    Path("mine/study.yml").symlink_to("elsewhere.yml")
    assert invoke("mine").exit_code == 2
    assert not Path("elsewhere.yml").exists()


@pytest.mark.parametrize("there", ["mine", "mine/extract"])
def test_a_file_in_the_place_of_a_folder_is_a_mistake(there: str) -> None:
    Path(there).parent.mkdir(exist_ok=True)
    Path(there).write_text("")
    result = invoke("mine")
    assert (result.exit_code, result.stderr) == (
        2,
        f"cartox: {there}: a folder is expected, this is a file\n",
    )


def test_what_comes_next_is_said_unless_quiet() -> None:
    said = invoke("mine").stdout
    assert said.splitlines()[-2:] == ["cartox validate mine", "cartox run mine"]
    assert "cartox run 'my study'" in invoke("my study").stdout
    assert invoke("other", "--quiet").output == ""


def test_git_leaves_the_records_alone(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    invoke("mine")
    ignored = subprocess.run(
        [
            "git",
            "check-ignore",
            "mine/extract/patients.csv",
            "mine/warehouse/x",
            "mine/.landing",
            "mine/study.yml",
        ],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ignored.stdout.split() == ["mine/extract/patients.csv", "mine/warehouse/x", "mine/.landing"]


def test_tables_of_the_studys_own_hold_headers_alone() -> None:
    invoke("mine")
    tables = [path for part in ("words", "rules", "figures") for path in Path("mine", part).iterdir()]
    assert len(tables) > 20
    assert {len(path.read_text().splitlines()) for path in tables} == {1}
    with project_of(open_study(Path("mine"))) as project:
        assert (project / "seeds/terminology/words_products.csv").read_bytes() == (
            PROJECT / "seeds/terminology/words_products.csv"
        ).read_bytes()


def test_the_example_is_the_built_in_study_with_its_mark_and_its_printed_figures() -> None:
    assert invoke("mine", "--example").exit_code == 0
    assert Path("mine/extract/synthetic.txt").exists()
    assert len(Path("mine/extract/patients.csv").read_text().splitlines()) > 500
    for path in (PROJECT / "seeds/study").glob("*.csv"):
        if path.stem != "site_rows":
            assert (Path("mine/figures") / path.name).read_text() == path.read_text()
