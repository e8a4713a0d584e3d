"""What the audit could not have seen: for each figure, the share of one-digit errors that it would notice.

Every digit of the printed number is replaced by every other digit, and the table is audited with each. An
error is noticed where a figure is alarmed that is not alarmed in the table as printed, or the changed one is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from cartox.audit.checks.grouping import FigureTable
from cartox.audit.conventions.rules import StatedRules
from cartox.audit.findings.verdicts import ALARMS, FigureAudit
from cartox.audit.reading.figure import Figure
from cartox.audit.run import audit_table

MOST_FIGURES = 300
"""Figures of a table for which this is computed; it takes some milliseconds for each digit."""


def shares_noticed(audits: Sequence[FigureAudit], rules: StatedRules) -> Mapping[str, float]:
    """Share of one-digit errors that would be noticed, by figure_id; empty for a table too large to try."""
    if len(audits) > MOST_FIGURES:
        return {}
    table = FigureTable(audit.figure for audit in audits)
    alarmed = {audit.figure.figure_id for audit in audits if audit.verdict in ALARMS}
    return {audit.figure.figure_id: _share(table, audit.figure, alarmed, rules) for audit in audits}


def one_digit_errors(figure: Figure) -> list[Figure]:
    """Every figure that differs from this one in one printed digit."""
    printed = figure.printed
    return [
        replace(figure, reported=Decimal(printed[:place] + digit + printed[place + 1 :]))
        for place, old in enumerate(printed)
        if old.isdigit()
        for digit in "0123456789"
        if digit != old
    ]


def _share(table: FigureTable, figure: Figure, alarmed: set[str], rules: StatedRules) -> float:
    errors = one_digit_errors(figure)
    others = alarmed - {figure.figure_id}
    noticed = 0
    for error in errors:
        audits = audit_table(table.focused(figure, error), rules)
        noticed += any(audit.verdict in ALARMS and audit.figure.figure_id not in others for audit in audits)
    return noticed / len(errors)
