"""marts.site_row_counts: what a study's own rows carried, counted in records written here."""

from __future__ import annotations

import csv

import pytest

from cartox.study.word_key import word_key
from tests.spec.compiled_project import PROJECT, CompiledProject, connect, land_rows

TIME = "2022-03-01 10:00"
RECORDS = {
    "patients": [
        {"patient_id": "P1", "birth_date": "1960-01-01", "sex": "F"},
        {"patient_id": "P2", "birth_date": "1960-01-01", "sex": "F"},
    ],
    "infusions": [
        {"infusion_id": "I1", "patient_id": "P1", "infused_at": TIME, "product": "Invent-Cel®"},
        {"infusion_id": "I2", "patient_id": "P2", "infused_at": TIME, "product": "INVENTCEL"},
        {"infusion_id": "I3", "patient_id": "P2", "infused_at": TIME, "product": "Yescarta"},
    ],
    "lab_results": [
        {
            "result_id": "1", "patient_id": "P1", "code_system": "LOINC", "code": "2276-4", "test_name": "f",
            "collected_at": TIME, "result": "3", "unit": "spoons",
        }
    ],
    "medication_administrations": [
        {"administration_id": "1", "patient_id": "P1", "medication": "Anakinrasan 100 mg", "started_at": TIME, "status": "given"}
    ],
    "toxicity_assessments": [
        {"assessment_id": "1", "patient_id": "P1", "assessed_at": TIME, "vasopressors": "pressin, norepinephrine"}
    ],
}  # fmt: skip
SEED_EDITS = {
    "products": "insert into seeds.products values ('inventcel', 'CD22', null, null, 's')",
    "words_products": "insert into seeds.words_products values ('invent cel', 'inventcel', 'und', 's')",
    "words_medications": "insert into seeds.words_medications values ('Anakinrasan', 'anakinra', 'und', 's')",
    "words_vasopressors": "insert into seeds.words_vasopressors values ('pressin', 'vasopressin', 'und', 's')",
    "lab_units": "insert into seeds.lab_units values ('ferritin', 'spoons', 1, null, null, 's')",
}
READ_BY_PARTS = ("words_frequencies", "words_events", "words_remarks")  # in models of their own
COUNTS = {
    ("products", "inventcel"): 2,
    ("words_products", "inventcel"): 2,
    ("words_products", "nobodywritesthis"): 0,
    ("words_medications", "anakinrasan"): 1,
    ("words_vasopressors", "pressin"): 1,
    ("lab_codes", "loinc 2276-4"): 1,
    ("lab_units", "ferritin spoons"): 1,
    **{(seed, "x"): None for seed in READ_BY_PARTS},
    ("test_plan", "x"): None,
}


@pytest.fixture(scope="module")
def carried(compiled_project: CompiledProject) -> dict[tuple[str, str], int | None]:
    rows = ", ".join(
        f"('words/x.csv', {number}, '{seed}', '{key}', '{key}', '', false)"
        for number, (seed, key) in enumerate(COUNTS, start=2)
    )
    connection = connect()
    land_rows(connection, RECORDS)
    edits = SEED_EDITS | {"site_rows": f"insert into seeds.site_rows values {rows}"}
    compiled_project.upstream_of("site_row_counts").build(connection, seed_edits=edits)
    found = connection.execute("select seed, row_name, n_records from marts.site_row_counts").fetchall()
    assert len(found) == len(COUNTS)
    return {(seed, name): n_records for seed, name, n_records in found}


@pytest.mark.parametrize("row", COUNTS)
def test_a_row_tells_how_many_records_it_carried(
    carried: dict[tuple[str, str], int | None], row: tuple[str, str]
) -> None:
    assert carried[row] == COUNTS[row]


def test_words_are_compared_as_the_models_compare_them(compiled_project: CompiledProject) -> None:
    """The key of every word of the package, worked out in Python, is the one that the models make of it."""
    connection = connect()
    land_rows(connection, {})
    compiled_project.upstream_of("int_terminology__words").build(connection)
    made = connection.execute("select word_key from intermediate.int_terminology__words").fetchall()
    words = set()
    for path in (PROJECT / "seeds/terminology").glob("words_*.csv"):
        if path.stem not in READ_BY_PARTS:
            with path.open(encoding="utf-8") as file:
                words |= {row["word"] for row in csv.DictReader(file)}
    assert len(words) > 500
    assert {word_key(word) for word in words} <= {key for (key,) in made}
