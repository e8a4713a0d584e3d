"""A good extract of 30 patients, taken from the built-in study."""

from __future__ import annotations

import csv
import random
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cartox.intake.contract import ENTITIES
from cartox.progress import SilentProgress
from cartox.synthetic import write_study

N_PATIENTS = 30
N_GIVEN_INDEX_DRUG = 14
INDEX_DRUG_NAMES = ("anakinra", "kineret")


@dataclass
class Table:
    """The cells of one file as text: its header and its records."""

    columns: list[str]
    records: list[list[str]]

    def position(self, column: str) -> int:
        return self.columns.index(column)

    def copy(self) -> Table:
        return Table(list(self.columns), [list(record) for record in self.records])


SmallExtract = Mapping[str, Table]


def small_extract(seed: int = 0) -> SmallExtract:
    """Draw 30 patients, about half of them given the index drug, with all their records."""
    with tempfile.TemporaryDirectory() as folder:
        write_study(Path(folder), SilentProgress())
        return drawn_from(Path(folder), seed)


def drawn_from(extract: Path, seed: int = 0) -> SmallExtract:
    """Draw them from the built-in study's extract, which was written there."""
    study = {entity: _read(extract / f"{entity}.csv") for entity in ENTITIES}
    dice = random.Random(seed)  # noqa: S311
    everybody = sorted({record[0] for record in study["patients"].records})
    medications = study["medication_administrations"]
    medication, patient = medications.position("medication"), medications.position("patient_id")
    given = sorted(
        {
            record[patient]
            for record in medications.records
            if record[medication].lower().startswith(INDEX_DRUG_NAMES) and record[patient] in everybody
        }
    )
    chosen = set(dice.sample(given, N_GIVEN_INDEX_DRUG))
    others = [name for name in everybody if name not in given]
    chosen |= set(dice.sample(others, N_PATIENTS - len(chosen)))
    return {entity: _of_patients(table, chosen) for entity, table in study.items()}


def write_csv(extract: SmallExtract, folder: Path) -> Path:
    """Write the extract as plain CSV files and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for entity, table in extract.items():
        with (folder / f"{entity}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([table.columns, *table.records])
    return folder


def _read(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as stream:
        columns, *records = csv.reader(stream)
    return Table(columns, records)


def _of_patients(table: Table, patients: set[str]) -> Table:
    patient = table.position("patient_id")
    return Table(table.columns, [r for r in table.records if len(r) > patient and r[patient] in patients])
