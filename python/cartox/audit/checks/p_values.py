"""Audits a p-value by what its topic holds: shares, medians, means or ratios, of two groups or more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cartox.audit.checks.grouping import SHARE_STATISTICS, FigureTable
from cartox.audit.checks.means import audit_means
from cartox.audit.checks.ratios import audit_ratio_p, intervals
from cartox.audit.checks.several_groups import audit_r_by_c, audit_three_medians, levels
from cartox.audit.checks.two_medians import audit_two_medians
from cartox.audit.checks.two_shares import audit_two_shares
from cartox.audit.conventions.rules import StatedRules
from cartox.audit.findings.verdicts import SEVERITY, FigureAudit, Verdict

Attempt = Callable[[FigureAudit], None]


def audit_p_value(table: FigureTable, audit: FigureAudit, rules: StatedRules) -> None:
    """Add to the audit which conventions reproduce the p-value, and the verdict.

    Counts alone are read as shares only where the topic has no medians or means (they may be numbers of
    measured patients). Where the topic holds several things that a p-value may belong to, the best verdict
    stands.
    """
    figure = audit.figure
    if not 0 <= figure.reported <= 1:
        audit.say(Verdict.IMPOSSIBLE, "A p-value lies between 0 and 1.")
        return
    attempts: list[FigureAudit] = []
    for attempt in _attempts(table, audit, rules):
        attempts.append(FigureAudit(figure))
        attempt(attempts[-1])
    if not attempts:
        audit.note("The table does not hold what this p-value compares.")
        return
    attempts.sort(key=lambda attempt: (attempt.verdict is Verdict.NOT_CHECKABLE, -SEVERITY[attempt.verdict]))
    audit.readings += [reading for attempt in attempts for reading in attempt.readings]
    best = attempts[0]
    audit.say(best.verdict)
    audit.claims += best.claims
    audit.explanation += [sentence for sentence in best.explanation if sentence not in audit.explanation]


def _attempts(table: FigureTable, audit: FigureAudit, rules: StatedRules) -> Iterator[Attempt]:
    figure = audit.figure
    medians = len(table.compared(figure, ("median",)))
    means = len(table.compared(figure, ("mean",)))
    shares = len(table.compared(figure, ("percent",) if medians or means else SHARE_STATISTICS))
    categories = levels(table, figure)
    ratios = intervals(table, table.topic(figure))
    if shares == 2:
        yield lambda one: audit_two_shares(table, one, rules)
    elif shares > 2:
        yield lambda one: audit_r_by_c(table, one, [table.topic(figure)], rules)
    elif len(categories) > 1:
        yield lambda one: audit_r_by_c(table, one, categories, rules)
    if medians == 2:
        yield lambda one: audit_two_medians(table, one, rules)
    elif medians > 2:
        yield lambda one: audit_three_medians(table, one)
    if means > 1:
        yield lambda one: audit_means(table, one)
    if len(ratios) == 1:
        yield lambda one: audit_ratio_p(table, one, ratios[0])
