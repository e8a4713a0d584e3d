"""Versions of a warehouse: begun aside, published by one rename, the last ones kept."""

import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from cartox.owner import FILE, FOLDER, close_to_others, make_folder
from cartox.warehouse.digests import write_digests
from cartox.warehouse.failure import RunError
from cartox.warehouse.layout import Layout
from cartox.warehouse.readers import admit, closed_folders, readers_of
from cartox.warehouse.versions import flush, flush_all, kept_versions, number_of, prune, switch_to

KEPT_VERSIONS = 5
_BUILDING = ".building-"
_REFUSED = "refused"


def begin_version(layout: Layout, now: datetime) -> Path:
    """Make the folder that a run builds in, and remove what killed and refused runs left behind.

    Call it under the layout's lock. The folder's name, once published, is a number that grows with each run
    (so that order does not hang on the clock) and the time.
    """
    make_folder(layout.versions)
    status = layout.versions.stat()
    is_passed = readers_of(layout) == status.st_gid
    layout.versions.chmod(status.st_mode & (FOLDER | (stat.S_IXGRP if is_passed else 0)))
    for remains in (*layout.versions.glob(f"{_BUILDING}*"), layout.versions / _REFUSED):
        shutil.rmtree(remains, ignore_errors=True)
    for remains in layout.folder.glob(f".{escape(layout.warehouse.name)}.link-*"):
        remains.unlink(missing_ok=True)
    number = max(map(number_of, kept_versions(layout)), default=0) + 1
    building = layout.versions / f"{_BUILDING}{number:06d}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    building.mkdir(mode=FOLDER)
    return building


def set_aside(layout: Layout, building: Path) -> Path | None:
    """Keep what a refused run built until the next run, so that somebody can look why, and return the file.

    None where it came to no warehouse file.
    """
    file = building / layout.warehouse.name
    if not file.exists():
        return None
    close_to_others(building)
    file.chmod(FILE)
    refused = building.rename(layout.versions / _REFUSED)
    return refused / file.name


def publish_version(
    layout: Layout,
    building: Path,
    keep: int = KEPT_VERSIONS,
    note: Callable[[str], None] = lambda _: None,
    readers: int | None = None,
) -> Path:
    """Publish the version built in `building`, keep the last `keep` versions, and return its folder.

    The warehouse file must be closed; a write-ahead file beside it means that it was not, and raises
    RunError. The digests of all files are written before, and the number of a group, `readers`, may then read
    the warehouse file. Until the rename of `current` readers see the version before, from then on this one
    with all its parts; every file and folder of it is on the disk before. `note` is told of what was put
    away, and of folders that the readers cannot pass.
    """
    warehouse = building / layout.warehouse.name
    if warehouse.with_name(f"{warehouse.name}.wal").exists():
        raise RunError(f"{layout.warehouse}: the new version was not closed cleanly")
    write_digests(building)
    admit(layout, building, readers)
    flush_all(building)
    version = layout.versions / building.name.removeprefix(_BUILDING)
    building.rename(version)
    flush(layout.versions)
    try:
        switch_to(layout, version, note)
    except BaseException:
        if layout.published() != version.resolve():
            shutil.rmtree(version, ignore_errors=True)
        raise
    prune(layout, keep)
    for closed in closed_folders(layout, readers):
        note(closed)
    return version
