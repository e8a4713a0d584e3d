"""The raw rows of an extract while they are being made, and how they become files."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from cartox.intake.contract import ENTITIES
from cartox.owner import for_owner

Row = dict[str, str]
"""A record: column name to cell text; a column without an entry is an empty cell."""

ID_PREFIXES = {
    "infusions": ("infusion_id", "INF"),
    "medication_administrations": ("administration_id", "MAR"),
    "lab_results": ("result_id", "LAB"),
    "toxicity_assessments": ("assessment_id", "TOX"),
    "response_assessments": ("assessment_id", "RSP"),
}


def time_text(time: datetime | date | None) -> str:
    """Write a time to the minute, as most rows have it, a date alone as a date, and None as nothing."""
    if isinstance(time, datetime):
        return time.strftime("%Y-%m-%d %H:%M")
    return time.isoformat() if time else ""


class Extract:
    """Raw rows by kind of record, in the order in which they are written."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {name: [] for name in ENTITIES}
        self.ragged: dict[str, list[tuple[int, list[str]]]] = {name: [] for name in ENTITIES}

    def add(self, entity: str, row: Row) -> Row:
        """Append a row, with the next free id where the row has none and its kind of record needs one.

        Raises:
            KeyError: the row has a column that the contract does not know.

        """
        unknown = set(row) - set(ENTITIES[entity].column_names)
        if unknown:
            raise KeyError(f"{entity}: {sorted(unknown)}")
        if entity in ID_PREFIXES:
            column, prefix = ID_PREFIXES[entity]
            row = {column: f"{prefix}-{len(self.rows[entity]) + 1:06d}"} | row
        self.rows[entity].append(row)
        return row

    def add_ragged(self, entity: str, after_row: int, cells: list[str]) -> None:
        """Add a record with more or fewer cells than the header, written after so many rows."""
        self.ragged[entity].append((after_row, cells))

    def of_patient(self, entity: str, patient_id: str) -> list[Row]:
        """Return the rows of one patient, the very ones that will be written."""
        return [row for row in self.rows[entity] if row.get("patient_id") == patient_id]

    def n_records(self, entity: str) -> int:
        """Count the records that the file will hold."""
        return len(self.rows[entity]) + len(self.ragged[entity])

    def write(self, directory: Path, entity: str) -> Path:
        """Write one kind of record as a CSV file: UTF-8, LF, header as in the contract, for its owner alone."""
        path = directory / f"{entity}.csv"
        with open(path, "w", encoding="utf-8", newline="", opener=for_owner) as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(ENTITIES[entity].column_names)
            writer.writerows(self._records(entity))
        return path

    def _records(self, entity: str) -> Iterator[list[str]]:
        names = ENTITIES[entity].column_names
        ragged = sorted(self.ragged[entity], key=lambda place: place[0])
        for number, row in enumerate(self.rows[entity]):
            while ragged and ragged[0][0] <= number:
                yield ragged.pop(0)[1]
            yield [row.get(name, "") for name in names]
        for _, cells in ragged:
            yield cells
