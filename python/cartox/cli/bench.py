"""The command `cartox bench`."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from cartox.cli.shared import Quiet, new_console, print_line
from cartox.cli.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartox.benchmark import Row

EXAMPLES_OF_BENCH = "Examples: cartox bench --patients 1000\n\ncartox bench --patients 100000 --only 'lab path' --csv bench.csv"


def bench(
    context: typer.Context,
    patients: Annotated[
        int, typer.Option("--patients", min=1, metavar="N", help="How many synthetic patients.")
    ] = 1000,
    repeats: Annotated[int, typer.Option("--repeats", min=1, metavar="N", help="How often each is run.")] = 3,
    limit: Annotated[
        float,
        typer.Option(
            "--limit", min=1, metavar="SECONDS", help="What a single run may take before it is ended."
        ),
    ] = 3600,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="WORDS", help="Run those alone whose name begins so; may be repeated."
        ),
    ] = None,
    table: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the table there, too.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Measure a build on synthetic records of any size, beside SQL, Polars and pandas by hand, and what reading takes."""
    from cartox.benchmark import compare, named, write_csv

    is_quiet = quiet or context.obj
    contenders = named(only or [""])
    with TemporaryDirectory(prefix="cartox-bench-") as name, waiting(is_quiet) as progress:
        rows = compare(Path(name), patients, repeats, limit, progress, contenders)
    if table is not None:
        write_csv(rows, table)
    if not is_quiet:
        _print(rows)


def _print(rows: "Sequence[Row]") -> None:
    from rich.table import Table

    first = rows[0]
    shown = Table(
        title=f"{first.n_patients:,} patients, medians of {max(row.n_runs for row in rows)}", box=None
    )
    for heading in ("", "wall s", "least to most", "CPU s", "peak GB", "disk GB"):
        shown.add_column(heading, justify="left" if not heading else "right", no_wrap=True)
    for row in rows:
        if row.outcome:
            continue
        figures = (row.wall_s, row.processor_s, row.peak_gb, row.disk_gb)
        wall, processor, peak, disk = (f"{figure:.2f}" for figure in figures)
        spread = f"{row.wall_least_s:.2f} to {row.wall_most_s:.2f}"
        shown.add_row(row.contender, wall, spread, processor, peak, disk)
    new_console().print(shown)
    for row in rows:
        if row.n_differing is not None:
            print_line(f"{row.contender}: {row.n_differing} differing rows")
        if row.outcome:
            print_line(f"{row.contender}: {row.outcome}")
    print_line("CPU s: processor time of all cores; the size is that of the files that were made.")
