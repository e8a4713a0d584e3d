"""A small set of OMOP tables with mistakes and gaps: what is said of it was counted by hand."""

from __future__ import annotations

import io
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from cartox.errors import UserError
from cartox.intake.contract import TABLES as CDM_TABLES
from cartox.progress import SilentProgress
from cartox.validation import Became, Finding, Term, ValidatedFile, Validation, validate
from cartox.validation.report import print_validation

pytestmark = pytest.mark.xdist_group("validated tables")

CANARY = "CANARY4711"
PEOPLE = range(1, 7)
GIVEN = 32818
TABLES = {
    "PERSON": [
        "PERSON_ID,GENDER_CONCEPT_ID,YEAR_OF_BIRTH",
        *(f"{person},8532,1960" for person in PEOPLE),
        f"{CANARY},8532,1960",
    ],
    "DRUG_EXPOSURE": [
        "drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,drug_type_concept_id,quantity,"
        "drug_source_value,route_source_value,dose_unit_source_value",
        *(f"{person},{person},792844,2022-03-01,{GIVEN},1,CAR-T,iv," for person in PEOPLE),
        *(f"1{person},{person},1518254,2022-03-03,{GIVEN},2,Decadron,by pump," for person in PEOPLE),
        *(f"2{person},{person},0,2022-03-03,{GIVEN},5,{CANARY} drug,iv,mg" for person in PEOPLE[:4]),
        "31,1,1518254,2022-03-04,4711,8,Decadron,iv,mg",
        f"32,1,1518254,{CANARY},{GIVEN},8,Decadron,iv,mg",
        f"33,{CANARY},1518254,2022-03-04,{GIVEN},8,Decadron,iv,mg",
    ],
    "measurement": [
        "measurement_id,person_id,measurement_concept_id,measurement_date,value_as_number,value_source_value,"
        "measurement_source_value,unit_source_value",
        *(f"{person},{person},3001122,2022-03-03,812,812,FERR,pints" for person in PEOPLE),
        *(f"1{person},{person},0,2022-03-03,4,4,house assay,mg/dL" for person in PEOPLE),
        f"21,1,3001122,2022-03-03,,{CANARY},FERR,ng/mL",
    ],
}  # fmt: skip
EXTRACT = [
    "infusion_id,patient_id,infused_at,product,indication,care_setting",
    *(f"I{person},{person},2022-03-01,yescarta,dlbcl,standard of care" for person in PEOPLE[:-1]),
    "I9,1,2022-05-01,yescarta,dlbcl,standard of care",
]


def write(folder: Path) -> tuple[Path, Path]:
    omop, extract = folder / "cdm", folder / "charts"
    omop.mkdir(parents=True)
    extract.mkdir()
    for table, lines in TABLES.items():
        (omop / f"{table}.csv").write_text("".join(f"{line}\n" for line in lines))
    (extract / "infusions.csv").write_text("".join(f"{line}\n" for line in EXTRACT))
    return omop, extract


@pytest.fixture(scope="module")
def validation(tmp_path_factory: pytest.TempPathFactory) -> Validation:
    omop, extract = write(tmp_path_factory.mktemp("validation"))
    return validate(extract, {"disclosure_threshold": 5}, SilentProgress(), omop=omop)


@pytest.fixture(scope="module")
def files(validation: Validation) -> dict[str, ValidatedFile]:
    return {file.entity: file for file in validation.files}


def test_files_and_tables_come_before_what_is_made_from_them(validation: Validation) -> None:
    assert [(file.entity, file.source_file) for file in validation.files] == [
        ("infusion_details", "infusions.csv"),
        ("person", "PERSON.csv"),
        ("drug_exposure", "DRUG_EXPOSURE.csv"),
        ("measurement", "measurement.csv"),
        ("patients", None),
        ("infusions", None),
        ("medication_administrations", None),
        ("lab_results", None),
        ("toxicity_assessments", None),
        ("vital_status", None),
    ]


@pytest.mark.parametrize(
    ("table", "became", "n_quarantined"),
    [
        ("infusion_details", {("infusions", "read", 5), ("no record", "no_infusion_of_that_day", 1)}, 0),
        ("person", {("patients", "read", 6)}, 1),
        ("drug_exposure", {("infusions", "read", 6), ("medication_administrations", "read", 12)}, 1),
        ("measurement", {("lab_results", "read", 13)}, 0),
    ],
)
def test_rows_are_counted_by_what_they_become(
    files: dict[str, ValidatedFile], table: str, became: set[tuple[str, str, int]], n_quarantined: int
) -> None:
    assert set(files[table].became) == {Became(*account) for account in became}
    assert files[table].n_quarantined == n_quarantined


