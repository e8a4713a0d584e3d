"""Where the dbt project lies that this package belongs to."""

import os
from importlib import metadata
from pathlib import Path

import cartox
from cartox.errors import UserError

_PACKAGE = Path(cartox.__file__).absolute().parent
INSTALLED = _PACKAGE / "dbt"
"""Where the project lies in an installed package; in a checkout it is the folder that holds `python`."""


def find_project() -> Path:
    """Return the folder of the dbt project: CARTOX_PROJECT, else the installed one, else the checkout.

    Raises UserError where there is no dbt_project.yml.
    """
    named = os.environ.get("CARTOX_PROJECT")
    checkout = _PACKAGE.parents[1]
    folder = Path(named) if named else INSTALLED if INSTALLED.is_dir() else checkout
    if not (folder / "dbt_project.yml").is_file():
        raise UserError(f"{folder}: no dbt_project.yml there; set CARTOX_PROJECT to the project's folder")
    return folder.absolute()


def installed_version() -> str | None:
    """Return the version of the package, None where it is run from its source folder without being installed."""
    try:
        return metadata.version("cartox")
    except metadata.PackageNotFoundError:
        return None
