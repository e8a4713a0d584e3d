"""Percentages that are no shares of their group: shares of the row, and estimates over time.

Counts with row percentages have their sum over the groups as the base. A survival at a year is computed from the
times of events and of the end of follow-up; no count of patients is behind it.
"""

from __future__ import annotations

import re

from cartox.audit.checks.grouping import EVERYBODY, FigureTable, plain
from cartox.audit.reading.figure import Figure
from cartox.audit.rounding import whole_counts

ESTIMATED = re.compile(
    r"\b(survival|os|pfs|efs|dfs|rfs|lfs|gfs|grfs|nrm|cumulative|kaplan|actuarial|probability|estimated?|"
    r"(non-?relapse|(transplant|treatment)-related) mortality|"
    r"\d+[- ]?(months?|mo|years?|yrs?|y)\b.*\b(mortality|relapse|response|progression|rate)|"
    r"(mortality|relapse|response|progression|rate)\b.*\b\d+[- ]?(months?|mo|years?|yrs?|y))\b"
)
"""Words of what is estimated from times of follow-up."""


def is_estimate(figure: Figure) -> bool:
    """Whether a percentage without a printed count may be an estimate over time."""
    return (
        figure.statistic == "percent"
        and figure.numerator is None
        and ESTIMATED.search(plain(f"{figure.section} {figure.description}")) is not None
    )


def row_total(table: FigureTable, figure: Figure) -> int | None:
    """Give the sum over the groups of which every count of the row prints as its percentage; None for other rows.

    A row that fits the groups' own sizes is one of those.
    """
    if figure.statistic != "percent" or figure.numerator is None or plain(figure.study_group) in EVERYBODY:
        return None
    row = [
        one
        for one in table.topic(figure)
        if one.statistic == "percent" and plain(one.study_group) not in EVERYBODY
    ]
    groups = {plain(one.study_group) for one in row}
    if len(groups) < 2 or len(groups) < len(row) or any(one.denominator for one in row):
        return None
    total = sum(one.numerator or 0 for one in row)
    if any(one.numerator is None or not _prints(one, total) for one in row):
        return None
    sizes = [table.inferred_size(one) for one in row]
    fits = all(size is None or _prints(one, size.size) for one, size in zip(row, sizes, strict=True))
    return None if fits else total


def _prints(figure: Figure, base: int) -> bool:
    return figure.numerator in whole_counts(figure.reported, figure.decimals, base)
