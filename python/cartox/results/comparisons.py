"""results.comparisons and results.comparison_conventions: non-responders against responders, as planned."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from cartox.results.conventions import (
    ConventionalP,
    contingency_conventions,
    rank_sum_conventions,
)
from cartox.results.descriptives import as_percent
from cartox.results.effects import Effect, bounded_shares, bounded_shift
from cartox.results.plan import FAMILIES
from cartox.results.tables import insert_rows
from cartox.results.values import NON_RESPONDER, RESPONDER, VariableValues, numbers
from cartox.statistics import adjust, contingency, rank_sum

PERCENTAGE_POINTS = "percentage points"
MANN_WHITNEY_U = "Mann-Whitney U of the non-responders"
PEARSONS_CHI_SQUARE = "Pearson's chi-square without continuity correction"


@dataclass(frozen=True)
class Comparison:
    """One planned test; x are the non-responders, so positive effects mean higher in them."""

    values: VariableValues
    method: str | None
    n_responders: int
    n_non_responders: int
    n_missing: int
    statistic: float | None
    p_value: float | None
    p_exact: float | None
    effect: Effect
    difference: Effect
    difference_confidence: float | None
    certainty: str
    statistic_name: str | None
    smallest_expected: float | None
    conventions: tuple[ConventionalP, ...]
    not_applicable: str | None


def write_comparisons(connection: duckdb.DuckDBPyConnection, values: Sequence[VariableValues]) -> None:
    """One row per planned test; p-values adjusted within each family, not at all without one."""
    compared = [_compare(one) for one in values if one.variable.test != "none"]
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


def _compare(values: VariableValues) -> Comparison:
    return _compare_ranks(values) if values.variable.test == "rank_sum" else _compare_counts(values)


def _compare_ranks(values: VariableValues) -> Comparison:
    non_responders, responders = values.of(NON_RESPONDER), values.of(RESPONDER)
    found = rank_sum(numbers(non_responders), numbers(responders))
    difference, certainty = bounded_shift(
        values, Effect(values.variable.unit, found.difference, found.difference_low, found.difference_high)
    )
    return Comparison(
        values=values,
        method=found.method,
        n_responders=found.n_y,
        n_non_responders=found.n_x,
        n_missing=found.n_missing,
        statistic=found.statistic,
        p_value=found.p_value,
        p_exact=found.p_exact,
        effect=Effect(
            "rank-biserial", found.rank_biserial, found.rank_biserial_low, found.rank_biserial_high
        ),
        difference=difference,
        difference_confidence=found.difference_confidence,
        certainty=certainty,
        statistic_name=MANN_WHITNEY_U if found.statistic is not None else None,
        smallest_expected=None,
        conventions=rank_sum_conventions(found, non_responders, responders),
        not_applicable=found.not_applicable,
    )


def _compare_counts(values: VariableValues) -> Comparison:
    levels = values.variable.levels
    table = [[values.count(group, level) for level in levels] for group in (NON_RESPONDER, RESPONDER)]
    found = contingency(table)
    known_non_responders, known_responders = (sum(row) for row in table)
    everyone = len(values.of(NON_RESPONDER)) + len(values.of(RESPONDER))
    odds_ratio, risk_difference = Effect(), Effect()
    if values.variable.kind == "binary":
        odds_ratio = Effect(
            "odds ratio", found.odds_ratio, found.odds_ratio_low, found.odds_ratio_high, found.is_infinite
        )
        risk_difference = Effect(
            PERCENTAGE_POINTS,
            as_percent(found.risk_difference),
            as_percent(found.risk_difference_low),
            as_percent(found.risk_difference_high),
        )
    risk_difference, certainty = bounded_shares(values, risk_difference)
    return Comparison(
        values=values,
        method=found.method,
        n_responders=known_responders,
        n_non_responders=known_non_responders,
        n_missing=everyone - known_responders - known_non_responders,
        statistic=found.statistic,
        p_value=found.p_value,
        p_exact=found.p_fisher,
        effect=odds_ratio,
        difference=risk_difference,
        difference_confidence=found.confidence if risk_difference.estimate is not None else None,
        certainty=certainty,
        statistic_name=PEARSONS_CHI_SQUARE if found.statistic is not None else None,
        smallest_expected=found.minimum_expected,
        conventions=contingency_conventions(found),
        not_applicable=found.not_applicable,
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
