"""What the letter says, in the order in which it is read; the forms only lay it out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cartox.audit.findings.finding import Finding
from cartox.audit.findings.inspect_sr import QUESTIONS
from cartox.audit.findings.verdicts import Verdict, Weight
from cartox.audit.letter.report import AuditReport

HEADINGS = {
    Weight.SUBSTANCE: "What cannot be as printed",
    Weight.LAST_DIGIT: "Last digits",
    Weight.QUESTION: "Questions",
}
BLIND = 0.5
"""Share of one-digit errors noticed, below which silence about a figure says little."""


@dataclass(frozen=True)
class Block:
    """One part of the letter: heading1 to heading3, text, item or table (rows of cells, the first a header)."""

    kind: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)


def letter_blocks(report: AuditReport) -> list[Block]:
    """Lay out the whole letter: findings by weight, the sheet for INSPECT-SR, what could not be seen."""
    return [
        Block("heading1", f"Audit of the printed figures of {report.name}"),
        Block("text", _summary(report)),
        *_asked(report),
        *(block for weight in Weight for block in _findings(report, weight)),
        *_sheet(report.findings),
        *_unseen(report),
        Block(
            "text",
            "The audit reads printed numbers alone. What it calls a question may have an innocent reason that was "
            "not printed; what it does not mention may still be wrong.",
        ),
    ]


def _summary(report: AuditReport) -> str:
    counts = Counter(audit.verdict for audit in report.audits)
    said = ", ".join(
        f"{counts[verdict]} {verdict.replace('_', ' ')}" for verdict in Verdict if counts[verdict]
    )
    return f"{len(report.audits)} printed figures: {said}. {len(report.findings)} findings."


def _asked(report: AuditReport) -> list[Block]:
    if not report.table.questions:
        return []
    items = [
        Block("item", f"Row {cell.row}, column {cell.column}, {cell.text!r}: {cell.question}.")
        for cell in report.table.questions
    ]
    return [Block("heading2", "Cells that could not be read, and were left out"), *items]


def _findings(report: AuditReport, weight: Weight) -> list[Block]:
    found = [finding for finding in report.findings if finding.weight is weight]
    blocks = [Block("heading2", HEADINGS[weight])] if found else []
    for place, finding in enumerate(found, start=1):
        blocks.append(Block("heading3", f"{place}. {' '.join(finding.sentences)}"))
        blocks += [Block("item", f"Printed: {text}") for text in finding.printed]
        blocks.append(Block("item", f"Tried: {finding.tried}"))
        blocks += [Block("item", f"Fits: {text}") for text in finding.fits]
        blocks.append(Block("item", f"To check: {finding.check}"))
    return blocks


def _sheet(findings: list[Finding]) -> list[Block]:
    rows = [["item", "question", "weight", "findings"]]
    for item, question in QUESTIONS.items():
        own = [finding for finding in findings if finding.item == item]
        weight = str(own[0].weight) if own else ""
        rows.append([item, question, weight, "; ".join(" ".join(one.sentences) for one in own) or "none"])
    return [
        Block("heading2", "INSPECT-SR: the items that printed numbers answer"),
        Block("table", rows=rows),
        Block(
            "text", "Every other item asks for more than printed numbers. The judgement is the reviewer's."
        ),
    ]


def _unseen(report: AuditReport) -> list[Block]:
    if not report.noticed:
        return []
    rows = [["figure", "printed", "verdict", "one-digit errors that would be noticed"]]
    rows += [
        [
            audit.figure.figure_id,
            audit.figure.as_printed,
            audit.verdict.replace("_", " "),
            f"{report.noticed[audit.figure.figure_id]:.0%}",
        ]
        for audit in report.audits
    ]
    blind = sum(share < BLIND for share in report.noticed.values())
    words = (
        f"For each figure every digit was replaced by every other one. For {blind} of {len(report.noticed)} figures "
        "fewer than half of these errors would be noticed: silence about them says little."
    )
    return [
        Block("heading2", "What the audit could not have seen"),
        Block("text", words),
        Block("table", rows=rows),
    ]
