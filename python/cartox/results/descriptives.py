"""results.descriptives: every planned variable, by study group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

from cartox.results.tables import insert_rows
from cartox.results.values import STUDY_GROUPS, Value, VariableValues, numbers
from cartox.statistics import describe, proportion

NO_PATIENTS = "no patients in the group"


def write_descriptives(connection: duckdb.DuckDBPyConnection, values: Sequence[VariableValues]) -> None:
    """One row per variable, level and study group."""
    insert_rows(connection, "descriptives", (row for one in values for row in _rows(one)))


def _rows(values: VariableValues) -> Iterator[tuple[Any, ...]]:
    variable = values.variable
    for study_group in STUDY_GROUPS:
        group = values.of(study_group)
        for level_order, level in enumerate(variable.levels, start=1):
            numbers = _continuous(group) if variable.kind == "continuous" else _counted(group, level)
            yield (
                variable.variable,
                level,
                study_group,
                *numbers[:-1],
                variable.label,
                variable.section,
                variable.unit,
                variable.kind,
                variable.display_order,
                level_order,
                numbers[-1] if group else NO_PATIENTS,
            )


def _continuous(group: tuple[Value, ...]) -> tuple[Any, ...]:
    found = describe(numbers(group))
    quantiles = (found.median, found.q1, found.q3, found.minimum, found.maximum)
    return (found.n, found.n_missing, None, None, *quantiles, None, None, found.not_applicable)


def _counted(group: tuple[Value, ...], level: str) -> tuple[Any, ...]:
    known = [value for value in group if value is not None]
    count = known.count(level)
    share = proportion(count, len(known))
    quantiles = (None,) * 5
    return (
        len(known),
        len(group) - len(known),
        count,
        as_percent(share.share),
        *quantiles,
        as_percent(share.low),
        as_percent(share.high),
        share.not_applicable,
    )


def as_percent(share: float | None) -> float | None:
    """Turn a share of 1 into a share of 100."""
    return None if share is None else 100 * share
