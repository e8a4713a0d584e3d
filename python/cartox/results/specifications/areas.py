"""Areas under each cohort patient's values by another choice than the study's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import duckdb

from cartox.results.specifications.choices import Choice
from cartox.results.tables import sql
from cartox.statistics import area_under_curve

Days: TypeAlias = Mapping[tuple[str, str, int], tuple[float, float]]
DAY_VALUES = ("mean_of_day", "last_of_day")


class Areas:
    """The curves of the cohort, from which areas are computed by any choice (vars auc_min_observed_days, last_study_day)."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
        """Read the curves."""
        self._curves = connection.execute(sql("cohort_curves")).fetchall()
        self._days: Days = {
            (patient, analyte, day): (mean, last)
            for patient, analyte, day, mean, last in connection.execute(sql("day_values")).fetchall()
        }
        self._variables = variables

    def by(self, choice: Choice, analyte: str, rule: str) -> dict[str, float]:
        """Return the area of each patient who has one, by the plan's rule but for the choice."""
        found = {}
        for patient, own, *of_days, index_day, death_day, _ in self._curves:
            if own != analyte:
                continue
            area = self._area(
                choice, rule, patient, analyte, list(zip(*of_days, strict=True)), index_day, death_day
            )
            if area is not None:
                found[patient] = area
        return found

    def _area(
        self,
        choice: Choice,
        rule: str,
        patient: str,
        analyte: str,
        points: Sequence[tuple[Any, ...]],
        index_day: int | None,
        death_day: int | None,
    ) -> float | None:
        used_rule = choice.choice if choice.dimension == "area_rule" else rule
        is_redrawn = choice.dimension in ("area_gap", "area_bounds", "area_day_value")
        if is_redrawn or used_rule == "linear_up_log_down":
            points = [point for point in points if point[2] != "interpolated"]
        if choice.dimension == "area_days" and choice.number is not None:
            points = [point for point in points if point[0] <= choice.number]
        gap = choice.number if choice.dimension == "area_gap" else self._variables.get("max_gap_days")
        return area_under_curve(
            [point[0] for point in points],
            [self._value(choice, patient, analyte, point) for point in points],
            used_rule,
            is_observed=[point[2] == "observed" for point in points],
            minimum_observed_days=int(self._variables["auc_min_observed_days"]),
            max_gap_days=gap,
            index_day=index_day,
            death_day=death_day,
            carry_to_day=float(self._variables["last_study_day"]),
        ).auc

    def _value(self, choice: Choice, patient: str, analyte: str, point: tuple[Any, ...]) -> float:
        day, value, _, is_at_most, is_at_least, _ = point
        if choice.dimension == "area_day_value":
            of_day = self._days.get((patient, analyte, day))
            return float(value) if of_day is None else of_day[DAY_VALUES.index(choice.choice)]
        if choice.dimension == "area_bounds" and choice.number is not None and is_at_most != is_at_least:
            return float(value) / choice.number if is_at_most else float(value) * choice.number
        return float(value)
