"""Where the dbt project lies that this package belongs to."""

import os
from pathlib import Path

import cartox
from cartox.errors import UserError


def find_project() -> Path:
    """Return the folder of the dbt project: CARTOX_PROJECT, else the one that holds this package.

    Raises UserError where there is no dbt_project.yml.
    """
    named = os.environ.get("CARTOX_PROJECT")
    folder = Path(named) if named else Path(cartox.__file__).parents[2]
    if not (folder / "dbt_project.yml").is_file():
        raise UserError(f"{folder}: no dbt_project.yml there; set CARTOX_PROJECT to the project's folder")
    return folder.absolute()
