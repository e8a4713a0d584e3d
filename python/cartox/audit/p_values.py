"""Audits a p-value by what its topic holds for exactly two groups: shares, medians, or both."""

from __future__ import annotations

from cartox.audit.conventions import StatedRules
from cartox.audit.grouping import SHARE_STATISTICS, FigureTable
from cartox.audit.two_medians import audit_two_medians
from cartox.audit.two_shares import audit_two_shares
from cartox.audit.verdicts import SEVERITY, FigureAudit, Verdict


def audit_p_value(table: FigureTable, audit: FigureAudit, rules: StatedRules) -> None:
    """Add to the audit which conventions reproduce the p-value, and the verdict.

    Counts alone are read as shares only where the topic has no medians (they may be numbers of measured
    patients). Where the topic holds shares and medians of both groups, the p-value may belong to either,
    and the better verdict stands.
    """
    figure = audit.figure
    if not 0 <= figure.reported <= 1:
        audit.say(Verdict.IMPOSSIBLE, "A p-value lies between 0 and 1.")
        return
    medians = len(table.compared(figure, ("median",)))
    shares = len(table.compared(figure, ("percent",) if medians else SHARE_STATISTICS))
    attempts: list[FigureAudit] = []
    if shares == 2:
        attempts.append(FigureAudit(figure))
        audit_two_shares(table, attempts[-1], rules)
    if medians == 2:
        attempts.append(FigureAudit(figure))
        audit_two_medians(table, attempts[-1], rules)
    if not attempts:
        audit.say(
            Verdict.NOT_CHECKABLE, "The table does not hold shares or medians of exactly two groups for it."
        )
        return
    attempts.sort(key=lambda attempt: (attempt.verdict is Verdict.NOT_CHECKABLE, -SEVERITY[attempt.verdict]))
    audit.readings += [reading for attempt in attempts for reading in attempt.readings]
    audit.explanation += attempts[0].explanation
    audit.say(attempts[0].verdict)
