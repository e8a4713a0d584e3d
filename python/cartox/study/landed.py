"""Records landed by a run's own rules in a folder that is removed again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cartox.file_names import require_usable
from cartox.intake import LandingReport, land_sources
from cartox.owner import owner_only
from cartox.progress import Progress
from cartox.study.folder import Study
from cartox.study.project import project_of
from cartox.warehouse.exhaustion import told_when_exhausted
from cartox.warehouse.kept_plans import FOLDER as PLANS
from cartox.warehouse.layout import Layout
from cartox.warehouse.project import default_variables
from cartox.warehouse.record_sources import RecordSources, plan_sources
from cartox.warehouse.variables import checked_variables


@dataclass(frozen=True)
class Landed:
    """What was landed, and what a build of it needs: the project, a folder to build in, the landing, the vars.

    `overrides` are the vars that differ from the project's; `variables` are all of them; `plans` is the folder of what
    was compiled for earlier builds.
    """

    project: Path
    folder: Path
    landing: Path
    overrides: Mapping[str, Any]
    variables: Mapping[str, Any]
    plan: RecordSources
    plans: Path
    report: LandingReport


@contextmanager
def landed_records(
    extract: Path | None,
    variables: Mapping[str, Any],
    progress: Progress,
    variables_origin: str = "vars",
    omop: Path | None = None,
    study: Study | None = None,
) -> Iterator[Landed]:
    """Land what was given in a temporary folder (of TMPDIR) that only the owner can read.

    No landing and no warehouse is touched. All arguments are as in a run; `study` is a study folder whose words and
    rules stand above the package's.

    Raises UserError where the extract or the tables break their contract as a whole or a var is wrong.
    """
    with owner_only(), project_of(study) as project:
        overrides = checked_variables(variables, project, variables_origin)
        plan = plan_sources(variables.get("record_sources"), extract, omop, variables_origin)
        if omop is not None:
            overrides["record_sources"] = dict(plan.sources)
        with TemporaryDirectory(prefix="cartox-landed-") as name:
            folder = Path(name)
            require_usable(folder, f"{folder} (TMPDIR)")
            with told_when_exhausted(folder):
                landing = folder / "landing"
                sources = None if study is None else study.sources
                report = land_sources(
                    landing, progress, extract=extract, omop=omop, required=plan.required, sources=sources
                )
                every = {**default_variables(project), **overrides}
                plans = folder / PLANS if study is None else Layout(study.warehouse).plans
                yield Landed(project, folder, landing, overrides, every, plan, plans, report)
