"""results.run_manifest: what a run was made of."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from cartox.results.tables import insert_rows
from cartox.synthetic_mark import MANIFEST_KEY, is_marked

PACKAGES = ("cartox", "duckdb", "dbt-core", "dbt-duckdb", "numpy", "pandas", "scipy", "great-expectations")
PACKAGES_OF_ENGINES = {"spark": ("dbt-spark", "pyspark")}
COUNTED_SCHEMAS = ("marts", "results")
FILE_FACTS = ("source_file", "file_format", "sha256", "n_bytes", "n_raw", "n_landed", "n_rejected")
LANDED_FILES = "landed_files.parquet"


def run_facts(
    connection: duckdb.DuckDBPyConnection,
    *,
    variables: Mapping[str, Any],
    landing: Path,
    revision: str | None,
    started_at: datetime,
    declared: Mapping[str, Any],
    engine: str,
) -> dict[str, str | None]:
    """Return the facts of the run by their keys: times, revision, versions, vars, input files, what is declared of them, a mark.

    The mark is that of synthetic records.
    """
    return {
        "run.started_at": started_at.isoformat(),
        "run.engine": engine,
        "run.results_written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "git.revision": revision,
        **dict(_versions((*PACKAGES, *PACKAGES_OF_ENGINES.get(engine, ())))),
        **{f"var.{name}": _text(value) for name, value in sorted(variables.items())},
        **dict(_input_files(landing)),
        **{f"declared.{entity}": _text(said) for entity, said in sorted(declared.items())},
        **({MANIFEST_KEY: "true"} if is_marked(landing) else {}),
        **dict(_own_rows(connection)),
    }


def write_run_manifest(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, str | None]) -> None:
    """One row per fact of the run (run_facts) and, once all tables stand, per number of rows of each."""
    insert_rows(connection, "run_manifest", {**facts, **dict(_row_counts(connection))}.items())


def _versions(packages: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield "version.python", platform.python_version()
    for package in packages:
        try:
            yield f"version.{package}", metadata.version(package)
        except metadata.PackageNotFoundError:
            yield f"version.{package}", "not installed"


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, default=str, ensure_ascii=False)


def _input_files(landing: Path) -> Iterator[tuple[str, str]]:
    columns = ("entity", *FILE_FACTS)
    landed = pq.read_table(landing / LANDED_FILES, columns=list(columns)).to_pylist()
    rows = sorted(tuple(str(row[column]) for column in columns) for row in landed)
    n_files = {entity: sum(row[0] == entity for row in rows) for entity, *_ in rows}
    for entity, source_file, *others in rows:
        prefix = f"input.{entity}" if n_files[entity] == 1 else f"input.{entity}.{source_file}"
        yield from (
            (f"{prefix}.{fact}", value)
            for fact, value in zip(FILE_FACTS, (source_file, *others), strict=True)
        )


def _own_rows(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Tell which rows of the study's own carried how many records, and which tables its own models made."""
    for file, row_number, n_records in connection.execute(
        "select file, row_number, n_records from marts.site_row_counts order by file, row_number"
    ).fetchall():
        told = "no records hang on it" if n_records is None else f"{n_records} record{'s' * (n_records != 1)}"
        yield f"site.{file}.{row_number}", told
    own = "select table_name from duckdb_tables() where schema_name = 'site' order by table_name"
    models = [name for (name,) in connection.execute(own).fetchall()]
    if models:
        yield "site.models", ", ".join(models)


def _row_counts(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    tables = connection.execute(
        "select table_schema, table_name from information_schema.tables "
        "where list_contains(?, table_schema) and table_name <> 'run_manifest' order by all",
        [list(COUNTED_SCHEMAS)],
    ).fetchall()
    for schema, table in tables:
        count = f'select count(*) from "{schema}"."{table}"'  # noqa: S608 (names from the catalogue)
        counted = connection.execute(count).fetchone()
        yield f"rows.{schema}.{table}", str(counted[0] if counted else 0)
