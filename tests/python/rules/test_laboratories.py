"""What one laboratory does not notice is tried in the next, and in those alone whose cases can see it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.spec import laboratories
from tests.spec.cases import Case
from tests.spec.compiled_project import CompiledProject
from tests.spec.laboratory import Verdict
from tests.spec.specifications import Specification

NOWHERE = Path("nowhere")
TABLES: dict[str, Any] = {"record_sources": {}}
NAMED_TABLES: dict[str, Any] = {"record_sources": {}, "omop_patient_id": "person_source_value"}
OF_TABLES, OF_STUDY = "int_omop__doses", "int_labs__read"


class Room:
    """A laboratory that kills what it is told to, and remembers what it was asked."""

    def __init__(self, *kills: str) -> None:
        self.kills = kills
        self.asked: list[Container[str] | None] = []

    def examine(self, model: str, among: Container[str] | None = None) -> Iterator[Verdict]:
        self.asked.append(among)
        for what in ("1 one more", "without not", "-> gte"):
            if among is None or what in among:
                yield Verdict(model, what, "killed" if what in self.kills else "survived")


@pytest.fixture
def specified(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two choices of what comes from tables, as if no other case were written."""
    case = Case("toy", 1, "a case", {}, "lab.women", [], [])
    two = [Specification(TABLES, [case]), Specification(NAMED_TABLES, [case])]
    monkeypatch.setattr(laboratories, "_reading_tables", lambda: two)


def in_rooms(monkeypatch: pytest.MonkeyPatch, *rooms: Room) -> None:
    monkeypatch.setattr(laboratories, "_laboratories", lambda folder, of_tables: iter(rooms))


def outcomes(model: str = OF_STUDY) -> dict[str, str]:
    return {verdict.what: verdict.outcome for verdict in laboratories.examine(model, NOWHERE)}


def test_a_survivor_is_tried_in_the_next_laboratory_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    study, first, second = Room("1 one more"), Room("without not"), Room()
    in_rooms(monkeypatch, study, first, second)
    assert outcomes() == {"1 one more": "killed", "without not": "killed", "-> gte": "survived"}
    assert study.asked == [None]
    assert first.asked == [{"without not", "-> gte"}]
    assert second.asked == [{"-> gte"}]


def test_where_nothing_survives_the_next_laboratory_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    study, next_one = Room("1 one more", "without not", "-> gte"), Room()
    in_rooms(monkeypatch, study, next_one)
    assert set(outcomes().values()) == {"killed"}
    assert next_one.asked == []


@pytest.mark.usefixtures("specified")
def test_records_made_of_tables_are_not_tried_over_the_study(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laboratories, "_of_study", lambda folder: "study")
    monkeypatch.setattr(laboratories, "_of_tables", lambda folder, number: number)
    found = {
        model: list(laboratories._laboratories(NOWHERE, laboratories.makes_records_of_tables(model)))
        for model in (OF_TABLES, OF_STUDY)
    }
    assert found == {OF_TABLES: [0, 1], OF_STUDY: ["study", 0, 1]}


@pytest.mark.usefixtures("specified")
@pytest.mark.parametrize(
    ("models", "compiled"),
    [
        ([OF_TABLES], {"0": TABLES, "1": NAMED_TABLES}),
        ([OF_TABLES, OF_STUDY], {"study": None, "0": TABLES, "1": NAMED_TABLES}),
    ],
)
def test_what_the_laboratories_need_is_compiled(
    monkeypatch: pytest.MonkeyPatch, models: list[str], compiled: dict[str, Any]
) -> None:
    found = {}
    monkeypatch.setattr(
        CompiledProject,
        "compile",
        lambda target, variables=None: found.update({target.name: variables}),
    )
    laboratories.compile_for(models, NOWHERE)
    assert found == compiled


def test_every_case_that_reads_tables_is_in_one_laboratory_and_none_of_the_study_is() -> None:
    reading = [case for case in laboratories.held_cases() if "record_sources" in case.variables]
    held = [case for one in laboratories._reading_tables() for case in one.cases]
    assert sorted(held, key=repr) == sorted(reading, key=repr)
    assert {case.rule for case in held} >= {"omop_doses", "bedside_omop_without_vocabulary"}
