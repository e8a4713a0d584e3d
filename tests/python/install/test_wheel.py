"""From the built package to the figures of the built-in study: offline, in a folder of an odd name."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.python.install.conftest import WITHOUT_RIGHTS, Stranger
from tests.spec.compiled_project import PROJECT

pytestmark = pytest.mark.xdist_group("installed")

OF_THE_PROJECT = ("models", "seeds", "macros", "analysis", "tests/data", "tests/great_expectations")


def files(folder: Path, ignored: Iterable[str] = ("__pycache__",)) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and not set(path.parts) & set(ignored)
    }


def test_the_package_has_every_file_of_the_project(stranger: Stranger) -> None:
    for part in OF_THE_PROJECT:
        assert files(stranger.package / "dbt" / part) == files(PROJECT / part), part
    for name in ("dbt_project.yml", "profiles.yml", "allowed_vars.yml"):
        assert (stranger.package / "dbt" / name).read_bytes() == (PROJECT / name).read_bytes()


def test_the_install_is_only_read(stranger: Stranger) -> None:
    if not WITHOUT_RIGHTS and os.geteuid() == 0:
        pytest.skip("root writes anywhere here")
    tried = [*WITHOUT_RIGHTS, "touch", str(stranger.package / "dbt" / "x")]
    assert subprocess.run(tried, check=False, capture_output=True).returncode != 0


@pytest.fixture(scope="session")
def walked(stranger: Stranger) -> dict[str, subprocess.CompletedProcess[str]]:
    """The README's way."""
    ways = (
        ("synth", "extract"),
        ("run", "--extract", "extract"),
        ("show",),
        ("check", "warehouse/cartox.duckdb"),
    )
    return {words[0]: stranger.cartox(*words) for words in ways}


def test_every_command_succeeds(walked: dict[str, subprocess.CompletedProcess[str]]) -> None:
    assert {
        name: (done.returncode, done.stderr[-600:] if done.returncode else "")
        for name, done in walked.items()
    } == (dict.fromkeys(walked, (0, "")))


def test_it_prints_the_figures(walked: dict[str, subprocess.CompletedProcess[str]]) -> None:
    assert "66 reproduced" in walked["show"].stdout


def test_nothing_is_written_but_into_the_folder(
    stranger: Stranger, walked: dict[str, subprocess.CompletedProcess[str]]
) -> None:
    assert walked
    assert files(stranger.home, ()) == set()
    assert files(stranger.folder.parent / "scratch", ()) == set()
    assert files(stranger.package / "dbt") == set().union(
        *({f"{part}/{name}" for name in files(PROJECT / part)} for part in OF_THE_PROJECT),
        {"dbt_project.yml", "profiles.yml", "allowed_vars.yml"},
    )


def test_on_windows_one_line_names_wsl() -> None:
    program = "import sys; sys.platform = 'win32'; import cartox.cli"
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "WSL" in done.stderr
