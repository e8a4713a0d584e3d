"""The value of one planned variable for every cohort patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import duckdb

from cartox.results.plan import PlannedVariable

RESPONDER = "responder"
NON_RESPONDER = "non_responder"
NOT_EVALUABLE = "not_evaluable"
ALL = "all"
STUDY_GROUPS = (ALL, RESPONDER, NON_RESPONDER)

Value: TypeAlias = float | str | None


@dataclass(frozen=True)
class VariableValues:
    """Values by study group, None where missing: numbers if continuous, else the level's name.

    Those of whom nobody knows whether they responded stand in no group of a comparison, and in the whole cohort.
    """

    variable: PlannedVariable
    responders: tuple[Value, ...]
    non_responders: tuple[Value, ...]
    not_evaluable: tuple[Value, ...] = ()

    def of(self, study_group: str) -> tuple[Value, ...]:
        """Return the values of responder, non_responder, not_evaluable, or all."""
        groups = {
            RESPONDER: self.responders,
            NON_RESPONDER: self.non_responders,
            NOT_EVALUABLE: self.not_evaluable,
        }
        return groups.get(study_group, self.responders + self.non_responders + self.not_evaluable)

    def count(self, study_group: str, level: str) -> int:
        """How many patients of the group have that level."""
        return sum(value == level for value in self.of(study_group))


def read_values(connection: duckdb.DuckDBPyConnection, variable: PlannedVariable) -> VariableValues:
    """Read the variable's column for the whole cohort; a patient without a row counts as missing.

    Levels of a categorical variable that the plan does not list are appended in alphabetical order.
    Raises ValueError where a patient has more than one row.
    """
    condition = " and ".join(f"{_quoted(column)} = ?" for column, _ in variable.filters) or "true"
    sought = [value for _, value in variable.filters]
    relation = ".".join(_quoted(part) for part in variable.relation.split("."))
    rows = connection.execute(
        f"""
        with source as (
            select patient_id, {_quoted(variable.value_column)} as value
            from {relation}
            where {condition}
        )

        select cohort.patient_id, cohort.study_group, {_expression(variable)}
        from marts.cohort as cohort
        left join source on cohort.patient_id = source.patient_id
        order by cohort.patient_id
        """,  # noqa: S608 (names of the test plan, quoted)
        sought,
    ).fetchall()
    if len({patient for patient, _, _ in rows}) != len(rows):
        raise ValueError(f"test plan, variable {variable.variable}: a patient has more than one value")
    values = VariableValues(
        variable=variable,
        responders=tuple(value for _, group, value in rows if group == RESPONDER),
        non_responders=tuple(value for _, group, value in rows if group == NON_RESPONDER),
        not_evaluable=tuple(value for _, group, value in rows if group == NOT_EVALUABLE),
    )
    if variable.kind != "categorical":
        return values
    unlisted = sorted({str(value) for value in values.of(ALL) if value is not None} - set(variable.levels))
    return replace(values, variable=replace(variable, levels=variable.levels + tuple(unlisted)))


def numbers(values: Sequence[Value]) -> list[float | None]:
    """Return the values of a continuous variable as numbers."""
    return [None if value is None else float(value) for value in values]


def _expression(variable: PlannedVariable) -> str:
    if variable.kind == "continuous":
        return "cast(source.value as double)"
    if variable.kind == "categorical":
        return "cast(source.value as varchar)"
    if variable.at_least is not None:
        condition = f"cast(source.value as double) >= {variable.at_least!r}"
    else:
        condition = f"lower(cast(source.value as varchar)) = lower({_literal(variable.equals or '')})"
    is_known = "source.value is not null"
    if variable.known:
        is_known = f"cast(source.value as varchar) in ({', '.join(map(_literal, variable.known))})"
    return f"case when {is_known} then if({condition}, 'yes', 'no') end"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
