"""The intake and the record models of a run, in a folder that is removed again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from cartox.file_names import require_usable
from cartox.intake import LandingReport, land_sources
from cartox.locked_database import CATALOG, open_locked
from cartox.owner import owner_only
from cartox.progress import Progress
from cartox.study import Study, project_of
from cartox.validation.reading import MODELS
from cartox.warehouse.dbt_build import build_models
from cartox.warehouse.exhaustion import told_when_exhausted
from cartox.warehouse.project import default_variables
from cartox.warehouse.record_sources import OMOP, plan_sources
from cartox.warehouse.variables import checked_variables


@dataclass(frozen=True)
class Judged:
    """Records as a run judges them: an open database with the models, what was landed, and what is to be told.

    `project` is the folder of the project that judged them; `threshold` the var disclosure_threshold.
    """

    connection: duckdb.DuckDBPyConnection
    landed: LandingReport
    made_from_omop: tuple[str, ...]
    threshold: int
    notes: tuple[str, ...]
    project: Path


@contextmanager
def judged_records(
    extract: Path | None,
    variables: Mapping[str, Any],
    progress: Progress,
    variables_origin: str = "vars",
    omop: Path | None = None,
    study: Study | None = None,
) -> Iterator[Judged]:
    """Land what was given in a temporary folder (of TMPDIR) that only the owner can read, and judge it there.

    No landing and no warehouse is touched. All arguments are as in a run; `study` is a study folder whose words and
    rules stand above the package's.

    Raises UserError where the extract or the tables break their contract as a whole or a var is wrong.
    """
    with owner_only(), project_of(study) as project:
        defaults = default_variables(project)
        overrides = checked_variables(variables, project, variables_origin)
        plan = plan_sources(variables.get("record_sources"), extract, omop, variables_origin)
        if omop is not None:
            overrides["record_sources"] = dict(plan.sources)
        made_from_omop = tuple(kind for kind, source in plan.sources.items() if source == OMOP)
        threshold = int({**defaults, **overrides}["disclosure_threshold"])
        with TemporaryDirectory(prefix="cartox-validate-") as name:
            folder = Path(name)
            landing, database = folder / "landing", folder / "records.duckdb"
            require_usable(folder, f"{folder} (TMPDIR)")
            with told_when_exhausted(folder):
                sources = None if study is None else study.sources
                landed = land_sources(
                    landing, progress, extract=extract, omop=omop, required=plan.required, sources=sources
                )
                build_models(project, landing, database, overrides, progress, only=MODELS)
                with open_locked(database) as connection:
                    connection.execute(f"use {CATALOG}")
                    yield Judged(connection, landed, made_from_omop, threshold, plan.notes, project)
