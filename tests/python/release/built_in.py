"""The built-in study as the attacker needs it: who its patients are in truth, and what its plan means."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import duckdb

from cartox.release.tables import LEFT
from cartox.results.plan import PlannedVariable, read_plan
from tests.python.release.families import Family
from tests.python.release.simulated import Person, Simulated

GRADES = (0, 1, 2, 3, 4, None)
TRUTH = ("true", "false", None)
SOME = ("none", "some", None)
WINDOWS = ("before_index", "after_index", "total")
FAMILIES = {
    "sex": Family(("sex",), (("male", "female", None),)),
    "stage": Family(("ann_arbor_stage",), (("1", "2", "3", "4", None),)),
    "IPI": Family(("ipi",), ((*range(6), None),)),
    "prior lines": Family(("prior_lines",), ((*range(1, 9), None),)),
    "refractory": Family(("is_refractory",), (TRUTH,)),
    "product": Family(
        ("product",),
        (("axicabtagene ciloleucel", "lisocabtagene maraleucel", "tisagenlecleucel", None),),
    ),
    "best response": Family(("best_response",), (("CR", "PR", "SD", "PD", "NE", None),)),
    **{
        toxicity.upper(): Family(
            (f"{toxicity}_grade_at_index", f"peak_{toxicity}_grade_before_index", f"peak_{toxicity}_grade"),
            (GRADES, GRADES, GRADES),
            rises=True,
        )
        for toxicity in ("crs", "icans")
    },
    **{f"glucocorticoids {window}": Family((window,), (SOME,)) for window in WINDOWS},
}
"""Of each column that the plan counts, alone or with others that hang on it: the values that the attacker reckons with."""


def read_truth(connection: duckdb.DuckDBPyConnection) -> Simulated:
    """Every treated patient of a warehouse with the values behind each count of the plan."""
    left = dict(connection.execute(LEFT).fetchall())
    treated = connection.execute(
        "select patient_id, cast(infused_at as date), is_dead, is_toxicity_death from marts.treated_patients"
    ).fetchall()
    cohort = _cohort(connection)
    return Simulated(
        {
            patient: {
                "group": None, "day": day, "dead": bool(dead), "toxic": bool(toxic),
                **cohort.get(patient, {"left": left.get(patient)}),
            }
            for patient, day, dead, toxic in treated
        }
    )  # fmt: skip


def _cohort(connection: duckdb.DuckDBPyConnection) -> dict[str, Person]:
    found = connection.execute(
        "select * replace (cast(ann_arbor_stage as text) as ann_arbor_stage, cast(is_refractory as text) as is_refractory) "
        "from marts.cohort"
    )
    names = [column[0] for column in found.description or ()]
    people: dict[str, Person] = {}
    for row in found.fetchall():
        person = dict(zip(names, row, strict=True))
        people[person["patient_id"]] = person | {"group": person["study_group"], "left": None}
    doses = connection.execute(
        "select patient_id, exposure_window, n_administrations from marts.steroid_exposure"
    ).fetchall()
    for patient, window, n in doses:
        if patient in people:
            people[patient][window] = _some(n)
    return people


def _some(n: int | None) -> str | None:
    return None if n is None else "some" if n else "none"


def read_own_plan(connection: duckdb.DuckDBPyConnection) -> list[PlannedVariable]:
    """The plan of a warehouse, its counts of administrations under the name of their window."""
    return [
        replace(one, value_column=one.filters[0][1]) if one.value_column == "n_administrations" else one
        for one in read_plan(connection)
        if one.variable != "responder"
    ]


def as_read(row: dict[str, str]) -> dict[str, Any]:
    """A row of a released file, its whole numbers as numbers and its empty cells as None."""
    return {
        name: int(text) if text.isdecimal() and name != "level" else text or None
        for name, text in row.items()
    }
