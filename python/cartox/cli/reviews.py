"""The command that lists what a clinician should look at."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Warehouse, new_console, print_json
from cartox.cli.study import StudyFolder, published

EXAMPLES_OF_REVIEWS = (
    "Examples: cartox reviews study\n\ncartox reviews study --reason recorded_grade_differs --json"
)


def reviews(
    folder: StudyFolder = None,
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
        return shlex.join(["cartox", "trace", *_place(folder, warehouse), "--patient", patient_id])

    with reading_results(published(folder, warehouse)) as connection:
        found = read_reviews(connection, reason)
    if as_json:
        print_json([review | {"trace": command_of(review["patient_id"])} for review in found])
    else:
        print_reviews(new_console(), found, command_of)


def _place(folder: Path | None, warehouse: Path) -> list[str]:
    """Return the words that name what is read to another command."""
    study = [] if folder is None else [str(folder)]
    return study if warehouse == DEFAULT_WAREHOUSE else [*study, "--warehouse", str(warehouse)]