FOUND = {
    "person": {Finding("doubtful", "person_id", "unreadable_person_id", "quarantined", 1, (8,))},
    "drug_exposure": {Finding("doubtful", "person_id", "unreadable_person_id", "quarantined", 1, (20,))},
    "infusions": {
        Finding("missing", "care_setting", "missing_care_setting", "quarantined", 1, (7,), "DRUG_EXPOSURE.csv"),
        Finding("missing", "indication", "missing_indication", "cell unusable, too", 1, (7,), "DRUG_EXPOSURE.csv"),
    },
    "medication_administrations": {
        Finding("unmapped", "status", "unknown_status", "quarantined", 1, (18,), "DRUG_EXPOSURE.csv"),
        Finding(
            "doubtful", "started_at", "unreadable_started_at", "quarantined", 1, (19,), "DRUG_EXPOSURE.csv"
        ),
        Finding("unmapped", "route", "unknown_route", "cell not used", 6, (8, 9, 10, 11, 12, 13), "DRUG_EXPOSURE.csv"),
        Finding("missing", None, "missing_strength", "dose unknown", 6, (8, 9, 10, 11, 12, 13), "DRUG_EXPOSURE.csv"),
    },
    "lab_results": {
        Finding("unmapped", "unit", "unknown_unit", "result not used", 6, (2, 3, 4, 5, 6, 7), "measurement.csv"),
        Finding("doubtful", "result", "unreadable_result", "result not used", 1, (14,), "measurement.csv"),
    },
    "toxicity_assessments": set(),
}  # fmt: skip


@pytest.mark.parametrize("entity", FOUND)
def test_every_mistake_is_found_and_nothing_else(files: dict[str, ValidatedFile], entity: str) -> None:
    assert set(files[entity].findings) == FOUND[entity]


def test_codes_and_words_that_no_seed_knows_are_named_where_enough_patients_have_them(
    files: dict[str, ValidatedFile],
) -> None:
    assert files["lab_results"].unmapped_terms == (
        Term("test_name", "source value house assay", 6, 6),
        Term("unit", "ferritin pints", 6, 6),
    )
    assert files["medication_administrations"].unmapped_terms == (Term("route", "by pump", 6, 6),)
    assert files["medication_administrations"].n_withheld_terms == {"medication": 1, "status": 1}


def test_what_a_table_or_column_is_wanting_for_is_told(
    validation: Validation, files: dict[str, ValidatedFile]
) -> None:
    absent = [table for table in CDM_TABLES if table not in ("person", "drug_exposure", "measurement")]
    assert [f"OMOP table {table} is missing: {CDM_TABLES[table].without}" for table in absent] == [
        note for note in validation.notes if note.startswith("OMOP table")
    ]
    assert any(note.startswith("response_assessments are in no extract") for note in validation.notes)
    assert files["person"].absent_columns == (
        "month_of_birth",
        "day_of_birth",
        "birth_datetime",
        "person_source_value",
        "gender_source_value",
    )


def test_every_row_counts_once_and_no_cell_is_printed(validation: Validation) -> None:
    text = io.StringIO()
    print_validation(validation, Console(file=text, width=200))
    assert CANARY.lower() not in text.getvalue().lower()
    assert CANARY.lower() not in str(validation.as_record()).lower()
    assert validation.n_quarantined == 2 + 1 + 2
    assert "5 of 45 records would be quarantined." in text.getvalue()
    assert "13 records: 13 lab_results, 0 quarantined" in text.getvalue()
    assert "lab_results, made from OMOP tables" in text.getvalue()


def test_a_database_says_the_same(tmp_path: Path, validation: Validation) -> None:
    omop, extract = write(tmp_path)
    with duckdb.connect(str(tmp_path / "site.duckdb")) as database:
        database.execute("create schema cdm")
        for table in TABLES:
            query = f"create table cdm.{table} as from read_csv('{omop / table}.csv', all_varchar = true)"
            database.execute(query)
    said = validate(extract, {"disclosure_threshold": 5}, SilentProgress(), omop=tmp_path / "site.duckdb")
    assert said.n_quarantined == validation.n_quarantined
    assert [file.n_raw for file in said.files] == [file.n_raw for file in validation.files]
    assert {term for file in said.files for term in file.unmapped_terms} == {
        term for file in validation.files for term in file.unmapped_terms
    }


def test_a_required_column_that_is_missing_is_a_mistake(tmp_path: Path) -> None:
    omop, _ = write(tmp_path)
    (omop / "PERSON.csv").write_text("PERSON_ID\n1\n")
    with pytest.raises(UserError, match=r"PERSON\.csv: required column year_of_birth missing"):
        validate(None, {}, SilentProgress(), omop=omop)
