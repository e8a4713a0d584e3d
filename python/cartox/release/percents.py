"""Percentages as they are released: of rounded counts, to two digits."""

from __future__ import annotations

from functools import cache

from cartox.release.numbers import two_digits
from cartox.statistics import proportion


@cache
def percents(count: int | None, n: int | None) -> dict[str, float | None]:
    """Return the percentage of a rounded count with its interval, to two digits."""
    if count is None or n is None:
        return {"percent": None, "percent_low": None, "percent_high": None}
    found = proportion(count, n)
    shares = {"percent": found.share, "percent_low": found.low, "percent_high": found.high}
    return {column: _percent(share) for column, share in shares.items()}


def percent_points(share: float | None, low: float | None, high: float | None) -> dict[str, float | None]:
    """Return a difference of shares with its interval as percentage points, to two digits."""
    names = ("difference", "difference_low", "difference_high")
    return {name: _percent(one) for name, one in zip(names, (share, low, high), strict=True)}


def _percent(share: float | None) -> float | None:
    return None if share is None else two_digits(100 * share)
