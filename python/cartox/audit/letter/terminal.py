"""The audit on a terminal: how cells were read, a row per figure, the findings."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from cartox.audit.findings.finding import Finding
from cartox.audit.findings.in_words import reading_lines
from cartox.audit.findings.verdicts import FigureAudit, Verdict, Weight
from cartox.audit.reading.figure import PrintedTable

STYLES = {
    Verdict.IMPOSSIBLE: "bold red",
    Verdict.CONTRADICTION: "bold red",
    Verdict.RULE_NOT_FOLLOWED: "red",
    Verdict.NO_READING: "yellow",
    Verdict.NEEDS_MISSING_VALUES: "yellow",
    Verdict.CONSISTENT: "green",
    Verdict.NOT_CHECKABLE: "dim",
}

CAPTION = (
    "U counts for the group with the higher median, on its side of the expectation, and supposes no ties. "
    "Missing: patients without a value, over both groups."
)


def as_table(audits: Sequence[FigureAudit]) -> Table:
    """Make a Rich table with a row per figure: printed digits, verdict, reasons, every reading in order."""
    table = Table(title="Audit of printed figures", caption=CAPTION, show_lines=True)
    for column in ("figure", "printed", "verdict"):
        table.add_column(column, no_wrap=column != "figure")
    table.add_column("why", ratio=2)
    table.add_column("readings, most plausible first", ratio=3)
    for audit in audits:
        table.add_row(
            escape(audit.figure.figure_id),
            audit.figure.as_printed,
            f"[{STYLES[audit.verdict]}]{audit.verdict.replace('_', ' ')}[/]",
            escape("\n".join(audit.explanation)),
            escape("\n".join(reading_lines(audit.readings))),
        )
    return table


WEIGHT_STYLES = {Weight.SUBSTANCE: "bold red", Weight.LAST_DIGIT: "red", Weight.QUESTION: "yellow"}


def findings_table(findings: Sequence[Finding]) -> Table:
    """Make a Rich table with a row per finding, the weightiest first."""
    table = Table(title="Findings, one for each cause", show_lines=True)
    for column in ("weight", "figures", "what is said", "the author could check"):
        table.add_column(column, no_wrap=column == "weight")
    for finding in findings:
        table.add_row(
            f"[{WEIGHT_STYLES[finding.weight]}]{finding.weight}[/]",
            escape("\n".join(finding.figures)),
            escape("\n".join(finding.sentences)),
            finding.check,
        )
    return table


def cells_table(printed: PrintedTable) -> Table:
    """Make a Rich table of how each cell of a printed table was read; what could not be is a question."""
    table = Table(title="How each cell was read", caption=f"{len(printed.questions)} cells are asked about.")
    for column in ("row", "column", "cell", "read as"):
        table.add_column(column)
    for cell in printed.cells:
        read = f"[bold yellow]? {escape(cell.question)}[/]" if cell.question else escape(cell.reading)
        table.add_row(str(cell.row), str(cell.column), escape(cell.text), read)
    return table
