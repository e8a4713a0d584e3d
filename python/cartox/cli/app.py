"""The commands. What takes seconds to import is imported by the command that needs it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.bench import EXAMPLES_OF_BENCH, bench
from cartox.cli.diff import EXAMPLES_OF_DIFF, diff, print_what_moved
from cartox.cli.documentation import EXAMPLES_OF_DOCS, docs
from cartox.cli.export import EXAMPLES_OF_EXPORT, export
from cartox.cli.group import FAILED, Commands
from cartox.cli.init import EXAMPLES_OF_INIT, init
from cartox.cli.release import release
from cartox.cli.report import EXAMPLES_OF_REPORT, page
from cartox.cli.reviews import EXAMPLES_OF_REVIEWS, reviews
from cartox.cli.shared import DEFAULT_WAREHOUSE, Quiet, Warehouse, new_console, print_json, print_line
from cartox.cli.specifications import EXAMPLES_OF_SPECIFICATIONS, specifications
from cartox.cli.study import Extract, Omop, StudyFolder, VarsFile, file_given, given, published
from cartox.cli.trace import EXAMPLES_OF_TRACE, trace
from cartox.cli.validate import EXAMPLES_OF_VALIDATE, validate
from cartox.cli.versions import history, rollback
from cartox.cli.waiting import waiting
from cartox.cli.words import EXAMPLES_OF_WORDS, words
from cartox.interruption import listen_for_interruption
from cartox.project import installed_version


class Engine(StrEnum):
    """What may build the models."""

    DUCKDB = "duckdb"
    SPARK = "spark"


app = typer.Typer(
    cls=Commands,
    name="cartox",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="From the raw records of a CAR-T center to a toxicity study's figures."
    "\n\nStart with: cartox init study --example; cartox run study",
    epilog="Exit codes: 0 success, 1 a build or a check failed, 2 a mistake in what was given, "
    "130 interrupted, 143 terminated.",
)


def main() -> None:
    """Run the command line and exit with its code."""
    listen_for_interruption()
    app(prog_name="cartox")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cartox {installed_version() or '(run from its source folder, not installed)'}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    quiet: Quiet = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Hold what every command shares."""
    context.obj = quiet


app.command(epilog=EXAMPLES_OF_INIT)(init)
app.command(epilog=EXAMPLES_OF_VALIDATE)(validate)
app.command(epilog=EXAMPLES_OF_WORDS)(words)


@app.command(
    epilog="Examples: cartox synth study"
    "\n\ncartox synth --omop cdm"
    "\n\ncartox synth registry --patients 100000 --parquet"
)
def synth(
    context: typer.Context,
    directory: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder for the files; made if missing.")
    ] = None,
    omop: Annotated[
        Path | None,
        typer.Option("--omop", metavar="DIR", help="Folder for the study as OMOP tables, one CSV file each."),
    ] = None,
    patients: Annotated[
        int | None,
        typer.Option(
            "--patients", min=1, metavar="N", help="Write a registry of so many people instead of the study."
        ),
    ] = None,
    parquet: Annotated[
        bool, typer.Option("--parquet", help="With --patients: write Parquet files instead of CSV.")
    ] = False,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, metavar="N", help="With --patients: draw other people.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write the built-in study as a raw extract, one CSV file per table, or as OMOP tables; or a registry of any size."""
    from cartox.errors import UserError
    from cartox.synthetic import write_study, write_study_as_omop

    is_quiet = quiet or context.obj
    if patients is not None:
        _write_registry(directory, omop, patients, parquet, seed, is_quiet)
        return
    if parquet or seed is not None:
        raise UserError(
            "--parquet and --seed go with --patients N: the built-in study is always the same CSV files"
        )
    if directory is None and omop is None:
        raise UserError("nothing to write: give DIR, --omop DIR, or both")
    with waiting(is_quiet) as progress:
        if directory is not None:
            write_study(directory, progress)
        if omop is not None:
            write_study_as_omop(omop, progress)
    if is_quiet:
        return
    if directory is not None:
        print_line(f"Extract written to {directory}")
    if omop is not None:
        words = f"cartox run --omop {omop} --extract {omop / 'extract'} --vars {omop / 'study.yml'}"
        print_line(f"OMOP tables written to {omop}; to run them: {words}")


