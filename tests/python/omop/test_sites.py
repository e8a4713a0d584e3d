"""Whole data sets as sites have them: version 5.3 without half of its tables, and a synthetic population's traits."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.errors import UserError
from cartox.intake import land_sources
from cartox.intake.contract import TABLES
from cartox.progress import SilentProgress
from cartox.warehouse.record_sources import plan_sources
from tests.python.conftest import PlanProject
from tests.python.omop.conftest import built

pytestmark = pytest.mark.xdist_group("omop tables")

INFUSION = {
    "patient_id": "", "infused_at": "2021-03-01", "product": "Yescarta", "indication": "DLBCL",
    "care_setting": "standard of care",
}  # fmt: skip


def write(folder: Path, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        records = list(rows)
        with (folder / name).open("w", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for row in records for key in row)))
            writer.writeheader()
            writer.writerows(records)
    return folder


def landed(
    omop: Path, extract: Path | None, landing: Path, given: Mapping[str, str]
) -> tuple[Any, tuple[str, ...]]:
    plan = plan_sources(given, extract, omop)
    report = land_sources(landing, SilentProgress(), extract=extract, omop=omop, required=plan.required)
    return dict(plan.sources), (*plan.notes, *report.notes)


def test_version_5_3_without_half_of_its_tables(tmp_path: Path, project_with: PlanProject) -> None:
    omop = write(
        tmp_path / "cdm",
        {
            "PERSON.csv": [{"PERSON_ID": 1, "GENDER_CONCEPT_ID": 8507, "YEAR_OF_BIRTH": 1960, "PROVIDER_ID": 4}],
            "DRUG_EXPOSURE.csv": [
                {
                    "DRUG_EXPOSURE_ID": number, "PERSON_ID": 1, "DRUG_CONCEPT_ID": concept,
                    "DRUG_EXPOSURE_START_DATE": on, "DRUG_TYPE_CONCEPT_ID": 38000180, "QUANTITY": 2,
                    "ROUTE_SOURCE_VALUE": "IV", "DRUG_SOURCE_VALUE": name,
                }
                for number, concept, on, name in (
                    (1, 792844, "2021-03-01", "CAR-T"), (2, 1518254, "2021-03-04", "Decadron"),
                    (3, 1518254, "2021-03-05", "Decadron 10 mg inj"),
                )
            ],
            "PROCEDURE_OCCURRENCE.csv": [
                {"PROCEDURE_OCCURRENCE_ID": 1, "PERSON_ID": 1, "PROCEDURE_CONCEPT_ID": 0, "PROCEDURE_DATE": "2021-03-01"}
            ],
        },
    )  # fmt: skip
    extract = write(
        tmp_path / "extract", {"infusions.csv": [{"infusion_id": "I1", **INFUSION, "patient_id": "1"}]}
    )
    sources, notes = landed(omop, extract, tmp_path / "landing", {})
    for table in ("measurement", "drug_strength", "concept_ancestor"):
        assert f"OMOP table {table} is missing: {TABLES[table].without}" in notes
    assert all(len(note.splitlines()) == 1 for note in notes)
    connection = built(
        project_with({"record_sources": sources}), tmp_path / "landing", {"record_sources": sources}
    )
    assert connection.execute("select patient_id, product from marts.treated_patients").fetchall() == [
        ("1", "axicabtagene ciloleucel")
    ]
    assert connection.execute(
        "select dexamethasone_equivalent_mg, n_unresolved_doses, is_lower_bound from marts.steroid_exposure"
    ).fetchall() == [(20.0, 1, True)]
    assert connection.execute("select count(value) from marts.lab_baseline").fetchall() == [(0,)]


@pytest.fixture(scope="module")
def population(
    tmp_path_factory: pytest.TempPathFactory, project_with: PlanProject
) -> duckdb.DuckDBPyConnection:
    """Claims-like drugs without routes, quantities or strengths, dates at midnight, and a stand-in for infusions."""
    folder = tmp_path_factory.mktemp("population")
    people = range(1, 29)
    drugs = (
        (40169216, "895994", "120 ACTUAT fluticasone propionate 0.044 MG/ACTUAT Metered Dose Inhaler"),
        (975126, "106258", "hydrocortisone 10 MG/ML Topical Cream"),
        (19073183, "308182", "amoxicillin 250 MG Oral Capsule"),
    )
    tests = (
        (3001122, "2276-4", "Ferritin [Mass/volume] in Serum or Plasma", "ug/L", 8748, "111.8"),
        (3000963, "718-7", "Hemoglobin [Mass/volume] in Blood", "g/dL", 8713, "10.8"),
        (3024929, "777-3", "Platelets [#/volume] in Blood by Automated count", "10*3/uL", 8848, "152.0"),
        (3016723, "2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "mg/dL", 8840, "0.7"),
        (3051825, "38483-4", "Creatinine [Mass/volume] in Blood", "mg/dL", 8840, "0.9"),
        (3004410, "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "%", 8554, "5.9"),
    )
    at = {"visit": "2021-02-26", "drug": "2021-03-02"}
    omop = write(
        folder / "cdm",
        {
            "PERSON.csv": [
                {"person_id": n, "gender_concept_id": 8532, "year_of_birth": 1960, "month_of_birth": 4, "day_of_birth": 9,
                 "birth_datetime": "1960-04-09 00:00:00"} for n in people
            ],
            "DRUG_EXPOSURE.csv": [
                {"drug_exposure_id": 100 * n + d, "person_id": n, "drug_concept_id": concept,
                 "drug_exposure_start_date": at["drug"], "drug_exposure_start_datetime": f"{at['drug']} 00:00:00",
                 "drug_exposure_end_date": "2021-03-16", "drug_exposure_end_datetime": "2021-03-16 00:00:00",
                 "drug_type_concept_id": 32869, "quantity": 0, "days_supply": d * 14, "route_concept_id": 0,
                 "drug_source_value": code}
                for n in people for d, (concept, code, _) in enumerate(drugs)
            ],
            "MEASUREMENT.csv": [
                {"measurement_id": 100 * n + t, "person_id": n, "measurement_concept_id": concept,
                 "measurement_date": at["visit"], "measurement_datetime": f"{at['visit']} 00:00:00",
                 "measurement_time": at["visit"], "operator_concept_id": 0, "value_as_number": value,
                 "unit_concept_id": unit_concept, "measurement_source_value": code, "unit_source_value": unit,
                 "value_source_value": value}
                for n in people for t, (concept, code, _, unit, unit_concept, value) in enumerate(tests)
            ],
            "CONCEPT.csv": [
                *({"concept_id": c, "concept_name": name, "vocabulary_id": "RxNorm", "concept_code": code}
                  for c, code, name in drugs),
                *({"concept_id": c, "concept_name": name, "vocabulary_id": "LOINC", "concept_code": code}
                  for c, code, name, *_ in tests),
            ],
            "CONCEPT_ANCESTOR.csv": [{"ancestor_concept_id": "", "descendant_concept_id": ""}],
        },
    )  # fmt: skip
    extract = write(
        folder / "extract",
        {"infusions.csv": [{"infusion_id": f"I{n}", **INFUSION, "patient_id": str(n)} for n in people]},
    )
    sources, _ = landed(omop, extract, folder / "landing", {"infusions": "extract"})
    return built(project_with({"record_sources": sources}), folder / "landing", {"record_sources": sources})


def test_nobody_had_a_systemic_glucocorticoid(population: duckdb.DuckDBPyConnection) -> None:
    assert population.execute(
        "select count(*), sum(dexamethasone_equivalent_mg), sum(n_unresolved_doses), bool_or(is_lower_bound) "
        "from marts.steroid_exposure where exposure_window = 'total'"
    ).fetchall() == [(28, 0.0, 0, False)]
    assert population.execute(
        "select ingredient, not_counted_reason, count(*) from marts.steroid_administrations group by all order by 1"
    ).fetchall() == [("fluticasone", "no_systemic_equivalence", 28), ("hydrocortisone", "local_form", 28)]


def test_a_microgram_per_liter_is_a_nanogram_per_milliliter(population: duckdb.DuckDBPyConnection) -> None:
    assert population.execute(
        "select distinct analyte, value, unit from marts.lab_baseline where value is not null and analyte != 'creatinine' "
        "order by 1"
    ).fetchall() == [
        ("ferritin", 111.8, "ng/mL"),
        ("hemoglobin", 10.8, "g/dL"),
        ("platelets", 152.0, "10^9/L"),
    ]


def test_the_coverage_names_what_is_mapped_and_what_is_not(population: duckdb.DuckDBPyConnection) -> None:
    found = population.execute(
        "select code, mapped_to, not_mapped_because, n_records from marts.terminology_coverage "
        "where term_kind = 'laboratory test' order by code"
    ).fetchall()
    assert found == [
        ("2160-0", "creatinine", None, 28),
        ("2276-4", "ferritin", None, 28),
        ("38483-4", "creatinine", None, 28),
        ("4548-4", None, "hemoglobin A1c", 28),
        ("718-7", "hemoglobin", None, 28),
        ("777-3", "platelets", None, 28),
    ]
    drugs = population.execute(
        "select source_text, mapped_to, not_mapped_because from marts.terminology_coverage where term_kind = 'drug' order by 1"
    ).fetchall()
    assert [row[1:] for row in drugs] == [
        ("fluticasone", None),
        (None, "no seed knows it"),
        ("hydrocortisone", None),
    ]


@pytest.mark.parametrize(
    ("given", "has_extract", "message"),
    [
        ({"lab_results": "omap"}, True, "vars: var record_sources: lab_results: extract or omop is expected"),
        ({"response_assessments": "omop"}, True, "OMOP does not hold them"),
        ({"vital_status": "extract"}, False, "--extract is not given"),
    ],
)
def test_sources_that_cannot_be(
    tmp_path: Path, given: Mapping[str, str], has_extract: bool, message: str
) -> None:
    with pytest.raises(UserError, match=message):
        plan_sources(given, tmp_path if has_extract else None, tmp_path)


def test_without_omop_nothing_comes_from_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--omop is not given"):
        plan_sources({"lab_results": "omop"}, tmp_path, None)
    with pytest.raises(UserError, match="nothing to read"):
        plan_sources({}, None, None)
    assert set(plan_sources({}, tmp_path, None).sources.values()) == {"extract"}


def test_chart_review_beside_omop_is_preferred(tmp_path: Path) -> None:
    extract = write(
        tmp_path, {"Vital_Status.CSV": [{"patient_id": "1"}], "patients.csv": [{"patient_id": "1"}]}
    )
    plan = plan_sources({}, extract, tmp_path)
    assert plan.sources["vital_status"] == "extract"
    assert plan.sources["toxicity_assessments"] == plan.sources["patients"] == "omop"
    assert plan.required == ("vital_status",)
    assert any(note.startswith("response_assessments are in no extract") for note in plan.notes)
