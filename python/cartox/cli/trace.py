"""The command that follows a number, or a patient, back to the lines of the files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Warehouse, new_console, print_json, print_line
from cartox.cli.study import study_first

EXAMPLES_OF_TRACE = (
    "Examples: cartox trace study baseline_crp responder median\n\ncartox trace study crp_median_responders --json"
    "\n\ncartox trace study --patient CTX-0186 --page patient.html"
)


def trace(
    figure: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[STUDY] FIGURE",
            help="A study folder; then words that name one number, or the id that its cell shows.",
            show_default=False,
        ),
    ] = None,
    patient: Annotated[
        str | None, typer.Option("--patient", metavar="ID", help="Follow this patient's whole way instead.")
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object: all of the trace.")] = False,
    page: Annotated[
        Path | None,
        typer.Option(
            "--page", metavar="FILE.html", help="With --patient: write a page with the timeline drawn."
        ),
    ] = None,
) -> None:
    """Show what made a number or what became of a patient, down to file and line of each record.

    It names patients: it is for those who may see the records. A page is for its owner alone and never part of a
    report or a release.
    """
    from cartox import trace as tracing
    from cartox.errors import UserError
    from cartox.warehouse.opening import reading_results

    _, warehouse, words = study_first(figure, warehouse)
    if bool(words) == (patient is not None):
        raise UserError("trace: give a figure or --patient ID, and not both")
    if page is not None and patient is None:
        raise UserError("trace --page: a page is of a patient, so --patient ID is needed")
    with reading_results(warehouse) as connection:
        found = (
            tracing.trace_figure(connection, words)
            if patient is None
            else tracing.trace_patient(connection, patient)
        )
    if as_json:
        print_json(found)
    elif page is None and patient is None:
        tracing.print_figure(new_console(), found)
    elif page is None:
        tracing.print_patient(new_console(), found)
    if page is not None:
        tracing.write_patient_page(found, page)
        if not as_json:
            print_line(f"Page: {page}")
