"""The kept versions of a warehouse, and the write-ahead files that clients leave beside them."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from cartox.warehouse.layout import Layout

RUN_ID = re.compile(r"(\d+)-\d{8}T\d{6}Z")
LEFT_BEHIND = "left-behind"


def kept_versions(layout: Layout) -> list[Path]:
    """Return the folders of the kept versions, oldest first; those still being built are none."""
    if not layout.versions.is_dir():
        return []
    return sorted((path for path in layout.versions.iterdir() if RUN_ID.fullmatch(path.name)), key=number_of)


def number_of(version: Path) -> int:
    """Return a version's number, which grows by one with each run."""
    return int(version.name.partition("-")[0])


def switch_to(layout: Layout, version: Path, note: Callable[[str], None]) -> None:
    """Publish a kept version: readers see the one before until one rename, and from then on this one.

    Write-ahead files that would make a file unopenable are put away before, each with a note.
    """
    put_away_logs(layout, note)
    for link, target in layout.fixed_links().items():
        if (version / target.name).exists():
            _point(layout, link, target)
    _point(layout, layout.current, Path(layout.versions.name, version.name))
    flush(layout.folder)
    for link in layout.fixed_links():
        if link.is_symlink() and not link.exists():
            link.unlink(missing_ok=True)


def prune(layout: Layout, keep: int) -> None:
    """Remove all but the last `keep` versions and the published one."""
    published = layout.published()
    for version in kept_versions(layout)[:-keep]:
        if version.resolve() != published:
            shutil.rmtree(version, ignore_errors=True)


def put_away_logs(layout: Layout, note: Callable[[str], None]) -> None:
    """Rename every write-ahead file beside the fixed link or a kept version's file, and say so.

    A client that opened the file to write, and died, left it: nothing in it belongs to what a run published,
    and a file with another's log beside it cannot be opened.
    """
    name = f"{layout.warehouse.name}.wal"
    published = layout.published()
    stray = layout.warehouse.with_name(name)
    places = {stray: published or layout.versions}
    places |= {version / name: version for version in kept_versions(layout)}
    for log, folder in places.items():
        if log.is_symlink() or log.exists():
            log.replace(_unused(folder))
            note(f"{log}: a write-ahead file that some client left; put away in {folder.name}")


def flush(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_all(folder: Path) -> None:
    """Wait until every file and folder in a folder, and the folder itself, is on the disk; links are not followed."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            flush_all(path)
        elif path.is_file() and not path.is_symlink():
            flush(path)
    flush(folder)


def _point(layout: Layout, link: Path, target: Path) -> None:
    """Make or move a link in one step."""
    if link.is_symlink() and link.readlink() == target:
        return
    new = layout.folder / f".{layout.warehouse.name}.link-{link.name}"
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)


def _unused(folder: Path) -> Path:
    number = 1
    while (folder / f"{LEFT_BEHIND}-{number}.wal").exists():
        number += 1
    return folder / f"{LEFT_BEHIND}-{number}.wal"
