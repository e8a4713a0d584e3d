"""The command that a new site runs first."""

from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.group import FAILED
from cartox.cli.shared import Quiet, new_console, print_json
from cartox.cli.study import Extract, Omop, StudyFolder, VarsFile, given
from cartox.cli.waiting import waiting

EXAMPLES_OF_VALIDATE = (
    "Examples: cartox validate study"
    "\n\ncartox validate --omop cdm --extract charts"
    "\n\ncartox validate --extract extract --vars tocilizumab.yml --json > findings.json"
)


def validate(
    context: typer.Context,
    folder: StudyFolder = None,
    extract: Extract = None,
    omop: Omop = None,
    vars_file: VarsFile = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object: each file with its findings.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 also where a number would be null or a bound.")
    ] = False,
    words: Annotated[
        Path | None,
        typer.Option("--words", metavar="FILE.csv", help="Write every unknown word there, for you alone."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Say what is missing, unmapped or doubtful in an extract or OMOP tables, without building a warehouse.

    The records are read and judged as a run does. Reasons, counts and line numbers are printed, never a cell's
    content, but for terms that no seed knows and that stand in the records of enough patients (var
    disclosure_threshold); the others are counted, and --words writes them into a file for its owner alone. On a
    terminal, and there alone, cells of the first records are shown before and after what the study file declares
    of them. Exits with 0 where a run would use every record, with 1 where it would quarantine some or, with --strict,
    leave a number null or a bound, with 2 where it would refuse what was given.
    """
    from cartox.validation import validate as run_validation
    from cartox.validation.report import print_validation
    from cartox.validation.words_file import write_words

    is_quiet = quiet or bool(context.obj)
    said = given(folder, extract, omop, vars_file)
    with waiting(is_quiet) as progress:
        validation = run_validation(
            said.extract, said.variables, progress, said.origin, said.omop, said.study
        )
    if words is not None:
        write_words(validation, words)
    if as_json:
        print_json(validation.as_record())
    elif not is_quiet:
        print_validation(validation, new_console())
    if validation.n_quarantined or (strict and validation.leaves_bounds):
        raise typer.Exit(FAILED)
