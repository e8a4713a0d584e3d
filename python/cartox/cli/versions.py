"""The commands about the kept versions of a warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Quiet, Warehouse, new_console, print_json, print_line
from cartox.cli.study import StudyFolder, published

if TYPE_CHECKING:
    from cartox.warehouse import Version

HASH_LENGTH = 8


def history(
    folder: StudyFolder = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON list, one object per version, with its input files.")
    ] = False,
) -> None:
    """List the kept versions of a warehouse, newest first, and what each was made from.

    Versions with the same input were made from the same files. The digest is one SHA-256 over those of a version's
    own files when it was published; a version of which a file was changed since is marked as changed.
    """
    from cartox.warehouse import read_history

    versions = read_history(published(folder, warehouse))
    if as_json:
        print_json([version.as_record() for version in versions])
    else:
        _print_versions(versions)


def rollback(
    context: typer.Context,
    folder: Annotated[
        str | None,
        typer.Argument(
            metavar="STUDY", help="A study folder; without one, VERSION alone.", show_default=False
        ),
    ] = None,
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

    Nothing is removed, so that a newer version can be returned to in the same way. A version of which a file was
    changed since it was published is refused. Who may read the published file stays as it is.
    """
    from cartox.study import is_study
    from cartox.warehouse import roll_back

    if folder is not None and is_study(Path(folder)):
        warehouse = published(Path(folder), warehouse)
    elif version is None:
        version = folder
    else:
        warehouse = published(Path(folder or ""), warehouse)
    notes: list[str] = []
    now_published = roll_back(warehouse, version, notes.append)
    if not (quiet or context.obj):
        for note in notes:
            print_line(f"Note: {note}")
        print_line(f"Warehouse: {warehouse} is version {now_published.name}")


def _print_versions(versions: list[Version]) -> None:
    from cartox.terminal import new_table, print_table

    table = new_table("version", "", "revision", "input", "digest", "records", "cohort", numeric_from=5)
    table.padding = (0, 1, 0, 0)
    for version in versions:
        table.add_row(
            version.version,
            _state(version),
            (version.revision or "")[:HASH_LENGTH],
            (version.input_fingerprint or "")[:HASH_LENGTH],
            (version.digest or "")[:HASH_LENGTH],
            *(_count(number) for number in (version.n_records, version.n_cohort)),
        )
    print_table(new_console(), table, indent=0)
    for version in versions:
        for name in version.changed:
            print_line(f"Note: {version.version}: {name}: changed since it was published")
        if version.problem:
            print_line(f"Note: {version.version}: {version.problem}")


def _state(version: Version) -> str:
    states = {"current": version.is_current, "changed": bool(version.changed)}
    return " ".join(state for state, holds in states.items() if holds)


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"
