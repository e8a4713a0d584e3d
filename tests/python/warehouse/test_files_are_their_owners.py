"""What holds patients is for its owner alone, whatever the umask, and from the first moment."""

from __future__ import annotations

import datetime as dt
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

import cartox.synthetic.omop_export
import cartox.synthetic.study
from cartox.checks import run_checks
from cartox.cli import app
from cartox.intake import land
from cartox.owner import owner_only
from cartox.progress import SilentProgress
from cartox.synthetic.extract import Extract
from cartox.warehouse.layout import Layout
from cartox.warehouse.publication import begin_version, publish_version, set_aside
from tests.python.umasks import mode, open_to_others, umask
from tests.spec.compiled_project import PROJECT

NOW = dt.datetime(2025, 1, 2, tzinfo=dt.UTC)
under_any_umask = pytest.mark.parametrize("mask", [0o000, 0o022], ids=["000", "022"])


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "mine"


def build(layout: Layout) -> Path:
    building = begin_version(layout, NOW)
    with duckdb.connect(str(building / layout.warehouse.name)) as connection:
        connection.execute("create schema results; create table results.run_manifest (key text, value text)")
    return building


@under_any_umask
def test_init(apart: Path, mask: int) -> None:
    with umask(mask):
        assert CliRunner().invoke(app, ["init", "mine"]).exit_code == 0
    assert open_to_others(apart) == []
    assert mode(apart / "extract" / "patients.csv") == 0o600


def test_init_closes_a_folder_for_records_that_was_open(apart: Path) -> None:
    (apart / "extract").mkdir(parents=True)
    (apart / "extract").chmod(0o755)
    assert CliRunner().invoke(app, ["init", "mine"]).exit_code == 0
    assert mode(apart / "extract") == 0o700


@under_any_umask
def test_synth(apart: Path, mask: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (cartox.synthetic.study, cartox.synthetic.omop_export):
        monkeypatch.setattr(module, "make_study", lambda _: (Extract(), []))
    apart.mkdir(mode=0o700)
    (apart / "patients.csv").touch()
    (apart / "patients.csv").chmod(0o644)
    with umask(mask):
        assert CliRunner().invoke(app, ["synth", "mine", "--omop", "mine/cdm"]).exit_code == 0
    assert open_to_others(apart) == []
    assert (apart / "cdm" / "extract" / "infusions.csv").exists()


@under_any_umask
def test_landing(apart: Path, mask: int) -> None:
    CliRunner().invoke(app, ["init", "mine"])
    landing = apart.parent / "data" / "landing"
    with umask(mask):
        land(apart / "extract", landing, SilentProgress())
    assert open_to_others(landing.parent) == []
    assert (landing / "landed_files.parquet").exists()


@under_any_umask
def test_versions_published_and_refused(tmp_path: Path, mask: int) -> None:
    layout = Layout(tmp_path / "new" / "warehouse" / "cartox.duckdb")
    with umask(mask):
        building = build(layout)
        assert mode(building) == mode(layout.versions) == 0o700
        publish_version(layout, building)
        set_aside(layout, build(layout))
    assert open_to_others(layout.folder.parent, *layout.versions.glob("*/*")) == []


def test_a_program_that_is_started_makes_files_for_its_owner_alone(tmp_path: Path) -> None:
    code = "import sys, pathlib; pathlib.Path(sys.argv[1]).mkdir(); pathlib.Path(sys.argv[1], 'x').touch()"
    with umask(0), owner_only():
        subprocess.run([sys.executable, "-c", code, str(tmp_path / "made")], check=True)
        assert os.umask(0o077) == 0o077
    assert open_to_others(tmp_path / "made") == []


def test_the_umask_is_the_users_again_afterwards() -> None:
    for mask in (0o022, 0o277):
        with umask(mask):
            with owner_only():
                pass
            assert os.umask(mask) == mask


def test_data_docs(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "w.duckdb")).close()
    with umask(0):
        run_checks(tmp_path / "w.duckdb", tmp_path / "new" / "docs")
    assert (tmp_path / "new" / "docs" / "index.html").exists()
    assert open_to_others(tmp_path / "new") == []


@pytest.mark.parametrize("is_there", [False, True])
def test_what_dbt_builds_by_itself(tmp_path: Path, is_there: bool) -> None:
    database = tmp_path / "warehouse" / "dev.duckdb"
    if is_there:
        database.parent.mkdir(mode=0o700)
        duckdb.connect(str(database)).close()
        database.chmod(0o644)
    project = tmp_path / "project"
    (project / "models").mkdir(parents=True)
    (project / "models" / "greeting.sql").write_text("select 1 as n")
    (project / "dbt_project.yml").write_text("name: cartox\nprofile: cartox\n")
    environment = {**os.environ, "CARTOX_DATABASE": str(database), "DBT_PROFILES_DIR": str(PROJECT)}
    words = ["build", "--project-dir", str(project), "--no-send-anonymous-usage-stats"]
    dbt = str(Path(sys.executable).with_name("dbt"))
    done: Any = subprocess.run(
        [dbt, *words], check=False, env=environment, capture_output=True, text=True, umask=0
    )
    assert done.returncode == 0, done.stdout
    assert database.stat().st_size > 0
    assert open_to_others(database.parent) == []
    assert (project / "logs" / "dbt.log").stat().st_size > 0
    assert stat.S_IMODE((project / "logs" / "dbt.log").stat().st_mode) == 0o600
