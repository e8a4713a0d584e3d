"""Handmade and drawn studies, released, and read back from their files as a stranger would."""

from __future__ import annotations

import csv
import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from cartox.release import write_release
from tests.python.one_worker import only_once
from tests.python.results.handmade_study import build, load_study

THRESHOLD = 10
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Released:
    """A release's files, and the warehouse that they were made from."""

    folder: Path
    connection: duckdb.DuckDBPyConnection

    def rows(self, table: str) -> Rows:
        with (self.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


Release = Callable[..., Released]
Study = Callable[[tuple[str, ...], int, int], duckdb.DuckDBPyConnection]


@pytest.fixture(scope="session")
def study_after(shared_folder: Path) -> Study:
    """The handmade study with its results after some statements, with drawn patients: each built once for all workers.

    Each test is given a copy.
    """

    def built(statements: tuple[str, ...], n_drawn: int, seed: int) -> Path:
        name = f"released-{hashlib.sha256(repr((statements, n_drawn, seed)).encode()).hexdigest()}"
        file = shared_folder / f"{name}.duckdb"
        with only_once(shared_folder, name) as is_first:
            if is_first:
                file.unlink(missing_ok=True)  # of a build that failed
                with duckdb.connect(str(file)) as connection:
                    load_study(connection)
                    if n_drawn:
                        draw_patients(connection, n_drawn, random.Random(seed))  # noqa: S311 (no secret)
                    for statement in statements:
                        connection.execute(statement)
                    build(connection, shared_folder / f"{name}-landing")
        return file

    def copy(statements: tuple[str, ...], n_drawn: int, seed: int) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        connection.execute(f"attach '{built(statements, n_drawn, seed)}' as built (read_only)")
        connection.execute("copy from database built to memory")
        connection.execute("detach built")
        return connection

    return copy


@pytest.fixture
def release(tmp_path: Path, study_after: Study) -> Release:
    """Release the handmade study after some statements, with a cohort of drawn patients if so asked."""

    def make(
        *statements: str,
        n_drawn: int = 0,
        seed: int = 0,
        threshold: int = THRESHOLD,
        form: str = "csv",
        folder: str = "release",
    ) -> Released:
        connection = study_after(statements, n_drawn, seed)
        write_release(connection, tmp_path / folder, threshold, form=form)
        return Released(tmp_path / folder, connection)

    return make


def draw_patients(connection: duckdb.DuckDBPyConnection, n_patients: int, dice: random.Random) -> None:
    """Put drawn copies of the handmade patients in their place, so that small groups lie anywhere."""
    patients = connection.execute("select patient_id from marts.treated_patients").fetchall()
    chances = [dice.random() ** 3 + 0.02 for _ in patients]
    drawn = dice.choices([patient for (patient,) in patients], chances, k=n_patients)
    connection.execute("create table drawn (old_id text, new_id text)")
    connection.executemany(
        "insert into drawn values (?, ?)", [(old, f"D{number:04d}") for number, old in enumerate(drawn)]
    )
    tables = connection.execute(
        "select table_name from information_schema.columns where table_schema = 'marts' "
        "and column_name = 'patient_id'"
    ).fetchall()
    for (table,) in tables:
        connection.execute(
            f"create or replace table marts.{table} as select * replace (new_id as patient_id) "
            f"from marts.{table} inner join drawn on patient_id = old_id"
        )
        for helper in ("old_id", "new_id"):
            connection.execute(f"alter table marts.{table} drop column {helper}")
    connection.execute(
        """
        create or replace table marts.era_mortality as
        select
            era, count(*) as n_treated, count(*) filter (where is_dead) as n_deaths,
            count(*) filter (where is_toxicity_death) as n_toxicity_deaths,
            100.0 * count(*) filter (where is_toxicity_death) / nullif(count(*) filter (where is_dead), 0)
                as pct_of_deaths,
            100.0 * count(*) filter (where is_toxicity_death) / count(*) as pct_of_treated,
            count(*) filter (where is_dead and is_toxicity_death is null) as n_deaths_of_unknown_cause,
            count(*) filter (where is_dead is null) as n_unknown_vital_status,
            if(n_deaths_of_unknown_cause + n_unknown_vital_status > 0, 'at_least', 'exact') as certainty
        from marts.treated_patients
        group by era
        """
    )
    n_cohort = connection.execute("select count(*) from marts.cohort").fetchall()[0][0]
    others = n_patients - n_cohort
    early = dice.randint(0, min(others, 8))
    connection.execute(
        f"""
        create or replace table marts.cohort_attrition as
        select * from (
            values
                (0, 'Patients with usable records', null, 'all', 0, {n_patients + 3}),
                (1, 'No usable CAR-T infusion on record', 'no_infusion', 'treated', 3, {n_patients}),
                (6, 'Infused outside the enrollment period', 'outside_enrolment_period', 'cohort', {early},
                    {n_patients - early}),
                (7, 'Index drug not given', 'no_index_drug', 'cohort', {others - early}, {n_cohort})
        ) as t (step_number, step, reason, population, n_excluded, n_remaining)
        """
    )
    connection.execute(
        f"update marts.record_conservation set n_accepted = {n_patients + 3}, "
        f"n_raw = {n_patients + 3} + n_duplicate + n_superseded + n_quarantined where entity = 'patients'"
    )
