"""The command that helps a site to name its own words."""

from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.shared import Quiet, new_console, print_json, print_line
from cartox.cli.study import given
from cartox.cli.waiting import waiting

EXAMPLES_OF_WORDS = "Examples: cartox words my_study\n\ncartox words my_study --json"


def words(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(metavar="STUDY", help="A study folder, as cartox init makes it.", show_default=False),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list, one object per word.")] = False,
    quiet: Quiet = False,
) -> None:
    """List the words of a study's records that nothing maps, with what hangs on them and the nearest known concepts.

    A row for each is written into words/to_confirm of the study, which no run reads: confirm a row by moving it
    into the table of the same name in words. Words that stand in the records of too few patients (var
    disclosure_threshold) are counted, neither named nor written.
    """
    from cartox.study import open_study
    from cartox.validation.judged import judged_records
    from cartox.validation.print_words import print_words
    from cartox.validation.words import read_unmapped, write_to_confirm

    is_quiet = quiet or bool(context.obj)
    said = given(folder, None, None, None)
    with (
        waiting(is_quiet) as progress,
        judged_records(said.extract, said.variables, progress, said.origin, said.omop, said.study) as judged,
    ):
        unmapped = read_unmapped(judged)
    files = write_to_confirm(open_study(folder), unmapped)
    if as_json:
        print_json(unmapped.as_records())
    elif not is_quiet:
        print_words(unmapped, new_console())
        for file in files:
            print_line(f"Rows to confirm: {file}")
