"""results.methods and results.reporting_items: every sentence holds of the run, and its facts stand where it says."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
import pytest

from tests.python.results.handmade_study import build_short

PROJECT = Path(__file__).resolve().parents[3]
SENTENCES = list(csv.DictReader((PROJECT / "seeds/reporting/methods_sentences.csv").open(encoding="utf-8")))
ITEMS = list(csv.DictReader((PROJECT / "seeds/reporting/reporting_items.csv").open(encoding="utf-8")))

# The items of the checklist for cohort studies (von Elm 2007) and of RECORD (Benchimol 2015), as those papers number them.
STROBE = [
    *(
        "1a",
        "1b",
        "2",
        "3",
        "4",
        "5",
        "6a",
        "6b",
        "7",
        "8",
        "9",
        "10",
        "11",
        "12a",
        "12b",
        "12c",
        "12d",
        "12e",
    ),
    *(
        "13a",
        "13b",
        "13c",
        "14a",
        "14b",
        "14c",
        "15",
        "16a",
        "16b",
        "16c",
        "17",
        "18",
        "19",
        "20",
        "21",
        "22",
    ),
]
RECORD = ["1.1", "1.2", "1.3", "6.1", "6.2", "6.3", "7.1", "12.1", "12.2", "12.3", "13.1", "19.1", "22.1"]


def said(connection: duckdb.DuckDBPyConnection, topic: str) -> str:
    """The paragraph of a topic."""
    rows = connection.execute(
        "select sentence from results.methods where topic = ? order by sentence_number", [topic]
    ).fetchall()
    return " ".join(sentence for (sentence,) in rows)


def cell(connection: duckdb.DuckDBPyConnection, query: str) -> object:
    """The one value of a query."""
    found = connection.execute(query).fetchone()
    assert found is not None
    return found[0]


def test_the_sheet_has_every_item_of_both_guidelines() -> None:
    for guideline, numbers in (("STROBE", STROBE), ("RECORD", RECORD)):
        assert [item["item"] for item in ITEMS if item["guideline"] == guideline] == numbers


def test_topics_of_the_items_are_topics_of_sentences() -> None:
    topics = {sentence["topic"] for sentence in SENTENCES}
    answered = {topic for item in ITEMS for topic in item["topics"].split("|") if topic}
    assert answered <= topics
    assert topics - answered == set()


def test_an_item_has_an_answer_or_says_why_not() -> None:
    assert [item["item"] for item in ITEMS if not (item["topics"] or item["open_reason"])] == []


def test_counts_in_sentences_are_those_of_the_marts(warehouse: duckdb.DuckDBPyConnection) -> None:
    n_treated = cell(warehouse, "select count(*) from marts.treated_patients")
    n_cohort = cell(warehouse, "select count(*) from marts.cohort")
    assert said(warehouse, "flow") == f"{n_treated} patients were treated and {n_cohort} are in the cohort."
    kept = warehouse.execute(
        "select sum(n_raw), sum(n_accepted), sum(n_duplicate), sum(n_superseded), sum(n_quarantined) "
        "from marts.record_conservation"
    ).fetchone()
    assert kept is not None
    assert re.findall(r"\d[\d,]*", said(warehouse, "records").split(". ")[0]) == [f"{n:,}" for n in kept]


def test_who_was_left_out_is_told_step_by_step(warehouse: duckdb.DuckDBPyConnection) -> None:
    steps = warehouse.execute(
        "select step, n_excluded from marts.cohort_attrition where step_number > 0 order by step_number"
    ).fetchall()
    text = said(warehouse, "eligibility")
    places = [text.index(f"{step} ({n_excluded:,})") for step, n_excluded in steps]
    assert places == sorted(places)


def test_vars_are_told_as_the_run_had_them(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    build_short(study, tmp_path, index_drug="tocilizumab", last_study_day=28, care_settings=["trial", "ward"])
    assert "first given dose of tocilizumab by study day 28" in said(study, "eligibility")
    assert "(trial, ward)" in said(study, "design")


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ("not_evaluable", "An alert patient without an ICE score counts as not evaluable in that component."),
        ("grade_0", "An alert patient without an ICE score counts as grade 0 in that component."),
    ],
)
def test_a_sentence_of_a_choice_stands_only_under_it(
    study: duckdb.DuckDBPyConnection, tmp_path: Path, choice: str, sentence: str
) -> None:
    build_short(study, tmp_path, alert_without_ice=choice)
    text = said(study, "toxicity")
    assert sentence in text
    assert text.count("An alert patient") == 1


def test_the_definition_and_the_factors_are_those_of_the_seeds(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    build_short(study, tmp_path, response_definition="first_grade_0", dexamethasone_factors="factor_100")
    assert "first day of grade 0" in said(study, "outcome")
    assert "prednisone 0.2" in said(study, "exposure")


def test_a_fact_that_is_not_known_is_told_as_such(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    build_short(study, tmp_path, baseline_days=None)
    assert "usable result of the not known days" in said(study, "laboratory")


def test_an_empty_cohort_has_no_main_result(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    study.execute("delete from marts.cohort")
    build_short(study, tmp_path)
    assert said(study, "main_result") == ""
    assert said(study, "missing") == ""  # nobody is in it: nothing is missing and nothing is complete
    found = study.execute(
        "select status, open_reason from results.reporting_items where item = '16c'"
    ).fetchall()
    assert found == [("open", "nothing of it was computed in this run")]


def test_a_sentence_of_an_unknown_fact_names_the_sentence(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    study.execute("update seeds.methods_sentences set sentence = 'Of {var.nothing}.' where topic = 'size'")
    with pytest.raises(
        ValueError, match=r"no fact is named var\.nothing; the sentence is: Of \{var\.nothing\}\."
    ):
        build_short(study, tmp_path)


def test_every_sentence_says_what_it_stands_on(warehouse: duckdb.DuckDBPyConnection) -> None:
    tables = {
        f"{schema}.{table}"
        for schema, table in warehouse.execute(
            "select table_schema, table_name from information_schema.tables"
        ).fetchall()
    }
    keys = {key for (key,) in warehouse.execute("select key from results.run_manifest").fetchall()}
    for (told,) in warehouse.execute("select stands_on from results.methods").fetchall():
        for place in told.split("; "):
            table, _, names = place.partition(": ")
            assert table in {*tables, "schema seeds", "none computed"}, place
            if table == "results.run_manifest":
                assert names in keys, place
