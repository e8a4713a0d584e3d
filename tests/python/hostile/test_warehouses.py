"""Warehouse files that somebody else made: whatever they hold, it is not run, and nothing beside them is read."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import duckdb
import pytest

from cartox.warehouse import read_history
from cartox.warehouse.layout import Layout
from cartox.warehouse.publication import begin_version, publish_version
from tests.python.hostile.canary import TEXT, Canary, assert_one_line
from tests.python.hostile.files import SPOILT

MANIFEST = "drop table results.run_manifest; "
COHORT = "drop table marts.cohort; "
VIEWS = {
    "a view that reads a text": MANIFEST
    + "create view results.run_manifest as select 'git.revision' as key, content as value from read_text('{secret}')",
    "a view that reads CSV": MANIFEST
    + "create view results.run_manifest as select key, value from read_csv('{secret}')",
    "a view that lists a folder": MANIFEST
    + "create view results.run_manifest as select 'a' as key, file as value from glob('{folder}/*')",
    "a view that reads Parquet": COHORT + "create view marts.cohort as from read_parquet('{parquet}')",
    "a view without an end": "create view seeds.endless as with recursive r(a) as "
    "(select 1 union all select a + 1 from r) from r",
    "a view of many rows": "drop table results.descriptives; create view results.descriptives as from range(1000000000000)",
    "a view in the way of a name": "create view main.cohort as select 1 as a",
}
CODE = {
    "a macro in place of a count": ("create macro count(x) as 5", "main.count is or has a macro"),
    "a macro in place of an operator": ('create macro "+"(a, b) as 5', "main.+ is or has a macro"),
    "a macro in place of the catalog": (
        "create macro duckdb_views() as table select 1 as database_name, 2 as schema_name, 3 as view_name, 4 as internal",
        "main.duckdb_views is or has a macro",
    ),
    "a macro elsewhere": ("create schema x; create macro x.median(a) as 5", "x.median is or has a macro"),
    "a macro that reads": (
        "create macro results.told() as table from read_text('{secret}')",
        "results.told is or has a macro",
    ),
    "a name that would break the line": (
        'create schema "a\n\x1b[31m"; create macro "a\n\x1b[31m".f() as 5',
        "a??[31m.f is or has a macro",
    ),
    "a generated column": (
        "create table marts.made (a int, b text generated always as (repeat('x', 1000000000)))",
        "marts.made is or has a column with an expression",
    ),
    "a default": (
        "alter table marts.cohort alter patient_id set default random()::text",
        "marts.cohort is or has a column with an expression",
    ),
    "a sequence": ("create sequence results.numbers", "results.numbers is or has a sequence"),
    "a type": ("create type mood as enum ('a', 'b')", "main.mood is or has a type"),
    "results without measure": (
        "drop table results.lab_auc; create table results.lab_auc as select 1 as a from range(1000001)",
        "results.lab_auc has 1000001 rows, at most 1000000 are read",
    ),
}
COMMANDS = {
    "show": ["show", "--warehouse"],
    "show --json": ["show", "--json", "--warehouse"],
    "report": ["report", "--output", "out", "--warehouse"],
    "release": ["release", "out", "--warehouse"],
    "export": ["export", "--ard", "out", "--warehouse"],
    "check": ["check", "--docs", "out"],
}


def make(warehouse: Path, canary: Canary, statements: str) -> None:
    duckdb.execute(f"copy (select '{TEXT}' as patient_id) to '{canary.folder.parent / 'p.parquet'}'")
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            statements.format(
                secret=canary.secret, folder=canary.folder, parquet=canary.folder.parent / "p.parquet"
            )
        )


def assert_refused(
    warehouse: Path, canary: Canary, message: str, commands: dict[str, list[str]] = COMMANDS
) -> None:
    for words in commands.values():
        assert_one_line([*words, str(warehouse)], message)
        assert not Path("out").exists()
    canary.assert_alone()


@pytest.mark.parametrize("statements", VIEWS.values(), ids=VIEWS)
def test_a_view_is_not_run(warehouse: Path, canary: Canary, statements: str) -> None:
    make(warehouse, canary, statements)
    assert_refused(warehouse, canary, "is or has a view; only a file of plain tables is read")


@pytest.mark.parametrize(("statements", "message"), CODE.values(), ids=CODE)
def test_code_in_a_file_is_named_and_not_run(
    warehouse: Path, canary: Canary, statements: str, message: str
) -> None:
    make(warehouse, canary, statements)
    assert_refused(warehouse, canary, message)


@pytest.mark.parametrize("how", SPOILT)
def test_a_file_that_is_spoilt(warehouse: Path, canary: Canary, how: str) -> None:
    SPOILT[how](warehouse)
    before = sorted(warehouse.parent.iterdir())
    assert_refused(warehouse, canary, "study.duckdb: cannot be opened as a DuckDB database")
    assert sorted(warehouse.parent.iterdir()) == before


def test_what_is_no_file(warehouse: Path, canary: Canary) -> None:
    os.mkfifo("pipe.duckdb")
    Path("folder.duckdb").mkdir()
    for name in ("pipe.duckdb", "folder.duckdb", "/dev/zero"):
        assert_refused(Path(name), canary, f"{name}: a warehouse file is expected")
    Path("circle.duckdb").symlink_to("circle.duckdb")
    assert_refused(Path("circle.duckdb"), canary, "circle.duckdb: no warehouse there")


@pytest.mark.parametrize(
    "statements",
    [
        "alter table results.descriptives alter label type text[] using [label]",
        "alter table results.comparisons alter p_value type text using 'many'",
        "update results.run_manifest set value = 'five' where key = 'var.disclosure_threshold'",
        "delete from seeds.analytes; delete from seeds.reported_study; delete from results.run_manifest",
    ],
)
def test_a_table_of_other_values_ends_in_no_traceback(
    warehouse: Path, canary: Canary, statements: str
) -> None:
    """Where a command can make something of it, it does; else it says so in a line."""
    from typer.testing import CliRunner

    from cartox.cli import app

    make(warehouse, canary, statements)
    for words in (COMMANDS["show"], COMMANDS["show --json"], COMMANDS["release"]):
        result = CliRunner().invoke(app, [*words, str(warehouse)])
        assert result.exit_code in (0, 2), result.output
        assert result.exit_code == 0 or (result.stderr.count("\n"), "Traceback" in result.stderr) == (
            1,
            False,
        )
        shutil.rmtree("out", ignore_errors=True)


def test_a_damaged_table_is_told(warehouse: Path, canary: Canary) -> None:
    """The catalog is whole, and what a table holds is noise."""
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create table results.t as select md5(range::text) as label from range(100000)")
        connection.execute("drop table results.descriptives")
        connection.execute("alter table results.t rename to descriptives")
    content = warehouse.read_bytes()
    warehouse.write_bytes(content[:-600_000] + b"\xa5" * 300_000 + content[-300_000:])
    words = {"show --json": COMMANDS["show --json"]}
    assert_refused(warehouse, canary, "study.duckdb: damaged, a part of it cannot be read", words)


def test_a_view_that_nobody_reads_hinders_nobody(warehouse: Path, canary: Canary) -> None:
    make(warehouse, canary, "create schema staging; create view staging.a as from read_text('{secret}')")
    from typer.testing import CliRunner

    from cartox.cli import app

    result = CliRunner().invoke(app, ["release", "out", "--warehouse", str(warehouse)])
    assert result.exit_code == 0, result.output
    canary.assert_alone(Path("out"))


@pytest.mark.parametrize(
    "name", ["results.duckdb", "marts.duckdb", "given.duckdb", "a'b.duckdb", "système.duckdb"]
)
def test_a_files_name_means_nothing(warehouse: Path, canary: Canary, name: str) -> None:
    from typer.testing import CliRunner

    from cartox.cli import app

    shutil.copy(warehouse, name)
    result = CliRunner().invoke(app, ["release", "out", "--warehouse", name])
    assert result.exit_code == 0, result.output


@pytest.fixture
def published(warehouse: Path, canary: Canary) -> Layout:
    """Two versions; the published one reads the canary."""
    layout = Layout(canary.folder.parent / "here" / "cartox.duckdb")
    layout.folder.mkdir()
    for day in (1, 2):
        building = begin_version(layout, dt.datetime(2025, 1, day, tzinfo=dt.UTC))
        shutil.copy(warehouse, building / "cartox.duckdb")
        publish_version(layout, building)
    version = layout.published()
    assert version is not None
    make(version / "cartox.duckdb", canary, VIEWS["a view that reads a text"])
    return layout


def test_history_docs_and_rollback_read_no_more_than_data(published: Layout, canary: Canary) -> None:
    newest, oldest = read_history(published.warehouse)
    assert (newest.problem, newest.revision) == ("cannot be read", None)
    assert oldest.problem is None
    assert_one_line(
        ["docs", "--warehouse", str(published.warehouse)], "results.run_manifest is or has a view"
    )
    assert not (published.folder / "docs").exists()
    from cartox.warehouse import roll_back

    roll_back(published.warehouse)
    assert_one_line(["rollback", "2", "--warehouse", str(published.warehouse)], "no whole warehouse")
    canary.assert_alone(published.folder)


def test_a_manifest_of_other_kinds_is_one_version_that_cannot_be_read(
    warehouse: Path, canary: Canary
) -> None:
    layout = Layout(canary.folder.parent / "here" / "cartox.duckdb")
    layout.folder.mkdir()
    building = begin_version(layout, dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    shutil.copy(warehouse, building / "cartox.duckdb")
    with duckdb.connect(str(building / "cartox.duckdb")) as connection:
        connection.execute("update results.run_manifest set value = 'x' where key = 'rows.marts.cohort'")
    publish_version(layout, building)
    assert [version.problem for version in read_history(layout.warehouse)] == ["cannot be read"]
