"""A study of CD22 products in B-ALL: rows in words/, two vars and a model of its own, and nothing of the package is touched."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from cartox.study.begin import begin_study
from tests.python.study.command import cartox
from tests.spec.compiled_project import PROJECT

pytestmark = pytest.mark.xdist_group("another disease")

PATIENTS = "patient_id,birth_date,sex\nP1,1990-04-03,F\nP2,2001-11-20,w\n"
INFUSIONS = """infusion_id,patient_id,infused_at,product,indication,care_setting
I1,P1,2022-03-01 10:00,Invent-Cel®,B-ALL,standard of care
I2,P2,2022-04-05 11:30,INVENTCEL,c-ALL (relapsed),standard of care
"""
GIVEN = """administration_id,patient_id,medication,dose,dose_unit,route,started_at,status
A1,P1,anakinra 100 mg,100,mg,subcut,2022-03-06 14:00,given
A2,P2,Anakinrasan,100,mg,subcut,2022-04-10 09:00,given
"""
ASSESSMENTS = """assessment_id,patient_id,assessed_at,temperature_c,ice_score,consciousness
T1,P1,2022-03-06 08:00,37.9,4,alert
T2,P1,2022-03-07 08:00,37.0,10,alert
T3,P1,2022-03-08 08:00,36.8,10,alert
T4,P2,2022-04-10 08:00,37.1,0,unarousable
"""
WORDS = {
    "products": "product,target_antigen\ninventcel,CD22\n",
    "words_products": "word,concept\ninvent cel,inventcel\n",
    "words_indications": "word,concept\nc-ALL,acute lymphoblastic leukemia\n",
    "words_medications": "word,concept\nAnakinrasan,anakinra\nnobody writes this,anakinra\n",
}


def state_of_the_checkout() -> str:
    words = ["git", "status", "--porcelain", "--untracked-files=all"]
    return subprocess.run(words, cwd=PROJECT, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the study `leukemia`, which was run with its own model."""
    place = tmp_path_factory.mktemp("another-disease")
    study = begin_study(place / "leukemia", is_example=False)
    study.settings.write_text(
        "vars: {product_target: CD22, indication_group: acute lymphoblastic leukemia}\n"
    )
    texts = {"patients": PATIENTS, "infusions": INFUSIONS, "medication_administrations": GIVEN}
    for name, text in (texts | {"toxicity_assessments": ASSESSMENTS}).items():
        (study.root / "extract" / f"{name}.csv").write_text(text)
    for name, text in WORDS.items():
        (study.root / "words" / f"{name}.csv").write_text(text)
    (study.root / "models" / "mine.sql").write_text(
        "select count(*) as n_treated from {{ ref('treated_patients') }}"
    )
    before = state_of_the_checkout()
    done = cartox(place, "run", "leukemia", "--with-models")
    assert done.returncode == 0, done.stderr
    assert state_of_the_checkout() == before
    return place


@pytest.fixture
def warehouse(place: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(place / "leukemia/warehouse/cartox.duckdb"), read_only=True) as connection:
        yield connection


def test_its_patients_are_treated_and_studied(warehouse: duckdb.DuckDBPyConnection) -> None:
    treated = warehouse.execute(
        "select patient_id, product from marts.treated_patients order by 1"
    ).fetchall()
    assert treated == [("P1", "inventcel"), ("P2", "inventcel")]
    assert warehouse.execute("select patient_id from marts.cohort order by 1").fetchall() == [
        ("P1",),
        ("P2",),
    ]


def test_table_one_lists_its_products(place: Path) -> None:
    table = (place / "leukemia/warehouse/report/tables/table_one.csv").read_text(encoding="utf-8")
    assert "inventcel" in table


def test_each_row_says_how_many_records_it_carried(warehouse: duckdb.DuckDBPyConnection) -> None:
    carried = warehouse.execute(
        "select file, row_number, row_name, n_records, replaces from marts.site_row_counts order by 1, 2"
    ).fetchall()
    assert carried == [
        ("words/products.csv", 2, "inventcel", 2, False),
        ("words/words_indications.csv", 2, "c-ALL", 1, False),
        ("words/words_medications.csv", 2, "Anakinrasan", 1, False),
        ("words/words_medications.csv", 3, "nobody writes this", 0, False),
        ("words/words_products.csv", 2, "invent cel", 2, False),
    ]
    facts = dict(warehouse.execute("select key, value from results.run_manifest").fetchall())
    assert facts["site.words/words_products.csv.2"] == "2 records"
    assert facts["site.models"] == "mine"
    assert warehouse.execute("from site.mine").fetchall() == [(2,)]


def test_the_report_shows_the_rows_and_names_the_models(place: Path) -> None:
    page = (place / "leukemia/warehouse/report/record.html").read_text(encoding="utf-8")
    assert "words/words_products.csv, row 2" in page
    assert "Built with models of the study&#39;s own, which are code: mine." in page.replace("'", "&#39;")


def test_everything_of_the_study_lies_in_its_folder(place: Path) -> None:
    assert {path.name for path in place.iterdir()} == {"leukemia"}
    assert not (place / "leukemia/.scratch").exists()
    assert (place / "leukemia/.landing").is_symlink()


def test_every_reading_command_takes_the_folder(place: Path) -> None:
    assert "Anakinra for ICANS" in cartox(place, "show", "leukemia").stdout
    assert len(json.loads(cartox(place, "history", "leukemia", "--json").stdout)) == 1
    assert cartox(place, "rollback", "leukemia").stderr.startswith(
        "cartox: leukemia/warehouse/cartox.duckdb: no version before"
    )
    assert cartox(place, "release", "leukemia", "out").returncode == 0
    assert "site." not in (place / "out/run_manifest.csv").read_text()
    told = cartox(place, "release", "leukemia")
    assert (told.returncode, told.stderr) == (
        2,
        "cartox: leukemia: a study folder; name the folder for the release after it\n",
    )
