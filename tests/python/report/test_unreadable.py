"""The page says what could not be read by kind, analyte and reason, and that everything could only where so."""

from __future__ import annotations

import duckdb
import pytest

from cartox.report.page.blocks import NotApplicable, Table
from cartox.report.page.study import Study
from cartox.report.page.unreadable import unknown_drugs, unknown_words, unreadable_values

MARTS = """
create schema marts;
create table marts.nulled_values (entity varchar, reason varchar);
create table marts.lab_results (analyte varchar, unusable_reason varchar);
create table marts.steroid_exposure (exposure_window varchar, n_unresolved_doses bigint);
insert into marts.steroid_exposure values ('total', 0), ('after_index', 0);
create table marts.terminology_coverage (
    term_kind varchar, source_text varchar, code varchar, mapped_to varchar, not_mapped_because varchar, n_records bigint
);
insert into marts.lab_results values ('crp', null);
insert into marts.terminology_coverage values
    ('drug', 'dexamethasone', '', 'dexamethasone', null, 40), ('drug', '', '', null, 'no seed knows it', 9);
"""


@pytest.fixture
def study() -> Study:
    """Records of which everything could be read."""
    connection = duckdb.connect()
    connection.execute(MARTS)
    return Study(connection, {}, 1)


def test_everything_could_be_read_only_where_so(study: Study) -> None:
    found = unreadable_values(study)
    assert isinstance(found, NotApplicable)
    assert found.reason == "every value of the accepted records could be read and used"
    assert isinstance(unknown_words(study), NotApplicable)
    assert unknown_drugs(study) == []


def test_a_laboratory_result_alone_takes_the_sentence_away(study: Study) -> None:
    study.connection.execute(
        "insert into marts.lab_results values ('crp', 'unknown_unit'), ('crp', 'unknown_unit')"
    )
    study.connection.execute("insert into marts.lab_results values ('ldh', 'hemolysed_specimen')")
    study.connection.execute("insert into marts.nulled_values values ('infusions', 'unknown_product')")
    found = unreadable_values(study)
    assert isinstance(found, Table)
    assert [(row["entity"], row["analyte"], row["reason"], row["n_values"]) for row in found.rows] == [
        ("lab results", "crp", "unknown unit", 2),
        ("infusions", "", "unknown product", 1),
        ("lab results", "ldh", "hemolysed specimen", 1),
    ]
    assert found.sentence.startswith("4 values of accepted records could not be read")


def test_a_dose_alone_takes_the_sentence_away_and_counts_once(study: Study) -> None:
    study.connection.execute("insert into marts.steroid_exposure values ('total', 2), ('before_index', 2)")
    found = unreadable_values(study)
    assert isinstance(found, Table)
    assert [(row["entity"], row["reason"], row["n_values"]) for row in found.rows] == [
        ("medication administrations", "glucocorticoid dose unresolved", 2)
    ]


def test_unknown_words_are_counted_and_not_shown(study: Study) -> None:
    study.connection.execute(
        "insert into marts.terminology_coverage values"
        " ('drug', 'zzqx', '', null, 'no seed knows it', 3), ('drug', 'zzqy', '', null, 'no seed knows it', 4),"
        " ('route', 'zzqx', '', null, 'no seed knows it', 1)"
    )
    found = unknown_words(study)
    assert isinstance(found, Table)
    assert [(row["term_kind"], row["n_words"], row["n_records"]) for row in found.rows] == [
        ("drug", 2, 7),
        ("route", 1, 1),
    ]
    assert "zzq" not in str(found)
    assert unknown_drugs(study) == [
        "2 names of drugs in 7 records are known to no seed and counted as no glucocorticoid; none of them looks like one."
    ]


def test_a_name_like_that_of_a_glucocorticoid_makes_the_dose_a_bound(study: Study) -> None:
    study.connection.execute(
        "insert into marts.terminology_coverage values ('drug', 'xcortisone', '', null, 'suspected_glucocorticoid', 2)"
    )
    assert unknown_drugs(study) == [
        "1 name of a drug in 2 records is known to no seed and counted as no glucocorticoid; 1 of them, in 2 records, looks "
        "like one: where it was given, the dose is at least what is shown."
    ]
