"""A cell that cannot be read hides nothing and touches nobody else: many patients of the study, one cell of each garbled.

`make choices` runs the builds that this module leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.python.study.garbled_builds import (
    CLEAN,
    became_exact,
    build_garbled,
    keep_clean,
    left_without_reason,
    others_who_changed,
    reasons,
)
from tests.python.study.garbling import EVERY_WAY, Cells, Garbling
from tests.spec.compiled_project import CompiledProject, connect, land_folder

pytestmark = pytest.mark.xdist_group("garbled")

N_PATIENTS = 250
SEEDS = range(2)
EVERY_SEED = range(8)


class GarbledStudy:
    """The study as it is beside the study with the cells of one seed after another garbled."""

    def __init__(self, project: CompiledProject, landing: Path) -> None:
        self.connection = connect()
        land_folder(self.connection, landing)
        fixed, self.varying = project.split_by_landing()
        fixed.build(self.connection)
        self.marts = keep_clean(self.connection, self.varying)
        self.cells = Cells(self.connection)

    def drawn(self, seed: int) -> list[Garbling]:
        """One cell of each patient of the cohort and of as many others as make N_PATIENTS."""
        found = self.connection.execute(
            f"select patient_id from {CLEAN}.treated_patients order by not is_in_cohort, hash(patient_id || ?) limit ?",
            [str(seed), N_PATIENTS],
        ).fetchall()
        return self.cells.draw(sorted(patient for (patient,) in found), seed)

    def complaints(self, seed: int) -> list[str]:
        """What is not as it should be after the cells of a seed were garbled."""
        garblings = self.drawn(seed)
        build_garbled(self.connection, self.varying, garblings)
        return self.of_build(garblings)

    def of_build(self, garblings: list[Garbling]) -> list[str]:
        cells = {one.patient_id: str(one) for one in garblings}
        found = [
            *others_who_changed(self.connection, self.marts, garblings),
            *became_exact(self.connection),
            *left_without_reason(self.connection, garblings),
        ]
        return [f"{one.what} ({cells.get(one.patient_id, one.patient_id)})" for one in found]


@pytest.fixture(scope="module")
def garbled_study(compiled_project: CompiledProject, study_landing: Path) -> Iterator[GarbledStudy]:
    study = GarbledStudy(compiled_project, study_landing)
    yield study
    study.connection.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_garbled_cell_makes_nothing_exact_moves_nobody_silently_and_touches_no_other(
    garbled_study: GarbledStudy, seed: int
) -> None:
    assert garbled_study.complaints(seed) == []


def test_each_seed_garbles_one_cell_of_each_patient_and_all_of_them_every_column(
    garbled_study: GarbledStudy,
) -> None:
    drawn = [garbled_study.drawn(seed) for seed in EVERY_SEED]
    for garblings in drawn:
        assert len({one.patient_id for one in garblings}) == len(garblings) == N_PATIENTS
    garbled = {(one.entity, one.column, one.value) for garblings in drawn for one in garblings}
    everybody = {one.patient_id for garblings in drawn for one in garblings}
    assert garbled == {
        (entity, column, value)
        for entity, column, value in EVERY_WAY
        if everybody & garbled_study.cells.patients(entity, column)
    }


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("update marts.toxicity_days set certainty = 'exact' where $patient != ''", "exact, was at_least"),
        ("update marts.steroid_days set study_day = 29 where patient_id = $patient", "was not touched"),
        ("delete from marts.cohort where patient_id = $patient", "no mart says why"),
    ],
)
def test_what_would_be_wrong_is_noticed(garbled_study: GarbledStudy, statement: str, complaint: str) -> None:
    connection = garbled_study.connection
    garblings = garbled_study.drawn(SEEDS[-1])
    patient = _silent(connection, garblings) if "cohort" in statement else _untouched(connection, garblings)
    connection.execute("begin")
    connection.execute(statement, {"patient": patient})
    found = garbled_study.of_build(garblings)
    connection.execute("rollback")
    assert any(complaint in one for one in found)


def _untouched(connection: duckdb.DuckDBPyConnection, garblings: list[Garbling]) -> str:
    """A patient given steroids, no cell of whose records was garbled."""
    rows = connection.execute(
        "select patient_id from marts.steroid_days where not list_contains(?, patient_id) order by all limit 1",
        [[one.patient_id for one in garblings]],
    ).fetchall()
    return str(rows[0][0])


def _silent(connection: duckdb.DuckDBPyConnection, garblings: list[Garbling]) -> str:
    """A patient of the cohort with an emptied cell, of which no mart says anything."""
    cohort = {patient for (patient,) in connection.execute("select patient_id from marts.cohort").fetchall()}
    return next(
        one.patient_id
        for one in garblings
        if one.value is None and one.patient_id in cohort and not reasons(connection, one)
    )
