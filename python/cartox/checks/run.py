"""Runs the checks: as queries in this process, or by great-expectations in a process of its own.

DuckDB refuses to open a file read-only in a process that has it open with other settings, and what
great-expectations and the database's bindings print is kept apart from the command's own output.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import cartox
from cartox.checks.queries import run_queries
from cartox.checks.report import ERROR, CheckReport, CheckRow
from cartox.errors import UserError
from cartox.owner import owner_only
from cartox.progress import Progress, SilentProgress
from cartox.project import find_project
from cartox.warehouse.apart import listen

SUITES = Path("tests", "great_expectations")


@owner_only()
def run_checks(
    warehouse_file: Path, docs: Path | None = None, progress: Progress | None = None
) -> CheckReport:
    """Run every suite over a warehouse; the file is only read, and nothing is written beside it.

    Where `docs` is given, great-expectations runs them and writes Data Docs into it, a new or empty folder; its
    index.html opens offline and tells counts only, no cell of a table. Else the same suites run as queries,
    with the same verdicts. `progress` is told of every suite.

    Raises UserError where there is no such file, or where `docs` holds anything. What goes wrong inside the
    checks is a row of the report.
    """
    if not warehouse_file.is_file():
        raise UserError(f"{warehouse_file}: there is no such warehouse")
    if docs is not None and docs.exists() and (not docs.is_dir() or any(docs.iterdir())):
        raise UserError(f"{docs}: an empty folder, or a name that is free, is expected")
    if docs is None:
        return run_queries(warehouse_file.absolute(), find_project() / SUITES, progress)
    program = [
        sys.executable,
        "-m",
        "cartox.checks.worker",
        str(warehouse_file.absolute()),
        str(find_project() / SUITES),
        str(docs.absolute()),
    ]
    ended = listen(program, {**os.environ, "PYTHONPATH": _search_path()}, progress or SilentProgress())
    if ended.code != 0 or not ended.lines:
        return CheckReport([CheckRow("all", "run", ERROR, f"the checks ended with code {ended.code}")])
    return CheckReport([CheckRow(**row) for row in json.loads(ended.lines[-1])])


def _search_path() -> str:
    package = str(Path(cartox.__file__).parents[1])
    return os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
