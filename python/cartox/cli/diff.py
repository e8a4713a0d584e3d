"""The command that says what moved between two versions, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Warehouse, new_console, print_json, print_line
from cartox.cli.study import study_first

MOST_SIDES = 2
EXAMPLES_OF_DIFF = (
    "Examples: cartox diff study\n\ncartox diff study 3 4\n\ncartox diff study last_year.duckdb --json"
)


def diff(
    versions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[STUDY] [A] [B]",
            help="A study folder; then the earlier and the later one: files, or versions that cartox history lists. "
            "Default: the one before the published, and the published one.",
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
    from cartox.errors import UserError
    from cartox.warehouse.opening import reading_two

    _, warehouse, sides = study_first(versions, warehouse)
    if len(sides) > MOST_SIDES:
        raise UserError("diff: a study folder, then at most two files or versions are expected")
    before, after = (*sides, None, None)[:MOST_SIDES]
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
