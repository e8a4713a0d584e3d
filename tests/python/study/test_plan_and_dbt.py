"""What a run builds by its plan is what `dbt build` builds: every table, the marts and seeds row by row."""

from __future__ import annotations

from pathlib import Path

import duckdb

from cartox.progress import SilentProgress
from cartox.warehouse.dbt_build import build_with_dbt
from cartox.warehouse.model_build import build_models
from tests.spec.compiled_project import PROJECT

SHAPES = {
    "columns": "select schema_name, table_name, column_index, column_name, data_type, is_nullable, comment from duckdb_columns()",
    "tables": "select schema_name, table_name, comment from duckdb_tables()",
    "constraints": "select schema_name, table_name, constraint_text, constraint_column_names::varchar from duckdb_constraints()",
}


def test_a_plan_builds_what_dbt_builds(study_landing: Path, tmp_path: Path) -> None:
    planned, by_dbt = tmp_path / "planned" / "study.duckdb", tmp_path / "dbt" / "study.duckdb"
    for file in (planned, by_dbt):
        file.parent.mkdir()
    build_models(PROJECT, study_landing, planned, {}, SilentProgress())
    log = by_dbt.parent / "logs" / "build.tsv"
    build_with_dbt(PROJECT, study_landing, by_dbt, {}, SilentProgress(), log)
    assert told(planned.parent / "logs" / "build.tsv") == told(log)
    with duckdb.connect() as connection:
        connection.execute(
            f"attach '{planned}' as planned (read_only); attach '{by_dbt}' as by_dbt (read_only)"
        )
        for shape, query in SHAPES.items():
            found = [
                set(connection.execute(f"{query} where database_name = '{name}'").fetchall())
                for name in ("planned", "by_dbt")
            ]
            assert found[0] ^ found[1] == set(), shape
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'planned'"
        ).fetchall()
        assert len(tables) > 200
        differing = [table for (table,) in tables if differs(connection, table)]
    assert differing == []


def told(log: Path) -> set[tuple[str, str, str]]:
    """Status, kind and name of every seed, model and test."""
    rows = [line.split("\t") for line in log.read_text(encoding="utf-8").splitlines()[1:]]
    return {(status, kind, name) for status, kind, name, _ in rows}


def differs(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    sides = [
        f"from {one}.{table} except all from {other}.{table}"
        for one, other in (("planned", "by_dbt"), ("by_dbt", "planned"))
    ]
    if not table.startswith(
        ("marts.", "seeds.")
    ):  # a sum of doses in another order may differ in its last digit
        sides = [f"(select count(*) from planned.{table}) <> (select count(*) from by_dbt.{table})"]
        return bool(connection.execute(f"select {sides[0]}").fetchall()[0][0])
    return any(connection.execute(f"select count(*) from ({side})").fetchall()[0][0] for side in sides)
