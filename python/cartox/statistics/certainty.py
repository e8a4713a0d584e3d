"""How certain a statistic is of which some values are bounds or estimates: computed at both extremes.

A value that is at least what was charted may be any larger number; one that is at most what was charted may be any number
down to 0. A statistic that no such number moves is exact, one that moves in one direction is a bound, and one that moves in
both is unknown.
"""

from __future__ import annotations

import sys

from cartox.statistics.samples import LARGEST_VALUE

EXACT = "exact"
AT_LEAST = "at_least"
AT_MOST = "at_most"
ESTIMATED = "estimated"
UNKNOWN = "unknown"
CERTAINTIES = (EXACT, AT_LEAST, AT_MOST, ESTIMATED, UNKNOWN)

LEAST_VALUE = sys.float_info.min
"""What a value of at most something is at its lowest: more than 0, so that logarithms exist, and nothing in a sum."""

GREATEST_VALUE = LARGEST_VALUE
"""What a value of at least something is at its highest."""


def least(value: float, certainty: str) -> float:
    """Return the smallest number that a value charted with this certainty can stand for."""
    return min(LEAST_VALUE, value) if certainty == AT_MOST else value


def greatest(value: float, certainty: str) -> float:
    """Return the largest number that a value charted with this certainty can stand for."""
    return GREATEST_VALUE if certainty == AT_LEAST else value


def certainty_of(
    charted: float | None, lowest: float | None, highest: float | None, *, has_estimate: bool = False
) -> str:
    """How certain a statistic is.

    charted: the statistic of the values as charted; lowest, highest: the same at the extremes that make it smallest and
    largest, each None where it does not exist. has_estimate: whether a value that enters it is an estimate.

    >>> certainty_of(398.0, 398.0, 1e300), certainty_of(5.0, 0.0, 1e300), certainty_of(5.0, 5.0, 5.0, has_estimate=True)
    ('at_least', 'unknown', 'estimated')
    """
    if charted is None:
        return UNKNOWN
    is_lower = lowest is None or lowest < charted - LEAST_VALUE
    is_higher = highest is None or highest > charted
    if is_lower and is_higher:
        return UNKNOWN
    if is_higher:
        return AT_LEAST
    if is_lower:
        return AT_MOST
    return ESTIMATED if has_estimate else EXACT
