"""The command that builds a study again under other choices of grading."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cartox.cli.shared import Quiet, print_json, print_line
from cartox.cli.study import Extract, Omop, StudyFolder, VarsFile, given
from cartox.cli.waiting import waiting

if TYPE_CHECKING:
    from cartox.specifications import Specification

EXAMPLES_OF_SPECIFICATIONS = (
    "Examples: cartox specifications study"
    "\n\ncartox specifications --extract extract --csv specifications.csv"
)
COLUMNS = (
    *("claim", "label", "dimension", "choice", "n_responders", "n_non_responders", "n_bounds"),
    *("effect_name", "effect", "effect_low", "effect_high", "effect_certainty"),
    *("p_value", "holds", "not_applicable"),
)


def specifications(
    context: typer.Context,
    folder: StudyFolder = None,
    extract: Extract = None,
    omop: Omop = None,
    vars_file: VarsFile = None,
    csv_file: Annotated[
        Path | None,
        typer.Option(
            "--csv", metavar="FILE", help="Write each claim under each choice there, for you alone."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON list: each claim under each choice.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Build the study again under other choices of grading, one at a time, and say which claims flip.

    The choices are those of the seed grading_choices: an alert patient without an ICE score, how long a fever holds, a recorded
    CRS 0. Each is a build, of minutes in a large study; nothing is published. Choices that leave grades as they are were computed
    in the run and stand in results.specifications.
    """
    from cartox.export import write_owners_csv
    from cartox.specifications import grading_specifications

    is_quiet = quiet or bool(context.obj)
    said = given(folder, extract, omop, vars_file)
    with waiting(is_quiet) as progress:
        found = grading_specifications(
            said.extract, said.variables, progress, said.origin, said.omop, said.study
        )
    rows = [row for one in found for row in _rows(one)]
    if csv_file is not None:
        write_owners_csv(csv_file, COLUMNS, rows)
    if as_json:
        print_json([dict(zip(COLUMNS, row, strict=True)) for row in rows])
    elif not is_quiet:
        for one in found:
            print_line(_told(one))


def _rows(one: "Specification") -> list[tuple[Any, ...]]:
    return [
        (
            *(claim.claim, claim.label, one.choice.var, one.choice.choice),
            *(claim.found.n_responders, claim.found.n_non_responders, claim.found.n_bounds),
            *(claim.found.effect_name, claim.found.effect, claim.found.low, claim.found.high),
            *(claim.found.effect_certainty, claim.found.p_value, claim.holds, claim.found.not_applicable),
        )
        for claim in one.claims
    ]


def _told(one: "Specification") -> str:
    responded = (
        f"{one.n_responders:,} of {one.n_evaluable:,} responded"
        if one.n_evaluable
        else "whether any responded cannot be told"
    )
    counted = f"{one.n_cohort:,} in the cohort, {responded}"
    if one.choice.var == "study":
        return f"As planned: {counted}."
    named = f"{one.choice.var} {one.choice.choice} ({one.choice.description}): {counted}"
    untold = (
        f"; without a p-value, so that nothing is known of: {'; '.join(one.untold)}" if one.untold else ""
    )
    flipped = "; ".join(one.flipped) or "none of the claims that can be told"
    return f"{named}; flips: {flipped}{untold}."
