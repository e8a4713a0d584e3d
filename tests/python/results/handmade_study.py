"""A handmade study: marts in SQL, the project's own seeds, and the results made from them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import duckdb
import yaml

from cartox.results import build_results
from cartox.results.counts import write_counts
from cartox.results.tables import TABLES
from tests.python.results.remembered import remembered_statistics

HERE = Path(__file__).parent
SEEDS = HERE.parents[2] / "seeds"
VARIABLES: dict[str, Any] = yaml.safe_load((SEEDS.parent / "dbt_project.yml").read_text(encoding="utf-8"))[
    "vars"
]
MART_FILES = ("handmade.sql", "handmade_courses.sql", "handmade_evidence.sql")


def load_study(connection: duckdb.DuckDBPyConnection) -> None:
    """The handmade marts and the project's own seeds, copied from a file that is written once."""
    ((database,),) = connection.execute("select current_database()").fetchall()
    connection.execute(f"attach '{_written().name}/study.duckdb' as template (read_only)")
    connection.execute(f'copy from database template to "{database}"')
    connection.execute("detach template")


@cache
def _written() -> TemporaryDirectory[str]:
    """A folder with a file of the marts and seeds, which lives as long as the process."""
    folder = TemporaryDirectory(prefix="cartox-handmade-")
    with duckdb.connect(f"{folder.name}/study.duckdb") as connection:
        for marts in MART_FILES:
            connection.execute((HERE / marts).read_text(encoding="utf-8"))
        connection.execute("create schema seeds")
        for seed in sorted(SEEDS.rglob("*.csv")):
            connection.execute(
                f"create table seeds.{seed.stem} as select * from read_csv('{seed}', header = true)"
            )
        connection.execute(
            "insert into seeds.site_rows "
            "values ('words/words_products.csv', 2, 'words_products', 'mybrand', 'MyBrand', 'tisagenlecleucel', false)"
        )
    return folder


def write_landing(folder: Path) -> Path:
    """A landing folder that says what one input file was."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(
            "copy (select 'patients' as entity, 'patients.csv' as source_file, 'csv' as file_format, "
            "repeat('ab', 32) as sha256, 512 as n_bytes, 17 as n_raw, 17 as n_landed, 0 as n_rejected) "
            f"to '{folder / 'landed_files.parquet'}' (format parquet)"
        )
    return folder


def build(connection: duckdb.DuckDBPyConnection, landing: Path, **changes: Any) -> None:
    """Write the results as a run would."""
    with remembered_statistics():
        build_results(
            connection,
            variables=VARIABLES | changes,
            landing=write_landing(landing),
            revision="0123abc",
            started_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        )


def build_short(connection: duckdb.DuckDBPyConnection, landing: Path, **changes: Any) -> None:
    """Write the results but for the long forms, in which they stand once more."""
    with patch("cartox.results.build.write_long_forms"):
        build(connection, landing, **changes)


def count_anew(connection: duckdb.DuckDBPyConnection) -> None:
    """Count again what a test has changed."""
    connection.execute("delete from results.counts")
    write_counts(connection)


def write_warehouse(file: Path, folder: Path) -> Path:
    """A warehouse file of the study; its tables have no constraints, so that a test can break them."""
    with duckdb.connect(str(file)) as connection:
        load_study(connection)
        build(connection, folder)
        for table in TABLES:
            connection.execute(f"create or replace table results.{table} as select * from results.{table}")
    return file
