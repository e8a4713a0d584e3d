"""`python -m cartox.checks.worker FILE SUITES [DOCS]` runs the checks and prints them as a line of JSON, after its progress."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from cartox.checks.report import ERROR, CheckReport, CheckRow
from cartox.checks.suites import run_suites
from cartox.piped_progress import PipedProgress


def main(warehouse_file: str, project: str, docs: str | None = None) -> None:
    """Print one object for each expectation, then end without the interpreter's clearing up.

    Clearing up makes the database's bindings report objects that great-expectations still holds.
    """
    try:
        report = run_suites(
            Path(warehouse_file), Path(project), Path(docs) if docs else None, PipedProgress(sys.stdout)
        )
    except Exception as problem:
        detail = f"the checks could not be run ({type(problem).__name__})"
        report = CheckReport([CheckRow("all", "run", ERROR, detail)])
    sys.stdout.write(json.dumps(report.as_records()) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
