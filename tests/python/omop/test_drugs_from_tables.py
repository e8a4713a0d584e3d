"""Drugs from OMOP: which ingredient, how much of it, by which route, and whether it was given at all."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from tests.python.omop.tables import (
    DEXAMETHASONE,
    PREDNISONE,
    PRESCRIBED,
    build,
    concept,
    exposure,
)
from tests.spec.compiled_project import CompiledProject

pytestmark = pytest.mark.xdist_group("omop tables")

TABLET, SOLUTION, VIAL, UNKNOWN_STRENGTH = 101, 102, 103, 104
VOCABULARY = {
    "concept": [
        concept(DEXAMETHASONE, "dexamethasone", code="3264"),
        concept(TABLET, "dexamethasone 4 MG Oral Tablet"),
        concept(SOLUTION, "dexamethasone phosphate 10 MG/ML Injectable Solution"),
        concept(VIAL, "5 ML dexamethasone phosphate 4 MG/ML Injection"),
        concept(UNKNOWN_STRENGTH, "Glucocorticoid of the house"),
    ],
    "concept_ancestor": [
        {"ancestor_concept_id": DEXAMETHASONE, "descendant_concept_id": drug}
        for drug in (DEXAMETHASONE, TABLET, SOLUTION, VIAL, UNKNOWN_STRENGTH)
    ],
    "drug_strength": [
        {"drug_concept_id": TABLET, "ingredient_concept_id": DEXAMETHASONE, "amount_value": "4",
         "amount_unit_concept_id": 8576},
        {"drug_concept_id": SOLUTION, "ingredient_concept_id": DEXAMETHASONE, "numerator_value": "10",
         "numerator_unit_concept_id": 8576, "denominator_unit_concept_id": 8587},
        {"drug_concept_id": VIAL, "ingredient_concept_id": DEXAMETHASONE, "numerator_value": "20",
         "numerator_unit_concept_id": 8576, "denominator_value": "5", "denominator_unit_concept_id": 8587},
    ],
}  # fmt: skip

ORDER = {"drug_type_concept_id": PRESCRIBED}
ORDERED_MG = {"quantity": "40", "days_supply": "10", "dose_unit_source_value": "mg", **ORDER}

# cells of the exposure, dose in mg, reason why it is not known
DOSES: tuple[tuple[dict[str, Any], float | None, str | None], ...] = (
    ({"drug_concept_id": TABLET, "quantity": "3"}, 12.0, None),
    ({"drug_concept_id": TABLET, "quantity": "3", "dose_unit_source_value": "tab"}, 12.0, None),
    ({"drug_concept_id": TABLET, "quantity": "8", "dose_unit_source_value": "mg"}, 8.0, None),
    ({"drug_concept_id": SOLUTION, "quantity": "2.5", "dose_unit_source_value": "mL"}, 25.0, None),
    ({"drug_concept_id": SOLUTION, "quantity": "2"}, None, "missing_strength"),
    ({"drug_concept_id": SOLUTION, "quantity": "2", "dose_unit_source_value": "vial"}, None, "missing_strength"),
    ({"drug_concept_id": VIAL, "quantity": "2"}, 40.0, None),
    ({"drug_concept_id": VIAL, "quantity": "2", "dose_unit_source_value": "mL"}, 8.0, None),
    ({"drug_concept_id": DEXAMETHASONE, "quantity": "10"}, None, "missing_strength"),
    ({"drug_concept_id": DEXAMETHASONE, "quantity": "10", "dose_unit_source_value": "mg"}, 10.0, None),
    ({"drug_source_value": "Decadron 6 mg tab", "quantity": "2"}, 12.0, None),
    ({"drug_source_value": "Decadron", "quantity": "2"}, None, "missing_strength"),
    ({"drug_source_value": "Decadron 4 mg/mL", "quantity": "3", "dose_unit_source_value": "mL"}, 12.0, None),
    ({"drug_concept_id": TABLET, "quantity": "0"}, None, "missing_dose"),
    ({"drug_concept_id": TABLET, "quantity": "0", "days_supply": "0"}, None, "missing_dose"),
    ({"drug_concept_id": TABLET, "quantity": "0", "days_supply": "1"}, 0.0, None),
    ({"drug_concept_id": TABLET, "quantity": "0", "days_supply": "14", **ORDER}, None, "missing_dose"),
    ({"drug_concept_id": TABLET, "quantity": ""}, None, "missing_dose"),
    ({"drug_concept_id": TABLET, "quantity": "3", "days_supply": "3"}, 12.0, None),
    ({"drug_concept_id": TABLET, "quantity": "3", **ORDER}, 12.0, None),
    ({"drug_concept_id": TABLET, "quantity": "30", "days_supply": "10", "dose_unit_source_value": "tab", **ORDER}, 12.0, None),
    ({"drug_concept_id": SOLUTION, **ORDERED_MG}, 4.0, None),
    ({"drug_concept_id": DEXAMETHASONE, **ORDERED_MG}, 4.0, None),
    ({"drug_concept_id": TABLET, "quantity": "2", "dose_unit_source_value": "scoop"}, None, "unknown_dose_unit"),
    ({"drug_concept_id": DEXAMETHASONE, "quantity": "8", "dose_unit_source_value": "mg/m2"}, None, "dose_per_body_size"),
    ({"drug_concept_id": UNKNOWN_STRENGTH, "quantity": "1"}, None, "missing_strength"),
)  # fmt: skip


@pytest.fixture(scope="module")
def doses(omop_project: CompiledProject) -> duckdb.DuckDBPyConnection:
    exposures = [
        exposure(number, route_source_value="PO", **cells) for number, (cells, _, _) in enumerate(DOSES)
    ]
    return build(
        omop_project,
        {"drug_exposure": exposures, **VOCABULARY},
        "steroid_administrations",
        "int_exposure__administrations",
    )


@pytest.mark.parametrize("number", range(len(DOSES)))
def test_dose(doses: duckdb.DuckDBPyConnection, number: int) -> None:
    _, milligrams, reason = DOSES[number]
    found = doses.execute(
        "select ingredient, single_dose_mg, unresolved_reason from intermediate.int_exposure__administrations "
        "where administration_id = ?",
        [str(number)],
    ).fetchall()
    assert found == [("dexamethasone", milligrams, reason)]


def records(project: CompiledProject, *exposures: dict[str, Any], **tables: Any) -> list[Any]:
    connection = build(
        project,
        {"drug_exposure": exposures, **VOCABULARY, **tables},
        "int_medication_administrations__all",
    )
    return connection.execute(
        "select administration_id, ingredient, route, status, started_at::varchar, ended_at::varchar, doses_per_day, reason "
        "from intermediate.int_medication_administrations__all order by cast(administration_id as bigint)"
    ).fetchall()


def test_a_supply_is_taken_over_its_days(omop_project: CompiledProject) -> None:
    supply = exposure(
        1, drug_concept_id=TABLET, drug_type_concept_id=PRESCRIBED, quantity="30", days_supply="10"
    )
    connection = build(
        omop_project, {"drug_exposure": [supply], **VOCABULARY}, "int_exposure__administrations"
    )
    assert connection.execute(
        "select single_dose_mg, n_doses, doses_per_day, ended_at::varchar, route from intermediate.int_exposure__administrations"
    ).fetchall() == [(12.0, 10, 1.0, "2022-03-11 10:00:00", "oral")]


def test_a_unit_of_mass_of_a_supply_may_be_the_strength(omop_project: CompiledProject) -> None:
    supply = exposure(
        1, drug_concept_id=TABLET, drug_type_concept_id=PRESCRIBED, quantity="30", days_supply="10",
        dose_unit_source_value="mg",
    )  # fmt: skip
    connection = build(
        omop_project, {"drug_exposure": [supply], **VOCABULARY}, "int_exposure__administrations"
    )
    assert connection.execute(
        "select unresolved_reason from intermediate.int_exposure__administrations"
    ).fetchall() == [("unknown_dose_unit",)]


def test_whether_a_drug_was_given(omop_project: CompiledProject) -> None:
    found = records(
        omop_project,
        exposure(1, drug_source_value="Decadron"),
        exposure(2, drug_source_value="Decadron", drug_type_concept_id=PRESCRIBED),
        exposure(3, drug_source_value="Decadron", stop_reason="Patient refused"),
        exposure(4, drug_source_value="Decadron", stop_reason="course complete"),
        exposure(5, drug_source_value="Decadron", drug_type_concept_id=0),
        exposure(6, drug_source_value="Decadron", drug_type_concept_id=99),
    )
    assert [(row[3], row[7]) for row in found] == [
        ("given", None),
        ("ordered", None),
        ("refused", None),
        ("given", None),
        (None, "missing_status"),
        (None, "unknown_status"),
    ]


def test_routes_by_concept_text_and_dose_form(omop_project: CompiledProject) -> None:
    found = records(
        omop_project,
        exposure(1, drug_source_value="x", route_concept_id=4302612, route_source_value="see note"),
        exposure(2, drug_source_value="x", route_concept_id=77, route_source_value="?"),
        exposure(3, drug_source_value="x", route_concept_id=0, route_source_value="IV push"),
        exposure(4, drug_concept_id=TABLET),
        exposure(5, drug_concept_id=SOLUTION),
        concept=[*VOCABULARY["concept"], concept(77, "Ophthalmic", "SNOMED")],
    )
    assert [row[2] for row in found] == ["intramuscular", "ophthalmic", "intravenous", "oral", None]


def test_an_end_without_a_time_ends_nothing(omop_project: CompiledProject) -> None:
    found = records(
        omop_project,
        exposure(1, drug_source_value="x"),
        exposure(2, drug_source_value="x", drug_exposure_end_datetime="2022-03-01 00:00:00"),
        exposure(3, drug_source_value="x", drug_exposure_end_datetime="2022-03-01 12:00"),
        exposure(4, drug_source_value="x", drug_exposure_end_datetime="2022-03-01 09:00"),
        exposure(5, drug_source_value="x", drug_type_concept_id=PRESCRIBED),
        exposure(
            6, drug_source_value="x", drug_type_concept_id=PRESCRIBED, drug_exposure_end_date="2022-03-03"
        ),
    )
    ends = [None, None, "2022-03-01 12:00:00", "2022-03-01 09:00:00", None, "2022-03-04 00:00:00"]
    assert [row[5] for row in found] == ends


def test_ingredients_by_ancestor_list_code_and_name(omop_project: CompiledProject) -> None:
    found = records(
        omop_project,
        exposure(1, drug_concept_id=UNKNOWN_STRENGTH),
        exposure(2, drug_concept_id=PREDNISONE),
        exposure(3, drug_concept_id=1114375, drug_source_value="house code 7"),
        exposure(4, drug_source_value="Solu-Medrol 40 mg"),
        exposure(5, drug_concept_id=5, drug_source_value="0042"),
        exposure(6, drug_concept_id=6),
        concept=[*VOCABULARY["concept"], concept(5, "hydrocortisone 10 MG/ML Topical Cream")],
    )
    names = ["dexamethasone", "prednisone", "anakinra", "methylprednisolone", "hydrocortisone", None]
    assert [row[1] for row in found] == names
    assert [row[7] for row in found] == [None] * 6


def test_a_depot_form_is_seen_in_the_concept_and_in_the_source(omop_project: CompiledProject) -> None:
    exposures = [
        exposure(1, drug_concept_id=1506270, drug_source_value="Depo-Medrol 40 mg/mL", quantity="1"),
        exposure(2, drug_concept_id=8, drug_source_value="house code", quantity="1"),
    ]
    vocabulary = {
        "concept": [concept(1506270, "methylprednisolone"), concept(8, "methylprednisolone acetate 40 MG/ML")]
    }
    connection = build(
        omop_project, {"drug_exposure": exposures, **vocabulary}, "int_exposure__administrations"
    )
    assert connection.execute(
        "select administration_id, is_depot_form from intermediate.int_exposure__administrations order by 1"
    ).fetchall() == [("1", True), ("2", True)]
