"""The command that begins a study."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.shared import Quiet, print_line
from cartox.cli.waiting import waiting

EXAMPLES_OF_INIT = "Examples: cartox init my_study\n\ncartox init example --example"


def init(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="STUDY", help="The study's folder; made if missing.", show_default=False)
    ],
    example: Annotated[
        bool,
        typer.Option("--example", help="Write the built-in study whole: records, vars, printed figures."),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Write a study folder: its vars, an empty extract, and tables for its own words, rules and printed figures.

    Folders and files are for their owner alone. Nothing that is there already is overwritten. Git is told
    to leave the records alone.
    """
    from cartox.study.begin import begin_study
    from cartox.synthetic import write_study

    is_quiet = quiet or bool(context.obj)
    study = begin_study(folder, example)
    if example:
        with waiting(is_quiet) as progress:
            write_study(folder / "extract", progress)
    if is_quiet:
        return
    name = shlex.quote(str(folder))
    print_line(f"Study: {study.settings}")
    if not example:
        print_line(f"Fill the files of {study.extract}, then:")
    print_line(f"cartox validate {name}")
    print_line(f"cartox run {name}")
