"""The project compiled with records from OMOP, and the built-in study landed both ways."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from cartox.intake import land_sources
from cartox.progress import SilentProgress
from cartox.results import build_results
from cartox.synthetic import write_study_as_omop
from cartox.warehouse.record_sources import plan_sources
from tests.python.conftest import PlanProject
from tests.python.one_worker import only_once
from tests.python.report.studies import REVISION
from tests.spec.compiled_project import PROJECT, CompiledProject, connect, land_folder

FROM_OMOP = plan_sources({}, None, Path("cdm")).sources


@pytest.fixture(scope="session")
def omop_project(project_with: PlanProject) -> CompiledProject:
    """The models with every kind of record from OMOP that it can hold."""
    return project_with({"record_sources": dict(FROM_OMOP)})


def built(project: CompiledProject, landing: Path, variables: Mapping[str, Any]) -> duckdb.DuckDBPyConnection:
    """The whole warehouse of a landing, in memory."""
    defaults = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    connection = connect()
    land_folder(connection, landing)
    project.build(connection)
    build_results(
        connection,
        variables={**defaults, **variables},
        landing=landing,
        revision=REVISION,
        started_at=datetime.now(UTC),
    )
    return connection


@pytest.fixture(scope="session")
def study_folders(shared_folder: Path) -> Path:
    """A folder with the built-in study written as OMOP tables, `cdm`, and landed from these, `omop-landing`."""
    folder = shared_folder / "both-ways"
    with only_once(shared_folder, "both-ways") as is_first:
        if is_first:
            write_study_as_omop(folder / "cdm")
            plan = plan_sources({}, folder / "cdm" / "extract", folder / "cdm")
            land_sources(
                folder / "omop-landing",
                SilentProgress(),
                extract=folder / "cdm" / "extract",
                omop=folder / "cdm",
                required=plan.required,
            )
    return folder


@pytest.fixture(scope="session")
def omop_variables(study_folders: Path) -> dict[str, Any]:
    """The vars of the run through OMOP."""
    cdm = study_folders / "cdm"
    written = yaml.safe_load((cdm / "study.yml").read_text(encoding="utf-8"))
    return {**written, "record_sources": dict(plan_sources({}, cdm / "extract", cdm).sources)}
