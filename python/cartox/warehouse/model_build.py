"""Build and test every model of the project into a new warehouse file."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from cartox.locked_database import LOCK
from cartox.progress import Progress
from cartox.warehouse.build_outcomes import judge
from cartox.warehouse.build_plan import TEST, NotPlannedError, Step
from cartox.warehouse.compiled_plan import planned_steps
from cartox.warehouse.dbt_build import build_with_dbt
from cartox.warehouse.dbt_invocation import DATABASE
from cartox.warehouse.execution import execute
from cartox.warehouse.memory import memory_settings
from cartox.warehouse.way import WAY, way_beside

BUILD_SETTINGS: dict[str, Any] = {
    **LOCK,
    "storage_compatibility_version": "v1.4.0",
}


def build_models(
    project: Path,
    landing: Path,
    warehouse: Path,
    variables: Mapping[str, Any],
    progress: Progress,
    only: Sequence[str] = (),
    plans: Path | None = None,
    *,
    keeps_way: bool = True,
) -> None:
    """Build the project on a landing into the new file `warehouse`, as `dbt build` does, and run every data test.

    dbt compiles the project; what it compiled runs in one connection. A project that holds what only dbt can build is
    built by dbt. What is compiled is kept in the folder `plans` for later builds.

    With `only`, these models and what they stand on are built, and no test is run. Unless it `keeps_way`, the file is left
    without the schemas of the way to the marts. What became of each seed, model and test is written to `logs/build.tsv`
    beside the file.

    Raises RunError with one line for each that failed; a database's own message is left out, since it may quote a cell.
    """
    progress.step("Building what judges the records" if only else "Building and testing the models")
    log = warehouse.parent / "logs" / "build.tsv"
    database = warehouse.with_name(DATABASE)
    try:
        try:
            steps = planned_steps(project, variables, plans)
        except NotPlannedError:
            build_with_dbt(project, landing, database, variables, progress, log, only)
        else:
            chosen = stood_on(steps, only) if only else steps
            _build(database, chosen, project, landing, progress, log, memory_settings(variables), keeps_way)
    finally:
        _rename(database, warehouse)


def _build(
    database: Path,
    steps: Sequence[Step],
    project: Path,
    landing: Path,
    progress: Progress,
    log: Path,
    memory: Mapping[str, Any],
    keeps_way: bool,
) -> None:
    n_steps = len(steps)
    progress.advance("", 0, n_steps)
    with duckdb.connect(str(database), config={**BUILD_SETTINGS, **memory}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        beside = nullcontext() if keeps_way else way_beside(connection, steps, landing, database)
        with beside as way:
            outcomes = execute(
                connection,
                steps,
                project,
                landing,
                lambda name, n_done: progress.advance(name, n_done, n_steps),
                way,
            )
        judge(outcomes, log)


def build_way(
    project: Path, landing: Path, warehouse: Path, variables: Mapping[str, Any], plans: Path | None = None
) -> None:
    """Build the way to the marts, as far as it can be built, into a file that was built without it."""
    with (
        suppress(duckdb.Error, NotPlannedError),
        duckdb.connect(str(warehouse), config={**BUILD_SETTINGS, **memory_settings(variables)}) as connection,
    ):
        connection.execute("set TimeZone = 'UTC'")
        schemas = connection.execute("select distinct schema_name from duckdb_tables()").fetchall()
        if not {schema for (schema,) in schemas}.intersection(WAY):
            steps = [
                step
                for step in planned_steps(project, variables, plans)
                if step.kind != TEST and step.schema in WAY
            ]
            execute(connection, among_themselves(steps), project, landing, lambda _name, _n_done: None)


def among_themselves(steps: Sequence[Step]) -> list[Step]:
    """Return the steps as if each read no other than these, where all else was built before."""
    keys = {step.key for step in steps}
    return [replace(step, parents=[key for key in step.parents if key in keys]) for step in steps]


def _rename(database: Path, warehouse: Path) -> None:
    for end in ("", ".wal"):  # a write-ahead file tells that the other was not closed cleanly
        file = database.with_name(f"{database.name}{end}")
        if file.exists():
            file.rename(warehouse.with_name(f"{warehouse.name}{end}"))


def stood_on(steps: Sequence[Step], names: Sequence[str]) -> list[Step]:
    """Return the models of these names and all that they read, without tests."""
    by_key = {step.key: step for step in steps}
    waiting = [step.key for step in steps if step.name in names and step.kind != TEST]
    needed: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in needed:
            needed.add(key)
            waiting += by_key[key].parents
    return [step for step in steps if step.key in needed]
