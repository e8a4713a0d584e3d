"""What the dbt project that this package belongs to says of itself."""

import subprocess
from pathlib import Path
from typing import Any

from cartox.project import INSTALLED, installed_version
from cartox.yaml_file import read_yaml

SETTINGS = "dbt_project.yml"
SITE = "site"
"""The schema of a study's own models, and the folder of the project's models that they lie in."""


def default_variables(project: Path) -> dict[str, Any]:
    """Return the vars of dbt_project.yml with their defaults."""
    settings = read_yaml(project / SETTINGS)
    return dict(settings.get("vars") or {})


def code_revision(project: Path) -> str | None:
    """Return the version of an installed project, else its commit, `-dirty` after it where files differ.

    None where it is neither installed nor a git checkout.
    """
    if project == INSTALLED:
        return installed_version()
    top = _git(project, "rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != project.resolve():
        return None
    return _git(project, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")


def _git(project: Path, *words: str) -> str | None:
    command = ["git", "-C", str(project), *words]
    try:
        answer = subprocess.run(  # noqa: S603 - git with fixed words, no shell
            command, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip() or None
