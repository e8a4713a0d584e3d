"""The audit on a console, for the command line."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console

from cartox.audit.letter import terminal
from cartox.audit.letter.as_json import document
from cartox.audit.letter.report import make_report
from cartox.audit.letter.written import write_letter
from cartox.terminal import print_table


def run_audit(path: Path, as_json: bool, console: Console, letter: Path | None = None) -> None:
    """Audit a file of printed figures and write the result to the console, as JSON or as tables.

    With `letter` the findings are written to that file too, as Markdown or Word by its ending.

    Raises
    ------
    UserError : the file cannot be read, or the letter not be written.

    """
    report = make_report(path, with_noticed=as_json or letter is not None)
    if as_json:
        console.out(json.dumps(document(report), indent=2, ensure_ascii=False), highlight=False)
    else:
        if report.table.cells:
            print_table(console, terminal.cells_table(report.table), indent=0)
        print_table(console, terminal.as_table(report.audits), indent=0)
        if report.findings:
            print_table(console, terminal.findings_table(report.findings), indent=0)
    if letter is not None:
        write_letter(report, letter)
