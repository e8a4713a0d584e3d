"""One patient's whole way: into the study or out of it, what was charted, what was made of it, and the outcome."""

from __future__ import annotations

from typing import Any

import duckdb

from cartox.errors import UserError
from cartox.trace.sets import read_set, records

PARTS = {
    "steps": "patient_steps",
    "grades": "patient_grades",
    "doses": "patient_doses",
    "windows": "patient_windows",
    "results": "patient_results",
    "outcomes": "patient_outcomes",
    "reviews": "patient_reviews",
    "records": "patient_records",
}
"""The parts of a patient's way, each a set of the folder analysis/trace."""


def trace_patient(connection: duckdb.DuckDBPyConnection, patient_id: str) -> dict[str, Any]:
    """Return the patient's id, rows of the marts of treated patients and of the cohort (None for none), and PARTS.

    Each part is a list of records; every record of a file names the file and its line. Raises UserError where no
    record names such a patient.
    """
    found = {part: read_set(connection, name, patient_id=patient_id) for part, name in PARTS.items()}
    if not found["records"]:
        raise UserError("trace --patient: no record of the warehouse names such a patient")
    return {
        "patient_id": patient_id,
        "treated": _row(connection, "treated_patients", patient_id),
        "cohort": _row(connection, "cohort", patient_id),
        **found,
    }


def _row(connection: duckdb.DuckDBPyConnection, mart: str, patient_id: str) -> dict[str, Any] | None:
    query = f"select * from marts.{mart} where patient_id = $patient_id"  # noqa: S608 (one of two names)
    return next(iter(records(connection, query, {"patient_id": patient_id})), None)
