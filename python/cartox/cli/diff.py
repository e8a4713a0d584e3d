"""The command that says what moved between two versions, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Warehouse, new_console, print_json, print_line

EXAMPLES_OF_DIFF = (
    "Examples: cartox diff\n\ncartox diff 3 4\n\ncartox diff last_year.duckdb warehouse/cartox.duckdb --json"
)


def diff(
    before: Annotated[
        str | None,
        typer.Argument(
            metavar="A",
            help="The earlier one: a file, or a version that cartox history lists. Default: the one before the published.",
            show_default=False,
        ),
    ] = None,
    after: Annotated[
        str | None,
        typer.Argument(
            metavar="B",
            help="The later one, in the same way. Default: the published one.",
            show_default=False,
        ),
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object: all that differs.")] = False,
) -> None:
    """Say what moved between two versions of a warehouse: what they were made of, records, patients, results.

    It names patients: it is for those who may see the records.
    """
    from cartox.difference import compare, find_sides, print_difference
    from cartox.warehouse.opening import reading_two

    with reading_two(*find_sides(warehouse, before, after)) as connection:
        found = compare(connection)
    if as_json:
        print_json(found.as_record())
    else:
        print_difference(new_console(), found)


def print_what_moved(before: Path, after: Path) -> None:
    """Print five lines on what a run changed of the version that it replaced; they name no patient."""
    from cartox.difference import compare, five_lines
    from cartox.errors import UserError
    from cartox.warehouse.opening import reading_two

    print_line("\nAgainst the version before (cartox diff shows all of it)")
    try:
        with reading_two(before, after) as connection:
            lines = five_lines(compare(connection))
    except UserError as error:
        lines = [str(error)]
    for line in lines:
        print_line(f"  {line}")
