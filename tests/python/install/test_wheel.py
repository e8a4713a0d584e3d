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

STUDY = "a study [1]"
OF_THE_PROJECT = ("models", "seeds", "macros", "analysis", "tests/data", "tests/great_expectations")
SETTINGS = ("dbt_project.yml", "profiles.yml", "allowed_vars.yml")
Walked = dict[str, subprocess.CompletedProcess[str]]


def files(folder: Path, ignored: Iterable[str] = ("__pycache__",)) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and not set(path.parts) & set(ignored)
    }


def files_of_the_project() -> set[str]:
    parts = ({f"{part}/{name}" for name in files(PROJECT / part)} for part in OF_THE_PROJECT)
    return set(SETTINGS).union(*parts)


def test_the_package_has_every_file_of_the_project(stranger: Stranger) -> None:
    assert files(stranger.package / "dbt") == files_of_the_project()
    for name in SETTINGS:
        assert (stranger.package / "dbt" / name).read_bytes() == (PROJECT / name).read_bytes()


def test_the_install_is_only_read(stranger: Stranger) -> None:
    if not WITHOUT_RIGHTS and os.geteuid() == 0:
        pytest.skip("root writes anywhere here")
    tried = [*WITHOUT_RIGHTS, "touch", str(stranger.package / "dbt" / "x")]
    assert subprocess.run(tried, check=False, capture_output=True).returncode != 0


@pytest.fixture(scope="session")
def walked(stranger: Stranger) -> Walked:
    """The README's way."""
    ways = (
        ("init", STUDY, "--example"),
        ("validate", STUDY),
        ("words", STUDY),
        ("run", STUDY),
        ("show", STUDY),
        ("check", STUDY),
    )
    return {words[0]: stranger.cartox(*words) for words in ways}


def test_every_command_succeeds(walked: Walked) -> None:
    """Validating ends with 1, since the built-in extract has records that a run would quarantine."""
    ended = {
        name: (done.returncode, done.stderr[-600:] * (done.returncode != 0)) for name, done in walked.items()
    }
    assert ended == dict.fromkeys(walked, (0, "")) | {"validate": (1, walked["validate"].stderr[-600:])}
    assert "records would be quarantined" in walked["validate"].stdout


def test_it_prints_the_figures(walked: Walked) -> None:
    assert "66 reproduced" in walked["show"].stdout
    assert "66 reproduced" in walked["run"].stdout


def test_nothing_is_written_but_into_the_folder(stranger: Stranger, walked: Walked) -> None:
    """Though the home and the folder of what comes and goes may be written."""
    assert walked
    assert files(stranger.home, ()) == set()
    assert files(stranger.folder.parent / "scratch", ()) == set()
    assert {path.name for path in stranger.folder.iterdir()} == {STUDY}
    assert files(stranger.package / "dbt") == files_of_the_project()


def test_on_windows_one_line_names_wsl() -> None:
    program = "import sys; sys.platform = 'win32'; import cartox.cli"
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "WSL" in done.stderr
