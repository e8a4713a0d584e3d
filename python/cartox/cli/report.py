"""The command that writes the report."""

from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Quiet, Warehouse, print_line
from cartox.cli.study import StudyFolder, published
from cartox.cli.waiting import waiting

EXAMPLES_OF_REPORT = (
    "Examples: cartox report study\n\ncartox report --warehouse crs/crs.duckdb --output crs-report"
)


def page(
    context: typer.Context,
    folder: StudyFolder = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    output: Annotated[
        Path, typer.Option("--output", metavar="DIR", help="Folder for the page, its figures and tables.")
    ] = Path("report"),
    quiet: Quiet = False,
) -> None:
    """Write the report of a warehouse: a page that opens offline, with figures (PNG, SVG, CSV) and tables as files beside it.

    A run writes the same page without the pictures.
    """
    from cartox.errors import UserError
    from cartox.warehouse.layout import Layout
    from cartox.warehouse.opening import reading_results

    if output.exists() and not output.is_dir():
        raise UserError(f"{output}: not a folder")
    file = published(folder, warehouse)
    with (
        waiting(quiet or bool(context.obj)) as progress,
        reading_results(file) as connection,
    ):
        progress.step("Writing the report")
        from cartox.report.page import write_report

        written = write_report(connection, output, progress=progress, plans=Layout(file).plans)
    if not (quiet or context.obj):
        print_line(f"Report: {written}")
