"""Runs that want for something: a full disk, a folder that is read-only, too little memory.

`python -m tests.faults.exhaustion FOLDER` tries them all in a mount namespace of its own and prints what it found as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.faults.workspace import Ended, Workspace, described
from tests.spec.compiled_project import PROJECT

_MEGABYTE = 1 << 20
SPARE_MEGABYTES = (0, 1, 8, 24)
ADDRESS_SPACE_MEGABYTES = (300, 900)
_FAILED = 1
_AT_ONCE = 2


@dataclass(frozen=True)
class Want:
    """A run in want of something, and what is wrong with how it ended or with what was published then."""

    name: str
    ended: str
    faults: tuple[str, ...]
    needs_repair: bool = False


def try_all(folder: Path, published: Path, extract: Path, is_quick: bool) -> list[Want]:
    """Try every want on copies of the workspace in `published`, in a process that may mount a small disk."""
    ways = (["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"])
    mounting = next((way for way in ways if _may_mount(folder, way)), [])
    command = [*mounting, sys.executable, "-m", __name__, str(folder), str(published), str(extract)]
    command += ["quick" if is_quick else "all", "mount" if mounting else "limit"]
    answer = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise RuntimeError(f"the wants could not be tried: {answer.stderr[-800:]}")
    return [
        Want(**{**row, "faults": tuple(row["faults"])}) for row in json.loads(answer.stdout.splitlines()[-1])
    ]


def _may_mount(folder: Path, way: Sequence[str]) -> bool:
    point = folder / "probe"
    point.mkdir(parents=True, exist_ok=True)
    command = [*way, "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(point)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _full_disks(folder: Path, published: Path, extract: Path, spares: Sequence[int]) -> Iterator[Want]:
    point = folder / "small disk"
    point.mkdir(parents=True)
    used = sum(path.lstat().st_blocks * 512 for path in published.rglob("*"))
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={used + 4 * _MEGABYTE}", "tmpfs", str(point)], check=True
    )
    workspace = _copy(published, point / "workspace")
    for spare in spares:
        with _filled(point, spare * _MEGABYTE):
            yield _ended(f"disk with {spare} MB left", workspace, workspace.run(extract), _FAILED, "full")
        subprocess.run(["mount", "-o", f"remount,size={used + 200 * _MEGABYTE}", str(point)], check=True)
    yield _recovery("disk with room again", workspace, extract)
    subprocess.run(["umount", str(point)], check=True)


def _limited_files(folder: Path, published: Path, extract: Path, spares: Sequence[int]) -> Iterator[Want]:
    """In place of a small disk, where none may be mounted: no file may grow beyond a size."""
    workspace = _copy(published, folder / "limit")
    for spare in spares:
        ended = workspace.run(extract, prefix=["prlimit", f"--fsize={spare * _MEGABYTE}"])
        yield _ended(f"files of {spare} MB at most", workspace, ended, _FAILED, "full")
    yield _recovery("files of any size again", workspace, extract)


@contextmanager
def _filled(point: Path, spare: int) -> Iterator[None]:
    """Leave only so many bytes of a disk free."""
    filler = point / "filler"
    free = shutil.disk_usage(point).free
    with filler.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, max(free - spare, 1))
    try:
        yield
    finally:
        filler.unlink()


def _read_only_folders(folder: Path, published: Path, extract: Path) -> Iterator[Want]:
    workspace = _copy(published, folder / "read-only")
    for closed in (
        workspace.warehouse.parent,
        workspace.warehouse.parent / ".versions",
        workspace.landing.parent,
    ):
        mode = closed.stat().st_mode
        closed.chmod(0o500)
        ended = workspace.run(extract)
        closed.chmod(mode)
        yield _ended(
            f"read-only {closed.relative_to(workspace.folder)}",
            workspace,
            ended,
            _FAILED,
            "permission denied",
        )
    yield _recovery("folders writable again", workspace, extract)


def _too_little_memory(
    folder: Path, published: Path, extract: Path, megabytes: Sequence[int]
) -> Iterator[Want]:
    workspace = _copy(published, folder / "memory")
    for size in megabytes:
        ended = workspace.run(extract, prefix=["prlimit", f"--as={size * _MEGABYTE}"])
        yield _ended(f"{size} MB of address space", workspace, ended, None, "")
    yield _recovery("memory enough again", workspace, extract)


def _ended(name: str, workspace: Workspace, ended: Ended, code: int | None, word: str) -> Want:
    found = workspace.faults_of_publication()
    if ended.has_traceback:
        found.append("a traceback")
    if ended.code == 0:
        found.append("the run ended well")
    if code is not None and (
        ended.code != code or len(ended.errors.splitlines()) != 1 or word not in ended.errors.lower()
    ):
        found.append(f"not one line with exit code {code} that says {word}")
    return Want(name, described(ended), tuple(found))


def _recovery(name: str, workspace: Workspace, extract: Path) -> Want:
    before = workspace.published_version()
    ended = workspace.run(extract)
    needs_repair = ended.code != 0 or workspace.published_version() == before
    return Want(name, described(ended), tuple(workspace.faults_of_publication()), needs_repair)


def _copy(published: Path, folder: Path) -> Workspace:
    shutil.copytree(published, folder, symlinks=True)
    return Workspace(folder)


def _try_here(folder: Path, published: Path, extract: Path, is_quick: bool, may_mount: bool) -> list[Want]:
    spares = SPARE_MEGABYTES[1:2] if is_quick else SPARE_MEGABYTES
    megabytes = ADDRESS_SPACE_MEGABYTES[:1] if is_quick else ADDRESS_SPACE_MEGABYTES
    groups = (
        (_full_disks if may_mount else _limited_files)(folder, published, extract, spares),
        _read_only_folders(folder, published, extract),
        _too_little_memory(folder, published, extract, megabytes),
    )
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return [want for wants in pool.map(list[Want], groups) for want in wants]


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:4]]
    wants = _try_here(given[0], given[1], given[2], sys.argv[4] == "quick", sys.argv[5] == "mount")
    sys.stdout.write(json.dumps([asdict(want) for want in wants]) + "\n")
