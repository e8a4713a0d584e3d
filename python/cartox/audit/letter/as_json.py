"""The audit as JSON objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cartox.audit.findings.finding import Finding
from cartox.audit.findings.inspect_sr import QUESTIONS
from cartox.audit.findings.verdicts import FigureAudit, Reading
from cartox.audit.letter.report import AuditReport


def document(report: AuditReport) -> dict[str, Any]:
    """Give `figures` (one object per printed figure), `findings`, and `cells` where a table was read as printed.

    A cell has row, column, text, reading and question (empty where it was read for certain).
    """
    found: dict[str, Any] = {
        "figures": as_json(report.audits, report.noticed),
        "findings": [_finding(finding) for finding in report.findings],
    }
    if report.table.cells:
        found["cells"] = [
            {"row": c.row, "column": c.column, "text": c.text, "reading": c.reading, "question": c.question}
            for c in report.table.cells
        ]
    return found


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "weight": str(finding.weight),
        "verdict": str(finding.verdict),
        "figures": list(finding.figures),
        "printed": list(finding.printed),
        "says": list(finding.sentences),
        "tried": finding.tried,
        "fits": list(finding.fits),
        "check": finding.check,
        "inspect_sr": {"item": finding.item, "question": QUESTIONS[finding.item]},
    }


def as_json(
    audits: Sequence[FigureAudit], noticed: Mapping[str, float] | None = None
) -> list[dict[str, Any]]:
    """One object per figure: figure_id, verdict, weight, readings (most plausible first), explanation, noticed.

    weight is null where there is no alarm; explanation is a list of sentences; noticed is the share of
    one-digit errors that the audit would notice in this figure, null where it was not computed.

    A reading has convention, value_low and value_high (unrounded, equal where there is one value),
    n_missing, groups (study_group, size, missing, count), u (group, low, high, may_mirror; null for
    shares), smallest_expected, follows_rule and assumes.
    """
    return [
        {
            "figure_id": audit.figure.figure_id,
            "verdict": str(audit.verdict),
            "weight": None if audit.weight is None else str(audit.weight),
            "readings": [_reading(reading) for reading in audit.readings],
            "explanation": list(audit.explanation),
            "noticed": (noticed or {}).get(audit.figure.figure_id),
        }
        for audit in audits
    ]


def _reading(reading: Reading) -> dict[str, Any]:
    u = None
    if reading.u_of is not None:
        u = {
            "study_group": reading.u_of,
            "low": reading.u_low,
            "high": reading.u_high,
            "may_mirror": reading.u_may_mirror,
        }
    return {
        "convention": reading.convention,
        "value_low": reading.value_low,
        "value_high": reading.value_high,
        "n_missing": reading.n_missing,
        "groups": [
            {"study_group": one.study_group, "size": one.size, "missing": one.missing, "count": one.count}
            for one in reading.groups
        ],
        "u": u,
        "smallest_expected": reading.smallest_expected,
        "follows_rule": reading.follows_rule,
        "assumes": reading.assumes,
    }