def _write_registry(
    directory: Path | None, omop: Path | None, patients: int, parquet: bool, seed: int | None, is_quiet: bool
) -> None:
    from cartox.errors import UserError
    from cartox.synthetic.registry import SEED, write_registry

    if directory is None or omop is not None:
        raise UserError("--patients N writes an extract: give its folder DIR, and no --omop")
    with waiting(is_quiet) as progress:
        write_registry(directory, patients, progress, parquet=parquet, seed=SEED if seed is None else seed)
    if not is_quiet:
        print_line(f"Extract of {patients:,} synthetic patients written to {directory}")


@app.command(
    epilog="Examples: cartox run study"
    "\n\ncartox run study --keep 20 --wait --readers bi"
    "\n\ncartox run --extract extract --warehouse crs/crs.duckdb --vars tocilizumab.yml"
    "\n\ncartox run --omop cdm --extract charts"
)
def run(
    context: typer.Context,
    folder: StudyFolder = None,
    extract: Extract = None,
    omop: Omop = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    vars_file: VarsFile = None,
    keep: Annotated[
        int, typer.Option("--keep", metavar="N", min=1, help="Keep so many of the last versions.")
    ] = 5,
    wait: Annotated[bool, typer.Option("--wait", help="Wait while another run is at work here.")] = False,
    readers: Annotated[
        str | None,
        typer.Option(
            "--readers", metavar="GROUP", help="Let this group of the system read the published file."
        ),
    ] = None,
    no_readers: Annotated[bool, typer.Option("--no-readers", help="Let no group read it any more.")] = False,
    with_models: Annotated[
        bool, typer.Option("--with-models", help="Build the study folder's own models, too: they are code.")
    ] = False,
    engine: Annotated[
        Engine, typer.Option("--engine", help="What builds the models; Spark needs cartox\\[spark] and Java.")
    ] = Engine.DUCKDB,
    quiet: Quiet = False,
) -> None:
    """Read a study's extract or OMOP tables, build and check everything, publish and print the study's summary.

    What was published before stays untouched until the new warehouse is whole, and whenever something fails.
    Everything is for its owner alone, but for the published file where --readers names a group, which then
    reads later versions, too.
    """
    from cartox import pipeline
    from cartox.errors import UserError
    from cartox.warehouse.opening import reading_results

    if readers is not None and no_readers:
        raise UserError("--readers and --no-readers exclude each other: give one of them")
    is_quiet = quiet or context.obj
    said = given(folder, extract, omop, vars_file, warehouse)
    if with_models and said.study is None:
        raise UserError("--with-models builds a study folder's own models: name the folder")
    with waiting(is_quiet) as progress:
        report = pipeline.run(
            said.extract,
            said.warehouse,
            said.variables,
            progress,
            said.origin,
            omop=said.omop,
            keep=keep,
            waits=wait,
            readers=readers,
            keeps_readers=not no_readers,
            study=said.study,
            with_models=with_models,
            engine=engine.value,
        )
    if is_quiet:
        return
    from cartox.checks import print_checks
    from cartox.report import show_brief

    with reading_results(said.warehouse) as connection:
        show_brief(connection, new_console())
    print_checks(report.checks, new_console())
    if report.replaced is not None:
        print_what_moved(report.replaced, report.version / said.warehouse.name)
    for note in (*report.landing.notes, *report.notes):
        print_line(f"Note: {note}")
    print_places(said.warehouse)


@app.command(epilog="Examples: cartox show study\n\ncartox show --warehouse crs/crs.duckdb --json")
def show(
    folder: StudyFolder = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    full: Annotated[
        bool, typer.Option("--full", help="Print every comparison, exposure, figure and file.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object: the summary's tables, one object a row.")
    ] = False,
) -> None:
    """Print the study's summary from a warehouse: what was found, and where the rest stands."""
    from cartox import report
    from cartox.warehouse.opening import reading_results

    file = published(folder, warehouse)
    with reading_results(file) as connection:
        if as_json:
            print_json(report.read_summary(connection))
            return
        (report.show if full else report.show_brief)(connection, new_console())
    print_places(file)


