"""results.lab_auc: the area under each cohort patient's daily values, by every rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from cartox.results.tables import insert_rows, sql
from cartox.statistics import area_under_curve
from cartox.statistics.area_under_curve import RULES

MEASURED_POINTS_ONLY = "linear_up_log_down"
"""A logarithmic fall runs between measured points; days filled in linearly would make it linear."""

TIME_WEIGHTED_MEAN = "time_weighted_mean"
"""Has the unit of the values; the areas have that unit times day."""


def write_lab_auc(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
    """One row per cohort patient, analyte and rule.

    The axis is the study day, for index time and death too: a curve before the index time ends with its day.
    Vars: auc_min_observed_days, max_gap_days, last_study_day.
    """
    curves = connection.execute(sql("cohort_curves")).fetchall()
    insert_rows(connection, "lab_auc", (row for curve in curves for row in _rows(curve, variables)))


def _rows(curve: tuple[Any, ...], variables: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    patient_id, analyte, days, values, origins, index_day, death_day, unit = curve
    points = list(zip(days, values, origins, strict=True))
    for rule in RULES:
        used = [point for point in points if rule != MEASURED_POINTS_ONLY or point[2] != "interpolated"]
        area = area_under_curve(
            [day for day, _, _ in used],
            [value for _, value, _ in used],
            rule,
            is_observed=[origin == "observed" for _, _, origin in used],
            minimum_observed_days=int(variables["auc_min_observed_days"]),
            max_gap_days=variables.get("max_gap_days"),
            index_day=index_day,
            death_day=death_day,
            carry_to_day=float(variables["last_study_day"]),
        )
        yield (
            patient_id,
            analyte,
            rule,
            area.auc,
            area.first_day,
            area.last_day,
            area.n_observed_days,
            unit if rule == TIME_WEIGHTED_MEAN or unit is None else times_day(unit),
            area.not_applicable,
        )


def times_day(unit: str) -> str:
    """Return the unit of an area under a curve of values in `unit` over days: mg x day/L for mg/L."""
    numerator, slash, denominator = unit.partition("/")
    return f"{numerator} x day{slash}{denominator}"
