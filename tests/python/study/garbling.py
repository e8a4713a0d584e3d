"""One cell of a patient's records made unreadable, or emptied where a record may do without it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

import duckdb

from cartox.intake.contract import ENTITIES, Entity

UNREADABLE = "zzqx"


@dataclass(frozen=True)
class Garbling:
    """A cell of a record, and what is written into it: `zzqx`, or nothing."""

    patient_id: str
    entity: str
    column: str
    line_number: int
    value: str | None

    def __str__(self) -> str:
        written = "blank" if self.value is None else self.value
        return f"{self.patient_id}: {self.entity} line {self.line_number}, {self.column} {written}"


def ways(entity: Entity) -> Iterator[tuple[str, str | None]]:
    """Each column of a kind of record with each thing that may be written into it."""
    for column in entity.columns:
        yield column.name, UNREADABLE
        if not column.required or column.may_be_unknown:
            yield column.name, None


EVERY_WAY = tuple((entity.name, *way) for entity in ENTITIES.values() for way in ways(entity))
"""Kind of record, column, and what is written into it."""


class Cells:
    """The charted cells of a landing, from which one of each patient is taken."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._lines: dict[tuple[str, str], dict[str, list[int]]] = {}
        for entity in ENTITIES.values():
            for column in entity.column_names:
                lines: defaultdict[str, list[int]] = defaultdict(list)
                for patient, line in connection.execute(
                    f"select patient_id, line_number from landing.{entity.name} where {column} is not null order by all"
                ).fetchall():
                    lines[patient].append(line)
                self._lines[entity.name, column] = dict(lines)

    def patients(self, entity: str, column: str) -> frozenset[str]:
        """Whose records chart a column."""
        return frozenset(self._lines[entity, column])

    def draw(self, patients: Sequence[str], seed: int) -> list[Garbling]:
        """Take one charted cell of each patient, every way in turn; a patient without such a cell gives another.

        What a column never has charted is not drawn.
        """
        dice = random.Random(seed)  # noqa: S311 (repeatable, not secret)
        drawn: list[Garbling] = []
        left = dice.sample(patients, len(patients))
        ways_in_turn = dice.sample(EVERY_WAY, len(EVERY_WAY))
        for entity, column, value in cycle(ways_in_turn):
            if not left:
                return drawn
            lines: Mapping[str, Sequence[int]] = self._lines[entity, column]
            patient = next((one for one in left if one in lines), None)
            if patient is not None:
                left.remove(patient)
                drawn.append(Garbling(patient, entity, column, dice.choice(lines[patient]), value))
        return drawn


def garble(connection: duckdb.DuckDBPyConnection, garblings: Sequence[Garbling]) -> None:
    """Write into the landing what was drawn."""
    for one in garblings:
        connection.execute(
            f"update landing.{one.entity} set {one.column} = ? where line_number = ?",
            [one.value, one.line_number],
        )
