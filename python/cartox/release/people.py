"""Who is counted: the treated patients, those of the cohort whose outcome is known, and their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import duckdb

from cartox.release.sets import People
from cartox.results.plan import PlannedVariable, read_plan
from cartox.results.values import NON_RESPONDER, NOT_EVALUABLE, RESPONDER, Value, read_values

GROUPS = (RESPONDER, NON_RESPONDER)
EVALUABLE = "evaluable"


class Register:
    """Gives every patient a bit, by a name that need not be the patient's own."""

    def __init__(self, name: Callable[[str], str] = str) -> None:
        self.name = cache(name)
        self._bits: dict[str, int] = {}

    def people(self, patients: Mapping[str, object] | list[str] | tuple[str, ...]) -> People:
        """Return patients as a set."""
        return self.named([self.name(patient) for patient in patients])

    def named(self, names: list[str]) -> People:
        """Return the people of these names as a set."""
        found = 0
        for name in names:
            found |= 1 << self._bits.setdefault(name, len(self._bits))
        return found

    def names(self, people: People) -> list[str]:
        """Return the names of a set, in order."""
        return sorted(name for name, bit in self._bits.items() if people >> bit & 1)


@dataclass(frozen=True)
class Study:
    """The patients of a warehouse.

    treated: every treated patient with the facts of death. groups: the cohort by study group. values: of each planned
    variable the value of every patient whose outcome is known, None where the value is not.
    """

    register: Register
    treated: Mapping[str, tuple[object, bool, bool]]
    groups: Mapping[str, tuple[str, ...]]
    variables: tuple[tuple[PlannedVariable, Mapping[str, Value]], ...]

    def group(self, name: str) -> People:
        """Return a study group, or all whose outcome is known."""
        names = GROUPS if name == EVALUABLE else (name,)
        return self.register.people([patient for one in names for patient in self.groups[one]])


def read_study(connection: duckdb.DuckDBPyConnection, register: Register) -> Study:
    """Read who was treated, who is in the cohort, and every planned variable."""
    treated = connection.execute(
        "select patient_id, cast(infused_at as date), is_dead, is_toxicity_death from marts.treated_patients order by 1"
    ).fetchall()
    groups = {
        group: tuple(
            patient
            for (patient,) in connection.execute(
                "select patient_id from marts.cohort where study_group = ? order by patient_id", [group]
            ).fetchall()
        )
        for group in (*GROUPS, NOT_EVALUABLE)
    }
    variables = []
    for planned in read_plan(connection):
        if is_outcome(planned):
            continue
        found = read_values(connection, planned)
        values = {
            patient: value
            for group in GROUPS
            for patient, value in zip(groups[group], found.of(group), strict=True)
        }
        variables.append((planned, values))
    return Study(
        register=register,
        treated={patient: (day, bool(dead), bool(toxic)) for patient, day, dead, toxic in treated},
        groups=groups,
        variables=tuple(variables),
    )


def is_outcome(variable: PlannedVariable) -> bool:
    """Whether the variable says who is in which group: its counts are the groups' sizes."""
    return (variable.relation, variable.value_column) == ("marts.cohort", "study_group")
