"""The built-in study, landed once and run through the models in memory."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from cartox.results import build_printed_figures
from tests.python.results.remembered import remembered_statistics
from tests.python.study.command import cartox
from tests.python.study.watching import watched
from tests.spec.compiled_project import PROJECT, CompiledProject, Rewrite, connect

RunStudy = Callable[..., duckdb.DuckDBPyConnection]


# As browsers, people and programs name folders; each sign means something in SQL, file patterns, templates or a shell.
ODD_NAMES = Path("cartox (1)", "l'été", "{x} {{y}}", 'a"b', "100% $HOME", "x;y", "[1] *")


@pytest.fixture(scope="session")
def connections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file in which is written what network the commands of `folder` asked for, where the system allows to watch."""
    return tmp_path_factory.mktemp("connections") / "calls"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, connections: Path, dbt_target: Path) -> Path:
    """A folder in which the built-in study was written and run, under the most open umask and without a network.

    Its tests share the worker `whole run`; what dbt compiles for it is compiled before.
    """
    folder = tmp_path_factory.mktemp("whole-run") / ODD_NAMES
    folder.mkdir(parents=True)
    for words in (("synth", "extract"), ("run", "--extract", "extract")):
        done = cartox(folder, *words, umask=0, before=watched(connections))
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def shown(folder: Path) -> str:
    """What `cartox show` prints of it."""
    return cartox(folder, "show").stdout


@dataclass(frozen=True)
class Apart:
    """A copy of what a run published, what was made of it there, and of each command the network that it asked for."""

    folder: Path
    calls: Sequence[Path]
    done: Mapping[str, subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def apart(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Apart:
    """Page, documentation, release and summary of a copy, made of nothing that was parsed or bundled before."""
    place = tmp_path_factory.mktemp("apart")
    copied = place / "study"
    shutil.copytree(folder / "warehouse", copied / "warehouse", symlinks=True)
    with pytest.MonkeyPatch.context() as without:
        without.delenv("XDG_CACHE_HOME")
        ways = (("report",), ("docs",), ("release", "out"), ("show",))
        calls = [place / words[0] for words in ways]
        done = [cartox(copied, *words, before=watched(log)) for words, log in zip(ways, calls, strict=True)]
    return Apart(copied, calls, {words[0]: one for words, one in zip(ways, done, strict=True)})


@pytest.fixture(scope="session")
def study_variables() -> dict[str, Any]:
    return dict(yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"])


@pytest.fixture(scope="session")
def run_study(
    compiled_project: CompiledProject, study_file: Path, study_variables: dict[str, Any]
) -> RunStudy:
    """Run the built-in study to its printed figures with rules taken away."""

    def run(
        rewrites: Mapping[str, Rewrite] | None = None, seed_edits: Mapping[str, str] | None = None
    ) -> duckdb.DuckDBPyConnection:
        connection = connect()
        connection.execute(f"attach '{study_file}' as built (read_only)")
        connection.execute("create schema landing")
        for (table,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'built' and schema_name = 'landing'"
        ).fetchall():
            connection.execute(f"create view landing.{table} as from built.landing.{table}")
        compiled_project.build_upon(connection, "built", rewrites, seed_edits)
        with remembered_statistics():
            build_printed_figures(connection, study_variables)
        return connection

    return run


@pytest.fixture(scope="session")
def study(study_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The study with every rule in place, to be read."""
    with duckdb.connect(str(study_file), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection
