"""The command that writes the results for other tools, inside the institution."""

from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Quiet, Warehouse, print_line
from cartox.cli.study import StudyFolder, published

EXAMPLES_OF_EXPORT = (
    "Examples: cartox export study --ard ard.csv\n\n"
    "cartox export --warehouse crs/crs.duckdb --ard ard.csv --summarised-result result.csv"
)
STAYS_INSIDE = "They hold small counts and stay inside; cartox release writes what may leave."


def export(
    context: typer.Context,
    folder: StudyFolder = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    ard: Annotated[
        Path | None,
        typer.Option(
            "--ard",
            metavar="FILE",
            help="An analysis results dataset, in the columns of the R package cards (CSV).",
        ),
    ] = None,
    summarised_result: Annotated[
        Path | None,
        typer.Option(
            "--summarised-result",
            metavar="FILE",
            help="A summarised result of omopgenerics with its settings (CSV).",
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write every statistic of the results for other tools. The files hold small counts and stay inside.

    Nothing is rounded or withheld, so that each file is for its owner alone (mode 0600). What may leave the
    institution is written by cartox release.
    """
    from cartox.errors import UserError
    from cartox.export import write_ard, write_summarised_result
    from cartox.warehouse.opening import reading_results

    if ard is None and summarised_result is None:
        raise UserError("export: name a file by --ard, --summarised-result or both")
    if ard is not None and summarised_result is not None and ard.resolve() == summarised_result.resolve():
        raise UserError(f"{ard}: named twice; two files are expected")
    lines = []
    with reading_results(published(folder, warehouse)) as connection:
        if ard is not None:
            lines.append(f"Analysis results: {write_ard(connection, ard):,} statistics in {ard}")
        if summarised_result is not None:
            n_rows = write_summarised_result(connection, summarised_result)
            lines.append(f"Summarised result: {n_rows:,} estimates in {summarised_result}")
    if not (quiet or context.obj):
        for line in (*lines, STAYS_INSIDE):
            print_line(line)
