"""The test plan: which variables the study describes and compares, read from the seed."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

KINDS = CONTINUOUS, BINARY, CATEGORICAL = "continuous", "binary", "categorical"
FAMILIES = ("before_index", "after_index")
BINARY_LEVELS = ("yes", "no")
CONTINUOUS_LEVEL = "value"


@dataclass(frozen=True)
class PlannedVariable:
    """One row of the plan; see the seed's column descriptions.

    `certainty_column` says how certain the value is, None where every value is what it says. `levels`
    are those shown, in their order; `known` the values of a binary variable that count as known, all where it is empty.
    `family` is what its test is adjusted with, None where it belongs to no family.
    """

    display_order: int
    variable: str
    label: str
    section: str
    family: str | None
    part_of_outcome: str | None
    unit: str | None
    kind: str
    relation: str
    value_column: str
    certainty_column: str | None
    filters: tuple[tuple[str, str], ...]
    at_least: float | None
    equals: str | None
    levels: tuple[str, ...]
    known: tuple[str, ...]
    test: str


def read_plan(connection: duckdb.DuckDBPyConnection) -> list[PlannedVariable]:
    """Read the planned variables in their order.

    Raises ValueError, naming the variable, where a row contradicts itself.
    """
    rows = connection.execute(
        """
        select
            display_order, variable, label, section, nullif(family, ''), nullif(part_of_outcome, ''), nullif(unit, ''),
            kind, relation, value_column, nullif(certainty_column, ''),
            coalesce(filter_column, ''), coalesce(filter_value, ''), at_least, nullif(equals, ''),
            coalesce(levels, ''), test
        from seeds.test_plan
        order by display_order
        """
    ).fetchall()
    return [_planned(*row) for row in rows]


def _planned(
    display_order: int,
    variable: str,
    label: str,
    section: str,
    family: str | None,
    part_of_outcome: str | None,
    unit: str | None,
    kind: str,
    relation: str,
    value_column: str,
    certainty_column: str | None,
    filter_column: str,
    filter_value: str,
    at_least: float | None,
    equals: str | None,
    levels: str,
    test: str,
) -> PlannedVariable:
    if kind not in KINDS:
        raise ValueError(f"test plan, variable {variable}: kind is none of {', '.join(KINDS)}")
    if family is not None and family not in FAMILIES:
        raise ValueError(f"test plan, variable {variable}: family is none of {', '.join(FAMILIES)}")
    if (kind == "binary") != ((at_least is None) != (equals is None)):
        raise ValueError(f"test plan, variable {variable}: a binary variable, and no other, has one cut")
    if kind == "categorical" and certainty_column is not None:
        raise ValueError(
            f"test plan, variable {variable}: a level is no bound, so a categorical variable has no certainty"
        )
    columns, sought = _parts(filter_column), _parts(filter_value)
    if len(columns) != len(sought):
        raise ValueError(
            f"test plan, variable {variable}: as many filter columns as filter values are needed"
        )
    shown = {"continuous": (CONTINUOUS_LEVEL,), "binary": BINARY_LEVELS, "categorical": _parts(levels)}[kind]
    return PlannedVariable(
        display_order=display_order,
        variable=variable,
        label=label,
        section=section,
        family=family,
        part_of_outcome=part_of_outcome,
        unit=unit,
        kind=kind,
        relation=relation,
        value_column=value_column,
        certainty_column=certainty_column,
        filters=tuple(zip(columns, sought, strict=True)),
        at_least=at_least,
        equals=equals,
        levels=shown,
        known=_parts(levels) if kind == "binary" else (),
        test=test,
    )


def _parts(joined: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in joined.split("|")) if joined.strip() else ()
