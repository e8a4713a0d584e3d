"""The value of each patient behind a result, as the mart holds it."""

from __future__ import annotations

import duckdb

from cartox.trace.sets import Record, records
from cartox.trace.sources import filters_of


def planned_values(connection: duckdb.DuckDBPyConnection, planned: Record) -> list[Record]:
    """Return patient, study group, value and certainty of every cohort patient; None where the mart holds none."""
    filters = filters_of(planned)
    condition = " and ".join(f"{_quoted(column)} = ?" for column in filters) or "true"
    relation = ".".join(_quoted(part) for part in planned["relation"].split("."))
    certainty = "certainty" if _has_certainty(connection, planned["relation"]) else "null as certainty"
    return records(
        connection,
        f"""
        with source as (
            select patient_id, {_quoted(planned["value_column"])} as value, {certainty} from {relation} where {condition}
        )
        select cohort.patient_id, cohort.study_group, source.value, source.certainty
        from marts.cohort as cohort
        left join source on cohort.patient_id = source.patient_id
        order by cohort.patient_id
        """,  # noqa: S608 (names of the test plan, quoted)
        list(filters.values()),
    )


def outcomes(connection: duckdb.DuckDBPyConnection, definition: str) -> list[Record]:
    """Return patient, study group and outcome under a definition of resolution."""
    return records(
        connection,
        "select labels.patient_id, cohort.study_group, labels.outcome as value from marts.response_labels as labels "
        "inner join marts.cohort as cohort on labels.patient_id = cohort.patient_id "
        "where labels.definition = $definition order by labels.patient_id",
        {"definition": definition},
    )


def deaths(connection: duckdb.DuckDBPyConnection, era_date: str) -> list[Record]:
    """Return each treated patient with the era by a date, and whether and of what the patient died."""
    return records(
        connection,
        "select patient_id, if(infused_at < cast($era_date as date), 'before', 'from') as study_group, "
        "case when is_toxicity_death then 'died of the toxicity' when is_dead and is_toxicity_death is null "
        "then 'died of an unknown cause' when is_dead then 'died' when is_dead is null then 'unknown whether alive' "
        "else 'alive' end as value "
        "from marts.treated_patients order by patient_id",
        {"era_date": era_date},
    )


def recorded_grades(connection: duckdb.DuckDBPyConnection, toxicity: str) -> list[Record]:
    """Return each treated patient with the number of assessments in which a grade of the toxicity was recorded."""
    column = {"CRS": "recorded_crs_grade", "ICANS": "recorded_icans_grade"}.get(toxicity)
    if column is None:
        return []
    return records(
        connection,
        f"select treated.patient_id, null as study_group, count(seen.{column}) as value "  # noqa: S608
        "from marts.treated_patients as treated inner join marts.toxicity_assessments as seen "
        "on treated.patient_id = seen.patient_id group by treated.patient_id order by treated.patient_id",
    )


def _has_certainty(connection: duckdb.DuckDBPyConnection, relation: str) -> bool:
    schema, _, table = relation.partition(".")
    query = "select 1 from information_schema.columns where table_schema = ? and table_name = ? and column_name = 'certainty'"
    return connection.execute(query, [schema, table]).fetchone() is not None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
