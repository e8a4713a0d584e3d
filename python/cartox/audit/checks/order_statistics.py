"""Whether minimum, quartiles and maximum are in order, and everybody's median between those of the groups."""

from __future__ import annotations

from itertools import combinations

from cartox.audit.checks.grouping import EVERYBODY, FigureTable, plain
from cartox.audit.checks.speaking import Audits, say
from cartox.audit.findings.verdicts import FigureAudit
from cartox.audit.reading.figure import ORDER
from cartox.audit.rounding import printed_interval


def audit_order(table: FigureTable, audits: Audits) -> None:
    """Check min <= q1 <= median <= q3 <= max for every topic and group; rounding may hide a difference."""
    for lower, upper in combinations(ORDER, 2):
        for figure in table.audited:
            if figure.statistic != lower:
                continue
            for other in table.topic(figure):
                if other.statistic == upper and plain(other.study_group) == plain(figure.study_group):
                    _judge_order(audits[figure.figure_id], audits[other.figure_id])


def _judge_order(lower: FigureAudit, upper: FigureAudit) -> None:
    low, _ = printed_interval(lower.figure.reported, lower.figure.decimals)
    _, high = printed_interval(upper.figure.reported, upper.figure.decimals)
    sentence = (
        f"The {lower.figure.statistic} {lower.figure.printed} ({lower.figure.figure_id}) exceeds "
        f"the {upper.figure.statistic} {upper.figure.printed} ({upper.figure.figure_id})."
    )
    pair = [lower.figure, upper.figure]
    say({one.figure.figure_id: one for one in (lower, upper)}, pair, low <= high, sentence)


def audit_pooled_medians(table: FigureTable, audits: Audits) -> None:
    """Check that the median of everybody lies between the medians of the groups that make them up."""
    for figure in table.audited:
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
        sentence = f"The median of everybody ({figure.figure_id}) lies outside the medians of the groups."
        say(audits, [figure, *groups], fits, sentence)
