"""Versions of a warehouse: begun aside, published by one rename, the last ones kept."""

import os
import re
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cartox.warehouse.failure import RunError
from cartox.warehouse.layout import Layout

KEPT_VERSIONS = 5
_BUILDING = ".building-"
_RUN_ID = re.compile(r"(\d+)-\d{8}T\d{6}Z")


def begin_version(layout: Layout, now: datetime) -> Path:
    """Make the folder that a run builds in, and remove what killed runs left behind.

    Call it under the layout's lock. The folder's name, once published, is a number that grows with each run
    (so that order does not hang on the clock) and the time.
    """
    layout.versions.mkdir(parents=True, exist_ok=True)
    layout.versions.chmod(0o700)
    for remains in layout.versions.glob(f"{_BUILDING}*"):
        shutil.rmtree(remains, ignore_errors=True)
    for remains in layout.folder.glob(f".{layout.warehouse.name}.link-*"):
        remains.unlink(missing_ok=True)
    number = max((_number(version) for version in _versions(layout)), default=0) + 1
    building = layout.versions / f"{_BUILDING}{number:06d}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    building.mkdir(mode=0o700)
    return building


def publish_version(layout: Layout, building: Path) -> Path:
    """Publish the version built in `building` and return its folder.

    The warehouse file must be closed; a write-ahead file beside it means that it was not, and raises
    RunError. Until the rename of `current` readers see the version before, from then on this one
    with all its parts.
    """
    warehouse = building / layout.warehouse.name
    if warehouse.with_name(f"{warehouse.name}.wal").exists():
        raise RunError(f"{layout.warehouse}: the new version was not closed cleanly")
    warehouse.chmod(0o600)
    for path in (warehouse, building):
        _flush(path)
    version = layout.versions / building.name.removeprefix(_BUILDING)
    building.rename(version)
    try:
        _put_away_stray_log(layout)
        for link, target in layout.fixed_links().items():
            if (version / target.name).exists():
                _point(layout, link, target)
        _point(layout, layout.current, Path(layout.versions.name, version.name))
    except BaseException:
        shutil.rmtree(version, ignore_errors=True)
        raise
    _flush(layout.folder)
    _remove_dangling(layout)
    _prune(layout, version)
    return version


def _point(layout: Layout, link: Path, target: Path) -> None:
    """Make or move a link in one step."""
    if link.is_symlink() and link.readlink() == target:
        return
    new = layout.folder / f".{layout.warehouse.name}.link-{link.name}"
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)


def _put_away_stray_log(layout: Layout) -> None:
    """Move a write-ahead file beside the fixed link to the version that it belongs to.

    Some DuckDB client wrote it while the earlier version was published; a client that looks for it beside the
    link could not open the new file.
    """
    stray = layout.warehouse.with_name(f"{layout.warehouse.name}.wal")
    published = layout.published()
    if published is not None:
        with suppress(FileNotFoundError):
            stray.replace(published / "left-behind.wal")
    else:
        stray.unlink(missing_ok=True)


def _remove_dangling(layout: Layout) -> None:
    for link in layout.fixed_links():
        if link.is_symlink() and not link.exists():
            link.unlink(missing_ok=True)


def _prune(layout: Layout, published: Path) -> None:
    versions = sorted(_versions(layout), key=_number)
    for version in versions[:-KEPT_VERSIONS]:
        if version != published:
            shutil.rmtree(version, ignore_errors=True)


def _versions(layout: Layout) -> list[Path]:
    return [path for path in layout.versions.iterdir() if _RUN_ID.fullmatch(path.name)]


def _number(version: Path) -> int:
    return int(version.name.partition("-")[0])


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
