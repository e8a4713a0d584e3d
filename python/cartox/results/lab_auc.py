"""results.lab_auc: the area under each cohort patient's daily values, by every rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from cartox.results.tables import insert_rows, sql
from cartox.statistics import area_under_curve
from cartox.statistics.area_under_curve import MEANS, RULES, AreaUnderCurve
from cartox.statistics.certainty import AT_LEAST, AT_MOST, EXACT, UNKNOWN, certainty_of, greatest, least

MEASURED_POINTS_ONLY = "linear_up_log_down"
"""A logarithmic fall runs between measured points; days filled in linearly would make it linear."""

ENDS_AT_INDEX = ("before_index", "before_index_per_day")

BOTH_WAYS = "values beyond the limits of the assay could move it either way"


@dataclass(frozen=True)
class Point:
    """One covered day of a curve, with the least and the greatest value that it can stand for.

    is_estimate: whether what was measured on that day cannot be used.
    """

    day: int
    value: float
    origin: str
    least: float
    greatest: float
    is_estimate: bool


def write_lab_auc(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
    """One row per cohort patient, analyte and rule.

    The axis is the study day, for index time and death too: a curve before the index time ends with its day.
    Vars: auc_min_observed_days, max_gap_days, last_study_day.
    """
    curves = connection.execute(sql("cohort_curves")).fetchall()
    insert_rows(connection, "lab_auc", (row for curve in curves for row in _rows(curve, variables)))


def _rows(curve: tuple[Any, ...], variables: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    patient_id, analyte, *of_days, index_day, death_day, unit = curve
    points = [_point(*cells) for cells in zip(*of_days, strict=True)]
    for rule in RULES:
        used = [point for point in points if rule != MEASURED_POINTS_ONLY or point.origin != "interpolated"]
        area = lowest = highest = _area(used, rule, "value", index_day, death_day, variables)
        if any(point.least < point.value for point in used):
            lowest = _area(used, rule, "least", index_day, death_day, variables)
        if any(point.greatest > point.value for point in used):
            highest = _area(used, rule, "greatest", index_day, death_day, variables)
        has_estimate = any(point.is_estimate for point in used if _enters(point, rule, index_day))
        certainty = certainty_of(area.auc, lowest.auc, highest.auc, has_estimate=has_estimate)
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


def _point(
    day: int, value: float, origin: str, is_at_most: bool, is_at_least: bool, is_estimate: bool
) -> Point:
    lowest = least(value, AT_MOST if is_at_most else EXACT)
    return Point(day, value, origin, lowest, greatest(value, AT_LEAST if is_at_least else EXACT), is_estimate)


def _enters(point: Point, rule: str, index_day: int | None) -> bool:
    return rule not in ENDS_AT_INDEX or (index_day is not None and point.day <= index_day)


def _area(
    points: Sequence[Point],
    rule: str,
    end: str,
    index_day: int | None,
    death_day: int | None,
    variables: Mapping[str, Any],
) -> AreaUnderCurve:
    return area_under_curve(
        [point.day for point in points],
        [getattr(point, end) for point in points],
        rule,
        is_observed=[point.origin == "observed" for point in points],
        minimum_observed_days=int(variables["auc_min_observed_days"]),
        max_gap_days=variables.get("max_gap_days"),
        index_day=index_day,
        death_day=death_day,
        carry_to_day=float(variables["last_study_day"]),
    )


def times_day(unit: str) -> str:
    """Return the unit of an area under a curve of values in `unit` over days: mg x day/L for mg/L."""
    numerator, slash, denominator = unit.partition("/")
    return f"{numerator} x day{slash}{denominator}"
