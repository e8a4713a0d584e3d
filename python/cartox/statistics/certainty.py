"""How certain a statistic is of which some values are bounds or estimates: computed at both extremes.

A value that is at least what was charted may be any larger number; one that is at most what was charted may be any number
down to 0. A statistic that no such number moves is exact, one that moves in one direction is a bound, and one that moves in
both is unknown.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

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


def greatest_of(charted: Sequence[tuple[float | None, str]]) -> tuple[int | None, str]:
    """Return the place of the greatest of several statistics as charted, and how certain that one is the greatest number.

    charted: each with its certainty, None where it is unknown, and then it may be greater than all others.

    >>> greatest_of([(5.0, "exact"), (None, "unknown"), (3.0, "exact")]), greatest_of([(5.0, "at_most"), (3.0, "exact")])
    ((0, 'at_least'), (0, 'at_most'))
    """
    known = [(value, place) for place, (value, _) in enumerate(charted) if value is not None]
    if not known:
        return None, UNKNOWN
    value, place = max(known, key=lambda one: (one[0], -one[1]))
    words = {certainty for _, certainty in charted}
    is_higher = len(known) < len(charted) or AT_LEAST in words
    is_lower = all(certainty == AT_MOST for other, certainty in charted if other == value)
    if is_higher and is_lower:
        return place, UNKNOWN
    if is_higher or is_lower:
        return place, AT_LEAST if is_higher else AT_MOST
    return place, ESTIMATED if ESTIMATED in words else EXACT
