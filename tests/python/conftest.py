"""What tests of every area share."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.python.one_worker import only_once
from tests.python.report.studies import build_file, land_study
from tests.python.results.handmade_study import write_warehouse
from tests.spec.compiled_project import CompiledProject

PlanProject = Callable[[Mapping[str, Any]], CompiledProject]


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
def project_with(shared_folder: Path, dbt_target: Path) -> PlanProject:
    """Plan the project with vars; of workers that ask for it at once, one compiles what the others read.

    What vars do not change is taken from what was compiled before, without vars.
    """
    assert dbt_target.exists()

    def plan(variables: Mapping[str, Any]) -> CompiledProject:
        with only_once(shared_folder, "planned"):
            return CompiledProject.planned(variables)

    return plan


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
