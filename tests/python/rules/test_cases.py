"""Every case of every clinical rule holds in the project's own models."""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.spec.cases import Case, differences, read_rules, run_cases
from tests.spec.compiled_project import CompiledProject

CASES = [case for rule in read_rules() for case in rule.cases if not case.variables]
SPECIFICATIONS = [case for rule in read_rules() for case in rule.cases if case.variables]

Build = Callable[[Case], duckdb.DuckDBPyConnection]


@pytest.fixture(scope="module")
def built(compiled_project: CompiledProject) -> duckdb.DuckDBPyConnection:
    return run_cases(compiled_project, CASES)


@pytest.fixture(scope="module")
def built_as_specified(shared_folder: Path) -> Build:
    """A build over the cases that share their variables, made when the first of them asks for it."""
    builds: dict[str, duckdb.DuckDBPyConnection] = {}

    def build(case: Case) -> duckdb.DuckDBPyConnection:
        key = _key(case.variables)
        if key not in builds:
            project = _compiled(shared_folder, case.variables)
            builds[key] = run_cases(project, [one for one in SPECIFICATIONS if _key(one.variables) == key])
        return builds[key]

    return build


def _key(variables: Mapping[str, Any]) -> str:
    return json.dumps(variables, sort_keys=True)


def _compiled(folder: Path, variables: Mapping[str, Any]) -> CompiledProject:
    """The project compiled with these variables, once for all workers."""
    name = f"compiled_{hashlib.sha256(_key(variables).encode()).hexdigest()[:12]}"
    target = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (target / "compiled.ok").exists():
            CompiledProject.compile(target, variables)
            (target / "compiled.ok").touch()
    return CompiledProject.of_target(target)


@pytest.mark.xdist_group("cases")
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.name}")
def test_case(built: duckdb.DuckDBPyConnection, case: Case) -> None:
    assert differences(built, case) == []


@pytest.mark.xdist_group("specified cases")
@pytest.mark.parametrize("case", SPECIFICATIONS, ids=lambda case: f"{case.rule}: {case.name}")
def test_case_of_another_specification(built_as_specified: Build, case: Case) -> None:
    assert differences(built_as_specified(case), case) == []
