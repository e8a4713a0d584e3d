"""People, infusions, assessments and deaths from OMOP, and that no row of a table is lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.python.conftest import PlanProject
from tests.python.omop.conftest import FROM_OMOP
from tests.python.omop.tables import PERSON, build, concept, exposure, measurement, only
from tests.spec.compiled_project import CompiledProject

pytestmark = pytest.mark.xdist_group("omop tables")

AXI_CEL, TISA_CEL = 792844, 792737
DETAILS = {
    "infusion_id": "A1", "patient_id": "1", "infused_at": "2022-03-01", "product": "Yescarta", "indication": "DLBCL",
    "care_setting": "standard of care", "prior_lines": "3", "ipi": "4",
}  # fmt: skip


def procedure(number: int, code: str, on: str = "2022-03-01") -> dict[str, Any]:
    return {
        "procedure_occurrence_id": number,
        "person_id": 1,
        "procedure_concept_id": 0,
        "procedure_date": on,
        "procedure_source_value": code,
    }


def infusions(project: CompiledProject, **tables: Any) -> list[Any]:
    connection = build(project, tables, "int_infusions__all")
    return connection.execute(
        "select infusion_id, product, infused_at::varchar, indication_group, care_setting, prior_lines, "
        "lymphodepletion_started_at::varchar, discharged_on::varchar, reason from intermediate.int_infusions__all order by 1"
    ).fetchall()


@pytest.mark.parametrize(
    ("cells", "vocabulary"),
    [
        ({"drug_concept_id": AXI_CEL}, {}),
        (
            {"drug_concept_id": 55},
            {"concept_ancestor": [{"ancestor_concept_id": AXI_CEL, "descendant_concept_id": 55}]},
        ),
        ({"drug_concept_id": 56}, {"concept": [concept(56, "CAR-T", "HCPCS", "Q2041")]}),
        ({"drug_concept_id": 0, "drug_source_concept_id": 56}, {"concept": [concept(56, "x", "RxNorm", "1987398")]}),
        ({"drug_source_value": "1987398"}, {}),
        ({"drug_source_value": "YESCARTA suspension for infusion"}, {}),
    ],
)  # fmt: skip
def test_a_product_by_concept_descendant_code_and_name(
    omop_project: CompiledProject, cells: dict[str, Any], vocabulary: dict[str, Any]
) -> None:
    (found,) = infusions(
        omop_project, drug_exposure=[exposure(7, **cells)], infusions=[DETAILS], **vocabulary
    )
    assert found[:6] == (
        "7", "axicabtagene ciloleucel", "2022-03-01 10:00:00", "large B-cell lymphoma", "standard of care", 3,
    )  # fmt: skip


def test_one_infusion_in_many_rows_is_one(omop_project: CompiledProject) -> None:
    found = infusions(
        omop_project,
        drug_exposure=[
            exposure(3, drug_concept_id=AXI_CEL, drug_exposure_start_datetime="2022-03-01 11:00"),
            exposure(4, drug_concept_id=AXI_CEL),
            exposure(5, drug_concept_id=AXI_CEL, drug_type_concept_id=32838),
            exposure(6, drug_concept_id=TISA_CEL, drug_exposure_start_datetime="2022-06-01 11:00"),
        ],
        procedure_occurrence=[
            procedure(1, "XW033H7"),
            procedure(2, "XW033C3"),
            procedure(9, "XW033C3", "2019-01-05"),
        ],
        infusions=[DETAILS],
    )
    assert [row[:2] for row in found] == [
        ("4", "axicabtagene ciloleucel"),
        ("6", "tisagenlecleucel"),
        ("procedure 9", None),
    ]


def test_infusions_of_two_days_are_two_and_a_refused_one_is_none(omop_project: CompiledProject) -> None:
    found = infusions(
        omop_project,
        drug_exposure=[
            exposure(3, drug_concept_id=AXI_CEL),
            exposure(4, drug_concept_id=AXI_CEL, drug_exposure_start_date="2022-03-02", drug_exposure_start_datetime=None),
            exposure(5, drug_concept_id=AXI_CEL, drug_exposure_start_datetime="2022-04-02 10:00", stop_reason="refused"),
        ],
    )  # fmt: skip
    assert [(row[0], row[2]) for row in found] == [("3", "2022-03-01 10:00:00"), ("4", "2022-03-02 00:00:00")]


def test_infusions_whose_person_or_day_is_not_known_are_not_taken_for_one(
    omop_project: CompiledProject,
) -> None:
    unknown: list[dict[str, Any]] = [{"person_id": None}, {"drug_exposure_start_datetime": "soon"}]
    rows = [
        exposure(number, drug_concept_id=AXI_CEL, **cells)
        for number, cells in enumerate([*unknown, *unknown, {"drug_type_concept_id": 99}])
    ]
    connection = build(omop_project, {"drug_exposure": rows}, "int_omop__infusion_rows")
    assert connection.execute(
        "select infusion_id, no_record_because from intermediate.int_omop__infusion_rows order by infusion_id"
    ).fetchall() == [(str(number), None) for number in range(5)]


def test_a_procedure_that_names_a_product_is_none(omop_project: CompiledProject) -> None:
    assert infusions(omop_project, procedure_occurrence=[procedure(1, "Leukapheresis for Yescarta")]) == []


def test_without_details_a_var_may_tell_the_care_setting(
    project_with: PlanProject, omop_project: CompiledProject
) -> None:
    told = project_with({"record_sources": dict(FROM_OMOP), "omop_care_setting": "standard of care"})
    diagnosed = {
        "condition_occurrence_id": 1, "person_id": 1, "condition_concept_id": 0, "condition_start_date": "2021-12-01",
        "condition_source_value": "C8339",
    }  # fmt: skip
    rows = {"drug_exposure": [exposure(7, drug_concept_id=AXI_CEL)], "condition_occurrence": [diagnosed]}
    assert infusions(told, **rows)[0][3:5] == ("large B-cell lymphoma", "standard of care")
    assert infusions(told, **rows)[0][8] is None
    assert infusions(omop_project, **rows)[0][8] == "missing_care_setting"


def test_lymphodepletion_is_the_last_course_before_infusion(omop_project: CompiledProject) -> None:
    doses = [
        exposure(
            number,
            drug_source_value="cyclophosphamide 1 g",
            drug_exposure_start_datetime=f"2022-02-{day} 08:00",
        )
        for number, day in enumerate(("16", "24", "25", "26"), start=20)
    ]
    stay = {
        "visit_occurrence_id": 1, "person_id": 1, "visit_concept_id": 9201, "visit_start_date": "2022-02-23",
        "visit_end_date": "2022-03-15",
    }  # fmt: skip
    (found,) = infusions(
        omop_project,
        drug_exposure=[exposure(7, drug_concept_id=AXI_CEL), *doses],
        infusions=[DETAILS],
        visit_occurrence=[
            stay,
            {**stay, "visit_occurrence_id": 2, "visit_concept_id": 9202, "visit_end_date": "2022-04-01"},
        ],
    )
    assert found[6:8] == ("2022-02-24 08:00:00", "2022-03-15")


def test_an_indication_is_the_last_one_diagnosed(omop_project: CompiledProject) -> None:
    def diagnosed(number: int, on: str, code: str) -> dict[str, Any]:
        return {
            "condition_occurrence_id": number, "person_id": 1, "condition_concept_id": 0, "condition_start_date": on,
            "condition_source_value": code,
        }  # fmt: skip

    exposures: dict[str, Any] = {"drug_exposure": [exposure(7, drug_concept_id=AXI_CEL)]}
    (found,) = infusions(
        omop_project, **exposures,
        condition_occurrence=[diagnosed(1, "2018-01-01", "C82.10"), diagnosed(2, "2021-01-01", "C83.3"),
                              diagnosed(3, "2022-04-01", "C90.00"), diagnosed(4, "2022-01-01", "I10")],
    )  # fmt: skip
    assert found[3] == "large B-cell lymphoma"
    (found,) = infusions(
        omop_project,
        **exposures,
        condition_occurrence=[diagnosed(1, "2021-01-01", "C83.1"), diagnosed(2, "2021-01-01", "C83.3")],
    )
    assert found[3] is None


def test_people_known_by_year_by_source_value_and_by_two(
    project_with: PlanProject, omop_project: CompiledProject
) -> None:
    people: list[dict[str, Any]] = [
        {**PERSON, "person_id": -9007199254740993, "person_source_value": "P1", "month_of_birth": None},
        {**PERSON, "person_id": 2, "person_source_value": "P2", "day_of_birth": None, "gender_concept_id": 0,
         "gender_source_value": "M"},
        {**PERSON, "person_id": 3, "person_source_value": "P3", "birth_datetime": "1961-02-03 00:00:00"},
        {**PERSON, "person_id": 3, "person_source_value": "P4"},
    ]  # fmt: skip
    query = "select patient_id, birth_date::varchar, sex, disposition from intermediate.int_patients__all order by line_number"
    by_id = build(omop_project, {"person": people}, "int_patients__all").execute(query).fetchall()
    assert by_id == [
        ("-9007199254740993", "1960-07-01", "female", "accepted"),
        ("2", "1960-05-15", "male", "accepted"),
        ("3", "1961-02-03", "female", "quarantined"),
        ("3", "1960-05-05", "female", "quarantined"),
    ]
    project = project_with({"record_sources": dict(FROM_OMOP), "omop_patient_id": "person_source_value"})
    rows: dict[str, Any] = {
        "person": people,
        "death": [{"person_id": person, "death_date": "2022-05-05"} for person in (2, 3, 44)],
    }
    connection = build(project, rows, "int_patients__all", "int_vital_status__all")
    assert [row[0] for row in connection.execute(query).fetchall()] == [
        "P1",
        "P2",
        "person_id 3",
        "person_id 3",
    ]
    assert connection.execute(
        "select patient_id, reason from intermediate.int_vital_status__all order by line_number"
    ).fetchall() == [("P2", None), ("person_id 3", None), ("person_id 44", "unknown_patient")]


def test_deaths_causes_and_last_contacts(omop_project: CompiledProject) -> None:
    people = [{**PERSON, "person_id": number} for number in range(1, 7)]
    deaths = [
        {"person_id": 1, "death_date": "2022-05-05", "cause_source_value": "G92.04"},
        {"person_id": 2, "death_date": "2022-05-05", "cause_concept_id": 71},
        {
            "person_id": 3,
            "death_date": "2022-05-05",
            "death_datetime": "2022-05-05 11:00",
            "cause_source_value": "CRS_ICANS",
        },
        {"person_id": 4, "death_date": "2022-05-05", "cause_concept_id": 72},
    ]
    visits = [
        {
            "visit_occurrence_id": number,
            "person_id": 5,
            "visit_concept_id": 9202,
            "visit_start_date": on,
            "visit_end_date": on,
        }
        for number, on in enumerate(("2022-01-01", "2022-08-09", "2022-03-01"))
    ]
    connection = build(
        omop_project,
        {
            "person": people, "death": deaths, "visit_occurrence": visits,
            "concept": [concept(71, "Cytokine release syndrome", "ICD10CM", "D89.834"), concept(72, "Drowning", "SNOMED")],
        },
        "int_vital_status__all",
    )  # fmt: skip
    assert connection.execute(
        "select patient_id, died_on::varchar, cause_of_death, last_contact_on::varchar, nulled_cells "
        "from intermediate.int_vital_status__all order by patient_id"
    ).fetchall() == [
        ("1", "2022-05-05", "icans", None, None),
        ("2", "2022-05-05", "crs", None, None),
        ("3", "2022-05-05", "crs_icans", None, None),
        ("4", "2022-05-05", None, None, "unknown_cause_of_death"),
        ("5", None, None, "2022-08-09", None),
    ]


def test_assessments_where_a_site_maps_them(omop_project: CompiledProject) -> None:
    at = "2022-03-04 08:00:00"
    observed = {
        "person_id": 1,
        "observation_concept_id": 0,
        "observation_date": "2022-03-04",
        "observation_datetime": at,
    }
    connection = build(
        omop_project,
        {
            "measurement": [
                measurement(1, measurement_concept_id=3020891, measurement_datetime=at, value_as_number="102.2",
                            unit_concept_id=9289),
                measurement(2, measurement_concept_id=3020891, measurement_datetime="2022-03-04 12:00", value_as_number="37.1"),
            ],
            "observation": [
                {**observed, "observation_id": 1, "observation_source_value": "ICE score", "value_as_number": "5"},
                {**observed, "observation_id": 2, "observation_source_value": "Consciousness", "value_as_string": "voice"},
                {**observed, "observation_id": 3, "observation_source_value": "Favourite colour", "value_as_string": "red"},
            ],
        },
        "int_toxicity_assessments__all",
        "cdm_rows",
    )  # fmt: skip
    assert connection.execute(
        "select assessed_at::varchar, temperature_c, ice_score, consciousness, reason "
        "from intermediate.int_toxicity_assessments__all order by 1"
    ).fetchall() == [
        ("2022-03-04 08:00:00", 39.0, 5, "voice", None),
        ("2022-03-04 12:00:00", 37.1, None, None, None),
    ]
    assert connection.execute(
        "select became, n_rows from marts.cdm_rows where cdm_table = 'observation' order by 1"
    ).fetchall() == [("no record", 1), ("toxicity_assessments", 2)]


def test_unreadable_ids_are_set_aside_with_file_and_row(omop_project: CompiledProject) -> None:
    connection = build(
        omop_project,
        {
            "measurement": [
                measurement("12x"), measurement(2, person_id="9223372036854775808"), measurement(3, unit_concept_id="mg"),
                measurement(4, person_id="1.0"), measurement(5, person_id="1e0"),
            ],
            "concept": [concept(1, "x"), {**concept(2, "y"), "concept_id": "A2"}],
        },
    )  # fmt: skip
    assert connection.execute(
        "select entity, source_file, line_number, reason from marts.quarantined_records "
        "where reason like 'unreadable%' order by all"
    ).fetchall() == [
        ("concept", "concept.csv", 3, "unreadable_concept_id"),
        ("lab_results", "measurement.csv", 2, "unreadable_measurement_id"),
        ("lab_results", "measurement.csv", 4, "unreadable_unit_concept_id"),
        ("measurement", "measurement.csv", 3, "unreadable_person_id"),
        ("measurement", "measurement.csv", 6, "unreadable_person_id"),
    ]
    raw = only(
        connection,
        "select raw_record from marts.quarantined_records where entity = 'lab_results' and line_number = 2",
    )[0]
    assert '"comment":"unreadable_measurement_id: 12x"' in raw
    assert connection.execute(
        "select entity, n_raw, n_accepted, n_quarantined from marts.record_conservation "
        "where entity in ('measurement', 'concept', 'lab_results') order by 1"
    ).fetchall() == [("concept", 2, 1, 1), ("lab_results", 3, 0, 3), ("measurement", 5, 3, 2)]


def test_kinds_that_come_from_the_extract_leave_their_rows_alone(project_with: PlanProject) -> None:
    project = project_with({"record_sources": {**FROM_OMOP, "lab_results": "extract"}})
    rows: dict[str, Any] = {
        "measurement": [measurement(1, value_as_number="5")],
        "lab_results": [{"result_id": "R1", "patient_id": "1"}],
    }
    connection = build(project, rows, "record_conservation", "cdm_rows")
    assert connection.execute("from marts.cdm_rows where cdm_table = 'measurement'").fetchall() == [
        ("measurement", "no record", "kind_taken_from_extract", 1)
    ]
    assert only(connection, "select n_raw from marts.record_conservation where entity = 'lab_results'") == (
        1,
    )
