"""What a study's claims become under other choices of grading: each choice is a build of its own."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from cartox.file_names import require_usable
from cartox.intake import land_sources
from cartox.owner import owner_only
from cartox.progress import Progress
from cartox.results import build_printed_figures
from cartox.results.specifications import Compared, is_same, planned_claims
from cartox.study import Study, project_of
from cartox.warehouse.exhaustion import told_when_exhausted
from cartox.warehouse.model_build import build_models
from cartox.warehouse.opening import open_to_build
from cartox.warehouse.project import default_variables
from cartox.warehouse.record_sources import plan_sources
from cartox.warehouse.variables import checked_variables

CHOICES = Path("seeds", "rules", "grading_choices.csv")
AS_PLANNED = "as_planned"
SIZES = """
select
    count(*),
    count(*) filter (where study_group in ('responder', 'non_responder')),
    count(*) filter (where study_group = 'responder')
from marts.cohort
"""


@dataclass(frozen=True)
class GradingChoice:
    """A value of a var that changes grades; the study's own has the var `study`."""

    var: str
    choice: Any
    description: str


@dataclass(frozen=True)
class Claim:
    """A planned test under a choice; `holds` is None where either it or the study's own has no p-value."""

    claim: str
    label: str
    found: Compared
    holds: bool | None


@dataclass(frozen=True)
class Specification:
    """A choice, the patients of the cohort under it, those of whom a response is known, the responders, and each claim."""

    choice: GradingChoice
    n_cohort: int
    n_evaluable: int
    n_responders: int
    claims: tuple[Claim, ...]

    @property
    def flipped(self) -> tuple[str, ...]:
        """The labels of the claims that stand otherwise than by the study's own choices."""
        return tuple(claim.label for claim in self.claims if claim.holds is False)


@owner_only()
def grading_specifications(
    extract: Path | None,
    variables: Mapping[str, Any],
    progress: Progress,
    variables_origin: str = "vars",
    omop: Path | None = None,
    study: Study | None = None,
) -> list[Specification]:
    """Build the study as planned and under each other choice of seeds/rules/grading_choices, one at a time.

    All arguments are as in a run. Nothing is published, and what was built is removed again. The study as planned comes first.

    Raises UserError for a mistake in the extract or the vars; RunError where a model or a test fails.
    """
    with project_of(study) as project, _folder() as folder:
        overrides = checked_variables(variables, project, variables_origin)
        plan = plan_sources(variables.get("record_sources"), extract, omop, variables_origin)
        if omop is not None:
            overrides["record_sources"] = dict(plan.sources)
        landing = folder / "landing"
        sources = None if study is None else study.sources
        land_sources(landing, progress, extract=extract, omop=omop, required=plan.required, sources=sources)
        own = {**default_variables(project), **overrides}
        specified: list[Specification] = []
        for choice in (GradingChoice("study", AS_PLANNED, "as planned"), *_choices(project, own)):
            changed = {} if choice.choice == AS_PLANNED else {choice.var: choice.choice}
            file = folder / f"{len(specified)}" / "grading.duckdb"
            file.parent.mkdir()
            build_models(project, landing, file, {**overrides, **changed}, progress)
            planned = specified[0] if specified else None
            specified.append(_specified(file, {**own, **changed}, choice, planned))
            file.unlink()
    return specified


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="cartox-specifications-") as name:
        folder = Path(name)
        require_usable(folder, f"{folder} (TMPDIR)")
        with told_when_exhausted(folder):
            yield folder


def _choices(project: Path, own: Mapping[str, Any]) -> list[GradingChoice]:
    """Read the choices that are not the study's own."""
    with (project / CHOICES).open(encoding="utf-8", newline="") as file:
        rows = [
            GradingChoice(row["var"], yaml.safe_load(row["choice"]), row["description"])
            for row in csv.DictReader(file)
        ]
    return [row for row in rows if row.choice != own[row.var]]


def _specified(
    file: Path, variables: Mapping[str, Any], choice: GradingChoice, planned: Specification | None
) -> Specification:
    with open_to_build(file) as connection:
        compared = planned_claims(connection, build_printed_figures(connection, variables))
        ((n_cohort, n_evaluable, n_responders),) = connection.execute(SIZES).fetchall()
    as_planned = {claim.claim: claim.found for claim in planned.claims} if planned else {}
    claims = []
    for variable, found in compared:
        own = as_planned.get(variable.variable, found)
        holds = is_same(own.p_value, own.effect, found.p_value, found.effect)
        claims.append(Claim(variable.variable, variable.label, found, holds))
    return Specification(choice, n_cohort, n_evaluable, n_responders, tuple(claims))
