"""The command that writes what may leave the institution."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Quiet, Warehouse, print_line
from cartox.cli.study import published


class Format(StrEnum):
    """The forms of a release."""

    CSV = "csv"
    ARD = "ard"
    SUMMARISED_RESULT = "summarised-result"


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
    form: Annotated[
        Format,
        typer.Option("--format", help="Tables, an analysis results dataset, or an OMOP summarised result."),
    ] = Format.CSV,
    ledger: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Folder of the ledger of releases. [default: .releases beside the warehouse]"
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write tables and a summary that may leave the institution: from which no small count can be worked out.

    Counts below the var disclosure_threshold are withheld, all others rounded to 5, medians and quartiles are means of
    several neighbors. What must be approved lies in DIR.approval, with what was withheld and why: it stays inside.
    Every release is held against the earlier ones of its ledger.
    """
    from cartox.errors import UserError
    from cartox.release import default_threshold, write_release
    from cartox.study import is_study
    from cartox.warehouse.layout import Layout
    from cartox.warehouse.opening import reading_results

    if directory is None and is_study(folder):
        raise UserError(f"{folder}: a study folder; name the folder for the release after it")
    if directory is not None:
        warehouse = published(folder, warehouse)
    directory = directory or folder
    with reading_results(warehouse) as connection:
        threshold = default_threshold(connection)
        book = ledger or Layout(warehouse).releases
        files = write_release(connection, directory, threshold, ledger=book, form=form.value)
    if not (quiet or context.obj):
        print_line(f"Release: {len(files)} files in {directory}, counts below {threshold} withheld")
        print_line(f"To approve: {directory}.approval/index.html")
