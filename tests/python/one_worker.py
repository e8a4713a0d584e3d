"""What the workers of a run make once for all of them."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def only_once(folder: Path, name: str) -> Iterator[bool]:
    """Say whether this is the first to come; the others wait until it is done."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not (folder / f"{name}.ok").exists()
        (folder / f"{name}.ok").touch()
