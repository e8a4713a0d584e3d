"""results.specifications and results.claims: what each claim becomes under other choices, and which of them flip it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from cartox.results.families import RESCUE
from cartox.results.plan import PlannedVariable
from cartox.results.planned_tests import UNTESTED
from cartox.results.printed_study import why_not_comparable
from cartox.results.specifications.areas import Areas
from cartox.results.specifications.choices import AREA_RULE, AREAS, FACTORS, RESPONSE, Choice, read_choices
from cartox.results.specifications.compare import Compared, compare, is_same
from cartox.results.tables import insert_rows, sql
from cartox.results.value_query import value_query
from cartox.results.values import Charted, VariableValues

STUDY = ("study", "as_planned")
TEST = "test"
NO_P = "the convention gives no p-value here"
AND = "_and_"
"""Joins two choices to one name."""

Values = dict[str, Charted]
Groups = dict[str, str | None]


@dataclass(frozen=True)
class Definition:
    """A definition of resolution: the group of each cohort patient under it, and whether it counts rescue."""

    name: str
    groups: Groups
    without_rescue: bool


def write_specifications(
    connection: duckdb.DuckDBPyConnection, plan: Sequence[PlannedVariable], variables: Mapping[str, Any]
) -> None:
    """One row per claim and choice: the planned tests, one choice changed at a time, and two where both touch a claim.

    A claim is what a planned test says. Vars: response_definition, dexamethasone_factors, those of the areas.
    """
    claims = [one for one in plan if one.test != UNTESTED]
    choices = read_choices(connection, str(variables.get("dexamethasone_factors", "primary")))
    definitions = _definitions(connection, str(variables["response_definition"]))
    groups: Groups = dict(connection.execute("select patient_id, study_group from marts.cohort").fetchall())
    printed = _printed(connection, variables)
    areas = Areas(connection, variables)
    rows: list[tuple[Any, ...]] = []
    for claim in claims:
        values = _values(connection, claim)
        study = compare(claim, values, groups)
        head = (claim.variable, claim.label, claim.variable in printed)
        found = [(*STUDY, False, study)]
        for choice in (one for one in choices if one.touches(claim)):
            other = _other_values(connection, claim, choice, areas)
            found.append((choice.dimension, choice.choice, False, compare(claim, other, groups)))
            found += _defined(claim, other, definitions, choice)
        found += _defined(claim, values, definitions, None)
        rows += [_row(head, claim.display_order, study, *one) for one in found]
        rows += _conventions(connection, head, claim, study)
    insert_rows(connection, "specifications", rows)
    connection.execute(sql("claims"))


def planned_claims(
    connection: duckdb.DuckDBPyConnection, planned: Sequence[VariableValues]
) -> list[tuple[PlannedVariable, Compared]]:
    """Return each planned test with what it says of the study groups of a built warehouse."""
    groups: Groups = dict(connection.execute("select patient_id, study_group from marts.cohort").fetchall())
    claims = [one.variable for one in planned if one.variable.test != UNTESTED]
    return [(claim, compare(claim, _values(connection, claim), groups)) for claim in claims]


def _defined(
    claim: PlannedVariable, values: Values, definitions: Sequence[Definition], choice: Choice | None
) -> Iterator[tuple[str, str, bool, Compared]]:
    """Yield the claim under each definition; not where the definition is made of the variable itself."""
    for one in definitions:
        if not (one.without_rescue and claim.part_of_outcome == RESCUE):
            dimension, name = RESPONSE, one.name
            if choice is not None:
                dimension, name = f"{choice.dimension}{AND}{RESPONSE}", f"{choice.choice}{AND}{one.name}"
            yield dimension, name, choice is not None, compare(claim, values, one.groups)


def _values(
    connection: duckdb.DuckDBPyConnection, claim: PlannedVariable, further: str = "true", *given: Any
) -> Values:
    parameters = [*(value for _, value in claim.filters), *given]
    rows = connection.execute(value_query(claim, further), parameters).fetchall()
    return {patient: Charted(*cells) for patient, _, *cells in rows}


def _other_values(
    connection: duckdb.DuckDBPyConnection, claim: PlannedVariable, choice: Choice, areas: Areas
) -> Values:
    filters = dict(claim.filters)
    if choice.dimension == AREA_RULE:
        by_rule = tuple((filters | {"rule": choice.choice}).items())
        return _values(connection, replace(claim, filters=by_rule))
    if choice.dimension in AREAS:
        return areas.by(choice, filters["analyte"], filters["rule"])
    if choice.dimension == FACTORS:
        name = "dexamethasone_equivalent_mg"
        if choice.choice != "primary":
            name = f"{name}_{choice.choice.removeprefix('factor_')}"
        return _values(connection, replace(claim, value_column=name))
    return _values(connection, claim, "days_before_anchor <= ?", choice.number)


def _definitions(connection: duckdb.DuckDBPyConnection, study_definition: str) -> list[Definition]:
    rows = connection.execute(
        "select definition, without_rescue from seeds.response_definitions where definition <> ? order by rowid",
        [study_definition],
    ).fetchall()
    labels = connection.execute(
        "select definition, patient_id, outcome from marts.response_labels"
    ).fetchall()
    return [
        Definition(name, {patient: outcome for own, patient, outcome in labels if own == name}, bool(rescue))
        for name, rescue in rows
    ]


def _printed(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> set[str]:
    """Return the variables whose p-value the study printed; none where the figures are another study's."""
    rows = connection.execute(
        "select sources.variable from seeds.reported_figures as figures inner join seeds.figure_sources as sources"
        " on figures.figure_id = sources.figure_id"
        " where sources.result_table = 'comparisons' and sources.statistic = 'p_value'"
    ).fetchall()
    if not rows or why_not_comparable(connection, variables) is not None:
        return set()
    return {variable for (variable,) in rows}


def _conventions(
    connection: duckdb.DuckDBPyConnection, head: tuple[Any, ...], claim: PlannedVariable, study: Compared
) -> list[tuple[Any, ...]]:
    """Return the claim's p-values by the conventions that the study's rule does not pick."""
    rows = connection.execute(
        "select convention, p_value from results.comparison_conventions where variable = ? and not is_rule order by all",
        [claim.variable],
    ).fetchall()
    return [
        (
            *head, TEST, convention, False, *_said(study), p_value,
            is_same(study.p_value, study.charted_effect, p_value, study.charted_effect),
            claim.display_order, None if p_value is not None else study.not_applicable or NO_P,
        )
        for convention, p_value in rows
    ]  # fmt: skip


def _row(
    head: tuple[Any, ...],
    display_order: int,
    study: Compared,
    dimension: str,
    choice: str,
    is_crossed: bool,
    found: Compared,
) -> tuple[Any, ...]:
    holds = is_same(study.p_value, study.charted_effect, found.p_value, found.charted_effect)
    return (
        *(*head, dimension, choice, is_crossed, *_said(found)),
        *(found.p_value, holds, display_order, found.not_applicable),
    )


def _said(found: Compared) -> tuple[Any, ...]:
    return (
        *(found.n_responders, found.n_non_responders, found.n_bounds, found.effect_name),
        *(found.effect, found.low, found.high, found.effect_certainty),
    )
