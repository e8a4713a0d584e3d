"""What dbt alone builds: a table under its own name at once, whatever stood there, described, and none where it fails."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.spec.compiled_project import PROJECT

DESCRIBED = """models:
  - name: greeting
    description: What's said.
    config: {contract: {enforced: true}}
    columns: [{name: n, data_type: integer, description: "How often it's said."}]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "greeting.yml").write_text(DESCRIBED)
    (tmp_path / "dbt_project.yml").write_text(
        "name: cartox\nprofile: cartox\nmodels: {+materialized: table, +persist_docs: {relation: true, columns: true}}\n"
    )
    macros = ("engine/table", "engine/persist_docs", "engine/alter_column_comment", "engine/quoted_text")
    for macro in macros:
        (tmp_path / "macros").mkdir(exist_ok=True)
        shutil.copy(PROJECT / "macros" / f"{macro}.sql", tmp_path / "macros")
    return tmp_path


def build(project: Path, sql: str) -> bool:
    (project / "models" / "greeting.sql").write_text(sql)
    environment = {
        **os.environ,
        "CARTOX_DATABASE": str(project / "w.duckdb"),
        "DBT_PROFILES_DIR": str(PROJECT),
    }
    words = ["build", "--project-dir", str(project), "--no-send-anonymous-usage-stats", "--quiet"]
    dbt = str(Path(sys.executable).with_name("dbt"))
    return subprocess.run([dbt, *words], check=False, env=environment, capture_output=True).returncode == 0


def test_a_table_replaces_what_stood_there_and_a_failing_one_leaves_nothing_older(project: Path) -> None:
    file = project / "w.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create view greeting as select 'older' as n")
    for rows in ("select 1 as n", "select 2 as n"):
        assert build(project, rows)
    with duckdb.connect(str(file)) as connection:
        assert connection.execute("select * from greeting").fetchall() == [(2,)]
        assert connection.execute("select table_name, comment from duckdb_tables()").fetchall() == [
            ("greeting", "What's said.")
        ]
        assert connection.execute(
            "select comment from duckdb_columns() where column_name = 'n'"
        ).fetchall() == [("How often it's said.",)]
    assert not build(project, "select 'three' as n")
    with duckdb.connect(str(file)) as connection:
        assert connection.execute("select table_name from duckdb_tables()").fetchall() == []


def test_what_is_described_is_what_the_settings_say_and_a_column_that_is_not_there_is_an_error(
    project: Path,
) -> None:
    expected = {
        "table_alone": ("{relation: true, columns: false}", "Said.", None),
        "columns_alone": ("{relation: false, columns: true}", None, "How often."),
        "neither": ("{relation: false, columns: false}", None, None),
    }
    for name, (docs, _, _) in expected.items():
        (project / "models" / f"{name}.sql").write_text("select 1 as n")
        (project / "models" / f"{name}.yml").write_text(
            f"models: [{{name: {name}, description: Said., config: {{persist_docs: {docs}}}, "
            "columns: [{name: n, description: How often.}]}]"
        )
    assert build(project, "select 1 as n")
    with duckdb.connect(str(project / "w.duckdb")) as connection:
        found = connection.execute(
            "select tables.table_name, tables.comment, columns.comment from duckdb_tables() as tables "
            "inner join duckdb_columns() as columns using (table_name) where tables.table_name != 'greeting'"
        ).fetchall()
    assert {name: told for name, *told in found} == {
        name: [table, column] for name, (_, table, column) in expected.items()
    }
    (project / "models" / "columns_alone.sql").write_text("select 1 as m")
    assert not build(project, "select 1 as n")
