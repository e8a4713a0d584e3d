"""What holds patients is for its owner alone: folders 0700 and files 0600, whatever the umask."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cartox.errors import UserError

FOLDER, FILE = 0o700, 0o600
OTHERS = 0o077


@contextmanager
def owner_only() -> Iterator[None]:
    """Let whatever is made inside the block, by programs that it starts too, be for its owner alone.

    From the first moment: the umask is set, so that no file is open to others until somebody closes it.
    """
    before = os.umask(OTHERS)
    os.umask(before | OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner alone; one that is there stays as it is."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=FOLDER, exist_ok=True)


def close_to_others(path: Path) -> None:
    """Take from others what they may do with a file, or with a folder and all in it; links are not followed."""
    if path.is_symlink() or not path.exists():
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & OTHERS:
        path.chmod(mode & FOLDER)
    if path.is_dir():
        for inside in path.iterdir():
            close_to_others(inside)


def for_owner(path: str, flags: int) -> int:
    """Open a file to write as `opener` of the builtin `open`: for its owner alone, also where it was there before."""
    handle = os.open(path, flags, FILE)
    os.fchmod(handle, FILE)
    return handle


@contextmanager
def write_for_owner(file: Path) -> Iterator[BinaryIO]:
    """Give a file to write for its owner alone, which takes its name when it is whole, and not at all where that fails.

    Raises UserError where its name is that of a folder, or its folder is none.
    """
    if file.is_dir() or not file.parent.is_dir():
        raise UserError(f"{file}: a file in a folder that is there is expected")
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(beside, "wb", opener=for_owner) as written:
            yield written
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def copy_folder(source: Path, target: Path, left_out: str = "") -> None:
    """Copy a folder's files, their content alone: the copy can be written also where the original is only read.

    Folders and files named `left_out` are not copied.
    """
    target.mkdir(mode=FOLDER)
    for path in sorted(source.iterdir()):
        if path.name == left_out:
            continue
        if path.is_dir():
            copy_folder(path, target / path.name, left_out)
        else:
            (target / path.name).write_bytes(path.read_bytes())
