"""The built-in study beside the same study with one cell of each of many patients garbled: what is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from cartox.intake.contract import ENTITIES
from tests.python.study.garbling import UNREADABLE, Garbling, garble
from tests.spec.compiled_project import CompiledProject

CLEAN = "clean"
RECORDS = ("quarantined_records", "nulled_values")
# What counts over patients: a patient's cell may change what is said of others.
OVER_PATIENTS = frozenset({"lab_unit_warnings", "lab_copy_warnings"})
ON_OVER_PATIENTS = frozenset({"is_doubtful"})
KEYS = {
    "toxicity_days": ("toxicity", "study_day"),
    "toxicity_course": ("toxicity",),
    "steroid_days": ("study_day",),
    "steroid_exposure": ("exposure_window",),
    "lab_baseline": ("analyte", "anchor"),
}
"""The marts whose numbers say how certain they are, and what a row of a patient is told apart by."""

MAY_NOT_APPEAR = {
    "cohort": (
        "toxicity_resolved_at",
        "icans_grade_at_index",
        "crs_grade_at_index",
        "best_response",
        "ipi",
        "prior_lines",
        "age_years",
    ),
    "treated_patients": ("age_years", "died_on", "cause_of_death"),
}
"""Marts of one row a patient without a word on certainty, and columns in which null is the unknown."""


@dataclass(frozen=True)
class Complaint:
    """What is wrong with a patient of the garbled study."""

    patient_id: str
    what: str


def keep_clean(connection: duckdb.DuckDBPyConnection, project: CompiledProject) -> list[str]:
    """Build the study as it is and keep its marts; returns those that tell of single patients."""
    project.build(connection)
    connection.execute(f"create schema {CLEAN}")
    for entity in ENTITIES:
        connection.execute(f"create table {CLEAN}.raw_{entity} as from landing.{entity}")
    names = [
        name
        for (name,) in connection.execute(
            "select distinct table_name from information_schema.columns"
            " where table_schema = 'marts' and column_name = 'patient_id' order by all"
        ).fetchall()
    ]
    for name in {*names, *RECORDS}:
        connection.execute(f"create table {CLEAN}.{name} as from marts.{name}")
    return [name for name in names if name not in OVER_PATIENTS]


def build_garbled(
    connection: duckdb.DuckDBPyConnection, project: CompiledProject, garblings: Sequence[Garbling]
) -> None:
    """Build the study anew over its landing with some cells garbled."""
    for entity in ENTITIES:
        connection.execute(f"create or replace table landing.{entity} as from {CLEAN}.raw_{entity}")
    garble(connection, garblings)
    project.build(connection)


def others_who_changed(
    connection: duckdb.DuckDBPyConnection, marts: Sequence[str], garbled: Sequence[Garbling]
) -> Iterator[Complaint]:
    """Patients with a row that differs though no cell of theirs was touched."""
    touched = sorted({one.patient_id for one in garbled} | {str(one.value) for one in garbled})
    for mart in marts:
        columns = ", ".join(
            name
            for name, *_ in connection.execute(f"describe {CLEAN}.{mart}").fetchall()
            if name not in ON_OVER_PATIENTS
        )
        now, before = f"select {columns} from marts.{mart}", f"select {columns} from {CLEAN}.{mart}"
        changed = connection.execute(
            f"select distinct patient_id from (({now} except all {before}) union all ({before} except all {now}))"
            " where not list_contains(?, patient_id)",
            [touched],
        ).fetchall()
        yield from (Complaint(patient, f"differs in {mart} and was not touched") for (patient,) in changed)


def became_exact(connection: duckdb.DuckDBPyConnection) -> Iterator[Complaint]:
    """Numbers that were unknown, a bound or an estimate and are called exact after a cell was garbled."""
    for mart, keys in KEYS.items():
        on = ", ".join(("patient_id", *keys))
        rows = connection.execute(
            f"select {on}, before.certainty from marts.{mart} as now inner join {CLEAN}.{mart} as before using ({on})"
            " where before.certainty != 'exact' and now.certainty = 'exact'"
        ).fetchall()
        yield from (
            Complaint(patient, f"{mart} {' '.join(map(str, key))}: exact, was {was}")
            for patient, *key, was in rows
        )
    for mart, columns in MAY_NOT_APPEAR.items():
        for column in columns:
            rows = connection.execute(
                f"select patient_id from marts.{mart} as now inner join {CLEAN}.{mart} as before using (patient_id)"
                f" where before.{column} is null and now.{column} is not null"
            ).fetchall()
            yield from (Complaint(patient, f"{mart}.{column} is known, was not") for (patient,) in rows)


def left_without_reason(
    connection: duckdb.DuckDBPyConnection, garblings: Sequence[Garbling]
) -> Iterator[Complaint]:
    """Patients who are in another group, or in none, and no mart says why.

    To be not evaluable is a reason: it is what the group says. Who has the garbled name is nobody.
    """
    garbled = {one.patient_id: one for one in garblings}
    for patient, was, now in _changed_groups(connection):
        one = garbled.get(patient)
        if patient != UNREADABLE and now != "not_evaluable" and (one is None or not reasons(connection, one)):
            yield Complaint(patient, f"{now}, was {was}, and no mart says why")


def _changed_groups(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None, str | None]]:
    place = """
        select treated.patient_id, coalesce(cohort.study_group, 'treated') as place
        from {schema}.treated_patients as treated
        left join {schema}.cohort as cohort on treated.patient_id = cohort.patient_id
    """
    return connection.execute(
        f"""
        with before as ({place.format(schema=CLEAN)}),

        now as ({place.format(schema="marts")})

        select patient_id, before.place, now.place
        from before
        full join now using (patient_id)
        where before.place is distinct from now.place
        order by all
        """
    ).fetchall()


def reasons(connection: duckdb.DuckDBPyConnection, one: Garbling) -> list[str]:
    """What the marts say that they did not say before, of the garbled record and of its patient."""
    found = []
    for mart in RECORDS:
        rows = connection.execute(
            f"select reason from marts.{mart} where entity = $entity and line_number = $line"
            f" except select reason from {CLEAN}.{mart} where entity = $entity and line_number = $line",
            {"entity": one.entity, "line": one.line_number},
        ).fetchall()
        found += [f"{mart}: {reason}" for (reason,) in rows]
    for mart in ("cohort_exclusions", "reviews"):
        rows = connection.execute(
            f"select reason from marts.{mart} where patient_id = $patient"
            f" except select reason from {CLEAN}.{mart} where patient_id = $patient",
            {"patient": one.patient_id},
        ).fetchall()
        found += [f"{mart}: {reason}" for (reason,) in rows]
    return found
