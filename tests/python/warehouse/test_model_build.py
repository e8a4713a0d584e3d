"""A build, by its plan and by dbt itself: progress, failures in a line each without a cell's content, the file let go."""

import os
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.progress import SilentProgress
from cartox.warehouse import model_build
from cartox.warehouse.build_plan import NotPlannedError
from cartox.warehouse.exhaustion import ExhaustedError
from cartox.warehouse.failure import RunError
from cartox.warehouse.model_build import build_models

PROFILE = """
cartox:
  target: duckdb
  outputs:
    duckdb:
      type: duckdb
      path: "{{ env_var('CARTOX_DATABASE') }}"
      config_options: {storage_compatibility_version: v1.4.0}
"""
PROJECT = """
name: cartox
profile: cartox
test-paths: [tests]
flags: {send_anonymous_usage_stats: false}
models: {+materialized: table}
vars: {greeting: hello}
"""


class Heard(SilentProgress):
    def __init__(self) -> None:
        self.heard: list[tuple[str, int, int | None]] = []

    def advance(self, description: str, completed: int, total: int | None) -> None:
        self.heard.append((description, completed, total))


@pytest.fixture(params=["by its plan", "by dbt"])
def project(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one model; dbt itself builds it where it cannot be planned."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    if request.param == "by dbt":
        monkeypatch.setattr(model_build, "planned_steps", _not_planned)
    folder = tmp_path / "project"
    for part in ("models", "tests"):
        (folder / part).mkdir(parents=True)
    (folder / "profiles.yml").write_text(PROFILE)
    (folder / "dbt_project.yml").write_text(PROJECT)
    (folder / "models" / "greeting.sql").write_text(
        "select '{{ var(\"greeting\") }}' as text, '{{ env_var(\"CARTOX_LANDING\") }}' as landing"
    )
    (tmp_path / "version").mkdir()
    return folder


def _not_planned(*_: Any) -> None:
    raise NotPlannedError("told so by the test")


def build(project: Path, progress: SilentProgress | None = None, **variables: str) -> Path:
    file = project.parent / "version" / "w.duckdb"
    build_models(project, Path("/landing"), file, variables, progress or SilentProgress())
    return file


def test_build_with_vars_and_progress_and_silence(
    project: Any, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARTOX_LANDING", "before")
    heard = Heard()
    file = build(project, heard, greeting="servus")
    with duckdb.connect(str(file), config={"memory_limit": "1GB"}) as connection:
        assert connection.execute("from greeting").fetchall() == [("servus", "/landing")]
    assert heard.heard == [("", 0, 1), ("greeting", 1, 1)]
    assert capfd.readouterr() == ("", "")
    assert os.environ["CARTOX_LANDING"] == "before"
    assert "CARTOX_DATABASE" not in os.environ
    assert sorted(path.name for path in file.parent.iterdir()) == ["logs", "w.duckdb"]
    log = (file.parent / "logs" / "build.tsv").read_text().splitlines()
    assert log[1].startswith("success\tmodel\tgreeting\t")


def test_failures_are_named_without_what_the_database_quotes(
    project: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    (project / "models" / "ages.sql").write_text(
        "select cast(text as integer) as age from {{ ref('greeting') }}"
    )
    (project / "models" / "means.sql").write_text("select * from {{ ref('ages') }}")
    (project / "models" / "names.sql").write_text("select '{{ var(\"greeting\") }}' as name")
    (project / "tests" / "no_names.sql").write_text("select * from {{ ref('names') }}")
    with pytest.raises(RunError) as caught:
        build(project, greeting="CANARY-4711")
    assert sorted(caught.value.lines[:2]) == [
        "model ages failed: Conversion Error",
        "test no_names failed: 1 rows break it",
    ]
    assert caught.value.lines[2] == "1 models and tests that stand on these were not built"
    written = [path for path in (project.parent / "version" / "logs").rglob("*") if path.is_file()]
    assert all("CANARY" not in path.read_text() for path in written)
    assert capfd.readouterr() == ("", "")


def test_project_that_does_not_parse(project: Any) -> None:
    (project / "models" / "broken.sql").write_text("select * from {{ ref('nothing') }}")
    with pytest.raises(RunError, match="dbt could not build the project: Compilation Error"):
        build(project)


def test_full_disk_is_told_apart_from_a_model_that_fails(project: Path) -> None:
    (project / "models" / "greeting.sql").write_text("select error('No space left on device') as text")
    with pytest.raises(ExhaustedError):
        build(project)
