"""A group that may read the published file: it reaches that file and nothing else, and keeps it."""

from __future__ import annotations

import datetime as dt
import grp
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from cartox.cli import app
from cartox.errors import UserError
from cartox.pipeline import run
from cartox.progress import SilentProgress
from cartox.warehouse.history import roll_back
from cartox.warehouse.layout import Layout
from cartox.warehouse.publication import begin_version, publish_version
from cartox.warehouse.readers import find_group, kept_readers, readers_of
from tests.python.umasks import mode, open_to_others

NOW = dt.datetime(2025, 1, 2, tzinfo=dt.UTC)
NOBODY = 65534
MINE = {os.getegid(), *os.getgroups()}
OTHERS = [one for one in grp.getgrall() if one.gr_gid not in (os.getegid(), NOBODY)]
GROUPS = [one for one in OTHERS if os.geteuid() == 0 or one.gr_gid in MINE]
needs_a_group = pytest.mark.skipif(not GROUPS, reason="the user is in no second group")
needs_root = pytest.mark.skipif(os.geteuid() != 0 or not GROUPS, reason="only root can read as somebody else")


def publish(layout: Layout, group: int | None, notes: list[str] | None = None) -> Path:
    building = begin_version(layout, NOW)
    with duckdb.connect(str(building / layout.warehouse.name)) as connection:
        connection.execute("create schema results; create table results.run_manifest (key text, value text)")
    (building / "report").mkdir(mode=0o700)
    (building / "report" / "index.html").touch(mode=0o600)
    return publish_version(layout, building, note=(notes if notes is not None else []).append, readers=group)


@pytest.fixture
def layout() -> Iterator[Layout]:
    """A warehouse in a folder whose parents everybody can pass, as /srv is."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o711)
        yield Layout(Path(name) / "warehouse" / "cartox.duckdb")


@pytest.fixture
def group() -> int:
    return GROUPS[0].gr_gid


@needs_a_group
def test_the_group_reads_the_file_and_passes_the_folders(layout: Layout, group: int) -> None:
    version = publish(layout, group)
    found = {
        str(path.relative_to(layout.folder)): (mode(path), path.stat().st_gid == group)
        for path in (layout.versions, version, version / "cartox.duckdb")
    }
    assert found == {
        ".versions": (0o710, True),
        f".versions/{version.name}": (0o710, True),
        f".versions/{version.name}/cartox.duckdb": (0o640, True),
    }
    assert mode(layout.folder) == 0o710
    assert open_to_others(version / "report") == []
    assert readers_of(layout) == group


@needs_root
def test_a_member_reads_the_published_file_and_nothing_beside_it(layout: Layout, group: int) -> None:
    version = publish(layout, group)

    def read(path: Path, group: int = group) -> int:
        words = ["head", "--bytes", "16", str(path)]
        return subprocess.run(
            words, check=False, user=NOBODY, group=group, extra_groups=[], capture_output=True
        ).returncode

    assert read(layout.warehouse) == 0
    assert read(layout.warehouse, NOBODY) != 0
    for path in (layout.folder / "report" / "index.html", version / "digests.json", layout.lock):
        assert read(path) != 0


@needs_a_group
def test_later_versions_and_rollbacks_keep_the_readers(layout: Layout, group: int) -> None:
    publish(layout, None)
    assert readers_of(layout) is None
    publish(layout, group)
    begin_version(layout, NOW)
    assert mode(layout.versions) == 0o710, "readers are shut out while a run builds"
    publish(layout, kept_readers(layout))
    assert readers_of(layout) == group
    roll_back(layout.warehouse, "1")
    assert readers_of(layout) == group
    assert mode(layout.warehouse.resolve()) == 0o640


@needs_a_group
def test_readers_can_be_taken_back(layout: Layout, group: int) -> None:
    publish(layout, group)
    publish(layout, None)
    assert readers_of(layout) is None
    assert mode(layout.versions) == 0o700
    assert mode(layout.warehouse.resolve()) == 0o600
    begin_version(layout, NOW)
    assert mode(layout.versions) == 0o700


@needs_a_group
def test_a_folder_of_the_way_that_is_another_groups_is_left_alone_and_told(
    layout: Layout, group: int
) -> None:
    layout.folder.mkdir()
    layout.folder.chmod(0o750)
    notes: list[str] = []
    publish(layout, group, notes)
    assert mode(layout.folder) == 0o750
    assert [note.partition(": ")[0] for note in notes] == [str(layout.folder)]
    assert "cannot pass this folder" in notes[0]


def test_a_group_that_does_not_exist() -> None:
    with pytest.raises(UserError, match=r"^--readers no-such-group: there is no such group$"):
        find_group("no-such-group")


def test_a_group_that_the_user_is_not_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "getgroups", list)
    with pytest.raises(UserError, match=f"^--readers {OTHERS[0].gr_name}: you are not in this group"):
        find_group(OTHERS[0].gr_name)


@needs_a_group
def test_readers_whose_group_the_user_left(
    layout: Layout, group: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(layout, group)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "getgroups", list)
    with pytest.raises(UserError, match="reads it, and you are not in this group"):
        kept_readers(layout)


def test_a_mistake_is_one_line_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CARTOX_LANDING", str(tmp_path / "landing"))
    for words, line in (
        (["--readers", "no-such-group"], "cartox: --readers no-such-group: there is no such group\n"),
        (
            ["--readers", "x", "--no-readers"],
            "cartox: --readers and --no-readers exclude each other: give one of them\n",
        ),
    ):
        result = CliRunner().invoke(app, ["run", "--extract", "nowhere", *words])
        assert (result.exit_code, result.stderr) == (2, line)
    with pytest.raises(UserError, match="no such folder"):
        run(Path("nowhere"), Path("w.duckdb"), {}, SilentProgress(), keeps_readers=False)
