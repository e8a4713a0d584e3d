"""Validate an extract or OMOP tables: the intake and the record models of a run, in a folder that is removed again."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cartox.file_names import require_usable
from cartox.intake import land_sources
from cartox.locked_database import CATALOG, open_locked
from cartox.owner import owner_only
from cartox.progress import Progress
from cartox.project import find_project
from cartox.validation.findings import Validation
from cartox.validation.reading import MODELS, read_validation
from cartox.warehouse.exhaustion import told_when_exhausted
from cartox.warehouse.model_build import build_models
from cartox.warehouse.project import default_variables
from cartox.warehouse.record_sources import OMOP, plan_sources
from cartox.warehouse.variables import checked_variables


@owner_only()
def validate(
    extract: Path | None,
    variables: Mapping[str, Any],
    progress: Progress,
    variables_origin: str = "vars",
    omop: Path | None = None,
) -> Validation:
    """Return what is missing, unmapped or doubtful in an extract, OMOP tables or both, by a run's own rules.

    What was given is landed in a temporary folder (of TMPDIR) that only the owner can read, and the models
    that judge records are built beside it; no landing and no warehouse is touched. All arguments are as in a
    run.

    Raises UserError where the extract or the tables break their contract as a whole or a var is wrong.
    """
    project = find_project()
    defaults = default_variables(project)
    overrides = checked_variables(variables, project, variables_origin)
    plan = plan_sources(variables.get("record_sources"), extract, omop, variables_origin)
    if omop is not None:
        overrides["record_sources"] = dict(plan.sources)
    made_from_omop = [kind for kind, source in plan.sources.items() if source == OMOP]
    threshold = int({**defaults, **overrides}["disclosure_threshold"])
    with TemporaryDirectory(prefix="cartox-validate-") as name:
        folder = Path(name)
        require_usable(folder, f"{folder} (TMPDIR)")
        with told_when_exhausted(folder):
            landed = land_sources(
                folder / "landing", progress, extract=extract, omop=omop, required=plan.required
            )
            database = folder / "records.duckdb"
            build_models(project, folder / "landing", database, overrides, progress, only=MODELS)
            with open_locked(database) as connection:
                connection.execute(f"use {CATALOG}")
                return read_validation(connection, landed, made_from_omop, threshold, plan.notes)
