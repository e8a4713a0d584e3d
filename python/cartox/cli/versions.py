"""The commands about the kept versions of a warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Quiet, Warehouse, new_console, print_json, print_line

if TYPE_CHECKING:
    from cartox.warehouse import Version

HASH_LENGTH = 8


def history(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON list, one object per version, with its input files.")
    ] = False,
) -> None:
    """List the kept versions of a warehouse, newest first, and what each was made from.

    Versions with the same input were made from the same files.
    """
    from cartox.warehouse import read_history

    versions = read_history(warehouse)
    if as_json:
        print_json([version.as_record() for version in versions])
    else:
        _print_versions(versions)


def rollback(
    context: typer.Context,
    version: Annotated[
        str | None,
        typer.Argument(
            metavar="VERSION",
            help="A version that cartox history lists, or its number. Default: the one before the current one.",
            show_default=False,
        ),
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    quiet: Quiet = False,
) -> None:
    """Publish an earlier kept version again, at once and whole; the next run publishes a newer one.

    Nothing is removed, so that a newer version can be returned to in the same way.
    """
    from cartox.warehouse import roll_back

    notes: list[str] = []
    published = roll_back(warehouse, version, notes.append)
    if not (quiet or context.obj):
        for note in notes:
            print_line(f"Note: {note}")
        print_line(f"Warehouse: {warehouse} is version {published.name}")


def _print_versions(versions: list[Version]) -> None:
    from cartox.report.layout import new_table

    table = new_table("version", "", "revision", "input", "records", "cohort", numeric_from=4)
    for column in table.columns:
        column.no_wrap = True
    for version in versions:
        table.add_row(
            version.version,
            "current" if version.is_current else "",
            (version.revision or "")[:HASH_LENGTH],
            (version.input_fingerprint or "")[:HASH_LENGTH],
            *(_count(number) for number in (version.n_records, version.n_cohort)),
        )
    new_console().print(table)
    for version in versions:
        if version.problem:
            print_line(f"Note: {version.version}: {version.problem}")


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"
