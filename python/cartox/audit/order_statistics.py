"""Whether a minimum, median and maximum are possible together, and a median on its scale."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from cartox.audit.figures import Figure
from cartox.audit.grouping import EVERYBODY, FigureTable, plain
from cartox.audit.rounding import printed_interval
from cartox.audit.verdicts import FigureAudit, Verdict

ORDER = ("min", "q1", "median", "q3", "max")
ALWAYS_WHOLE = frozenset(
    {"points", "lines", "grade", "patients", "deaths", "events", "doses", "cycles", "infusions"}
)
"""Units counted in whole numbers by their nature."""
WHOLE_BY_CUSTOM = frozenset({"years", "months", "weeks", "days"})
"""Units recorded in whole numbers by custom: whole where smallest and largest value are printed so."""


def audit_order(table: FigureTable, audits: dict[str, FigureAudit]) -> None:
    """Check min <= q1 <= median <= q3 <= max for every topic and group; rounding may hide a difference."""
    for lower, upper in combinations(ORDER, 2):
        for figure in table.figures:
            if figure.statistic != lower:
                continue
            for other in table.topic(figure):
                if other.statistic == upper and plain(other.study_group) == plain(figure.study_group):
                    _judge_order(audits[figure.figure_id], audits[other.figure_id])


def _judge_order(lower: FigureAudit, upper: FigureAudit) -> None:
    low, _ = printed_interval(lower.figure.reported, lower.figure.decimals)
    _, high = printed_interval(upper.figure.reported, upper.figure.decimals)
    for audit in (lower, upper):
        if low <= high:
            audit.say(Verdict.CONSISTENT)
        else:
            sentence = (
                f"The {lower.figure.statistic} {lower.figure.printed} ({lower.figure.figure_id}) exceeds "
                f"the {upper.figure.statistic} {upper.figure.printed} ({upper.figure.figure_id})."
            )
            audit.say(Verdict.CONTRADICTION, sentence)


def audit_whole_numbers(table: FigureTable, audits: dict[str, FigureAudit]) -> None:
    """Check what the median, minimum and maximum of whole numbers can be.

    The median of an odd number of whole values is whole, of an even number a multiple of a half. A blank
    number of values admits both. Where only the printed range says that the values are whole, a median that
    cannot be is a contradiction of the two, not impossible.
    """
    for figure in table.figures:
        if figure.statistic not in ("min", "median", "max") or not is_whole(table, figure):
            continue
        n = figure.denominator if figure.statistic == "median" else 1
        halves = 1 if n is not None and n % 2 == 1 else 2
        low, high = printed_interval(figure.reported, figure.decimals)
        if _has_multiple(low, high, Fraction(1, halves)):
            audits[figure.figure_id].say(Verdict.CONSISTENT)
        else:
            of = f"{n} " if figure.statistic == "median" and n is not None else ""
            sentence = f"No {figure.statistic} of {of}whole {figure.unit} prints as {figure.printed}."
            by_nature = plain(figure.unit) in ALWAYS_WHOLE
            audits[figure.figure_id].say(Verdict.IMPOSSIBLE if by_nature else Verdict.CONTRADICTION, sentence)


def is_whole(table: FigureTable, figure: Figure) -> bool:
    """Whether the values behind a figure are whole, by their unit or by how their range is printed."""
    unit = plain(figure.unit)
    if unit in ALWAYS_WHOLE:
        return True
    ends = [
        other.decimals
        for other in table.topic(figure)
        if other.statistic in ("min", "max") and plain(other.study_group) == plain(figure.study_group)
    ]
    return unit in WHOLE_BY_CUSTOM and len(ends) == 2 and not any(ends)


def _has_multiple(low: Fraction, high: Fraction, step: Fraction) -> bool:
    return -(-low // step) * step <= high


def audit_pooled_medians(table: FigureTable, audits: dict[str, FigureAudit]) -> None:
    """Check that the median of everybody lies between the medians of the groups that make them up."""
    for figure in table.figures:
        if (
            figure.statistic != "median"
            or plain(figure.study_group) not in EVERYBODY
            or not figure.denominator
        ):
            continue
        groups = [
            other
            for other in table.topic(figure)
            if other.statistic == "median" and plain(other.study_group) not in EVERYBODY
        ]
        if len(groups) < 2 or sum(other.denominator or 0 for other in groups) != figure.denominator:
            continue
        low, high = printed_interval(figure.reported, figure.decimals)
        ends = [printed_interval(other.reported, other.decimals) for other in groups]
        fits = min(end[0] for end in ends) <= high and low <= max(end[1] for end in ends)
        for other in (figure, *groups):
            sentence = f"The median of everybody ({figure.figure_id}) lies outside the medians of the groups."
            audits[other.figure_id].say(
                *((Verdict.CONSISTENT,) if fits else (Verdict.CONTRADICTION, sentence))
            )
