"""Which number of the schema results is meant by some words, or by the id that its cell shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from cartox.cell_ids import KEYS, cell_id
from cartox.errors import UserError
from cartox.trace.sets import Record, records

UNSAID = {"value", "yes", "all", "era_date", "trapezoid"}
"""Parts of a row's name that are meant where the words name no other."""

SHOWN = 6


@dataclass(frozen=True)
class Cell:
    """A row of a table of results, and the column that is meant; None for the whole row."""

    table: str
    names: tuple[str, ...]
    row: Record
    statistic: str | None

    @property
    def id(self) -> str:
        """The id of the cell: table, names of the row and column, joined by colons."""
        return cell_id(self.table, self.names, self.statistic)


def find_cell(connection: duckdb.DuckDBPyConnection, words: Sequence[str]) -> Cell:
    """Find the one cell that the words name; they may be names in any order, or one id.

    Raises UserError where no cell or more than one is meant; it names some of those.
    """
    sought = _sought(words)
    best: list[tuple[int, Cell]] = []
    for order, (table, keys) in enumerate(KEYS.items()):
        for row in records(connection, f"select * from results.{table} order by all"):  # noqa: S608 (names of KEYS)
            names = tuple(str(row[key]) for key in keys)
            found = _match(table, names, row, sought)
            if found is not None:
                best.append((found[0] * len(KEYS) + order, Cell(table, names, row, found[1])))
    if not best:
        raise UserError(f"trace: no result is named {' '.join(words)}; cartox show --json prints their names")
    least = min(score for score, _ in best)
    cells = [cell for score, cell in best if score == least]
    if len(cells) > 1:
        some = ", ".join(list(dict.fromkeys(map(_without_patient, cells)))[:SHOWN])
        raise UserError(f"trace: more than one result is named {' '.join(words)}; say which: {some}")
    return cells[0]


def _without_patient(cell: Cell) -> str:
    """Return the id of a cell for a message, which names no patient."""
    names = [
        "PATIENT" if key == "patient_id" else name
        for key, name in zip(KEYS[cell.table], cell.names, strict=True)
    ]
    return cell_id(cell.table, names, cell.statistic)


def _sought(words: Sequence[str]) -> list[str]:
    joined = " ".join(words)
    if ":" in joined:
        return [part.casefold() for part in joined.split(":") if part]
    return [word.casefold() for word in words]


def _match(
    table: str, names: tuple[str, ...], row: Record, sought: Sequence[str]
) -> tuple[int, str | None] | None:
    """How many parts of the row's name are left unsaid, and the column that is meant; None where a word is none of it."""
    said: set[str] = set()
    statistic = None
    for word in sought:
        naming = [name for name in names if word == name.casefold() or word in name.casefold().split()]
        if naming:
            said.update(naming)
        elif word in row and statistic in (None, word):
            statistic = word
        elif word != table:
            return None
    if not said:
        return None
    return sum(name not in said and name not in UNSAID for name in names), statistic
