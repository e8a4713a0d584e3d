"""Laboratory results from OMOP: which test, what number or bound, in which unit, and when."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from tests.python.omop.tables import build, concept, measurement
from tests.spec.compiled_project import CompiledProject

pytestmark = pytest.mark.xdist_group("omop tables")

LESS, MORE = 4171756, 4172704
VOCABULARY = [
    concept(3016723, "Creatinine [Mass/volume] in Serum or Plasma", "LOINC", "2160-0"),
    concept(3051825, "Creatinine [Mass/volume] in Blood", "LOINC", "38483-4"),
    concept(31, "Ferritin in pleural fluid", "LOINC", "99999-9"),
    concept(32, "Serum ferritin measurement", "SNOMED", "489004"),
    concept(8645, "unit per liter", "UCUM", "[U]/L"),
    concept(9999, "milligram per liter", "UCUM", "mg/L"),
]
FERRITIN = {"unit_concept_id": 8842}

# cells, analyte, value in the canonical unit, comparison
RESULTS: tuple[tuple[dict[str, Any], str | None, float | None, str | None], ...] = (
    ({"value_as_number": "412", **FERRITIN}, "ferritin", 412, "="),
    ({"value_as_number": "412", "unit_concept_id": 8748}, "ferritin", 412, "="),
    ({"value_as_number": "412", "unit_source_value": "ug/L"}, "ferritin", 412, "="),
    ({"value_as_number": "412", "unit_concept_id": 8842, "unit_source_value": "ng/mL"}, "ferritin", 412, "="),
    ({"value_as_number": "412", "unit_concept_id": 8842, "unit_source_value": "mg/L"}, "ferritin", None, "="),
    ({"value_as_number": "412", "unit_concept_id": 0, "unit_source_value": "parts"}, "ferritin", None, "="),
    ({"value_as_number": "0.4", "unit_concept_id": 9999}, "ferritin", 400, "="),
    ({"value_as_number": "412"}, "ferritin", None, "="),
    ({"value_as_number": "15", "operator_concept_id": LESS, **FERRITIN}, "ferritin", 15, "<"),
    ({"value_as_number": "40000", "operator_concept_id": MORE, **FERRITIN}, "ferritin", 40000, ">"),
    ({"value_as_number": "15", "value_source_value": "< 15", **FERRITIN}, "ferritin", 15, "<"),
    ({"value_as_number": "7.5", "value_source_value": "<15", **FERRITIN}, "ferritin", 15, "<"),
    ({"value_as_number": "412", "value_source_value": "0.412", **FERRITIN}, "ferritin", 412, "="),
    ({"value_as_number": "15", "value_source_value": ">40", "operator_concept_id": LESS, **FERRITIN}, "ferritin", 15, "<"),
    ({"value_as_number": "412", "unit_concept_id": 8576, "unit_source_value": "ng/mL"}, "ferritin", 412, "="),
    ({"value_as_number": "5", "operator_concept_id": 4171754, **FERRITIN}, "ferritin", 5, "<="),
    ({"value_as_number": "5", "operator_concept_id": 4171755, **FERRITIN}, "ferritin", 5, ">="),
    ({"value_as_number": "5", "operator_concept_id": 4172703, **FERRITIN}, "ferritin", 5, "="),
    ({"value_source_value": "greater than 40,000", **FERRITIN}, "ferritin", 40000, ">"),
    ({"value_source_value": "1,234 H", **FERRITIN}, "ferritin", 1234, "="),
    ({"value_source_value": "QNS", **FERRITIN}, "ferritin", None, "="),
    ({"measurement_concept_id": 3016723, "value_as_number": "1.1", "unit_concept_id": 8840}, "creatinine", 1.1, "="),
    ({"measurement_concept_id": 3051825, "value_as_number": "1.1", "unit_concept_id": 8840}, "creatinine", 1.1, "="),
    ({"measurement_concept_id": 0, "measurement_source_value": "2532-0", "value_as_number": "210",
      "unit_concept_id": 8645}, "ldh", 210, "="),
    ({"measurement_concept_id": 0, "measurement_source_value": "14805-6", "value_as_number": "210"}, None, None, None),
    ({"measurement_concept_id": 0, "measurement_source_value": "LDH", "value_as_number": "3.5",
      "unit_source_value": "µkat/L"}, "ldh", 210, "="),
    ({"measurement_concept_id": 32, "measurement_source_value": "Ferritin", "value_as_number": "9", **FERRITIN},
     "ferritin", 9, "="),
    ({"measurement_concept_id": 31, "measurement_source_value": "Ferritin", "value_as_number": "9"}, None, None, None),
    ({"measurement_concept_id": 0, "measurement_source_value": "Ferritin", "value_as_number": "9", **FERRITIN},
     "ferritin", 9, "="),
    ({"measurement_concept_id": 32, "value_as_number": "9", **FERRITIN}, "ferritin", 9, "="),
    ({"measurement_concept_id": 3022250, "value_as_number": "210", "unit_concept_id": 8923}, "ldh", 210, "="),
    ({"measurement_concept_id": 3007461, "value_as_number": "210", "unit_concept_id": 8848}, "platelets", 210, "="),
    ({"measurement_concept_id": 3000963, "value_as_number": "8.1", "unit_concept_id": 8713}, "hemoglobin", 8.1, "="),
)  # fmt: skip


@pytest.fixture(scope="module")
def results(omop_project: CompiledProject) -> duckdb.DuckDBPyConnection:
    rows = [measurement(number, **cells) for number, (cells, *_) in enumerate(RESULTS)]
    return build(omop_project, {"measurement": rows, "concept": VOCABULARY}, "int_labs__usability")


@pytest.mark.parametrize("number", range(len(RESULTS)))
def test_result(results: duckdb.DuckDBPyConnection, number: int) -> None:
    _, analyte, value, comparator = RESULTS[number]
    found = results.execute(
        "select analyte, value, comparator from intermediate.int_labs__usability where result_id = ?",
        [str(number)],
    ).fetchall()
    assert found == (
        [] if analyte is None else [(analyte, pytest.approx(value) if value else value, comparator)]
    )


def test_times_dates_and_limits(omop_project: CompiledProject) -> None:
    connection = build(
        omop_project,
        {
            "measurement": [
                measurement(1, value_as_number="1"),
                measurement(2, value_as_number="1", measurement_datetime="2022-03-01 06:30:00"),
                measurement(3, value_as_number="1", measurement_time="07:15"),
                measurement(4, value_as_number="1", measurement_time="2022-03-01"),
                measurement(5, value_as_number="1", measurement_datetime="2022-03-01T06:30:00Z"),
                measurement(6, value_as_number="1", range_low="10", range_high="400"),
                measurement(7),
            ]
        },
        "int_lab_results__all",
    )
    found = connection.execute(
        "select collected_at::varchar, reference_low, reference_high, reason "
        "from intermediate.int_lab_results__all order by result_id"
    ).fetchall()
    assert [row[0] for row in found[:4]] == [
        "2022-03-01 00:00:00",
        "2022-03-01 06:30:00",
        "2022-03-01 07:15:00",
        "2022-03-01 00:00:00",
    ]
    assert [row[3] for row in found] == [*[None] * 4, "unreadable_collected_at", None, "missing_result"]
    assert found[5][1:3] == ("10", "400")


def test_a_person_without_a_row_and_none_at_all(omop_project: CompiledProject) -> None:
    rows = [
        measurement(1, value_as_number="1", person_id=99),
        measurement(2, value_as_number="1", person_id=None),
        measurement(3, value_as_concept_id=31),
    ]
    connection = build(omop_project, {"measurement": rows, "concept": VOCABULARY}, "int_lab_results__all")
    found = connection.execute(
        "select patient_id, reason from intermediate.int_lab_results__all order by result_id"
    ).fetchall()
    assert found == [("person_id 99", "unknown_patient"), (None, "missing_patient_id"), ("1", None)]


def test_a_remark_in_the_source_text_is_seen(omop_project: CompiledProject) -> None:
    rows = [
        measurement(
            1,
            measurement_concept_id=3016436,
            value_as_number="900",
            value_source_value="900 (specimen hemolyzed)",
            unit_concept_id=8645,
        )
    ]
    connection = build(omop_project, {"measurement": rows}, "int_labs__read")
    assert connection.execute(
        "select number_read, is_hemolysed from intermediate.int_labs__read"
    ).fetchall() == [(900, True)]
