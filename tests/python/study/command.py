"""The command as its users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

CARTOX = str(Path(sys.executable).with_name("cartox"))


def cartox(
    folder: Path, *words: str, umask: int = -1, columns: int | None = None, before: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with a landing of its own there and, if so asked, under a umask or so many columns.

    Words `before` it are of another program, that runs it.
    """
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    environment["CARTOX_LANDING"] = str(folder / "landing")
    if columns is not None:
        environment["COLUMNS"] = str(columns)
    return subprocess.run(
        [*before, CARTOX, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        umask=umask,
    )
