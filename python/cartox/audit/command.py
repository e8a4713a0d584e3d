"""The audit on a console, for the command line."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console

from cartox.audit.letter import terminal as report
from cartox.audit.run import audit_figures
from cartox.terminal import print_table


def run_audit(path: Path, as_json: bool, console: Console) -> None:
    """Audit a table of printed figures and writes the result to the console, as JSON or as a table.

    Raises
    ------
    UserError : the table cannot be read.

    """
    audits = audit_figures(path)
    if as_json:
        console.out(json.dumps(report.as_json(audits), indent=2, ensure_ascii=False), highlight=False)
    else:
        print_table(console, report.as_table(audits), indent=0)
