"""The project compiled with records from OMOP, and the built-in study landed both ways."""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from cartox.intake import land, land_sources
from cartox.progress import SilentProgress
from cartox.results import build_results
from cartox.synthetic import write_study, write_study_as_omop
from cartox.warehouse.record_sources import plan_sources
from tests.spec.compiled_project import PROJECT, CompiledProject, connect, land_folder

FROM_OMOP = plan_sources({}, None, Path("cdm")).sources
Compile = Callable[[Mapping[str, Any]], CompiledProject]
CompileTarget = Callable[[Mapping[str, Any]], Path]


@contextmanager
def only_once(folder: Path, name: str) -> Iterator[bool]:
    """Say whether this is the first to come; the others wait until it is done."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not (folder / f"{name}.ok").exists()
        (folder / f"{name}.ok").touch()


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
def compile_with(target_with: CompileTarget) -> Compile:
    """The project compiled with vars."""
    return lambda variables: CompiledProject.of_target(target_with(variables))


@pytest.fixture(scope="session")
def omop_project(compile_with: Compile) -> CompiledProject:
    """The models with every kind of record from OMOP that it can hold."""
    return compile_with({"record_sources": dict(FROM_OMOP)})


def built(project: CompiledProject, landing: Path, variables: Mapping[str, Any]) -> duckdb.DuckDBPyConnection:
    """The whole warehouse of a landing, in memory."""
    defaults = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    connection = connect()
    land_folder(connection, landing)
    project.build(connection)
    build_results(
        connection,
        variables={**defaults, **variables},
        landing=landing,
        revision=None,
        started_at=datetime.now(UTC),
    )
    return connection


@pytest.fixture(scope="session")
def study_folders(shared_folder: Path) -> Path:
    """A folder with the built-in study written and landed both ways: `extract-landing` and `omop-landing`."""
    folder = shared_folder / "both-ways"
    with only_once(shared_folder, "both-ways") as is_first:
        if is_first:
            write_study(folder / "extract")
            write_study_as_omop(folder / "cdm")
            land(folder / "extract", folder / "extract-landing", SilentProgress())
            plan = plan_sources({}, folder / "cdm" / "extract", folder / "cdm")
            land_sources(
                folder / "omop-landing",
                SilentProgress(),
                extract=folder / "cdm" / "extract",
                omop=folder / "cdm",
                required=plan.required,
            )
    return folder


@pytest.fixture(scope="session")
def omop_variables(study_folders: Path) -> dict[str, Any]:
    """The vars of the run through OMOP."""
    cdm = study_folders / "cdm"
    written = yaml.safe_load((cdm / "study.yml").read_text(encoding="utf-8"))
    return {**written, "record_sources": dict(plan_sources({}, cdm / "extract", cdm).sources)}
