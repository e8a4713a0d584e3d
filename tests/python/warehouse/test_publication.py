"""Readers see the version before or the one after, whole; what fails leaves the one before."""

import datetime as dt
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import duckdb
import pytest

import cartox.warehouse.versions as versions
from cartox.errors import UserError
from cartox.warehouse.failure import RunError
from cartox.warehouse.layout import Layout
from cartox.warehouse.publication import KEPT_VERSIONS, begin_version, publish_version

NOW = dt.datetime(2025, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


def build(layout: Layout, value: int, parts: tuple[str, ...] = ("report",), now: dt.datetime = NOW) -> Path:
    building = begin_version(layout, now)
    with duckdb.connect(str(building / layout.warehouse.name)) as connection:
        connection.execute("create table marker as select ? as value", [value])
    for part in parts:
        (building / part).mkdir()
        (building / part / "index.html").write_text(str(value))
    return building


def marker(warehouse: Path) -> int:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return int(connection.execute("select value from marker").fetchall()[0][0])


@pytest.fixture(params=["cartox.duckdb", "crs.duckdb"])
def layout(request: Any, tmp_path: Path) -> Layout:
    return Layout(tmp_path / "out" / request.param)


def test_names_around_the_default_warehouse(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "cartox.duckdb")
    version = publish_version(layout, build(layout, 1, ("report", "docs")))
    assert version == tmp_path / ".versions" / "000001-20250102T030405Z"
    assert (tmp_path / "current").readlink() == Path(".versions/000001-20250102T030405Z")
    assert (tmp_path / "cartox.duckdb").readlink() == Path("current/cartox.duckdb")
    assert (tmp_path / "report" / "index.html").read_text() == "1"
    assert (tmp_path / "docs").readlink() == Path("current/docs")


def test_warehouses_of_one_folder_do_not_collide(tmp_path: Path) -> None:
    layouts = [Layout(tmp_path / name) for name in ("cartox.duckdb", "crs.duckdb", "crs.db")]
    for value, layout in enumerate(layouts):
        publish_version(layout, build(layout, value))
    for value, layout in enumerate(layouts):
        layout.require_free()
        assert marker(layout.warehouse) == value
        assert (layout.current / "report" / "index.html").read_text() == str(value)


def test_file_and_report_change_together(layout: Any) -> None:
    for value in (1, 2):
        publish_version(layout, build(layout, value))
    assert marker(layout.warehouse) == 2
    link = next(link for link in layout.fixed_links() if link.name.endswith("report"))
    assert (link / "index.html").read_text() == "2"


def test_part_that_a_version_lacks_leaves_no_dangling_link(layout: Any) -> None:
    publish_version(layout, build(layout, 1))
    publish_version(layout, build(layout, 2, parts=()))
    assert {link for link in layout.fixed_links() if link.is_symlink()} == {layout.warehouse}


def test_readers_see_one_version_or_the_next(layout: Any) -> None:
    publish_version(layout, build(layout, 0))
    seen: list[int] = []
    errors: list[BaseException] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            try:
                seen.append(marker(layout.warehouse))
            except BaseException as error:
                errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for value in range(1, 8):
        publish_version(layout, build(layout, value))
    over.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert set(seen) <= set(range(8))


def test_open_reader_keeps_its_version(layout: Any) -> None:
    publish_version(layout, build(layout, 1))
    with duckdb.connect(str(layout.warehouse), read_only=True) as connection:
        publish_version(layout, build(layout, 2))
        assert connection.execute("select value from marker").fetchone() == (1,)


def test_file_is_for_its_owner_alone(layout: Any) -> None:
    publish_version(layout, build(layout, 1))
    assert stat.S_IMODE(layout.warehouse.stat().st_mode) == 0o600
    assert stat.S_IMODE(layout.versions.stat().st_mode) == 0o700


@pytest.mark.parametrize(("found", "left"), [(0o755, 0o700), (0o555, 0o500)])
def test_folder_of_versions_is_closed_to_others_and_stays_read_only(
    layout: Any, found: int, left: int
) -> None:
    publish_version(layout, build(layout, 1))
    layout.versions.chmod(found)
    try:
        begin_version(layout, NOW)
    except PermissionError:
        assert left == 0o500
    mode = stat.S_IMODE(layout.versions.stat().st_mode)
    layout.versions.chmod(0o700)
    assert mode == left


def test_file_that_was_not_closed_cleanly_is_not_published(layout: Any) -> None:
    publish_version(layout, build(layout, 1))
    building = build(layout, 2)
    (building / f"{layout.warehouse.name}.wal").write_bytes(b"")
    with pytest.raises(RunError, match="not closed cleanly"):
        publish_version(layout, building)
    assert marker(layout.warehouse) == 1


def spoil(log: Path) -> Path:
    """Leave a write-ahead file of another database where a client that died would."""
    other = log.parent / "other.duckdb"
    code = (
        "import duckdb, os, sys\nconnection = duckdb.connect(sys.argv[1])\n"
        "connection.execute('create table other as select 1')\nos._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(other)], check=True)
    other.with_name("other.duckdb.wal").rename(log)
    other.unlink()
    return log


def test_log_of_another_file_makes_a_version_unopenable(layout: Any) -> None:
    version = publish_version(layout, build(layout, 1))
    spoil(version / f"{layout.warehouse.name}.wal")
    with pytest.raises(duckdb.IOException):
        marker(layout.warehouse)


def test_stray_logs_are_put_away_with_a_note(layout: Any) -> None:
    first = publish_version(layout, build(layout, 1))
    beside_link = spoil(layout.warehouse.with_name(f"{layout.warehouse.name}.wal"))
    in_version = spoil(first / f"{layout.warehouse.name}.wal")
    notes: list[str] = []
    publish_version(layout, build(layout, 2), note=notes.append)
    assert marker(layout.warehouse) == 2
    assert marker(first / layout.warehouse.name) == 1
    assert not beside_link.exists()
    assert not in_version.exists()
    assert sorted(path.name for path in first.glob("*.wal")) == ["left-behind-1.wal", "left-behind-2.wal"]
    assert [note.partition(":")[0] for note in notes] == [str(beside_link), str(in_version)]


def test_number_of_kept_versions_can_be_chosen(layout: Any) -> None:
    for value in range(4):
        publish_version(layout, build(layout, value), keep=2)
    assert [path.name[:6] for path in published(layout)] == ["000003", "000004"]


def test_publication_that_fails_leaves_the_version_before(
    layout: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_version(layout, build(layout, 1))
    building = build(layout, 2)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(versions, "_point", refuse)
    with pytest.raises(OSError, match="No space"):
        publish_version(layout, building)
    assert marker(layout.warehouse) == 1
    assert len(published(layout)) == 1


def test_last_versions_are_kept(layout: Any) -> None:
    for value in range(KEPT_VERSIONS + 3):
        publish_version(layout, build(layout, value))
    assert [path.name[:6] for path in published(layout)] == [f"{number:06d}" for number in range(4, 9)]


def test_clock_that_jumps_back_changes_nothing(layout: Any) -> None:
    for days in range(KEPT_VERSIONS + 3):
        publish_version(layout, build(layout, days, now=NOW - dt.timedelta(days=days)))
    assert marker(layout.warehouse) == KEPT_VERSIONS + 2
    assert layout.published() in published(layout)
    assert [path.name[:6] for path in published(layout)] == [f"{number:06d}" for number in range(4, 9)]


def test_remains_of_killed_runs_are_removed(layout: Any) -> None:
    remains = build(layout, 1)
    link = layout.folder / f".{layout.warehouse.name}.link-current"
    link.symlink_to("nowhere")
    publish_version(layout, build(layout, 2))
    assert not remains.exists()
    assert not link.is_symlink()
    assert marker(layout.warehouse) == 2


@pytest.mark.parametrize("what", ["file", "folder", "foreign link"])
def test_what_cartox_did_not_publish_is_not_replaced(layout: Any, what: Any) -> None:
    layout.folder.mkdir(parents=True)
    if what == "file":
        layout.warehouse.write_text("someone's own")
    elif what == "folder":
        layout.warehouse.mkdir()
    else:
        layout.warehouse.symlink_to("elsewhere.duckdb")
    with pytest.raises(UserError, match=r"(move it away first|name the file)"):
        layout.require_free()


def test_current_that_is_a_folder_is_not_replaced(layout: Any) -> None:
    layout.current.mkdir(parents=True)
    with pytest.raises(UserError, match="move it away first"):
        layout.require_free()


def published(layout: Layout) -> list[Path]:
    return sorted(path for path in layout.versions.iterdir() if not path.name.startswith("."))
