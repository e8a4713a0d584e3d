"""The command that begins a study."""

from pathlib import Path
from typing import Annotated

import typer

from cartox.cli.shared import Quiet, print_line
from cartox.owner import close_to_others, for_owner, make_folder

EXAMPLES_OF_INIT = "Example: cartox init my_study"
VARS_FILE = "study.yml"


def init(
    context: typer.Context,
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for the files; made if missing.")],
    quiet: Quiet = False,
) -> None:
    """Write an empty extract, a header in each file, and a var file with every var and what it means.

    Folders and files are for their owner alone. Nothing that is there already is overwritten. Git is told
    to leave the extract alone.
    """
    from cartox.errors import UserError
    from cartox.intake.empty_extract import empty_files
    from cartox.project import find_project
    from cartox.warehouse.variables_file import default_variables_text

    extract, vars_file = directory / "extract", directory / VARS_FILE
    texts = {extract / name: text for name, text in empty_files().items()}
    texts[vars_file] = default_variables_text(find_project())
    texts[directory / ".gitignore"] = "# Patients' records are never committed.\n/extract/\n"
    for path in (directory, extract):
        if path.exists() and not path.is_dir():
            raise UserError(f"{path}: a folder is expected, this is a file")
    for path in texts:
        if path.exists() or path.is_symlink():
            raise UserError(f"{path}: is there already and is not overwritten; nothing was written")
    make_folder(extract)
    close_to_others(extract)
    for path, text in texts.items():
        with open(path, "x", encoding="utf-8", newline="", opener=for_owner) as file:
            file.write(text)
    if not (quiet or context.obj):
        print_line(f"Empty extract: {extract}, var file: {vars_file}")
        print_line(f"Fill the files, then: cartox validate --extract {extract} --vars {vars_file}")
        print_line(f"and then: cartox run --extract {extract} --vars {vars_file}")
