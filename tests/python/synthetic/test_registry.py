"""The registry-sized extract: distinct people, every kind of mess, the same bytes each time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from cartox.cli.app import app
from cartox.intake.contract import ENTITIES
from cartox.pipeline import run
from cartox.progress import SilentProgress
from cartox.study import word_key
from cartox.synthetic.registry import write_registry
from cartox.synthetic.registry.words import UNKNOWN_WORDS
from cartox.validation.judged import judged_records
from cartox.validation.reading import sql

N_PATIENTS = 300


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registry")
    write_registry(folder, N_PATIENTS)
    return folder


@pytest.fixture(scope="module")
def published(
    registry: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    warehouse = tmp_path_factory.mktemp("warehouse") / "registry.duckdb"
    run(registry, warehouse, {}, SilentProgress())
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield connection


def _rows(folder: Path, entity: str, query: str) -> list[tuple[Any, ...]]:
    return duckdb.execute(f"with record as (from '{folder}/{entity}.parquet') {query}").fetchall()


def test_files_and_columns_are_those_of_the_contract_all_text(registry: Path) -> None:
    assert sorted(path.name for path in registry.iterdir()) == sorted(
        [*(f"{name}.parquet" for name in ENTITIES), "synthetic.txt"]
    )
    for name, entity in ENTITIES.items():
        described = _rows(registry, name, "select * from (describe from record)")
        assert [row[0] for row in described] == list(entity.column_names)
        assert {row[1] for row in described} == {"VARCHAR"}


def test_counts_per_table_are_of_the_size_of_the_built_in_study(registry: Path) -> None:
    # per person, the built-in study has 77 results, 10 administrations, 28 assessments and 2.6 scans
    per_person = {
        name: _rows(registry, name, "select count(*) from record")[0][0] / N_PATIENTS for name in ENTITIES
    }
    assert 60 < per_person["lab_results"] < 100
    assert 7 < per_person["medication_administrations"] < 15
    assert 20 < per_person["toxicity_assessments"] < 35
    assert 2 < per_person["response_assessments"] < 3
    for name in ("patients", "infusions", "vital_status"):
        assert 1 <= per_person[name] < 1.05


def test_people_are_distinct(registry: Path) -> None:
    courses = "select string_agg(result || right(collected_at, 5), ';' order by result_id) from record group by patient_id"
    of_patients = [row[0] for row in _rows(registry, "lab_results", courses)]
    assert len(of_patients) > 290
    assert len(set(of_patients)) == len(of_patients)
    known = _rows(
        registry, "patients", "select count(distinct patient_id) from record where patient_id <> ''"
    )
    assert known[0][0] >= N_PATIENTS - 2


def test_same_bytes_twice_and_others_by_another_seed(registry: Path, tmp_path: Path) -> None:
    write_registry(tmp_path / "again", N_PATIENTS)
    write_registry(tmp_path / "other", N_PATIENTS, seed=7)
    for name in ENTITIES:
        first = (registry / f"{name}.parquet").read_bytes()
        assert (tmp_path / "again" / f"{name}.parquet").read_bytes() == first, name
        assert (tmp_path / "other" / f"{name}.parquet").read_bytes() != first, name


def test_a_person_is_the_same_whatever_the_number_of_people(registry: Path, tmp_path: Path) -> None:
    write_registry(tmp_path, 40)
    few = _rows(tmp_path, "lab_results", "from record order by all")
    many = _rows(registry, "lab_results", "from record where result_id <= 'LAB-00000040-9999' order by all")
    assert few == many


@pytest.mark.parametrize(
    ("entity", "mess"),
    [
        ("lab_results", "result like '<%'"),
        ("lab_results", "result ilike 'greater than%'"),
        ("lab_results", "regexp_matches(result, '^[0-9]+,[0-9]{3}$')"),
        ("lab_results", "result in ('QNS', 'TNP', 'pending')"),
        ("lab_results", "unit = '' and result <> ''"),
        ("lab_results", "comment ilike '%hemoly%'"),
        ("lab_results", "status = 'Corrected'"),
        ("lab_results", "reference_high <> ''"),
        ("lab_results", "code_system = 'local'"),
        ("medication_administrations", "frequency ilike '%prn%' and status = 'ordered'"),
        ("medication_administrations", "status ilike 'held'"),
        ("medication_administrations", "status = 'home list'"),
        ("medication_administrations", "medication = 'Kineret'"),
        ("medication_administrations", "dose_unit = 'mg/h' or dose_unit = 'mcg/min'"),
        ("medication_administrations", "dose = 'see protocol'"),
        ("toxicity_assessments", "recorded_icans_grade <> '' and ice_score = '' and consciousness = ''"),
        ("toxicity_assessments", "vasopressors like '%|%'"),
        ("toxicity_assessments", "consciousness = 'comatose'"),
        ("response_assessments", "deauville = '5' and new_lesion = 'true'"),
        ("vital_status", "died_on <> '' and contributing_cause <> ''"),
        ("infusions", "infused_at like '%T%'"),
    ],
)
def test_mess_of_every_kind(registry: Path, entity: str, mess: str) -> None:
    assert _rows(registry, entity, f"select count(*) from record where {mess}")[0][0] > 0


def test_the_registry_runs_from_landing_to_report(published: duckdb.DuckDBPyConnection) -> None:
    def one(query: str) -> tuple[Any, ...]:
        return published.execute(query).fetchall()[0]

    assert 240 < one("select count(*) from marts.treated_patients")[0] < N_PATIENTS
    assert one("select count(*) from marts.cohort")[0] >= 5
    assert one("select count(distinct study_group) from marts.cohort")[0] >= 2
    assert one("select count(*), sum(is_dead::integer) from marts.treated_patients")[1] > 20
    account = published.execute(
        "select entity, n_accepted / n_raw, n_duplicate, n_superseded, n_quarantined from marts.record_conservation"
    ).fetchall()
    assert all(share > 0.95 for _, share, *_ in account)
    assert {entity for entity, _, _, superseded, _ in account if superseded} == {"lab_results"}
    busy = {"lab_results", "medication_administrations", "toxicity_assessments"}
    assert all(
        duplicate and quarantined for entity, _, duplicate, _, quarantined in account if entity in busy
    )


def test_every_word_is_known_or_meant_to_be_unknown(registry: Path) -> None:
    meant = {
        (entity, column, word_key(word))
        for (entity, column), words in UNKNOWN_WORDS.items()
        for word in words
    }
    with judged_records(registry, {}, SilentProgress()) as judged:
        unmapped = {
            (entity, column, word_key(word))
            for entity, column, *_, word in judged.connection.execute(sql("unmapped_terms")).fetchall()
        }
    assert unmapped
    assert unmapped <= meant


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--patients", "3"], "give its folder DIR"),
        (["DIR", "--parquet"], "go with --patients"),
        (["DIR", "--patients", "0"], "greater than or equal to 1"),
    ],
)
def test_what_does_not_go_together_is_told(arguments: list[str], told: str, tmp_path: Path) -> None:
    given = [str(tmp_path / "made") if word == "DIR" else word for word in arguments]
    result = CliRunner().invoke(app, ["synth", *given])
    assert result.exit_code != 0
    assert told in (result.output + str(result.exception))
    assert not (tmp_path / "made").exists()


def test_csv_without_parquet_holds_the_same_records(registry: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["synth", str(tmp_path), "--patients", str(N_PATIENTS)])
    assert result.exit_code == 0, result.output
    for name in ENTITIES:
        read = f"from read_csv('{tmp_path}/{name}.csv', all_varchar = true, nullstr = 'none of these', header = true)"
        assert duckdb.execute(f"{read} except all from '{registry}/{name}.parquet'").fetchall() == []
