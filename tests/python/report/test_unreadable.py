"""The page says what could not be read by kind, analyte and reason, and that everything could only where so."""

from __future__ import annotations

import duckdb
import pytest

from cartox.report.page.blocks import NotApplicable, Table
from cartox.report.page.study import Study
from cartox.report.page.unreadable import unknown_drugs, unknown_words, unreadable_values
from cartox.results.counts import write_counts
from cartox.results.tables import create_tables
from tests.python.results.handmade_study import load_study

EVERYTHING_READ = """
delete from marts.nulled_values;
delete from marts.lab_results;
delete from marts.steroid_exposure;
delete from marts.terminology_coverage;
insert into marts.terminology_coverage by name
select
    'drug' as term_kind, 'dexamethasone' as source_text, '' as code, 'dexamethasone' as mapped_to, 40 as n_records
union all by name
select 'drug' as term_kind, '' as source_text, '' as code, 'no seed knows it' as not_mapped_because, 9 as n_records;
"""
UNUSABLE = "insert into marts.lab_results by name select ? as analyte, ? as unusable_reason"
UNRESOLVED = "insert into marts.steroid_exposure by name select ? as exposure_window, ? as n_unresolved_doses"
UNKNOWN = """
insert into marts.terminology_coverage by name
select ? as term_kind, ? as source_text, '' as code, ? as not_mapped_because, ? as n_records
"""


@pytest.fixture
def study() -> Study:
    """Records of which everything could be read."""
    connection = duckdb.connect()
    load_study(connection)
    connection.execute(EVERYTHING_READ)
    return counted(Study(connection, {}, 1))


def counted(study: Study) -> Study:
    """Count anew over what a test has changed."""
    create_tables(study.connection)
    write_counts(study.connection)
    return study


def test_everything_could_be_read_only_where_so(study: Study) -> None:
    found = unreadable_values(study)
    assert isinstance(found, NotApplicable)
    assert found.reason == "every value of the accepted records could be read and used"
    assert isinstance(unknown_words(study), NotApplicable)
    assert unknown_drugs(study) == []


def test_a_laboratory_result_alone_takes_the_sentence_away(study: Study) -> None:
    study.connection.executemany(
        UNUSABLE, [("crp", "unknown_unit"), ("crp", "unknown_unit"), ("ldh", "hemolysed_specimen")]
    )
    study.connection.execute(
        "insert into marts.nulled_values by name select 'infusions' as entity, 'unknown_product' as reason"
    )
    found = unreadable_values(counted(study))
    assert isinstance(found, Table)
    assert [(row["entity"], row["analyte"], row["reason"], row["n_values"]) for row in found.rows] == [
        ("lab results", "C-reactive protein", "unknown unit", "2"),
        ("infusions", "", "unknown product", "1"),
        ("lab results", "Lactate dehydrogenase", "hemolysed specimen", "1"),
    ]
    assert found.sentence.startswith("4 values of accepted records could not be read")


def test_a_dose_alone_takes_the_sentence_away_and_counts_once(study: Study) -> None:
    study.connection.executemany(UNRESOLVED, [("total", 2), ("before_index", 2)])
    found = unreadable_values(counted(study))
    assert isinstance(found, Table)
    assert [(row["entity"], row["reason"], row["n_values"]) for row in found.rows] == [
        ("medication administrations", "glucocorticoid dose unresolved", "2")
    ]


def test_unknown_words_are_counted_and_not_shown(study: Study) -> None:
    reason = "no seed knows it"
    study.connection.executemany(
        UNKNOWN, [("drug", "zzqx", reason, 3), ("drug", "zzqy", reason, 4), ("route", "zzqx", reason, 1)]
    )
    found = unknown_words(counted(study))
    assert isinstance(found, Table)
    assert [(row["term_kind"], row["n_words"], row["n_records"]) for row in found.rows] == [
        ("drug", "2", "7"),
        ("route", "1", "1"),
    ]
    assert "zzq" not in str(found)
    assert unknown_drugs(study) == [
        "2 names of drugs in 7 records are known to no seed and counted as no glucocorticoid; none of them looks like one."
    ]


def test_a_name_like_that_of_a_glucocorticoid_makes_the_dose_a_bound(study: Study) -> None:
    study.connection.execute(UNKNOWN, ["drug", "xcortisone", "suspected_glucocorticoid", 2])
    assert unknown_drugs(counted(study)) == [
        "1 name of a drug in 2 records is known to no seed and counted as no glucocorticoid; 1 of them, in 2 records, looks "
        "like one: where it was given, the dose is at least what is shown."
    ]
