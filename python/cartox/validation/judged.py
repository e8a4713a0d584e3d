"""The intake and the record models of a run, in a folder that is removed again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from cartox.intake import LandingReport
from cartox.locked_database import CATALOG, open_locked
from cartox.progress import Progress
from cartox.study import Study, landed_records
from cartox.validation.reading import MODELS
from cartox.warehouse.model_build import build_models
from cartox.warehouse.record_sources import OMOP


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
    """Land what was given as `landed_records` does, and judge it there; arguments and errors are the same."""
    with landed_records(extract, variables, progress, variables_origin, omop, study) as landed:
        made_from_omop = tuple(kind for kind, source in landed.plan.sources.items() if source == OMOP)
        threshold = int(landed.variables["disclosure_threshold"])
        database = landed.folder / "records.duckdb"
        build_models(
            landed.project, landed.landing, database, landed.overrides, progress, MODELS, landed.plans
        )
        with open_locked(database) as connection:
            connection.execute(f"use {CATALOG}")
            yield Judged(
                connection, landed.report, made_from_omop, threshold, landed.plan.notes, landed.project
            )
