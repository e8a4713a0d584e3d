"""OMOP tables land as they were delivered: files or a database, whatever the case of their names, ids exact to the last digit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cartox.errors import UserError
from cartox.intake import LandingReport, land_sources
from cartox.intake.contract import TABLES
from cartox.progress import SilentProgress

BIG = ("9007199254740993", "-9223372036854775808", "9223372036854775807", "-1")
PERSONS = "person_id,year_of_birth\n" + "".join(f"{identity},1960\n" for identity in BIG)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    return tmp_path / "landing"


def land(omop: Path, landing: Path, extract: Path | None = None) -> LandingReport:
    return land_sources(landing, SilentProgress(), extract=extract, omop=omop, required=())


def rows(landing: Path, table: str) -> Any:
    return pq.read_table(landing / "omop" / f"{table}.parquet").to_pylist()


def ids(landing: Path) -> list[str]:
    return [row["person_id"] for row in rows(landing, "person")]


def test_upper_case_files_and_columns(tmp_path: Path, landing: Path) -> None:
    land(write(tmp_path / "cdm", {"PERSON.CSV": PERSONS.upper()}), landing)
    assert ids(landing) == list(BIG)
    assert rows(landing, "person")[1]["source_file"] == "PERSON.CSV"
    assert rows(landing, "person")[1]["line_number"] == 3


def test_tabs_of_a_vocabulary_download_hold_quotes_as_text(tmp_path: Path, landing: Path) -> None:
    text = 'concept_id\tconcept_name\tvocabulary_id\tconcept_code\n1\t"Depo" 40 MG, kit\tRxNorm\t12\n2\t"x\tRxNorm\t13\n'
    deaths = "person_id,death_date,cause_concept_id,cause_source_concept_id\n1,2021-03-01,1,2\n"
    report = land(write(tmp_path / "cdm", {"CONCEPT.csv": text, "death.csv": deaths}), landing)
    assert [row["concept_name"] for row in rows(landing, "concept")] == ['"Depo" 40 MG, kit', '"x']
    concepts = report.files[-1]
    assert (concepts.entity, concepts.n_raw, concepts.n_landed) == ("concept", 2, 2)


def test_a_tab_file_that_quotes_its_header_quotes_its_cells(tmp_path: Path, landing: Path) -> None:
    text = '"person_id"\t"year_of_birth"\n"7"\t"19""60"\n'
    land(write(tmp_path / "cdm", {"person.csv": text}), landing)
    assert rows(landing, "person")[0]["year_of_birth"] == '19"60'


def test_ids_of_parquet_are_exact(tmp_path: Path, landing: Path) -> None:
    table = pa.table({"PERSON_ID": pa.array([int(x) for x in BIG]), "Year_Of_Birth": [1960] * 4})
    (tmp_path / "cdm").mkdir()
    pq.write_table(table, tmp_path / "cdm" / "person.parquet")
    land(tmp_path / "cdm", landing)
    assert ids(landing) == list(BIG)


@pytest.mark.parametrize("kind", ["parquet", "duckdb"])
def test_ids_that_were_rounded_are_refused(tmp_path: Path, landing: Path, kind: str) -> None:
    table = pa.table({"person_id": pa.array([1.0, 9007199254740992.0]), "year_of_birth": [1960, 1961]})
    if kind == "parquet":
        (tmp_path / "cdm").mkdir()
        omop = tmp_path / "cdm"
        pq.write_table(table, omop / "person.parquet")
    else:
        omop = tmp_path / "cdm.duckdb"
        with duckdb.connect(str(omop)) as connection:
            connection.register("rounded", table)
            connection.execute("create table person as from rounded")
    with pytest.raises(UserError, match=r"column person_id: ids of 2\^53 or more as floating point"):
        land(omop, landing)


def database(path: Path, *statements: str) -> Path:
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


def test_a_database_is_read_in_whatever_schema_and_case(tmp_path: Path, landing: Path) -> None:
    values = ", ".join(f"('{identity}', 1960)" for identity in BIG)
    omop = database(
        tmp_path / "site.duckdb",
        'create schema "Cdm 54"',
        'create table "Cdm 54"."PERSON" ("PERSON_ID" bigint, "YEAR_OF_BIRTH" integer); '
        f'insert into "Cdm 54"."PERSON" values {values}',
        "create table death as select 5::hugeint as person_id, date '2021-03-01' as death_date, "
        "timestamp '2021-03-01 10:20:30.5' as death_datetime",
        "create view measurement as select 1 as measurement_id, 5 as person_id, 3001122 as measurement_concept_id, "
        "date '2021-01-01' as measurement_date, 0.1::double as value_as_number, 399.0::float as range_low, "
        "12.50::decimal(9, 2) as range_high, 'a' as unit_source_value",
    )
    report = land(omop, landing)
    assert ids(landing) == list(BIG)
    (death,) = rows(landing, "death")
    assert (death["person_id"], death["death_date"]) == ("5", "2021-03-01")
    assert death["death_datetime"] == "2021-03-01 10:20:30.5"
    (result,) = rows(landing, "measurement")
    assert (result["value_as_number"], result["range_low"], result["range_high"]) == ("0.1", "399", "12.50")
    assert (result["unit_source_value"], result["value_source_value"]) == ("a", None)
    names = {file.source_file for file in report.files}
    assert names == {"site.duckdb:Cdm 54.PERSON", "site.duckdb:main.death", "site.duckdb:main.measurement"}
    assert {file.sha256 for file in report.files} == {hashlib.sha256(omop.read_bytes()).hexdigest()}
    assert sum(file.n_raw for file in report.files) == 6


def test_a_database_stays_as_it_was(tmp_path: Path, landing: Path) -> None:
    omop = database(
        tmp_path / "site.duckdb", "create table person as select 1 as person_id, 1960 as year_of_birth"
    )
    before = omop.read_bytes()
    land(omop, landing)
    assert omop.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith(".")) == [
        "landing",
        "site.duckdb",
    ]


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        (
            ["create table person as select 1 as person_id, 2 as year_of_birth", "create schema b",
             "create table b.Person as from person"],
            "b.Person and main.person both hold person",
        ),
        (["create table person as select 1 as id, 2 as year_of_birth"], "main.person: required column person_id missing"),
        (
            ["create table person as select 1 as person_id, 2 as year_of_birth, timestamptz '2020-01-01' as birth_datetime"],
            "column birth_datetime: times with a zone",
        ),
        (["create table person as select 1 as person_id, [2] as year_of_birth"], "column year_of_birth: values of type"),
        (["create table persons as select 1 as person_id"], "no table of the OMOP common data model was found"),
    ],
)  # fmt: skip
def test_mistakes_in_a_database_are_one_line(
    tmp_path: Path, landing: Path, statements: list[str], message: str
) -> None:
    with pytest.raises(UserError) as error:
        land(database(tmp_path / "site.duckdb", *statements), landing)
    assert message in str(error.value)
    assert len(str(error.value).splitlines()) == 1
    assert not landing.exists()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"person.csv": PERSONS, "Person.csv": PERSONS}, "both hold person"),
        ({"person.csv": "person_id\n1\n"}, "person.csv: required column year_of_birth missing"),
        ({"death.csv": "person_id,death_date\n1,\xff\n".encode("latin-1")}, "death.csv, line 2: a byte that is not UTF-8"),
        ({"location.csv": "location_id\n1\n"}, "no table of the OMOP common data model was found"),
        ({"person.csv": 'person_id,year_of_birth\n1,"1960\n'}, "person.csv, line 2: a quote opened"),
    ],
)  # fmt: skip
def test_mistakes_in_a_folder_are_one_line(
    tmp_path: Path, landing: Path, files: Mapping[str, str | bytes], message: str
) -> None:
    with pytest.raises(UserError) as error:
        land(write(tmp_path / "cdm", files), landing)
    assert message in str(error.value)
    assert len(str(error.value).splitlines()) == 1


def test_a_file_that_is_no_database(tmp_path: Path, landing: Path) -> None:
    (tmp_path / "site.duckdb").write_text("person_id\n1\n")
    with pytest.raises(UserError, match="cannot be read as a DuckDB database"):
        land(tmp_path / "site.duckdb", landing)
    with pytest.raises(UserError, match="no such folder"):
        land(tmp_path / "nowhere", landing)


def test_a_missing_table_is_empty_and_says_what_is_lost(tmp_path: Path, landing: Path) -> None:
    report = land(write(tmp_path / "cdm", {"person.csv": PERSONS}), landing)
    missing = set(TABLES) - {"person"}
    assert {note.split(" is missing: ")[0] for note in report.notes} == {
        f"OMOP table {name}" for name in missing
    }
    assert all(note.endswith(TABLES[note.split()[2]].without) for note in report.notes)
    for table in missing:
        assert rows(landing, table) == []


def test_extract_files_land_beside_the_tables(tmp_path: Path, landing: Path) -> None:
    omop = write(tmp_path / "cdm", {"person.csv": PERSONS})
    extract = write(tmp_path / "extract", {"vital_status.csv": "patient_id\nP1\n"})
    report = land_sources(landing, SilentProgress(), extract=extract, omop=omop, required=("vital_status",))
    assert [(file.origin, file.entity) for file in report.files] == [
        ("extract", "vital_status"),
        ("omop", "person"),
    ]
    assert pq.read_table(landing / "extract" / "vital_status.parquet").num_rows == 1
    assert pq.read_table(landing / "extract" / "patients.parquet").num_rows == 0
    with pytest.raises(UserError, match=r"infusions\.csv or infusions\.parquet is missing"):
        land_sources(landing, SilentProgress(), extract=extract, omop=omop, required=("infusions",))


def test_the_landing_of_an_extract_has_every_table_without_rows(tmp_path: Path, landing: Path) -> None:
    extract = write(tmp_path / "extract", {"vital_status.csv": "patient_id\nP1\n"})
    land_sources(landing, SilentProgress(), extract=extract, required=("vital_status",))
    assert {path.stem for path in (landing / "omop").iterdir()} == set(TABLES)
    assert all(pq.read_table(path).num_rows == 0 for path in (landing / "omop").iterdir())
