"""Every case of every clinical rule holds in the project's own models."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.python.conftest import PlanProject
from tests.spec.cases import Case, differences, read_rules, run_cases
from tests.spec.compiled_project import CompiledProject
from tests.spec.not_yet import is_held, not_yet
from tests.spec.promises import broken_promises
from tests.spec.specifications import specifications

NOT_YET = not_yet()
EVERY = [case for rule in read_rules() for case in rule.cases]
CASES = [case for case in EVERY if not case.variables]
SPECIFICATIONS = specifications(EVERY)
SPECIFIED = [(number, case) for number, one in enumerate(SPECIFICATIONS) for case in one.cases]
BUILT = {number for number, case in SPECIFIED if is_held(case, NOT_YET)}  # the others are not worth a build


def parameter(case: Case, *before: Any, runs: bool = True) -> Any:
    """A case as a test's parameter; one that does not hold yet must fail, so that the list of these stays exact."""
    unheld = pytest.mark.xfail(reason="not yet", strict=True, run=runs)
    marks = [] if is_held(case, NOT_YET) else [unheld]
    return pytest.param(*before, case, id=f"{case.rule}: {case.name}", marks=marks)


Build = Callable[[int], duckdb.DuckDBPyConnection]


@pytest.fixture(scope="module")
def built(compiled_project: CompiledProject) -> duckdb.DuckDBPyConnection:
    return run_cases(compiled_project, CASES)


@pytest.fixture(scope="module")
def built_as_specified(project_with: PlanProject) -> Build:
    """The build of a specification, made when the first of its cases asks for it."""

    @cache
    def build(number: int) -> duckdb.DuckDBPyConnection:
        one = SPECIFICATIONS[number]
        asked = {case.model.split(".")[1] for case in one.cases}
        return run_cases(project_with(one.variables).upstream_of(*asked), one.cases)

    return build


@pytest.mark.xdist_group("cases")
@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_case(built: duckdb.DuckDBPyConnection, case: Case) -> None:
    assert differences(built, case) == []


@pytest.mark.xdist_group("cases")
def test_the_rows_of_all_cases_keep_what_the_models_promise(
    built: duckdb.DuckDBPyConnection, dbt_target: Path
) -> None:
    assert broken_promises(built, dbt_target) == []


@pytest.mark.xdist_group("specified cases")
@pytest.mark.parametrize(
    ("number", "case"), [parameter(case, number, runs=number in BUILT) for number, case in SPECIFIED]
)
def test_case_of_another_specification(built_as_specified: Build, number: int, case: Case) -> None:
    assert differences(built_as_specified(number), case) == []


def test_the_list_names_cases_that_there_are() -> None:
    named = {(rule, name) for rule, names in NOT_YET.items() for name in names}
    assert named <= {(case.rule, case.name) for case in EVERY}
