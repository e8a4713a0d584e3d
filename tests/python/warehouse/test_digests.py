"""A version that was changed since it was published is told and not published again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from cartox.cli import app
from cartox.errors import UserError
from cartox.warehouse.digests import DIGESTS, renew_digests
from cartox.warehouse.history import read_history, roll_back
from cartox.warehouse.layout import Layout
from cartox.warehouse.publication import begin_version, publish_version

NOW = dt.datetime(2025, 1, 2, tzinfo=dt.UTC)


def publish(layout: Layout) -> Path:
    building = begin_version(layout, NOW)
    with duckdb.connect(str(building / layout.warehouse.name)) as connection:
        connection.execute("create schema results; create table results.run_manifest (key text, value text)")
    (building / "report").mkdir()
    (building / "report" / "index.html").write_text("as it was")
    return publish_version(layout, building)


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    monkeypatch.chdir(tmp_path)
    return Layout(tmp_path / "warehouse" / "cartox.duckdb")


def test_every_file_has_its_sha256(layout: Layout) -> None:
    version = publish(layout)
    expected = {
        name: hashlib.sha256((version / name).read_bytes()).hexdigest()
        for name in ("cartox.duckdb", "report/index.html")
    }
    (found,) = read_history(layout.warehouse)
    assert found.digests == expected
    assert found.changed == ()
    (listed,) = json.loads(CliRunner().invoke(app, ["history", "--json"]).stdout)
    assert listed["digests"] == expected
    assert listed["digest"][:8] in CliRunner().invoke(app, ["history"]).stdout


def overwrite(version: Path) -> None:
    (version / "report" / "index.html").write_text("as it is")


def add(version: Path) -> None:
    (version / "report" / "more.js").write_text("")


def remove(version: Path) -> None:
    (version / "report" / "index.html").unlink()


def link(version: Path) -> None:
    (version / "report" / "link").symlink_to("/etc/hostname")


def break_digests(version: Path) -> None:
    (version / DIGESTS).write_text("[]")


def write_into_the_file(version: Path) -> None:
    with duckdb.connect(str(version / "cartox.duckdb")) as connection:
        connection.execute("insert into results.run_manifest values ('a', 'b')")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (overwrite, "report/index.html"),
        (add, "report/more.js"),
        (remove, "report/index.html"),
        (link, "report/link"),
        (break_digests, DIGESTS),
        (write_into_the_file, "cartox.duckdb"),
    ],
)
def test_a_changed_version_is_marked_and_refused(
    layout: Layout, change: Callable[[Path], None], name: str
) -> None:
    first, second = publish(layout), publish(layout)
    change(first)
    assert [one.changed for one in read_history(layout.warehouse)] == [(), (name,)]
    result = CliRunner().invoke(app, ["rollback"])
    assert result.exit_code == 2
    assert result.stderr == (
        f"cartox: {first / name}: changed since version {first.name} was published, so it is not published\n"
    )
    assert layout.published() == second.resolve()
    shown = CliRunner().invoke(app, ["history"]).stdout
    assert [line.split()[1] for line in shown.splitlines() if line.startswith("0")] == ["current", "changed"]
    assert f"Note: {first.name}: {name}: changed since it was published" in shown


def test_a_version_without_digests_is_published_with_a_note(layout: Layout) -> None:
    first = publish(layout)
    publish(layout)
    (first / DIGESTS).unlink()
    result = CliRunner().invoke(app, ["rollback"])
    assert (result.exit_code, layout.published()) == (0, first.resolve())
    assert "holds no digests" in result.stdout
    older = read_history(layout.warehouse)[1]
    assert (older.digests, older.digest, older.changed) == (None, None, ())


def test_a_part_that_is_added_has_its_digests_and_hides_no_other_change(layout: Layout) -> None:
    first = publish(layout)
    publish(layout)
    (first / "docs").mkdir()
    (first / "docs" / "index.html").write_text("documentation")
    overwrite(first)
    renew_digests(first, "docs")
    assert read_history(layout.warehouse)[1].changed == ("report/index.html",)
    with pytest.raises(UserError, match=r"report/index\.html: changed"):
        roll_back(layout.warehouse)
