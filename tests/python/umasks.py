"""What tests of files' modes share."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """Run a block under a umask."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def open_to_others(*places: Path) -> list[str]:
    """The files and folders at and below some places with which others than the owner may do anything."""
    paths = [path for place in places for path in (place, *place.rglob("*"))]
    found = [path for path in paths if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & 0o077]
    return [f"{path} {stat.S_IMODE(path.stat().st_mode):o}" for path in found]


def mode(path: Path) -> int:
    """The permission bits of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)
