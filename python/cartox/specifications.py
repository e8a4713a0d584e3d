"""What a study's claims become under other choices of grading: each choice is a build of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from cartox.progress import Progress
from cartox.results import build_printed_figures
from cartox.results.specifications import Compared, is_same, planned_claims
from cartox.study import Landed, Study, landed_records
from cartox.warehouse.model_build import build_models
from cartox.warehouse.opening import open_to_build

AS_PLANNED = "as_planned"
CHOICES = "select var, choice, description from seeds.grading_choices order by rowid"
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

    @property
    def untold(self) -> tuple[str, ...]:
        """The labels of the claims of which nothing can be said: they or the study's own have no p-value."""
        return tuple(claim.label for claim in self.claims if claim.holds is None)


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
    with landed_records(extract, variables, progress, variables_origin, omop, study) as landed:
        planned, others = _built(landed, progress, GradingChoice("study", AS_PLANNED, "as planned"))
        return [planned, *(_built(landed, progress, choice, planned)[0] for choice in others)]


def _built(
    landed: Landed, progress: Progress, choice: GradingChoice, planned: Specification | None = None
) -> tuple[Specification, list[GradingChoice]]:
    """Build the study under a choice, or as planned where nothing is yet; return it and the choices that are not its own."""
    changed = {choice.var: choice.choice} if planned else {}
    file = landed.folder / f"{choice.var}-{choice.choice}" / "grading.duckdb"
    file.parent.mkdir()
    overrides = {**landed.overrides, **changed}
    build_models(
        landed.project, landed.landing, file, overrides, progress, plans=landed.plans, keeps_way=False
    )
    with open_to_build(file) as connection:
        found = _specified(connection, {**landed.variables, **changed}, choice, planned)
        others = _others(connection, landed.variables)
    file.unlink()
    return found, others


def _others(connection: duckdb.DuckDBPyConnection, own: Mapping[str, Any]) -> list[GradingChoice]:
    """Read the choices that are not the study's own."""
    rows = connection.execute(CHOICES).fetchall()
    choices = [GradingChoice(var, yaml.safe_load(choice), description) for var, choice, description in rows]
    return [one for one in choices if one.choice != own[one.var]]


def _specified(
    connection: duckdb.DuckDBPyConnection,
    variables: Mapping[str, Any],
    choice: GradingChoice,
    planned: Specification | None,
) -> Specification:
    compared = planned_claims(connection, build_printed_figures(connection, variables))
    ((n_cohort, n_evaluable, n_responders),) = connection.execute(SIZES).fetchall()
    as_planned = {claim.claim: claim.found for claim in planned.claims} if planned else {}
    claims = []
    for variable, found in compared:
        own = as_planned.get(variable.variable, found)
        holds = is_same(own.p_value, own.charted_effect, found.p_value, found.charted_effect)
        claims.append(Claim(variable.variable, variable.label, found, holds))
    return Specification(choice, n_cohort, n_evaluable, n_responders, tuple(claims))
