"""A wrong change of a model is noticed where a case can see it, at once or through what reads the model, and only there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.spec.cases import Case
from tests.spec.compiled_project import PLACEHOLDER, CompiledProject, Node
from tests.spec.laboratory import Laboratory

LANDED = f"from '{PLACEHOLDER}/extract/patients.parquet'"
PEOPLE = """select patient_id, sex from "lab"."landed" where sex <> 'unknown'"""
WOMEN = """select patient_id, sex, true as is_woman from "lab"."people" where sex = 'F'"""
SEXES = """select sex, count(*) as n_patients from "lab"."people" group by sex"""
UNASKED = """select error(sex) as failure from "lab"."people" where sex = 'unknown'"""
ORDER = " order by patient_id"


def node(name: str, sql: str, *ancestors: str) -> Node:
    return Node(name, "lab", sql, None, {}, frozenset(ancestors))


def case(number: int, model: str, sex: str, *expect: Mapping[str, Any]) -> Case:
    return Case("toy", number, f"case {number}", {"patients": [{"sex": sex}]}, model, ["sex"], expect)


def outcomes(cases: list[Case], model: str, people: str = PEOPLE) -> dict[str, str]:
    nodes = [
        node("landed", LANDED),
        node("people", people, "landed"),
        node("women", WOMEN, "people", "landed"),
        node("sexes", SEXES, "people", "landed"),
        node("unasked", UNASKED, "people", "landed"),
    ]
    laboratory = Laboratory(CompiledProject(nodes), cases)
    return {verdict.what: verdict.outcome for verdict in laboratory.examine(model)}


A_WOMAN = case(1, "lab.women", "F", {"is_woman": True})


def test_a_case_of_a_later_model_kills() -> None:
    assert outcomes([A_WOMAN], "people")["sex <> 'unknown' -> eq"] == "killed"


def test_what_alters_rows_of_no_case_survives_and_what_fails_where_no_case_looks_kills_nothing() -> None:
    found = outcomes([A_WOMAN, case(2, "lab.women", "unknown")], "people")
    assert found["without WHERE sex <> 'unknown'"] == "survived"


def test_a_row_that_must_not_be_there_and_is_kills() -> None:
    absent = case(2, "lab.people", "unknown", {"absent": True})
    assert outcomes([absent], "people")["without WHERE sex <> 'unknown'"] == "killed"


def test_a_model_without_patients_asks_its_cases_by_their_keys() -> None:
    women = case(1, "lab.sexes", "F", {"sex": "F", "n_patients": 1})
    assert outcomes([women], "people")["sex <> 'unknown' -> eq"] == "killed"
    assert outcomes([women], "women")["sex = 'F' -> neq"] == "survived"


def test_a_case_that_names_another_patient_is_asked_when_that_one_changes() -> None:
    looks_at_another = case(1, "lab.women", "X", {"patient_id": "toy-002", "is_woman": True})
    people = "select patient_id, sex from \"lab\".\"landed\" where sex = 'X' or patient_id = 'toy-002'"
    found = outcomes([looks_at_another, case(2, "lab.women", "F")], "people", people)
    assert found["sex = 'X' OR patient_id = 'toy-002': only the left of or"] == "killed"


def test_the_order_of_rows_is_no_change() -> None:
    cases = [case(number, "lab.women", "F", {"is_woman": True}) for number in (1, 2)]
    found = outcomes(cases, "people", PEOPLE + ORDER)
    assert found["patient_id: the other way round"] == "survived"


def test_what_fails_needs_no_case() -> None:
    people = PEOPLE.replace("sex <> 'unknown'", "case when sex = 'F' then true else error('none') end")
    assert outcomes([case(1, "lab.sexes", "F")], "people", people)["sex = 'F' -> neq"] == "failed"


def test_a_model_that_reads_the_landing_itself_can_be_changed() -> None:
    landed = f"select patient_id, sex {LANDED} where patient_id <> 'nobody'"
    laboratory = Laboratory(
        CompiledProject([node("landed", landed)]), [case(1, "lab.landed", "F", {"sex": "F"})]
    )
    outcomes_of_landed = {verdict.what: verdict.outcome for verdict in laboratory.examine("landed")}
    assert outcomes_of_landed["patient_id <> 'nobody' -> eq"] == "killed"
