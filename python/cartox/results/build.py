"""Writes every table of the schema `results`, in the order in which they need one another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from cartox.results.agreement import write_grade_agreement
from cartox.results.comparisons import write_comparisons
from cartox.results.counts import write_counts, write_grade_counts
from cartox.results.courses import write_area_summaries, write_cohort_summaries, write_daily_summaries
from cartox.results.descriptives import write_descriptives
from cartox.results.documentation import comment_tables
from cartox.results.era import write_era_comparison
from cartox.results.families import families_of_study
from cartox.results.figures import write_reported_figures
from cartox.results.incidence import write_cumulative_incidence
from cartox.results.lab_auc import write_lab_auc
from cartox.results.labels import label_for_study
from cartox.results.long_forms import write_long_forms
from cartox.results.manifest import run_facts, write_run_manifest
from cartox.results.methods import write_methods
from cartox.results.plan import read_plan
from cartox.results.planned_tests import require_known_tests
from cartox.results.sampling import write_sampling_intensity
from cartox.results.sensitivity import write_response_sensitivity
from cartox.results.specifications import write_specifications
from cartox.results.survival import write_survival
from cartox.results.tables import create_tables
from cartox.results.univariable import write_univariable
from cartox.results.values import VariableValues, read_values


def build_results(
    connection: duckdb.DuckDBPyConnection,
    *,
    variables: Mapping[str, Any],
    landing: Path,
    revision: str | None,
    started_at: datetime,
    declared: Mapping[str, Any] = MappingProxyType({}),
    engine: str = "duckdb",
) -> None:
    """Write the schema `results` over built seeds and marts; earlier results are replaced.

    `variables` are the study's vars as dbt used them; `landing` holds landed_files.parquet, `revision` is the
    project's git revision (None where it is not known) and `started_at` the time the run began, `declared` what the
    study says of the form of each kind of record's file, `engine` what built the models, all five for the manifest.

    Raises ValueError where the test plan, its labels or the sources of the printed figures name what does not exist.
    """
    planned = build_printed_figures(connection, variables)
    write_area_summaries(connection)
    write_daily_summaries(connection)
    write_cohort_summaries(connection)
    write_grade_counts(connection)
    write_univariable(connection, planned)
    write_specifications(connection, [one.variable for one in planned], variables)
    write_sampling_intensity(connection)
    write_cumulative_incidence(connection, [one.variable for one in planned], variables)
    write_survival(connection, variables)
    write_response_sensitivity(connection, variables)
    write_grade_agreement(connection)
    write_counts(connection)
    write_long_forms(connection, variables, landing)
    facts = run_facts(
        connection,
        variables=variables,
        landing=landing,
        revision=revision,
        started_at=started_at,
        declared=declared,
        engine=engine,
    )
    write_methods(connection, facts)
    write_run_manifest(connection, facts)
    comment_tables(connection)


def build_printed_figures(
    connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]
) -> list[VariableValues]:
    """Write the planned comparisons and the printed figures held against them; return the values of the planned variables.

    The other tables of the schema are left empty. Raises as `build_results` does.
    """
    create_tables(connection)
    write_lab_auc(connection, variables)
    plan = read_plan(connection)
    require_known_tests(plan)
    plan = families_of_study(connection, label_for_study(plan, variables), variables)
    planned = [read_values(connection, variable) for variable in plan]
    write_descriptives(connection, planned)
    write_comparisons(connection, planned)
    write_era_comparison(connection, variables)
    write_reported_figures(connection, variables)
    return planned
