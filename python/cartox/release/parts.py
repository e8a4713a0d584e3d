"""The parts into which a variable divides people, as a release counts them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from cartox.release.numbers import OLDEST_AGE, steps
from cartox.results.plan import PlannedVariable
from cartox.results.values import Value

SMALL_SCALES = ("grade", "points", "lines", "days", "doses")
WIDEST_SCALE = 30
"""Whole numbers that span less than this are a scale, too, whatever their unit is."""
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Divided:
    """The patients of each part, by the part's name.

    `unknown` is the part of those without a value where it stands by itself, None where they are, fewer than the
    threshold, in the last part.
    """

    parts: Mapping[str, tuple[str, ...]]
    unknown: str | None


def is_counted(variable: PlannedVariable, values: Mapping[str, Value]) -> bool:
    """Say whether a variable is counted: by its levels, or because its scale is small."""
    return variable.kind != "continuous" or variable.unit in SMALL_SCALES or _spans_little(values)


def is_scale(variable: PlannedVariable) -> bool:
    """Say whether a counted variable is counted in steps of a scale."""
    return variable.kind == "continuous"


def divide(variable: PlannedVariable, values: Mapping[str, Value], threshold: int) -> Divided:
    """Divide patients by their value.

    Those without one are a part where they reach the threshold, else they are in the last part, whose name says so.
    Whoever has a level that the plan does not list is in the last part, too.
    """
    known = {patient: value for patient, value in values.items() if value is not None}
    unknown = tuple(patient for patient in values if patient not in known)
    n_with_last = len(unknown) if len(unknown) < threshold else 0
    divided = (
        _by_steps(variable, known, threshold, n_with_last)
        if is_scale(variable)
        else _by_levels(variable, known)
    )
    if len(unknown) >= threshold:
        return Divided({**divided, NOT_KNOWN: unknown}, NOT_KNOWN)
    if divided:
        last = list(divided)[-1]
        divided[f"{last}, or {NOT_KNOWN}"] = divided.pop(last) + unknown
    return Divided(divided, None)


def _by_levels(variable: PlannedVariable, known: Mapping[str, Value]) -> dict[str, tuple[str, ...]]:
    *named, last = variable.levels
    divided = {level: tuple(patient for patient in known if known[patient] == level) for level in named}
    named_ones = {patient for patients in divided.values() for patient in patients}
    others = last if variable.kind == "binary" else f"{last} or another"
    return divided | {others: tuple(patient for patient in known if patient not in named_ones)}


def _by_steps(
    variable: PlannedVariable, known: Mapping[str, Value], threshold: int, n_unknown: int
) -> dict[str, tuple[str, ...]]:
    largest = OLDEST_AGE + 1 if variable.value_column == "age_years" else math.inf
    numbers = {patient: round(min(float(str(value)), largest)) for patient, value in known.items()}
    ends = steps(list(numbers.values()), threshold, n_unknown)
    return {
        _step(first, last): tuple(
            patient
            for patient, number in numbers.items()
            if (first is None or number >= first) and (last is None or number <= last)
        )
        for first, last in ends
        if len(ends) > 1
    }


def _step(first: int | None, last: int | None) -> str:
    if first is None:
        return f"{last} or lower"
    if last is None:
        return f"{first} or higher"
    return f"{first}" if first == last else f"{first} to {last}"


def _spans_little(values: Mapping[str, Value]) -> bool:
    numbers = [float(str(value)) for value in values.values() if value is not None]
    is_whole = all(number.is_integer() for number in numbers)
    return not numbers or (is_whole and max(numbers) - min(numbers) < WIDEST_SCALE)
