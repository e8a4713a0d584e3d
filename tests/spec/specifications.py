"""The cases of other specifications than the study's, in as few builds as their variables allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.spec.cases import Case

# Variables of one room may change each other's cases; those of different rooms do not and share a build.
ROOM_OF_VARIABLE = {
    "decimal_marks": "exposure",
    "response_definition": "cohort",
    "response_source": "disease",
    "ipi_source": "scores",
    "record_sources": "sources",
    "omop_patient_id": "sources",
}
APART = "sources"


@dataclass
class Specification:
    """Variables of dbt, and the cases that hold under them."""

    variables: dict[str, Any]
    cases: list[Case]

    @property
    def rooms(self) -> set[str]:
        """The rooms whose rules the variables change."""
        return {ROOM_OF_VARIABLE.get(name, "toxicity") for name in self.variables}

    def takes(self, other: Specification) -> bool:
        """Whether the cases of the other can stand in one build with those of this one."""
        if self.variables == other.variables:
            return True
        return not self.rooms & other.rooms and APART not in self.rooms | other.rooms


def specifications(cases: Sequence[Case]) -> list[Specification]:
    """The cases that name variables, in as few builds as their variables allow."""
    apart: list[Specification] = []
    for case in cases:
        mine = Specification(dict(case.variables), [case])
        same = [one for one in apart if one.variables == mine.variables]
        if same:
            same[0].cases.append(case)
        elif case.variables:
            apart.append(mine)
    packed: list[Specification] = []
    for one in apart:
        host = next((other for other in packed if other.takes(one)), None)
        if host is None:
            packed.append(one)
        else:
            host.variables |= one.variables
            host.cases += one.cases
    return packed
