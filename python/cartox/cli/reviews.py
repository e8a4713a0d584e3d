"""The command that lists what a clinician should look at."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Warehouse, new_console, print_json

EXAMPLES_OF_REVIEWS = "Examples: cartox reviews\n\ncartox reviews --reason recorded_grade_differs --json"


def reviews(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="REASON", help="Only those with this reason.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON list, one object per patient and reason.")
    ] = False,
) -> None:
    """List what a clinician should look at, where it stands, and the command that shows the patient's whole way.

    It names patients: it is for those who may see the records.
    """
    from cartox.trace import print_reviews, read_reviews
    from cartox.warehouse.opening import reading_results

    def command_of(patient_id: str) -> str:
        other = [] if warehouse == DEFAULT_WAREHOUSE else ["--warehouse", str(warehouse)]
        return shlex.join(["cartox", "trace", "--patient", patient_id, *other])

    with reading_results(warehouse) as connection:
        found = read_reviews(connection, reason)
    if as_json:
        print_json([review | {"trace": command_of(review["patient_id"])} for review in found])
    else:
        print_reviews(new_console(), found, command_of)
