"""The command that writes the results for other tools, inside the institution."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Quiet, Warehouse, print_line
from cartox.cli.study import StudyFolder, published

EXAMPLES_OF_EXPORT = (
    "Examples: cartox export study --ard ard.csv\n\n"
    "cartox export study --superset dashboard.zip\n\n"
    "cartox export --warehouse crs/crs.duckdb --ard ard.csv --summarised-result result.csv"
)
STAYS_INSIDE = "They hold small counts and stay inside; cartox release writes what may leave."
SHOWS_INSIDE = (
    "What a BI tool shows by them are small counts, which stay inside; they hold queries and the file's path."
)


def _file(name: str, metavar: str, help_: str) -> Any:
    return typer.Option(name, metavar=metavar, help=help_)


def export(
    context: typer.Context,
    folder: StudyFolder = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    ard: Annotated[
        Path | None,
        _file("--ard", "FILE", "An analysis results dataset, in the columns of the R package cards (CSV)."),
    ] = None,
    summarised_result: Annotated[
        Path | None,
        _file("--summarised-result", "FILE", "A summarised result of omopgenerics with its settings (CSV)."),
    ] = None,
    superset: Annotated[
        Path | None,
        _file("--superset", "FILE.zip", "A dashboard on the published file, to import into Superset."),
    ] = None,
    metabase: Annotated[
        Path | None,
        _file("--metabase", "FILE.json", "The same dashboard, as requests to Metabase's API."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write every statistic of the results, or a dashboard, for other tools. What they show stays inside.

    Nothing is rounded or withheld, so that each file is for its owner alone (mode 0600). What may leave the
    institution is written by cartox release.
    """
    from cartox.dashboards import write_metabase, write_superset
    from cartox.export import write_ard, write_summarised_result
    from cartox.warehouse.opening import reading_results

    _require_apart([ard, summarised_result, superset, metabase])
    file = published(folder, warehouse)
    lines = []
    with reading_results(file) as connection:
        if ard is not None:
            lines.append(f"Analysis results: {write_ard(connection, ard):,} statistics in {ard}")
        if summarised_result is not None:
            n_rows = write_summarised_result(connection, summarised_result)
            lines.append(f"Summarised result: {n_rows:,} estimates in {summarised_result}")
        if lines:
            lines.append(STAYS_INSIDE)
        if superset is not None:
            lines.append(f"Superset: {write_superset(connection, file, superset)} charts in {superset}")
        if metabase is not None:
            lines.append(f"Metabase: {write_metabase(connection, file, metabase)} charts in {metabase}")
        if superset or metabase:
            lines.append(SHOWS_INSIDE)
    if not (quiet or context.obj):
        for line in lines:
            print_line(line)


def _require_apart(files: Sequence[Path | None]) -> None:
    from cartox.errors import UserError

    named = [file for file in files if file is not None]
    if not named:
        raise UserError(
            "export: name a file by --ard, --summarised-result, --superset or --metabase, or several"
        )
    for place, file in enumerate(named):
        if file.resolve() in [other.resolve() for other in named[:place]]:
            raise UserError(f"{file}: named twice; a file of its own for each is expected")
