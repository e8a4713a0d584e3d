"""Choices of analysis, and which planned variables each of them touches."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from cartox.results.plan import PlannedVariable

RESPONSE, FACTORS, WINDOW = "response_definition", "factor_table", "baseline_window"
AREA_RULE = "area_rule"
AREAS = (AREA_RULE, "area_days", "area_gap", "area_bounds", "area_day_value")
TOUCHED = {
    **dict.fromkeys(AREAS, "results.lab_auc"),
    WINDOW: "marts.lab_baseline",
    FACTORS: "marts.steroid_exposure",
}
"""The relation of the plan whose variables a dimension touches."""


@dataclass(frozen=True)
class Choice:
    """One choice of one dimension; `number` is what it is made with."""

    dimension: str
    choice: str
    number: float | None
    description: str

    def touches(self, variable: PlannedVariable) -> bool:
        """Whether the variable may have other values under this choice."""
        if variable.relation != TOUCHED[self.dimension]:
            return False
        return self.dimension != FACTORS or variable.value_column == "dexamethasone_equivalent_mg"


def read_choices(connection: duckdb.DuckDBPyConnection, factors: str) -> list[Choice]:
    """Read the choices of values in their order, but for the study's own factor table (`factors`)."""
    rows = connection.execute(
        "select dimension, choice, number, description from seeds.specification_choices order by rowid"
    ).fetchall()
    return [Choice(*row) for row in rows if row[:2] != (FACTORS, factors)]
