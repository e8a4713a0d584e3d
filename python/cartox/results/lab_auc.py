"""results.lab_auc: the area under each cohort patient's daily values, by every rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from cartox.results.bounded_area import MEASURED_POINTS_ONLY, bounded_area, curve_of, point
from cartox.results.tables import insert_rows, sql
from cartox.statistics.area_under_curve import MEANS, RULES
from cartox.statistics.certainty import UNKNOWN

BOTH_WAYS = "values beyond the limits of the assay could move it either way"


def write_lab_auc(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
    """One row per cohort patient, analyte and rule.

    The axis is the study day, for index time and death too: a curve before the index time ends with its day.
    Vars: auc_min_observed_days, max_gap_days, last_study_day.
    """
    curves = connection.execute(sql("cohort_curves")).fetchall()
    insert_rows(connection, "lab_auc", (row for curve in curves for row in _rows(curve, variables)))


def _rows(curve: tuple[Any, ...], variables: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    patient_id, analyte, *of_days, unread_days, index_day, death_day, is_undated, unit = curve
    points = tuple(point(*cells) for cells in zip(*of_days, strict=True))
    for rule in RULES:
        used = tuple(one for one in points if rule != MEASURED_POINTS_ONLY or one.origin != "interpolated")
        area, certainty = bounded_area(
            curve_of(points, used, index_day, death_day, is_undated, unread_days),
            rule,
            variables,
            max_gap_days=variables.get("max_gap_days"),
        )
        is_known = certainty != UNKNOWN
        yield (
            patient_id,
            analyte,
            rule,
            area.auc if is_known else None,
            certainty,
            area.first_day,
            area.last_day,
            area.n_observed_days,
            unit if rule in MEANS or unit is None else times_day(unit),
            area.not_applicable or (None if is_known else BOTH_WAYS),
        )


def times_day(unit: str) -> str:
    """Return the unit of an area under a curve of values in `unit` over days: mg x day/L for mg/L."""
    numerator, slash, denominator = unit.partition("/")
    return f"{numerator} x day{slash}{denominator}"