app.command(epilog=EXAMPLES_OF_REVIEWS)(reviews)
app.command(epilog=EXAMPLES_OF_TRACE)(trace)


@app.command(epilog="Examples: cartox check study\n\ncartox check crs/crs.duckdb --docs crs-checks --json")
def check(
    context: typer.Context,
    warehouse: Annotated[
        Path,
        typer.Argument(
            metavar="STUDY_OR_FILE", show_default=True, help="The study folder or the warehouse to check."
        ),
    ] = DEFAULT_WAREHOUSE,
    docs: Annotated[
        Path | None,
        typer.Option("--docs", metavar="DIR", help="A new or empty folder for Data Docs: pages of counts."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON list, one object per expectation.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Run the great-expectations suites over a warehouse; exit with 1 where one does not hold."""
    from cartox.warehouse.opening import open_published

    warehouse = file_given(warehouse)
    open_published(warehouse).close()
    from cartox.checks import print_checks, run_checks

    is_quiet = quiet or context.obj
    with waiting(is_quiet) as progress:
        progress.step(f"Checking {warehouse}")
        report = run_checks(warehouse, docs, progress)
    if as_json:
        print_json(report.as_records())
    elif not is_quiet:
        print_checks(report, new_console())
        if docs:
            print_line(f"Data Docs: {docs / 'index.html'}")
    if any(row.status in ("failed", "error") for row in report.rows):
        raise typer.Exit(FAILED)


@app.command(
    epilog="Examples: cartox audit table1.docx --letter letter.md\n\ncartox audit figures.csv --json > verdicts.json"
    "\n\ncartox audit --template > figures.csv"
)
def audit(
    figures: Annotated[
        Path | None,
        typer.Argument(
            metavar="TABLE",
            help="A table as printed (.csv, .md, .html, .docx, .xlsx), or a CSV with one printed figure a row.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON: figures, findings and how cells were read.")
    ] = False,
    letter: Annotated[
        Path | None, typer.Option("--letter", help="Write the findings to this file, .md or .docx.")
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="Print an empty CSV with one figure a row, and an example.")
    ] = False,
) -> None:
    """Say of each figure that a study printed whether, and how, any data can give it."""
    from cartox.audit import TEMPLATE, run_audit

    if template:
        typer.echo(TEMPLATE, nl=False)
    elif figures is None:
        raise typer.BadParameter("Missing argument 'TABLE'.")
    else:
        run_audit(figures, as_json, new_console(), letter)


def print_places(warehouse: Path) -> None:
    """Print where the parts of a publication lie, each on its line."""
    from cartox.warehouse.layout import Layout

    layout = Layout(warehouse)
    places = {"Checks": layout.link("checks") / "index.html", "Warehouse": warehouse}
    for part, place in (places | {"Report": layout.link("report") / "index.html"}).items():
        if place.is_file():
            print_line(f"{part}: {place}")


app.command(epilog=EXAMPLES_OF_DIFF)(diff)
app.command(epilog="Examples: cartox history study\n\ncartox history --warehouse crs/crs.duckdb --json")(
    history
)
app.command(
    epilog="Examples: cartox rollback study\n\ncartox rollback study 3\n\n"
    "cartox rollback 000003-20250102T030405Z --warehouse crs/crs.duckdb"
)(rollback)
app.command(epilog="Examples: cartox release study out\n\ncartox release out --warehouse crs/crs.duckdb")(
    release
)
app.command(epilog=EXAMPLES_OF_BENCH)(bench)
app.command(epilog=EXAMPLES_OF_EXPORT)(export)
app.command(epilog=EXAMPLES_OF_SPECIFICATIONS)(specifications)
app.command(name="report", epilog=EXAMPLES_OF_REPORT)(page)
app.command(epilog=EXAMPLES_OF_DOCS)(docs)
