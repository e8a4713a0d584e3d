"""The commands of docs/trace.md, typed as they stand there over the built-in study."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from tests.python.documentation.guides import TYPED_ELSEWHERE, commands
from tests.python.study.command import cartox
from tests.spec.compiled_project import PROJECT

PAGE = PROJECT / "docs" / "trace.md"
COMMANDS = [command for command, _ in commands(PAGE)]
SHOWS = {
    "cartox trace study baseline_crp responder median": ("median: 11.9", "31 patients", "lab_results.csv:"),
    "cartox trace study crp_median_responders --json": (
        '"id": "descriptives:baseline_crp:value:responder:median"',
    ),
    "cartox trace study --patient CTX-0186": (
        "In the cohort: non responder",
        "recorded_grade_differs",
        "baseline",
    ),
    "cartox trace study --patient CTX-0186 --page patient.html": ("Page: patient.html",),
    "cartox reviews study --reason inotrope": ("cartox trace study --patient CTX-",),
    "cartox diff study last_year.duckdb": ("Results: the same", "Records: 0 added"),
}

pytestmark = pytest.mark.xdist_group("whole run")


def test_the_page_types_what_this_test_types() -> None:
    assert set(COMMANDS) == SHOWS.keys()
    assert SHOWS.keys() <= TYPED_ELSEWHERE


@pytest.fixture(scope="module")
def with_study(folder: Path) -> Path:
    """The folder with a study folder in it whose warehouse is the published one."""
    (folder / "study").mkdir()
    (folder / "study" / "study.yml").write_text("vars: {}\n")
    (folder / "study" / "warehouse").symlink_to(folder / "warehouse")
    return folder


@pytest.mark.parametrize("command", SHOWS)
def test_a_command_of_the_page(with_study: Path, command: str) -> None:
    folder = with_study
    shutil.copy(folder / "warehouse" / "cartox.duckdb", folder / "last_year.duckdb")
    done = cartox(folder, *command.split()[1:])
    assert done.returncode == 0, done.stderr
    for words in SHOWS[command]:
        assert words in done.stdout
    if "--page" in command:
        assert stat.S_IMODE((folder / "patient.html").stat().st_mode) == 0o600
