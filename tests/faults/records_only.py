"""Mutilated extracts through the intake and, in memory, through the models that judge each record."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from cartox.errors import UserError
from cartox.intake import land
from cartox.progress import SilentProgress
from tests.faults.corrupter import Mutilated, Verdict, mutilate
from tests.faults.draft import make_removable
from tests.faults.judgement import (
    faults_of_accounts,
    faults_of_dispositions,
    faults_of_landing,
    faults_of_message,
    identifying_cells,
)
from tests.faults.small_extract import SmallExtract
from tests.spec.compiled_project import CompiledProject, connect, land_folder, land_rows

JUDGING_MODELS = (
    "record_conservation",
    "record_dispositions",
    "quarantined_records",
    "nulled_values",
    "cdm_rows",
)


@dataclass(frozen=True)
class Outcome:
    """What became of one mutilated extract; `traceback` names an error that was no user's error."""

    number: int
    mutilations: tuple[str, ...]
    was_refused: bool
    violations: tuple[str, ...] = ()
    traceback: str | None = None


class RecordModels:
    """The models that judge records, ready to be built again and again over one landing after the other."""

    def __init__(self, project: CompiledProject, *, without_omop: bool = False) -> None:
        judging = project.upstream_of(*JUDGING_MODELS)
        self._fixed, self._varying = judging.split_by_landing(without_omop=without_omop)
        self._connection = self._fresh()

    def build(self, landing: Path) -> duckdb.DuckDBPyConnection:
        self._connection.execute("drop schema if exists landing cascade")
        land_folder(self._connection, landing)
        self._varying.build(self._connection)
        return self._connection

    def restart(self) -> None:
        """Begin anew after an error, which may leave the database unusable."""
        self._connection.close()
        self._connection = self._fresh()

    def _fresh(self) -> duckdb.DuckDBPyConnection:
        connection = connect()
        land_rows(connection, {})
        self._fixed.build(connection)
        return connection


def try_extracts(
    project: CompiledProject, extract: SmallExtract, numbers: Iterable[int], seed: int
) -> Sequence[Outcome]:
    """Mutilate, land and judge the extracts of these numbers over the project."""
    models = RecordModels(project, without_omop=True)
    cells = identifying_cells(extract)
    outcomes = []
    for number in numbers:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            mutilated = mutilate(extract, number, Path(name) / "extract", seed)
            outcomes.append(_try(models, mutilated, cells))
            make_removable(Path(name))
            shutil.rmtree(name, ignore_errors=True)
    return outcomes


def _try(models: RecordModels, mutilated: Mutilated, cells: frozenset[str]) -> Outcome:
    landing = mutilated.folder.parent / "landing"
    try:
        land(mutilated.folder, landing, SilentProgress())
    except UserError as error:
        found = faults_of_message(str(error), mutilated.folder, cells)
        if mutilated.verdict is Verdict.LANDS:
            found.append(f"refused although every record could be read or kept aside: {error}")
        if landing.exists():
            found.append("a refused extract left a landing")
        return Outcome(mutilated.number, mutilated.mutilations, True, tuple(found))
    except Exception as error:
        return Outcome(
            mutilated.number,
            mutilated.mutilations,
            True,
            (),
            f"intake: {type(error).__name__}: {error}"[:500],
        )
    found = faults_of_landing(mutilated.folder, landing)
    if mutilated.verdict is Verdict.REFUSED:
        found.append("landed although the file cannot be what it should be")
    try:
        connection = models.build(landing)
        found += faults_of_accounts(connection, landing) + faults_of_dispositions(connection)
    except duckdb.Error as error:
        models.restart()
        return Outcome(mutilated.number, mutilated.mutilations, False, tuple(found), f"models: {error}"[:500])
    return Outcome(mutilated.number, mutilated.mutilations, False, tuple(found))
