"""results.descriptives: every planned variable, by study group, each statistic with its certainty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

from cartox.results.summaries import summarize
from cartox.results.tables import insert_rows
from cartox.results.values import STUDY_GROUPS, VariableValues
from cartox.statistics import certainty_of, proportion
from cartox.statistics.certainty import UNKNOWN

NO_PATIENTS = "no patients in the group"
ENDS = ("value", "least", "greatest")


def write_descriptives(connection: duckdb.DuckDBPyConnection, values: Sequence[VariableValues]) -> None:
    """One row per variable, level and study group.

    Patients without a value are left out and counted; a statistic that bounds could move either way is null.
    """
    insert_rows(connection, "descriptives", (row for one in values for row in _rows(one)))


def _rows(values: VariableValues) -> Iterator[tuple[Any, ...]]:
    variable = values.variable
    for study_group in STUDY_GROUPS:
        for level_order, level in enumerate(variable.levels, start=1):
            cells = (
                _continuous(values, study_group)
                if variable.kind == "continuous"
                else _counted(values, study_group, level)
            )
            yield (
                variable.variable,
                level,
                study_group,
                *cells[:-1],
                variable.label,
                variable.section,
                variable.unit,
                variable.kind,
                variable.display_order,
                level_order,
                cells[-1] if values.charted(study_group) else NO_PATIENTS,
            )


def _continuous(values: VariableValues, study_group: str) -> tuple[Any, ...]:
    found = summarize(values.charted(study_group))
    return (
        *(found.n, found.n_missing, None, None),
        *found.quantiles,
        *(None, None, found.n_bounds),
        *found.certainties,
        found.not_applicable,
    )


def _counted(values: VariableValues, study_group: str, level: str) -> tuple[Any, ...]:
    """Count a level; with bounds the interval runs from that of the lowest count to that of the highest."""
    group = values.of(study_group)
    n = sum(value is not None for value in group)
    count, *ends = (values.count(study_group, level, end) for end in ENDS)
    share, lowest, highest = (proportion(number, n) for number in (count, min(ends), max(ends)))
    certainty = certainty_of(
        share.share, lowest.share, highest.share, has_estimate=values.has_estimate(study_group)
    )
    quantiles = (None,) * 5
    return (
        n,
        len(group) - n,
        count if certainty != UNKNOWN or n == 0 else None,
        as_percent(share.share) if certainty != UNKNOWN else None,
        *quantiles,
        as_percent(lowest.low),
        as_percent(highest.high),
        values.n_bounds(study_group),
        certainty,
        *(None,) * 4,
        share.not_applicable,
    )


def as_percent(share: float | None) -> float | None:
    """Turn a share of 1 into a share of 100."""
    return None if share is None else 100 * share
