"""Which family of tests a planned variable belongs to in the study at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb

from cartox.results.plan import PlannedVariable

RESCUE = "rescue"


def families_of_study(
    connection: duckdb.DuckDBPyConnection, plan: Sequence[PlannedVariable], variables: Mapping[str, Any]
) -> list[PlannedVariable]:
    """Return the plan without a family where a variable is made of what defines the study's outcome.

    The outcome is resolution of the var index_toxicity under the var response_definition: the grades of that
    toxicity define it, and rescue where seeds.response_definitions says that the definition counts it.
    """
    parts = {variables.get("index_toxicity")}
    counts_rescue = connection.execute(
        "select count(*) from seeds.response_definitions where definition = ? and without_rescue",
        [variables.get("response_definition")],
    ).fetchall()
    if counts_rescue[0][0]:
        parts.add(RESCUE)
    return [
        replace(planned, family=None)
        if planned.part_of_outcome is not None and planned.part_of_outcome in parts
        else planned
        for planned in plan
    ]
