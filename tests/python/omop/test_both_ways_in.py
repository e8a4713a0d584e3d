"""The built-in study, read from an extract and from OMOP tables, gives the same marts and results, row for row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.synthetic.omop_people import FIRST_ID
from tests.python.conftest import PlanProject
from tests.python.omop.conftest import built
from tests.spec.compiled_project import connect, land_folder

pytestmark = pytest.mark.xdist_group("both ways in")

# An id of OMOP is a number: the same record's number in both, by what stands before it.
NUMBER_OF_ID = (
    "cast(case when regexp_matches({id}, '^[A-Z]+-') then split_part({id}, '-', 2) else "
    f"cast((cast(replace({{id}}, 'procedure ', '') as bigint) - {FIRST_ID}) % 1000000 as varchar) end as bigint)"
)
DOSES_THAT_ARE_NO_NUMBER = ("dose_in_words", "dose_range")

# What OMOP cannot carry: the table, its columns that differ for that, and why.
CANNOT_CARRY: Mapping[str, tuple[str, ...]] = {
    # purposes have no column; texts of doses, units, routes and strengths are held as numbers and concepts
    "marts.steroid_administrations": (
        "purpose",
        "dose_text",
        "dose_unit_text",
        "route_text",
        "product_strength_text",
        "source_file",
        "line_number",
    ),
    # a row is found in another file, under another number, and several are named in the order of their ids
    "marts.nulled_values": ("source_file", "line_number"),
    "marts.treated_patients": ("infusion_source_file", "infusion_line_number"),
    "marts.lab_daily_grid": ("result_ids",),
    "marts.reviews": ("records",),
}
NUMBERED = {
    "marts.cohort": "index_administration_id",
    "marts.lab_baseline": "result_id",
    "marts.steroid_administrations": "administration_id",
    "marts.treated_patients": "infusion_id",
    "marts.nulled_values": "record_id",
}
# Accounts of the sources themselves; what they must agree on is tested apart.
OF_THE_SOURCES = (
    "marts.lab_results",
    "marts.medication_administrations",
    "marts.record_dispositions",
    "marts.quarantined_records",
    "marts.record_conservation",
    "marts.cdm_rows",
    "marts.terminology_coverage",
    "results.run_manifest",
)
# Counts of what became of the sources' rows and words, and the long forms of these.
TOPICS_OF_THE_SOURCES = ("conservation", "quarantined", "unknown_word", "unreadable", "unusable_lab_result")
OTHERS = {
    "results.methods": "topic <> 'records'",
    "results.reporting_items": "not contains(coalesce(answer, ''), 'raw records')",
    "results.counts": f"topic not in {TOPICS_OF_THE_SOURCES}",
    "results.analysis_results": f"context not in {TOPICS_OF_THE_SOURCES}",
    "results.summarised_result": "result_id not in (select result_id from results.summarised_result_settings"
    f" where result_type in {tuple(f'summarise_counts_{topic}' for topic in TOPICS_OF_THE_SOURCES)})",
}
# Taken from the extract's files beside the tables: these kinds of record whole, and of infusions these columns.
FROM_EXTRACT_FILES = ("toxicity_assessments", "response_assessments", "vital_status")
DETAILS_OF_INFUSIONS = (
    "care_setting",
    "prior_lines",
    "disease_status",
    "ann_arbor_stage",
    "ecog",
    "extranodal_sites",
    "ipi",
)


@pytest.fixture(scope="module")
def extract_way(study_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(study_file), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection


@pytest.fixture(scope="module")
def omop_way(
    project_with: PlanProject, study_folders: Path, omop_variables: dict[str, Any]
) -> duckdb.DuckDBPyConnection:
    return built(project_with(omop_variables), study_folders / "omop-landing", omop_variables)


def tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('marts', 'results') order by 1"
    )
    return [name for (name,) in rows.fetchall()]


def rows_of(connection: duckdb.DuckDBPyConnection, table: str) -> Counter[Any]:
    columns = []
    for name, *_ in connection.execute(f"describe {table}").fetchall():
        if name in CANNOT_CARRY.get(table, ()):
            continue
        if name == NUMBERED.get(table):
            columns.append(f"coalesce(try({NUMBER_OF_ID.format(id=name)}), hash({name}))")
        elif name == "not_counted_reason":
            columns.append(
                f"case when {name} in {DOSES_THAT_ARE_NO_NUMBER} then 'missing_dose' else {name} end"
            )
        else:
            columns.append(f'"{name}"')
    query = f"select {', '.join(columns)} from {table} where {OTHERS.get(table, 'true')}"
    return Counter(connection.execute(query).fetchall())


def test_marts_and_results_are_equal_row_for_row(
    extract_way: duckdb.DuckDBPyConnection, omop_way: duckdb.DuckDBPyConnection
) -> None:
    assert tables(extract_way) == tables(omop_way)
    compared = [table for table in tables(extract_way) if table not in OF_THE_SOURCES]
    assert len(compared) >= 25
    differing = {}
    for table in compared:
        one, other = rows_of(extract_way, table), rows_of(omop_way, table)
        if one != other:
            differing[table] = (list((one - other).items())[:3], list((other - one).items())[:3])
    assert differing == {}


def test_what_comes_from_extract_files(
    project_with: PlanProject,
    study_folders: Path,
    omop_variables: dict[str, Any],
    omop_way: duckdb.DuckDBPyConnection,
) -> None:
    sources = omop_variables["record_sources"]
    assert tuple(kind for kind, source in sources.items() if source == "extract") == FROM_EXTRACT_FILES
    without = connect()
    land_folder(without, study_folders / "omop-landing")
    without.execute("delete from landing.infusions")
    project_with(omop_variables).upstream_of("int_omop__infusions").build(without)
    differing = [
        column
        for column, *_ in without.execute("describe intermediate.int_omop__infusions").fetchall()
        if values(without, column) != values(omop_way, column)
    ]
    assert set(differing) == set(DETAILS_OF_INFUSIONS) | {"lymphodepletion_started_at"}
    for column in DETAILS_OF_INFUSIONS:
        assert values(without, column) == [(None,)]


def values(connection: duckdb.DuckDBPyConnection, column: str) -> Any:
    query = f"select distinct {column} from intermediate.int_omop__infusions order by all"
    return connection.execute(query).fetchall()


def test_every_exception_is_needed(
    extract_way: duckdb.DuckDBPyConnection, omop_way: duckdb.DuckDBPyConnection
) -> None:
    for table, columns in CANNOT_CARRY.items():
        for column in columns:
            one, other = (
                connection.execute(
                    f"select {column}, count(*) from {table} group by all order by all"
                ).fetchall()
                for connection in (extract_way, omop_way)
            )
            assert one != other, (table, column)
    for topic in TOPICS_OF_THE_SOURCES:
        query = f"select * from results.counts where topic = '{topic}' order by all"
        assert extract_way.execute(query).fetchall() != omop_way.execute(query).fetchall(), topic


def test_the_study_has_its_figures_through_omop(omop_way: duckdb.DuckDBPyConnection) -> None:
    verdicts = omop_way.execute(
        "select verdict, count(*) from results.reported_figures group by 1"
    ).fetchall()
    assert dict(verdicts) == {"reproduced": 66, "impossible": 1}


def test_what_was_wrong_with_records_is_wrong_with_them_in_omop_too(
    extract_way: duckdb.DuckDBPyConnection, omop_way: duckdb.DuckDBPyConnection
) -> None:
    """Of one kind of record and reason as many are set aside, but for those that the tables cannot hold apart."""

    def reasons(connection: duckdb.DuckDBPyConnection) -> Counter[tuple[str, str]]:
        query = "select entity, reason, count(*) from marts.quarantined_records group by all"
        return Counter({(entity, reason): n for entity, reason, n in connection.execute(query).fetchall()})

    one, other = reasons(extract_way), reasons(omop_way)
    only_in_extract, only_in_omop = one - other, other - one
    assert only_in_extract == {
        ("infusions", "missing_product"): 1,  # without a product it is a drug without a name
        ("infusions", "unknown_patient"): 1,  # of nobody, so nothing beside it tells the care setting
        ("infusions", "unknown_care_setting"): 1,  # the same patient and day have another that is usable
        ("lab_results", "ragged_record"): 3,  # a table has no ragged rows
        ("medication_administrations", "ragged_record"): 3,
    }
    assert only_in_omop == {
        ("infusions", "missing_care_setting"): 1,
        ("medication_administrations", "missing_medication"): 1,
        ("medication_administrations", "unknown_patient"): 3,  # lymphodepletion of that nobody
    }


def test_every_row_of_every_table_is_accounted_for(omop_way: duckdb.DuckDBPyConnection) -> None:
    conserved = omop_way.execute(
        "select count(*), bool_and(n_raw = n_accepted + n_duplicate + n_superseded + n_quarantined) "
        "from marts.record_conservation"
    ).fetchone()
    assert conserved == (7 + 11 + 1, True)


def test_ids_lie_beyond_what_floating_point_numbers_hold(omop_way: duckdb.DuckDBPyConnection) -> None:
    lowest, n_even, n = omop_way.execute(
        "select min(person_id), count(*) filter (where person_id % 2 = 0), count(*) from staging.stg_omop__person"
    ).fetchall()[0]
    assert lowest > 2**53
    assert 0 < n_even < n


def test_the_whole_vocabulary_of_doses_is_used(omop_way: duckdb.DuckDBPyConnection) -> None:
    """Strength times quantity of pieces and of milliliters, and doses with their unit, all occur."""
    counts = omop_way.execute(
        "select count(*) filter (where strength is not null and dose_unit = 'each'), "
        "count(*) filter (where strength is not null and dose_unit = 'mL'), "
        "count(*) filter (where strength is null and lower(dose_unit) = 'mg') from intermediate.int_omop__doses"
    ).fetchall()[0]
    assert min(counts) > 10


def test_infusions_are_told_by_procedures_too(omop_way: duckdb.DuckDBPyConnection) -> None:
    told = dict(
        omop_way.execute(
            "select coalesce(reason, 'record'), sum(n_rows)::int from intermediate.int_records__cdm_rows "
            "where cdm_table = 'procedure_occurrence' group by all"
        ).fetchall()
    )
    assert told["record"] > 10
    assert told["infusion_told_by_another_row"] > 10
