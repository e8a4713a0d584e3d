"""What a printed number says about the number behind it.

A number printed as 74.3 may have been rounded half up, half to even, or by a program that rounds the
nearest binary fraction of 74.25 whichever way that falls. All of them are admitted here: a value prints as
`printed` when it lies no farther from it than half a unit of the last printed digit, both ends included.
Truncation is not admitted.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

FLOAT_TOLERANCE = 1e-12
"""Slack for values computed in floating point: far above their error, far below a printed digit."""


def printed_interval(printed: Decimal, decimals: int) -> tuple[Fraction, Fraction]:
    """Smallest and largest value that print as `printed` with that many decimals."""
    half_unit = Fraction(1, 2 * 10**decimals)
    value = Fraction(printed)
    return value - half_unit, value + half_unit


def prints_as(value: float, printed: Decimal, decimals: int) -> bool:
    """Whether a computed value prints as `printed`."""
    low, high = printed_interval(printed, decimals)
    return float(low) - FLOAT_TOLERANCE <= value <= float(high) + FLOAT_TOLERANCE


def whole_counts(percentage: Decimal, decimals: int, denominator: int) -> range:
    """Whole counts, ascending, of this denominator that print as this percentage; empty where none does.

    This is the GRIM test (Brown and Heathers, Soc Psychol Personal Sci 2017;8:363-369) for a share.

    The percentage is the printed share in percent with that number of decimals, the denominator a number of
    subjects; no count belongs to a denominator of 0.

    Examples
    --------
    >>> list(whole_counts(Decimal("54.8"), 1, 42))
    [23]
    >>> list(whole_counts(Decimal("42.6"), 1, 42))
    []

    """
    if denominator < 1:
        return range(0)
    low, high = printed_interval(percentage, decimals)
    first = max(0, ceil(low * denominator / 100))
    last = min(denominator, floor(high * denominator / 100))
    return range(first, last + 1)


def is_last_digit(value: float, printed: Decimal, decimals: int) -> bool:
    """Whether a value would print as this number or as one that is a unit of its last digit off."""
    return any(
        prints_as(value, printed + step * Decimal(1).scaleb(-decimals), decimals) for step in (-1, 0, 1)
    )


def neighbors(printed: Decimal, decimals: int) -> tuple[Decimal, Decimal]:
    """Give the numbers that lie one unit of the last printed digit off."""
    unit = Decimal(1).scaleb(-decimals)
    return printed - unit, printed + unit
