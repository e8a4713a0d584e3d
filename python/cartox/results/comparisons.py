"""results.comparisons and results.comparison_conventions: non-responders against responders, as planned."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import duckdb

from cartox.results.plan import FAMILIES
from cartox.results.planned_tests import UNTESTED, Comparison, compare
from cartox.results.tables import insert_rows
from cartox.results.values import NON_RESPONDER, RESPONDER, VariableValues
from cartox.statistics import adjust


def write_comparisons(connection: duckdb.DuckDBPyConnection, values: Sequence[VariableValues]) -> None:
    """One row per planned test; p-values adjusted within each family, not at all without one."""
    compared = [compare(one) for one in values if one.variable.test != UNTESTED]
    p_bh = _adjusted(compared, "benjamini-hochberg")
    p_holm = _adjusted(compared, "holm")
    insert_rows(
        connection,
        "comparisons",
        (_row(comparison, bh, holm) for comparison, bh, holm in zip(compared, p_bh, p_holm, strict=True)),
    )
    insert_rows(
        connection,
        "comparison_conventions",
        (
            (comparison.values.variable.variable, found.convention, found.p_value, found.is_rule)
            for comparison in compared
            for found in comparison.conventions
        ),
    )


def _adjusted(compared: Sequence[Comparison], method: str) -> list[float | None]:
    """Adjust the p-values of each family by themselves, in the order given."""
    adjusted: list[float | None] = [None] * len(compared)
    for family in FAMILIES:
        places = [place for place, one in enumerate(compared) if one.values.variable.family == family]
        found = adjust([compared[place].p_value for place in places], method)
        for place, p_value in zip(places, found.tolist(), strict=True):
            adjusted[place] = None if math.isnan(p_value) else p_value
    return adjusted


def _row(comparison: Comparison, p_bh: float | None, p_holm: float | None) -> tuple[Any, ...]:
    variable, effect, difference = comparison.values.variable, comparison.effect, comparison.difference
    return (
        variable.variable,
        variable.family,
        variable.test,
        comparison.method,
        comparison.n_responders,
        comparison.n_non_responders,
        comparison.n_missing,
        comparison.values.n_bounds(NON_RESPONDER) + comparison.values.n_bounds(RESPONDER),
        comparison.statistic_name,
        comparison.statistic,
        comparison.p_value,
        comparison.p_exact,
        p_bh,
        p_holm,
        effect.name,
        effect.estimate,
        effect.low,
        effect.high,
        effect.is_infinite,
        difference.estimate,
        difference.low,
        difference.high,
        difference.name,
        comparison.difference_confidence,
        comparison.certainty,
        comparison.smallest_expected,
        variable.label,
        variable.section,
        variable.unit,
        variable.display_order,
        comparison.not_applicable,
    )
