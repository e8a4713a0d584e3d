"""The value of one planned variable for every cohort patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import duckdb

from cartox.results.plan import PlannedVariable
from cartox.results.value_query import value_query

RESPONDER = "responder"
NON_RESPONDER = "non_responder"
NOT_EVALUABLE = "not_evaluable"
ALL = "all"
STUDY_GROUPS = (ALL, RESPONDER, NON_RESPONDER)

Value: TypeAlias = float | str | None


@dataclass(frozen=True)
class Charted:
    """One patient's value as charted, and the extremes that it can stand for; None where missing or unknown."""

    value: Value
    least: Value
    greatest: Value
    is_estimate: bool = False

    @property
    def is_bound(self) -> bool:
        """Whether the value may be another than the charted one."""
        return self.least != self.value or self.greatest != self.value


@dataclass(frozen=True)
class VariableValues:
    """Values by study group: numbers if continuous, else the level's name.

    Those of whom nobody knows whether they responded stand in no group of a comparison, and in the whole cohort.
    """

    variable: PlannedVariable
    responders: tuple[Charted, ...]
    non_responders: tuple[Charted, ...]
    not_evaluable: tuple[Charted, ...] = ()

    def charted(self, study_group: str) -> tuple[Charted, ...]:
        """Return what is charted of responder, non_responder, not_evaluable, or all."""
        groups = {
            RESPONDER: self.responders,
            NON_RESPONDER: self.non_responders,
            NOT_EVALUABLE: self.not_evaluable,
        }
        return groups.get(study_group, self.responders + self.non_responders + self.not_evaluable)

    def of(self, study_group: str, end: str = "value") -> tuple[Value, ...]:
        """Return a group's values as charted, or (`end`) the least or the greatest that they can stand for."""
        return tuple(getattr(one, end) for one in self.charted(study_group))

    def count(self, study_group: str, level: str, end: str = "value") -> int:
        """How many patients of the group have that level."""
        return sum(value == level for value in self.of(study_group, end))

    def has_estimate(self, study_group: str) -> bool:
        """Whether a value of the group is an estimate."""
        return any(one.is_estimate for one in self.charted(study_group))

    def n_bounds(self, study_group: str) -> int:
        """How many values of the group may be others than the charted ones."""
        return sum(one.is_bound for one in self.charted(study_group))


def read_values(connection: duckdb.DuckDBPyConnection, variable: PlannedVariable) -> VariableValues:
    """Read the variable's column for the whole cohort; a patient without a row counts as missing.

    A value that is unknown counts as missing too. Levels of a categorical variable that the plan does not list are
    appended in alphabetical order. Raises ValueError where a patient has more than one row.
    """
    rows = connection.execute(value_query(variable), [value for _, value in variable.filters]).fetchall()
    if len({patient for patient, *_ in rows}) != len(rows):
        raise ValueError(f"test plan, variable {variable.variable}: a patient has more than one value")
    groups = {
        study_group: tuple(Charted(*cells) for _, group, *cells in rows if group == study_group)
        for study_group in (RESPONDER, NON_RESPONDER, NOT_EVALUABLE)
    }
    values = VariableValues(variable, groups[RESPONDER], groups[NON_RESPONDER], groups[NOT_EVALUABLE])
    if variable.kind != "categorical":
        return values
    unlisted = sorted({str(value) for value in values.of(ALL) if value is not None} - set(variable.levels))
    return replace(values, variable=replace(variable, levels=variable.levels + tuple(unlisted)))


def read_levels(connection: duckdb.DuckDBPyConnection, variable: PlannedVariable) -> dict[str, str]:
    """Return the level of each cohort patient with a value, for a variable that is not continuous."""
    rows = connection.execute(value_query(variable), [value for _, value in variable.filters]).fetchall()
    return {patient: str(value) for patient, _, value, *_ in rows if value is not None}


def numbers(values: Sequence[Value]) -> list[float | None]:
    """Return the values of a continuous variable as numbers."""
    return [None if value is None else float(value) for value in values]
