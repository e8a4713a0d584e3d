"""Audits every figure of a table."""

from __future__ import annotations

from pathlib import Path

from cartox.audit.checks.contradictions import audit_contradictions
from cartox.audit.checks.grouping import P_STATISTICS, FigureTable
from cartox.audit.checks.odds import audit_odds
from cartox.audit.checks.order_statistics import audit_order, audit_pooled_medians
from cartox.audit.checks.p_values import audit_p_value
from cartox.audit.checks.percentages import audit_percentage
from cartox.audit.checks.ratios import audit_ratios
from cartox.audit.checks.whole_numbers import audit_whole_numbers
from cartox.audit.conventions.rules import StatedRules
from cartox.audit.findings.verdicts import FigureAudit
from cartox.audit.reading import read_table
from cartox.audit.reading.figure import STATISTICS, Figure


def audit_figures(path: Path, rules: StatedRules | None = None) -> list[FigureAudit]:
    """Audit every figure of a file, in the file's order.

    Rules are what the study states about its tests; without them those of the file hold, and a file that
    states none leaves none to be broken.

    Raises
    ------
    UserError : the file cannot be read; the message names file, column and row.

    """
    table = read_table(path)
    return audit_all(table.figures, rules or table.rules)


def audit_all(figures: list[Figure], rules: StatedRules) -> list[FigureAudit]:
    """Audit figures that were read, in their order."""
    return audit_table(FigureTable(figures), rules)


def audit_table(table: FigureTable, rules: StatedRules) -> list[FigureAudit]:
    """Audit the figures of a table that are to be audited; the others keep what these say of them."""
    audits = {figure.figure_id: FigureAudit(figure) for figure in table.figures}
    for figure in table.audited:
        audit = audits[figure.figure_id]
        if figure.statistic == "percent":
            audit_percentage(table, audit, rules)
        elif figure.statistic in P_STATISTICS:
            audit_p_value(table, audit, rules)
        elif figure.statistic not in STATISTICS:
            audit.note("There is no check for this statistic.")
    audit_order(table, audits)
    audit_whole_numbers(table, audits, rules)
    audit_pooled_medians(table, audits)
    audit_ratios(table, audits)
    audit_odds(table, audits)
    audit_contradictions(table, audits)
    return list(audits.values())
