"""Every case of every clinical rule holds in the project's own models."""

from __future__ import annotations

import duckdb
import pytest

from tests.spec.cases import Case, differences, read_rules, run_cases
from tests.spec.compiled_project import CompiledProject

CASES = [case for rule in read_rules() for case in rule.cases]


@pytest.fixture(scope="module")
def built(compiled_project: CompiledProject) -> duckdb.DuckDBPyConnection:
    return run_cases(compiled_project, CASES)


@pytest.mark.xdist_group("cases")
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.name}")
def test_case(built: duckdb.DuckDBPyConnection, case: Case) -> None:
    assert differences(built, case) == []
