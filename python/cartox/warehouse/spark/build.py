"""Build and test every model on Spark, and bring what is published back into a new warehouse file."""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

from cartox.errors import UserError
from cartox.progress import Progress
from cartox.warehouse.apart import run_apart
from cartox.warehouse.build_outcomes import judge
from cartox.warehouse.build_plan import MODEL, SEED, TEST, NotPlannedError, Step
from cartox.warehouse.compiled_plan import planned_steps
from cartox.warehouse.execution import execute, for_pattern, quoted
from cartox.warehouse.failure import RunError
from cartox.warehouse.memory import memory_settings
from cartox.warehouse.model_build import BUILD_SETTINGS, stood_on
from cartox.warehouse.published_schemas import PUBLISHED_SCHEMAS

_PROGRAM = "cartox.warehouse.spark.program"
_NEEDED = ("dbt.adapters.spark", "pyspark")
_WITH_ZONE = "TIMESTAMP WITH TIME ZONE"


def require_spark() -> None:
    """Raise UserError where Spark, dbt's adapter for it or Java is not installed."""
    if not all(_is_installed(package) for package in _NEEDED):
        raise UserError("--engine spark needs Spark: pip install 'cartox[spark]'")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise UserError("--engine spark needs Java 17 or later; set JAVA_HOME where it is not on the PATH")


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False


def build_on_spark(
    project: Path,
    landing: Path,
    warehouse: Path,
    variables: Mapping[str, Any],
    progress: Progress,
    only: Sequence[str] = (),
    plans: Path | None = None,
) -> None:
    """Build the project on a landing by `dbt build --target spark`, and copy marts and seeds into the new file `warehouse`.

    What DuckDB would build is compiled too: its contracts, constraints and comments stand on the tables that come back, and
    the data tests that read nothing but these run on them once more. What became of each node on Spark is written to
    `logs/build.tsv` beside the file, what became of each table that came back to `logs/copied.tsv`. Spark keeps its
    tables in a folder beside the file, which is removed where all went well.

    With `only`, these models and what they stand on are built, and no test is run.

    Raises RunError with one line for each that failed, and where the project holds what cannot be brought back.
    """
    tables = warehouse.parent / ".spark"
    try:
        steps = planned_steps(project, variables, plans)
    except NotPlannedError as error:
        raise RunError(f"this project is for DuckDB alone: it has {error}") from None
    progress.step("Building and testing the models on Spark")
    told = json.dumps({"variables": dict(variables), "tables": str(tables), "only": list(only)})
    lines = run_apart(
        "Spark", _PROGRAM, str(project), str(landing), str(warehouse), progress=progress, text=told
    )
    if lines:
        raise RunError(*lines)
    progress.step("Bringing the marts back")
    _bring_back(
        stood_on(steps, only) if only else steps,
        project,
        tables,
        warehouse,
        progress,
        memory_settings(variables),
    )
    shutil.rmtree(tables)


def _bring_back(
    steps: Sequence[Step],
    project: Path,
    tables: Path,
    warehouse: Path,
    progress: Progress,
    memory: Mapping[str, Any],
) -> None:
    with duckdb.connect(str(warehouse), config={**BUILD_SETTINGS, **memory}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        copied = copied_steps(connection, steps, tables)
        n_steps = len(copied)
        outcomes = execute(
            connection, copied, project, tables, lambda name, n_done: progress.advance(name, n_done, n_steps)
        )
        judge(outcomes, warehouse.parent / "logs" / "copied.tsv")


def copied_steps(connection: duckdb.DuckDBPyConnection, steps: Sequence[Step], tables: Path) -> list[Step]:
    """Return the steps that make what is published of Spark's tables, and the tests that read nothing else.

    `tables` is Spark's warehouse: a folder `<schema>.db` for each schema, in it a folder of Parquet files for each table.
    """
    made = {
        step.key: step
        if step.kind == SEED
        else replace(step, sql=_copy(connection, step, tables), parents=[])
        for step in steps
        if step.kind == SEED or (step.kind == MODEL and step.schema in PUBLISHED_SCHEMAS)
    }
    tests = [step for step in steps if step.kind == TEST and step.parents and made.keys() >= {*step.parents}]
    return [*made.values(), *tests]


def _copy(connection: duckdb.DuckDBPyConnection, step: Step, tables: Path) -> str:
    """Return SQL of the rows of a table of Spark: times, which Spark keeps in UTC, without a zone, all else as it was."""
    files = for_pattern(str(tables / f"{step.schema}.db" / step.name)) + "/*.parquet"
    rows = connection.read_parquet(files)
    kinds = {
        name: "timestamp" if str(kind) == _WITH_ZONE else str(kind)
        for name, kind in zip(rows.columns, rows.types, strict=True)
    }
    columns = ", ".join(
        f'cast("{name}" as {kind}) as "{name}"' for name, kind in {**kinds, **step.columns}.items()
    )
    return f"select {columns} from read_parquet({quoted(files)})"  # noqa: S608 - names of dbt's and of Spark's
