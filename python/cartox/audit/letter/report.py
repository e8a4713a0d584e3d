"""Everything that the forms of the audit show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cartox.audit.findings.finding import Finding, findings_of
from cartox.audit.findings.sensitivity import shares_noticed
from cartox.audit.findings.verdicts import FigureAudit
from cartox.audit.reading import read_table
from cartox.audit.reading.figure import PrintedTable
from cartox.audit.run import audit_all


@dataclass(frozen=True)
class AuditReport:
    """The file's name, what was read, what is said of each figure, the findings, and what would be noticed."""

    name: str
    table: PrintedTable
    audits: list[FigureAudit]
    findings: list[Finding]
    noticed: Mapping[str, float]


def make_report(path: Path, *, with_noticed: bool = True) -> AuditReport:
    """Read and audit a file.

    Raises
    ------
    UserError : the file cannot be read; the message names file, column and row.

    """
    table = read_table(path)
    audits = audit_all(table.figures, table.rules)
    noticed = shares_noticed(audits, table.rules) if with_noticed else {}
    return AuditReport(path.name, table, audits, findings_of(audits), noticed)
