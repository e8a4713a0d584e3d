"""Rows of OMOP tables written in a test, and what the models make of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from tests.spec.compiled_project import CompiledProject, connect, land_rows

Rows = Mapping[str, Iterable[Mapping[str, Any]]]
PERSON = {
    "person_id": 1,
    "year_of_birth": 1960,
    "month_of_birth": 5,
    "day_of_birth": 5,
    "gender_concept_id": 8532,
}
GIVEN, PRESCRIBED = 32818, 32838
DEXAMETHASONE, PREDNISONE = 1518254, 1551099


def build(project: CompiledProject, rows: Rows, *models: str) -> duckdb.DuckDBPyConnection:
    """The models `models`, or all, over these rows."""
    connection = connect()
    land_rows(connection, {"person": [PERSON], **rows})
    (project.upstream_of(*models) if models else project).build(connection)
    return connection


def concept(
    concept_id: int, name: str, vocabulary: str = "RxNorm", code: str | None = None
) -> dict[str, Any]:
    return {
        "concept_id": concept_id,
        "concept_name": name,
        "vocabulary_id": vocabulary,
        "concept_code": code or str(concept_id),
    }


def exposure(number: int | str, **cells: Any) -> dict[str, Any]:
    """A drug given on day 1 of March 2022 at 10:00, as `cells` say."""
    return {
        "drug_exposure_id": number,
        "person_id": 1,
        "drug_concept_id": 0,
        "drug_exposure_start_date": "2022-03-01",
        "drug_exposure_start_datetime": "2022-03-01 10:00:00",
        "drug_exposure_end_date": "2022-03-01",
        "drug_type_concept_id": GIVEN,
        **cells,
    }


def measurement(number: int | str, **cells: Any) -> dict[str, Any]:
    """A ferritin of day 1 of March 2022, as `cells` say."""
    return {
        "measurement_id": number,
        "person_id": 1,
        "measurement_concept_id": 3001122,
        "measurement_date": "2022-03-01",
        **cells,
    }


def only(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    """The one row of a query."""
    (row,) = connection.execute(query).fetchall()
    return row
