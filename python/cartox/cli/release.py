"""The command that writes what may leave the institution."""

from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Quiet, Warehouse, print_line
from cartox.cli.study import published


def release(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="[STUDY]", help="A study folder; without one, DIR alone.")
    ],
    directory: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="A new or empty folder for the files.", show_default=False),
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    quiet: Quiet = False,
) -> None:
    """Write tables and a summary that may leave the institution: no patient's row, no small count.

    Counts below the var disclosure_threshold are withheld, with all others from which they could be worked
    out, and so are medians, quartiles, ranges and tests of small groups. Ages over 89 read >89.
    """
    from cartox.errors import UserError
    from cartox.release import default_threshold, write_release
    from cartox.study import is_study
    from cartox.warehouse.opening import reading_results

    if directory is None and is_study(folder):
        raise UserError(f"{folder}: a study folder; name the folder for the release after it")
    if directory is not None:
        warehouse = published(folder, warehouse)
    directory = directory or folder
    with reading_results(warehouse) as connection:
        threshold = default_threshold(connection)
        files = write_release(connection, directory, threshold)
    if not (quiet or context.obj):
        print_line(f"Release: {len(files)} files in {directory}, counts below {threshold} withheld")
