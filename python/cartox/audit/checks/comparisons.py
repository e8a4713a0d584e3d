"""What p-values of two groups have in common: stated missing values, order of readings, verdict."""

from __future__ import annotations

from collections.abc import Iterable

from cartox.audit.findings.verdicts import FigureAudit, Reading, Verdict, Weight
from cartox.audit.reading.figure import Figure
from cartox.audit.rounding import FLOAT_TOLERANCE, printed_interval


def stated_missing(figure: Figure, complete: int) -> int | None:
    """Missing values that a p-value's own denominator states; None where it exceeds the patients there are.

    `complete` is the number of patients in all groups.
    """
    if figure.denominator is None:
        return 0
    missing = complete - figure.denominator
    return missing if missing >= 0 else None


def p_interval(figure: Figure) -> tuple[float, float]:
    """Smallest and largest value that prints as the p-value, with the slack of floating point."""
    low, high = printed_interval(figure.reported, figure.decimals)
    return float(low) - FLOAT_TOLERANCE, float(high) + FLOAT_TOLERANCE


def admitted(figure: Figure) -> tuple[float, float]:
    """Smallest and largest p-value that the figure admits, `<` and `>` included."""
    if figure.statistic == "p_value_below":
        return 0.0, float(figure.reported)
    if figure.statistic == "p_value_above":
        return float(figure.reported), 1.0
    return p_interval(figure)


def gives(figure: Figure, low: float, high: float | None = None) -> bool:
    """Whether some p-value from `low` to `high` (one value where it is None) prints as the figure."""
    high = low if high is None else high
    if figure.statistic == "p_value_below":
        return low < float(figure.reported)
    if figure.statistic == "p_value_above":
        return high > float(figure.reported)
    least, most = p_interval(figure)
    return low <= most and least <= high


def most_plausible_first(readings: Iterable[Reading], missing_as_stated: int) -> list[Reading]:
    """Order readings by plausibility.

    The stated number of values (all, where nothing is stated) before others, then fewer missing values,
    then the stated convention before others, then the order in which the readings were found.
    """
    return sorted(
        readings,
        key=lambda reading: (abs(reading.n_missing - missing_as_stated), reading.n_missing, reading.rank),
    )


def judge(
    audit: FigureAudit,
    missing_as_stated: int,
    when_none: str,
    when_missing: str,
    when_not_followed: str = "",
    weight: Weight | None = None,
) -> None:
    """Add the verdict that the readings of a p-value call for; `weight` is that of a rule not followed."""
    as_stated = [reading for reading in audit.readings if reading.n_missing == missing_as_stated]
    if any(reading.follows_rule is not False for reading in as_stated):
        audit.say(Verdict.CONSISTENT)
    elif as_stated:
        audit.say(Verdict.RULE_NOT_FOLLOWED, when_not_followed, weight=weight)
    elif audit.readings:
        audit.say(Verdict.NEEDS_MISSING_VALUES, when_missing)
    else:
        audit.say(Verdict.NO_READING, when_none)
