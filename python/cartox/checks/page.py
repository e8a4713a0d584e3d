"""The page of a run's checks: every expectation with its state, without a cell of any table and without a script."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader

from cartox.checks.queries import read_names, read_suite
from cartox.checks.report import STATUSES, CheckReport
from cartox.checks.run import SUITES
from cartox.owner import make_folder
from cartox.project import find_project

PAGE = "index.html"


def write_checks(report: CheckReport, folder: Path, warehouse: str) -> None:
    """Write what the checks said of the file `warehouse` as a page in the new folder `folder`."""
    environment = Environment(
        loader=PackageLoader("cartox.checks"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    style = Path(__file__).with_name("templates").joinpath("page.css").read_text(encoding="utf-8")
    by_suite = groupby(report.rows, lambda row: row.suite)
    text = environment.get_template("checks.html.j2").render(
        report=report,
        suites={suite: list(rows) for suite, rows in by_suite},
        statuses=STATUSES,
        descriptions=_descriptions(find_project() / SUITES),
        style=style,
        warehouse=warehouse,
    )
    make_folder(folder)
    (folder / PAGE).write_text(text, encoding="utf-8")


def _descriptions(project: Path) -> Mapping[tuple[str, str], str]:
    return {
        (suite, one.name): one.description
        for suite in read_names(project)
        for one in read_suite(project, suite)
    }
