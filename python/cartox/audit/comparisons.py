"""What p-values of two groups have in common: stated missing values, order of readings, verdict."""

from __future__ import annotations

from collections.abc import Iterable

from cartox.audit.figures import Figure
from cartox.audit.grouping import MOST_MISSING
from cartox.audit.verdicts import FigureAudit, Reading, Verdict


def stated_missing(figure: Figure, complete: int) -> int | None:
    """Missing values that a p-value's own denominator states; None where it fits no number up to three.

    `complete` is the number of patients in both groups.
    """
    if figure.denominator is None:
        return 0
    missing = complete - figure.denominator
    return missing if 0 <= missing <= MOST_MISSING else None


def missing_pairs(sizes: tuple[int, int]) -> list[tuple[int, int]]:
    """Numbers of missing values in the two groups, up to three over both, that leave somebody in each."""
    pairs = [(first, total - first) for total in range(MOST_MISSING + 1) for first in range(total + 1)]
    return [pair for pair in pairs if pair[0] < sizes[0] and pair[1] < sizes[1]]


def most_plausible_first(readings: Iterable[Reading], missing_as_stated: int) -> list[Reading]:
    """Order readings by plausibility.

    The stated number of values (all, where nothing is stated) before others, then fewer missing values,
    then the stated convention before others, then the order in which the readings were found.
    """
    return sorted(
        readings,
        key=lambda reading: (abs(reading.n_missing - missing_as_stated), reading.n_missing, reading.rank),
    )


def judge(audit: FigureAudit, missing_as_stated: int, when_none: str, when_missing: str) -> None:
    """Add the verdict that the readings of a p-value call for."""
    as_stated = [reading for reading in audit.readings if reading.n_missing == missing_as_stated]
    if any(reading.follows_rule is not False for reading in as_stated):
        audit.say(Verdict.CONSISTENT)
    elif as_stated:
        audit.say(Verdict.RULE_NOT_FOLLOWED)
    elif audit.readings:
        audit.say(Verdict.NEEDS_MISSING_VALUES, when_missing)
    else:
        audit.say(Verdict.NO_READING, when_none)
