"""Mutilated OMOP folders: every row is accounted for, or one line refuses the folder; and what is typed by hand stays exact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults.corrupter import SEED
from tests.faults.omop_folders import N_MUTILATIONS, small_omop, try_omop
from tests.faults.small_extract import SmallExtract
from tests.spec.compiled_project import CompiledProject, connect, reading_landing

PARTS = 2


@pytest.fixture(scope="session")
def tables() -> SmallExtract:
    return small_omop()


@pytest.mark.parametrize("part", range(PARTS))
def test_every_mutilation_once(omop_project: CompiledProject, tables: SmallExtract, part: int) -> None:
    outcomes = try_omop(omop_project, tables, range(part, N_MUTILATIONS, PARTS), SEED)
    assert [o for o in outcomes if o.violations or o.traceback] == []
    assert {o.was_refused for o in outcomes} == {True, False}


@given(st.integers(-(2**70), 2**70) | st.integers(-(2**63), 2**63 - 1))
@settings(max_examples=60, deadline=None)
def test_an_id_is_exact_or_unreadable(exact_id: str, number: int) -> None:
    ((read, reason),) = connect().execute(exact_id, [str(number)]).fetchall()
    fits = -(2**63) <= number < 2**63
    assert (read, reason) == ((number, None) if fits else (None, "unreadable_person_id"))


@pytest.fixture(scope="session")
def exact_id(omop_project: CompiledProject) -> str:
    """The SQL of a person's id over one cell, as the staging model has it."""
    (node,) = (node for node in omop_project.nodes if node.name == "stg_omop__death")
    sql = reading_landing(node.sql or "")
    row = (
        "(select cast(? as varchar) as person_id, '' as death_date, '' as death_datetime, '' as cause_concept_id, "
        "'' as cause_source_value, '' as cause_source_concept_id, '' as source_file, 1 as line_number)"
    )
    return f"select person_id, unreadable_id from ({sql.replace('landing.death', row)})"
