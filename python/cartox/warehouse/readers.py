"""A group of the system, such as that of a BI service, which may read the published file and nothing else."""

import grp
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cartox.errors import UserError
from cartox.owner import FILE, FOLDER
from cartox.warehouse.layout import Layout

_READ, _PASS = stat.S_IRGRP, stat.S_IXGRP


def find_group(name: str) -> int:
    """Return the number of a group. Raises UserError where there is none, or the user is not in it."""
    try:
        group = grp.getgrnam(name).gr_gid
    except KeyError:
        raise UserError(f"--readers {name}: there is no such group") from None
    if not _may_give_to(group):
        raise UserError(
            f"--readers {name}: you are not in this group, and only its members may give it a file"
        )
    return group


def readers_of(layout: Layout) -> int | None:
    """Return the number of the group that may read the published file, None where it is its owner's alone."""
    try:
        status = layout.warehouse.stat()
    except OSError:
        return None
    return status.st_gid if status.st_mode & _READ else None


def kept_readers(layout: Layout) -> int | None:
    """Return the group that may read the published file, for the next version.

    Raises UserError where the user is no longer in it, so that the next version could not be given to it.
    """
    group = readers_of(layout)
    if group is not None and not _may_give_to(group):
        raise UserError(
            f"{layout.warehouse}: group {_name(group)} reads it, and you are not in this group; "
            "end that with --no-readers, or ask to be a member"
        )
    return group


def admit(layout: Layout, version: Path, group: int | None) -> None:
    """Let a group, or nobody but the owner, read the file of a version and pass the folders on the way to it.

    Call it before the version is published. The folder that holds the fixed links is opened where it is the
    user's and no other group's; those above it are left alone.
    """
    for path, mode, allowed in (
        (version / layout.warehouse.name, FILE, _READ),
        (version, FOLDER, _PASS),
        (layout.versions, FOLDER, _PASS),
    ):
        if group is not None:
            os.chown(path, -1, group)
        path.chmod(mode | (0 if group is None else allowed))
    status = layout.folder.stat()
    is_free = status.st_uid == os.geteuid() and not status.st_mode & stat.S_IRWXG
    if group is not None and is_free and not _may_pass(layout.folder, group):
        os.chown(layout.folder, -1, group)
        layout.folder.chmod(stat.S_IMODE(status.st_mode) | _PASS)


def closed_folders(layout: Layout, group: int | None) -> Iterator[str]:
    """Tell of each folder on the way to the published file that its readers cannot pass."""
    for folder in (layout.folder, *layout.folder.resolve().parents):
        if group is not None and not _may_pass(folder, group):
            yield f"{folder}: group {_name(group)} cannot pass this folder, so it does not reach the published file"


def _may_pass(folder: Path, group: int) -> bool:
    status = folder.stat()
    return bool(status.st_mode & (stat.S_IXGRP if status.st_gid == group else stat.S_IXOTH))


def _may_give_to(group: int) -> bool:
    return os.geteuid() == 0 or group in (os.getegid(), *os.getgroups())


def _name(group: int) -> str:
    try:
        return grp.getgrgid(group).gr_name
    except KeyError:
        return str(group)
