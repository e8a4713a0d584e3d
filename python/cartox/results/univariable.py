"""results.univariable: how well each variable by itself tells non-responders from responders."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

from cartox.results.tables import insert_rows
from cartox.results.values import NON_RESPONDER, RESPONDER, VariableValues, numbers
from cartox.statistics import (
    Auroc,
    FirthLogistic,
    StandardizedDifference,
    auroc,
    firth_logistic,
    standardized_levels,
    standardized_means,
)

OUTCOME = "responder"
NOT_KNOWN_BEFORE = "not settled before the index time: it cannot tell beforehand who responds"
SEVERAL_LEVELS = "more than two levels, without an order"
PER_DEVIATION = "standard deviation"
PER_LEVEL = "yes against no"
LARGEST_LOG_ODDS = 600.0
"""Beyond it an odds ratio is no number of 64 bits."""


def write_univariable(connection: duckdb.DuckDBPyConnection, values: Sequence[VariableValues]) -> None:
    """One row per planned variable but the outcome; each model has that one variable.

    A model of several would need many more non-responders than one study of a rare toxicity has.
    """
    insert_rows(connection, "univariable", (_row(one) for one in values if one.variable.variable != OUTCOME))


def _row(values: VariableValues) -> tuple[Any, ...]:
    variable = values.variable
    known = [sum(value is not None for value in values.of(group)) for group in (RESPONDER, NON_RESPONDER)]
    everyone = len(values.of(RESPONDER)) + len(values.of(NON_RESPONDER))
    reason = _reason(values)
    area, model = (Auroc(0, 0, 0), FirthLogistic(0, 0, 0)) if reason else _models(values)
    difference = _difference(values)
    is_fitted = reason is None and model.not_applicable is None
    return (
        variable.variable,
        *known,
        everyone - sum(known),
        values.n_bounds(NON_RESPONDER) + values.n_bounds(RESPONDER),
        *(area.area, area.low, area.high),
        area.method if is_fitted else None,
        area.interval_not_applicable,
        *map(_exponential, (model.log_odds, model.low, model.high)),
        model.step,
        (PER_LEVEL if variable.kind == "binary" else PER_DEVIATION) if is_fitted else None,
        model.p_value,
        model.method if is_fitted else None,
        *(difference.difference, difference.method, difference.not_applicable),
        *(variable.label, variable.section, variable.unit, variable.display_order),
        reason or model.not_applicable,
    )


def _reason(values: VariableValues) -> str | None:
    if values.variable.kind == "categorical":
        return SEVERAL_LEVELS
    return None if values.variable.family == "before_index" else NOT_KNOWN_BEFORE


def _models(values: VariableValues) -> tuple[Auroc, FirthLogistic]:
    x, y = (list(_as_numbers(values, group)) for group in (NON_RESPONDER, RESPONDER))
    return auroc(x, y), firth_logistic(x, y, is_binary=values.variable.kind == "binary")


def _as_numbers(values: VariableValues, group: str) -> Iterator[float | None]:
    if values.variable.kind == "continuous":
        yield from numbers(values.of(group))
    else:
        for value in values.of(group):
            yield None if value is None else float(value == values.variable.levels[0])


def _difference(values: VariableValues) -> StandardizedDifference:
    if values.variable.kind == "continuous":
        return standardized_means(numbers(values.of(NON_RESPONDER)), numbers(values.of(RESPONDER)))
    counts = [
        [values.count(group, level) for level in values.variable.levels]
        for group in (NON_RESPONDER, RESPONDER)
    ]
    return standardized_levels(*counts)


def _exponential(log_odds: float | None) -> float | None:
    """Return an odds ratio; None where it is beyond what a number can hold."""
    return None if log_odds is None or abs(log_odds) > LARGEST_LOG_ODDS else math.exp(log_odds)
