"""The laboratory's path by the models alone: what peers do by hand, given what they are given."""

import re
from pathlib import Path

import duckdb

from cartox.benchmark.peers import DELIVERABLES
from cartox.project import find_project
from cartox.warehouse.build_outcomes import judge
from cartox.warehouse.build_plan import TEST
from cartox.warehouse.compiled_plan import planned_steps
from cartox.warehouse.execution import execute, quoted
from cartox.warehouse.kept_plans import FOLDER
from cartox.warehouse.model_build import among_themselves, stood_on
from cartox.warehouse.way import WAY, way_beside

_OF_THE_LABORATORY = re.compile(
    r"stg_extract__lab_results|int_lab_results__all|int_labs__\w+"
    r"|int_terminology__(texts|matches|lab_tests|result_remarks)"
)


def build_laboratory(landing: Path, given: Path, database: Path) -> None:
    """Build the laboratory's marts and its models into a new file, from the tables of the warehouse in the folder `given`.

    What the laboratory shares with other records (their texts and their account) is built with it. The file is a run's in
    what it holds.
    """
    project = find_project()
    steps = [
        step
        for step in stood_on(planned_steps(project, {}, landing.parent / FOLDER), list(DELIVERABLES))
        if step.kind != TEST
    ]
    own = among_themselves(
        [step for step in steps if step.name in DELIVERABLES or _OF_THE_LABORATORY.fullmatch(step.name)]
    )
    built_here = {step.key for step in own}
    with (
        duckdb.connect(str(database), config={"storage_compatibility_version": "v1.4.0"}) as connection,
        way_beside(connection, own, landing, database) as way,
    ):
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach {quoted(str(given / 'cartox.duckdb'))} as built (read_only)")
        for step in steps:
            if step.key not in built_here:
                if step.schema not in WAY:
                    connection.execute(f'create schema if not exists "{step.schema}"')
                connection.execute(
                    f'create view "{step.schema}"."{step.name}" as from built."{step.schema}"."{step.name}"'
                )
        outcomes = execute(connection, own, project, landing, lambda _name, _n_done: None, way)
        judge(outcomes, database.with_suffix(".tsv"))
