"""The command that writes what may leave the institution."""

from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Quiet, Warehouse, print_line


def release(
    context: typer.Context,
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder for the files.")],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    quiet: Quiet = False,
) -> None:
    """Write tables and a summary that may leave the institution: no patient's row, no small count.

    Counts below the var disclosure_threshold are withheld, with all others from which they could be worked
    out, and so are medians, quartiles, ranges and tests of small groups. Ages over 89 read >89.
    """
    from cartox.release import default_threshold, write_release
    from cartox.warehouse.opening import reading_results

    with reading_results(warehouse) as connection:
        threshold = default_threshold(connection)
        files = write_release(connection, directory, threshold)
    if not (quiet or context.obj):
        print_line(f"Release: {len(files)} files in {directory}, counts below {threshold} withheld")
