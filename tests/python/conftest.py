"""What tests of every area share."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.python.one_worker import only_once
from tests.python.report.studies import build_file, land_study
from tests.python.results.handmade_study import write_warehouse
from tests.spec.compiled_project import CompiledProject

CompileTarget = Callable[[Mapping[str, Any]], Path]


@pytest.fixture(scope="session")
def dbt_target(shared_folder: Path) -> Path:
    """What dbt compiled the project into, once for all workers and for what they run without vars."""
    target = shared_folder / "compiled"
    with only_once(shared_folder, "compiled") as is_first:
        if is_first:
            CompiledProject.compile_all(target)
    return target


@pytest.fixture(scope="session")
def compiled_project(dbt_target: Path) -> CompiledProject:
    """The project's models, ready to run in memory."""
    return CompiledProject.of_target(dbt_target)


@pytest.fixture(scope="session")
def target_with(shared_folder: Path) -> CompileTarget:
    """Compile the project with vars, each set of them once for all workers, and say where."""

    def compile_project(variables: Mapping[str, Any]) -> Path:
        name = "compiled-" + hashlib.sha256(json.dumps(variables, sort_keys=True).encode()).hexdigest()[:12]
        with only_once(shared_folder, name) as is_first:
            if is_first:
                CompiledProject.compile_models(shared_folder / name, variables)
        return shared_folder / name

    return compile_project


@pytest.fixture(scope="session")
def study_landing(shared_folder: Path) -> Path:
    """The built-in study, landed once for all workers; its extract lies beside it."""
    folder = shared_folder / "study"
    with only_once(shared_folder, "study") as is_first:
        if is_first:
            land_study(folder)
    return folder / "landing"


@pytest.fixture(scope="session")
def study_file(shared_folder: Path, compiled_project: CompiledProject, study_landing: Path) -> Path:
    """The built-in study from landing to results, built once for all workers."""
    file = study_landing.with_name("study.duckdb")
    with only_once(shared_folder, "study-file") as is_first:
        if is_first:
            build_file(compiled_project, study_landing, file)
    return file


@pytest.fixture(scope="session")
def handmade_file(shared_folder: Path) -> Path:
    """The handmade study with its results, built once for all workers; to be read or copied."""
    file = shared_folder / "handmade.duckdb"
    with only_once(shared_folder, "handmade") as is_first:
        if is_first:
            write_warehouse(file, shared_folder / "handmade-landing")
    return file


@pytest.fixture(scope="session")
def manifest(dbt_target: Path) -> dict[str, Any]:
    """What dbt knows of the project."""
    return dict(json.loads((dbt_target / "manifest.json").read_text(encoding="utf-8")))
