"""The kept versions told by their manifests, and the way back to one."""

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.errors import UserError
from cartox.warehouse.history import read_history, roll_back
from cartox.warehouse.layout import Layout
from cartox.warehouse.lock import hold_lock
from cartox.warehouse.publication import begin_version, publish_version

NOW = dt.datetime(2025, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


def publish(layout: Layout, value: int, sha256: str = "ab", with_report: bool = True) -> Path:
    building = begin_version(layout, NOW)
    facts = {
        "run.started_at": f"2025-01-0{value}T00:00:00+00:00",
        "git.revision": "0123abc",
        "rows.marts.treated_patients": "504",
        "rows.marts.cohort": "42",
        "input.patients.source_file": "patients.csv",
        "input.patients.sha256": sha256,
        "input.patients.n_bytes": "512",
        "input.patients.n_raw": str(10 + value),
        "input.patients.n_rejected": "1",
    }
    with duckdb.connect(str(building / layout.warehouse.name)) as connection:
        connection.execute("create schema results; create table marker as select ? as value", [value])
        connection.execute("create table results.run_manifest (key text, value text)")
        connection.executemany("insert into results.run_manifest values (?, ?)", list(facts.items()))
    if with_report:
        (building / "report").mkdir()
        (building / "report" / "index.html").write_text(str(value))
    return publish_version(layout, building)


def marker(warehouse: Path) -> int:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return int(connection.execute("select value from marker").fetchall()[0][0])


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "out" / "cartox.duckdb")


def test_history_is_newest_first_and_tells_what_each_was_made_from(layout: Any) -> None:
    for value, sha256 in ((1, "ab"), (2, "cd"), (3, "ab")):
        publish(layout, value, sha256)
    newest, middle, oldest = read_history(layout.warehouse)
    assert [one.version[:6] for one in (newest, middle, oldest)] == ["000003", "000002", "000001"]
    assert [one.is_current for one in (newest, middle, oldest)] == [True, False, False]
    assert newest.input_fingerprint == oldest.input_fingerprint != middle.input_fingerprint
    assert (middle.started_at, middle.revision) == ("2025-01-02T00:00:00+00:00", "0123abc")
    assert (middle.n_records, middle.n_treated, middle.n_cohort) == (12, 504, 42)
    [file] = middle.inputs
    assert (file.entity, file.source_file, file.sha256) == ("patients", "patients.csv", "cd")
    assert (file.n_bytes, file.n_raw, file.n_rejected) == (512, 12, 1)


def test_history_says_which_version_cannot_be_read(layout: Any) -> None:
    broken = publish(layout, 1)
    publish(layout, 2)
    (broken / layout.warehouse.name).write_text("no database")
    assert [one.problem for one in read_history(layout.warehouse)] == [None, "cannot be read"]


def test_nothing_published(layout: Any) -> None:
    for act in (read_history, roll_back):
        with pytest.raises(UserError, match="no version was published there"):
            act(layout.warehouse)


def test_rollback_is_to_the_version_before_and_back(layout: Any) -> None:
    for value in (1, 2, 3):
        publish(layout, value, with_report=value != 2)
    assert roll_back(layout.warehouse).name.startswith("000002")
    assert marker(layout.warehouse) == 2
    assert not (layout.folder / "report").is_symlink()
    assert roll_back(layout.warehouse).name.startswith("000001")
    assert (layout.folder / "report" / "index.html").read_text() == "1"
    with pytest.raises(UserError, match="no version before the published one is kept"):
        roll_back(layout.warehouse)
    newest = read_history(layout.warehouse)[0].version
    assert roll_back(layout.warehouse, newest).name == newest
    assert marker(layout.warehouse) == 3
    roll_back(layout.warehouse, "1")
    assert marker(layout.warehouse) == 1


def test_run_after_a_rollback_publishes_a_newer_version(layout: Any) -> None:
    for value in (1, 2):
        publish(layout, value)
    roll_back(layout.warehouse)
    assert publish(layout, 3).name.startswith("000003")
    assert marker(layout.warehouse) == 3


def test_version_rolled_back_to_is_kept_while_it_is_published(layout: Any) -> None:
    for value in range(1, 6):
        publish(layout, value)
    roll_back(layout.warehouse, "1")
    building = begin_version(layout, NOW)
    (building / layout.warehouse.name).write_text("fails to be published")
    with pytest.raises(UserError):
        roll_back(layout.warehouse, "9")
    assert marker(layout.warehouse) == 1


@pytest.mark.parametrize("version", ["7", "000007-20250102T030405Z", "../../etc", ""])
def test_version_that_is_not_kept(layout: Any, version: str) -> None:
    publish(layout, 1)
    with pytest.raises(UserError, match="is kept; cartox history lists those that are"):
        roll_back(layout.warehouse, version)


def test_version_that_is_published_already(layout: Any) -> None:
    publish(layout, 1)
    with pytest.raises(UserError, match="version 1 is the published one already"):
        roll_back(layout.warehouse, "1")


def test_broken_version_is_not_rolled_back_to(layout: Any) -> None:
    broken = publish(layout, 1)
    publish(layout, 2)
    (broken / layout.warehouse.name).write_text("no database")
    with pytest.raises(UserError, match="no whole warehouse, so it is not published"):
        roll_back(layout.warehouse)
    assert marker(layout.warehouse) == 2


def test_stray_log_does_not_hinder_a_rollback(layout: Any) -> None:
    first = publish(layout, 1)
    publish(layout, 2)
    log = first / f"{layout.warehouse.name}.wal"
    log.write_bytes(b"of another file")
    notes: list[str] = []
    roll_back(layout.warehouse, note=notes.append)
    assert marker(layout.warehouse) == 1
    assert not log.exists()
    assert len(notes) == 1


def test_rollback_waits_for_no_run(layout: Any) -> None:
    for value in (1, 2):
        publish(layout, value)
    with hold_lock(layout.lock, layout.warehouse), pytest.raises(UserError, match="another run is at work"):
        roll_back(layout.warehouse)
    assert marker(layout.warehouse) == 2
