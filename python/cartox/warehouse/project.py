"""What the dbt project that this package belongs to says of itself."""

import os
import subprocess
from pathlib import Path
from typing import Any

import yaml

SETTINGS = "dbt_project.yml"


def landing_folder(project: Path) -> Path:
    """Return the folder that extracts are landed in: CARTOX_LANDING, else data/landing of the project."""
    return Path(os.environ.get("CARTOX_LANDING") or project / "data" / "landing").absolute()


def default_variables(project: Path) -> dict[str, Any]:
    """Return the vars of dbt_project.yml with their defaults."""
    settings = yaml.safe_load((project / SETTINGS).read_text(encoding="utf-8"))
    return dict(settings.get("vars") or {})


def git_revision(project: Path) -> str | None:
    """Return the project's commit, `-dirty` after it where files differ; None if it is no git checkout."""
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
