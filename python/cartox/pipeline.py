"""A run, from an extract to a published warehouse."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartox.file_names import require_usable
from cartox.intake import LandingReport, land_sources
from cartox.interruption import raise_if_interrupted
from cartox.owner import owner_only
from cartox.progress import Progress
from cartox.project import find_project
from cartox.study import Study, project_of
from cartox.warehouse.documentation import write_docs
from cartox.warehouse.exhaustion import told_when_exhausted
from cartox.warehouse.failure import RunError
from cartox.warehouse.layout import Layout
from cartox.warehouse.lock import hold_lock
from cartox.warehouse.memory import memory_settings
from cartox.warehouse.model_build import build_models, build_way
from cartox.warehouse.opening import open_published, open_results, open_to_build
from cartox.warehouse.project import code_revision, default_variables
from cartox.warehouse.publication import KEPT_VERSIONS, begin_version, publish_version, set_aside
from cartox.warehouse.published_schemas import keep_published_schemas
from cartox.warehouse.readers import find_group, kept_readers
from cartox.warehouse.record_sources import plan_sources
from cartox.warehouse.spark import build_on_spark, require_spark
from cartox.warehouse.variables import checked_variables

if TYPE_CHECKING:
    from cartox.checks import CheckReport


DUCKDB, SPARK = "duckdb", "spark"
_OUTCOMES = {"failed": "failed", "error": "could not run"}


@dataclass(frozen=True)
class RunReport:
    """What a run did: what it read, what the checks said, and the folder of the version that it published.

    `notes` tell what is missing from the sources and what publishing put away. `replaced` is the warehouse file that was
    published before, where it is still kept.
    """

    landing: LandingReport
    checks: "CheckReport"
    version: Path
    notes: tuple[str, ...] = ()
    replaced: Path | None = None


@owner_only()
def run(
    extract: Path | None,
    warehouse: Path,
    variables: Mapping[str, Any],
    progress: Progress,
    variables_origin: str = "vars",
    *,
    omop: Path | None = None,
    keep: int = KEPT_VERSIONS,
    waits: bool = False,
    readers: str | None = None,
    keeps_readers: bool = True,
    study: Study | None = None,
    with_models: bool = False,
    engine: str = DUCKDB,
) -> RunReport:
    """Land an extract, OMOP tables or both, build, test, compute and check everything, and publish it.

    `omop` is a folder or a DuckDB file; what is published is `warehouse`.

    `variables` override vars of dbt_project.yml; `variables_origin` names their file in messages. Whatever
    fails, what was published before stays published; what a model, test or check refused stays aside until
    the next run. The last `keep` versions are kept. Where the models' documentation was published, it is made
    anew. Where another run is at work, this one waits for its end if it `waits`.

    `readers` is a group that may read the published file; without it the group that may read the version
    before keeps that, unless not `keeps_readers`.

    `study` is the study folder whose words, rules, figures and reading options stand above the package's, and in
    which the records are landed; `with_models` builds its own models too, which are code.

    `engine` builds the models: `duckdb`, or `spark`, from which marts and seeds come back.

    Raises UserError for a mistake in the extract or the vars, or where another run is at work and this one
    does not wait; RunError where a model, a test or a check fails.
    """
    if engine == SPARK:
        require_spark()
    scratch = None if study is None else study.scratch
    with project_of(study, scratch, with_models) as project:
        defaults = default_variables(project)
        overrides = checked_variables(variables, project, variables_origin)
        plan = plan_sources(variables.get("record_sources"), extract, omop, variables_origin)
        if omop is not None:
            overrides["record_sources"] = dict(plan.sources)
        layout = Layout(warehouse.absolute())
        require_usable(layout.warehouse, str(warehouse))
        layout.require_free()
        landing = layout.landing if study is None else study.landing
        group = (
            find_group(readers) if readers is not None else kept_readers(layout) if keeps_readers else None
        )
        landing_lock = landing.parent / f".{landing.name}.lock"
        waiting = progress.step if waits else None
        notes: list[str] = list(plan.notes)
        with (
            told_when_exhausted(layout.folder),
            hold_lock(layout.lock, warehouse, waiting),
            hold_lock(landing_lock, landing, waiting),
        ):
            started_at = datetime.now(UTC)
            is_documented = layout.link("docs").exists()
            sources = None if study is None else study.sources
            with told_when_exhausted(landing.parent):
                landed = land_sources(
                    landing, progress, extract=extract, omop=omop, required=plan.required, sources=sources
                )

            def look_why(file: Path) -> None:
                if engine == DUCKDB:
                    progress.step("Keeping what led to it")
                    build_way(project, landing, file, overrides, layout.plans)

            with _begun(layout, started_at, look_why) as building:
                file = building / layout.warehouse.name
                if engine == SPARK:
                    build_on_spark(project, landing, file, overrides, progress, plans=layout.plans)
                else:
                    build_models(
                        project, landing, file, overrides, progress, plans=layout.plans, keeps_way=False
                    )
                if with_models:
                    open_published(file).close()
                compute_results(
                    file,
                    {**defaults, **overrides},
                    landing,
                    find_project(),
                    started_at,
                    progress,
                    sources,
                    engine,
                )
                checks = check(file, building / "checks", progress)
                write_page(file, building / "report", checks, progress, layout.plans)
                if is_documented:
                    write_docs(file, building, building / "docs", progress, project, layout.plans)
                keep_published_schemas(file, **memory_settings(overrides))
                raise_if_interrupted()
                before = layout.published()
                version = publish_version(layout, building, keep, notes.append, group)
    replaced = before / layout.warehouse.name if before else None
    return RunReport(
        landed, checks, version, tuple(notes), replaced if replaced and replaced.exists() else None
    )


@contextmanager
def _begun(layout: Layout, started_at: datetime, look_why: Callable[[Path], None]) -> Iterator[Path]:
    building = begin_version(layout, started_at)
    try:
        yield building
    except RunError as error:
        built = set_aside(layout, building)
        if built is None:
            raise
        look_why(built)
        raise RunError(
            *error.lines, f"{built}: what was built, for you to look why; the next run removes it"
        ) from None
    finally:
        shutil.rmtree(building, ignore_errors=True)


def compute_results(
    warehouse: Path,
    variables: Mapping[str, Any],
    landing: Path,
    project: Path,
    started_at: datetime,
    progress: Progress,
    declared: Mapping[str, Any] | None = None,
    engine: str = DUCKDB,
) -> None:
    """Write the schema `results` of a built warehouse file and close it cleanly."""
    from cartox.results import build_results

    progress.step("Computing the results")
    with open_to_build(warehouse, **memory_settings(variables)) as connection:
        build_results(
            connection,
            variables=variables,
            landing=landing,
            revision=code_revision(project),
            started_at=started_at,
            declared=declared or {},
            engine=engine,
        )
        connection.execute("checkpoint")


def write_page(
    warehouse: Path, folder: Path, checks: "CheckReport", progress: Progress, plans: Path | None = None
) -> None:
    """Write the report of a built warehouse file into `folder`."""
    from cartox.report.page import write_report

    progress.step("Writing the report")
    with open_results(warehouse) as connection:
        write_report(connection, folder, checks, progress, with_pictures=False, plans=plans)


def check(warehouse: Path, docs: Path, progress: Progress) -> "CheckReport":
    """Run the expectations over a built file and write what they say as a page into `docs`.

    Raises RunError with a line for each expectation that does not hold.
    """
    from cartox.checks import run_checks, write_checks

    progress.step("Checking what was built")
    report = run_checks(warehouse, None, progress)
    write_checks(report, docs, warehouse.name)
    broken = [row for row in report.rows if row.status in _OUTCOMES]
    if broken:
        raise RunError(
            *(
                f"check {row.expectation} of suite {row.suite} {_OUTCOMES[row.status]}: {row.detail}"
                for row in broken
            )
        )
    return report
