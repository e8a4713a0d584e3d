"""Effects of a comparison, and how certain a difference is where values are bounds or estimates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from cartox.results.values import NON_RESPONDER, RESPONDER, VariableValues, numbers
from cartox.statistics import certainty_of, contingency, rank_sum
from cartox.statistics.certainty import ESTIMATED, EXACT, GREATEST_VALUE, UNKNOWN
from cartox.statistics.hodges_lehmann import hodges_lehmann
from cartox.statistics.ranks import read_ranked_sample

Estimate: TypeAlias = tuple[float | None, float | None, float | None]
"""An estimate with the ends of its interval."""

CONFIDENCE = 0.95
LARGEST_DIFFERENCE = GREATEST_VALUE / 2
"""Beyond it an end of an interval stands for a value that has no greatest one."""


@dataclass(frozen=True)
class Effect:
    """An effect with its interval; `is_infinite` is an odds ratio that is no number."""

    name: str | None = None
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    is_infinite: bool = False


def bounded_shift(values: VariableValues, charted: Effect) -> tuple[Effect, str]:
    """Return the Hodges-Lehmann difference as bounds let it be said, and how certain it is."""
    return _bounded(values, charted, _shift)


def bounded_ranks(values: VariableValues, charted: Effect) -> tuple[Effect, str]:
    """Return the rank-biserial correlation as bounds let it be said, and how certain it is."""
    return _bounded(values, charted, _rank_biserial)


def bounded_shares(values: VariableValues, charted: Effect) -> tuple[Effect, str]:
    """Return the difference of shares, in percentage points, as bounds let it be said, and how certain it is."""
    return _bounded(values, charted, _shares)


def _bounded(
    values: VariableValues, charted: Effect, at: Callable[[VariableValues, str, str], Estimate]
) -> tuple[Effect, str]:
    """Return an effect of non-responders less responders as bounds let it be said.

    It is least when the non-responders' values are least and the responders' greatest; its interval runs from the lower end
    of that extreme to the upper end of the other.
    """
    if charted.estimate is None:
        return charted, UNKNOWN
    if not _has_bound(values):
        return charted, ESTIMATED if _has_estimate(values) else EXACT
    lowest, low, _ = at(values, "least", "greatest")
    highest, _, high = at(values, "greatest", "least")
    certainty = certainty_of(charted.estimate, lowest, highest, has_estimate=_has_estimate(values))
    return _said(charted, certainty, low, high), certainty


def _said(charted: Effect, certainty: str, low: float | None, high: float | None) -> Effect:
    ends = [None if end is None or abs(end) > LARGEST_DIFFERENCE else end for end in (low, high)]
    estimate = None if certainty == UNKNOWN else charted.estimate
    return replace(charted, estimate=estimate, low=ends[0], high=ends[1])


def _shift(values: VariableValues, of_non_responders: str, of_responders: str) -> Estimate:
    x = read_ranked_sample(numbers(values.of(NON_RESPONDER, of_non_responders)))
    y = read_ranked_sample(numbers(values.of(RESPONDER, of_responders)))
    found = hodges_lehmann(x.values, y.values, CONFIDENCE)
    return found.difference, found.low, found.high


def _rank_biserial(values: VariableValues, of_non_responders: str, of_responders: str) -> Estimate:
    found = rank_sum(
        numbers(values.of(NON_RESPONDER, of_non_responders)),
        numbers(values.of(RESPONDER, of_responders)),
        exact=False,
        shift=False,
    )
    return found.rank_biserial, found.rank_biserial_low, found.rank_biserial_high


def _shares(values: VariableValues, of_non_responders: str, of_responders: str) -> Estimate:
    table = [
        [values.count(group, level, end) for level in values.variable.levels]
        for group, end in ((NON_RESPONDER, of_non_responders), (RESPONDER, of_responders))
    ]
    found = contingency(table)
    (a, b), (c, d) = table
    difference = 100 * (a / (a + b) - c / (c + d))
    if found.risk_difference_low is None or found.risk_difference_high is None:
        return difference, None, None
    return difference, 100 * found.risk_difference_low, 100 * found.risk_difference_high


def _has_bound(values: VariableValues) -> bool:
    return bool(values.n_bounds(NON_RESPONDER) or values.n_bounds(RESPONDER))


def _has_estimate(values: VariableValues) -> bool:
    return values.has_estimate(NON_RESPONDER) or values.has_estimate(RESPONDER)
