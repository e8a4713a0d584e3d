"""What is released of a variable that is measured: quantiles as means of neighbors, and the difference of the groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cartox.release.blocks import Block
from cartox.release.cohort import Cohort
from cartox.release.numbers import (
    OLDER,
    OLDEST_AGE,
    QUANTILES,
    has_heap,
    neighbors,
    rounded,
    two_digits,
)
from cartox.release.people import EVALUABLE, GROUPS
from cartox.release.rules import COMPARISONS, DESCRIPTIVES
from cartox.release.sets import BELOW, is_few
from cartox.results.plan import PlannedVariable
from cartox.results.values import Value
from cartox.statistics.certainty import UNKNOWN

CERTAINTIES = {"median": "certainty", "q1": "q1_certainty", "q3": "q3_certainty"}

HEAP = "many patients share a value there, and could be counted"


def measure_variable(cohort: Cohort, variable: PlannedVariable, values: Mapping[str, Value]) -> Block:
    """Return the quantiles of a measured variable, as means of neighbors, and its comparison where both groups are enough."""
    block = Block(variable.variable)
    known = {
        group: [
            float(str(values[patient])) for patient in cohort.members(group) if values[patient] is not None
        ]
        for group in (EVALUABLE, *GROUPS)
    }
    enough = [group for group in cohort.groups if len(known[group]) >= cohort.threshold]
    heaped = any(has_heap(known[group], cohort.threshold) for group in enough)
    sizes = _sizes(cohort, block, values)
    for group in (EVALUABLE, *GROUPS):
        is_shown = group in enough and not heaped
        quantiles = {
            column: _mean(neighbors(known[group], share)) if is_shown else None
            for column, share in QUANTILES.items()
        }
        if variable.value_column == "age_years":
            quantiles = {column: _capped(value) for column, value in quantiles.items()}
        if not is_shown:
            block.reasons[f"quantiles, {group}"] = HEAP if heaped else BELOW
        words = cohort.words(variable, group)
        quantiles = {
            column: None if words.get(CERTAINTIES[column]) == UNKNOWN else value
            for column, value in quantiles.items()
        }
        block.add(
            DESCRIPTIVES,
            words | {"level": "value", "level_order": 1},
            **sizes[group],
            **quantiles,
        )
    is_compared = set(GROUPS) <= set(enough) and not heaped
    if enough and not heaped:  # those of both groups, too, are made of every patient
        cohort.hang(block, "values", values, GROUPS)
    row = cohort.compared.get(variable.variable)
    if row is not None:
        columns = ("difference", "difference_low", "difference_high")
        shown = {column: two_digits(row[column]) if is_compared else None for column in columns}
        words = {**row, "effect_name": None}
        block.add(COMPARISONS, words, p_value=two_digits(row["p_value"]) if is_compared else None, **shown)
        if not is_compared:
            block.reasons["p"] = HEAP if heaped else BELOW
    return block


def _sizes(cohort: Cohort, block: Block, values: Mapping[str, Value]) -> dict[str, dict[str, int | None]]:
    """Return how many of each group have a value, and where they are enough to be counted how many have none.

    Fewer than the threshold without a value, none among them, leave the group's size: whether there is one is not told.
    """
    groups = (EVALUABLE, *GROUPS)
    everyone = cohort.sets[EVALUABLE]
    unknown = (
        cohort.study.register.people([patient for patient, value in values.items() if value is None])
        & everyone
    )
    if is_few(unknown, cohort.threshold):
        return {
            group: {"n": rounded(cohort.sets[group].bit_count()) if group in cohort.groups else None}
            for group in groups
        }
    parts = [everyone & ~unknown, unknown]
    by_group = [cohort.sets[group] & part for group in GROUPS for part in parts]
    shown: list[str] = []
    reason = cohort.shown.why_not(parts, [(everyone,)]) if cohort.groups else BELOW
    if reason is None:
        cohort.show(block, parts)
        shown.append(EVALUABLE)
        reason = cohort.shown.why_not(by_group, [tuple(cohort.sets[group] for group in GROUPS), tuple(parts)])
        if reason is None and set(GROUPS) <= set(cohort.groups):
            cohort.show(block, by_group)
            shown.extend(GROUPS)
    if reason is not None:
        block.reasons["n"] = reason
    return {
        group: {
            "n": rounded((cohort.sets[group] & ~unknown).bit_count()) if group in shown else None,
            "n_missing": rounded((cohort.sets[group] & unknown).bit_count()) if group in shown else None,
        }
        for group in groups
    }


def _mean(values: Sequence[float]) -> float | None:
    return two_digits(sum(values) / len(values)) if values else None


def _capped(value: float | None) -> Any:
    return OLDER if value is not None and value > OLDEST_AGE else value
