"""Audits every figure of a table."""

from __future__ import annotations

from pathlib import Path

from cartox.audit.contradictions import audit_contradictions
from cartox.audit.conventions import StatedRules
from cartox.audit.figures import read_figures
from cartox.audit.grouping import P_STATISTICS, FigureTable
from cartox.audit.order_statistics import audit_order, audit_pooled_medians, audit_whole_numbers
from cartox.audit.p_values import audit_p_value
from cartox.audit.percentages import audit_percentage
from cartox.audit.verdicts import FigureAudit, Verdict

KNOWN_STATISTICS = ("percent", "count", "min", "q1", "median", "q3", "max", *P_STATISTICS)


def audit_figures(path: Path, rules: StatedRules | None = None) -> list[FigureAudit]:
    """Audit every figure of a table, in the table's order.

    The table is a CSV file with the columns of `cartox.audit.figures.COLUMNS`; nothing else is read. Rules
    are what the study states about its tests; without them `StatedRules` takes what is usual.

    Raises
    ------
    UserError : the table cannot be read; the message names file, column and row.

    """
    table = FigureTable(read_figures(path))
    audits = {figure.figure_id: FigureAudit(figure) for figure in table.figures}
    for audit in audits.values():
        if audit.figure.statistic == "percent":
            audit_percentage(table, audit)
        elif audit.figure.statistic in P_STATISTICS:
            audit_p_value(table, audit, rules or StatedRules())
        elif audit.figure.statistic not in KNOWN_STATISTICS:
            audit.say(Verdict.NOT_CHECKABLE, "There is no check for this statistic.")
    audit_order(table, audits)
    audit_whole_numbers(table, audits)
    audit_pooled_medians(table, audits)
    audit_contradictions(table, audits)
    return list(audits.values())
