"""The built-in study on disk, read back as a stranger would."""

import csv
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from cartox.progress import Progress
from cartox.synthetic import write_study
from cartox.synthetic.extract import Extract
from cartox.synthetic.study import make_study
from cartox.synthetic.subjects import Subject

Row = dict[str, str]


@dataclass(frozen=True)
class WrittenStudy:
    """Folder of the extract, its readable records by kind, and the people whom it is about."""

    directory: Path
    rows: dict[str, list[Row]]
    subjects: list[Subject]

    @property
    def cohort(self) -> list[Subject]:
        """The patients given the index drug for ICANS."""
        return [subject for subject in self.subjects if subject.study_group]

    def of_patient(self, entity: str, patient_id: str) -> list[Row]:
        """Records of one patient."""
        return [row for row in self.rows[entity] if row["patient_id"] == patient_id]

    def with_role(self, role: str) -> list[Subject]:
        """People who play a part in the study."""
        return [subject for subject in self.subjects if role in subject.roles]


def write_and_read(directory: Path) -> WrittenStudy:
    """Write the study into a folder and read every record with as many cells as its header."""
    made = []

    def make(progress: Progress | None = None) -> tuple[Extract, list[Subject]]:
        made.append(make_study(progress))
        return made[0]

    with patch("cartox.synthetic.study.make_study", make):
        write_study(directory)
    rows = {path.stem: _read(path) for path in sorted(directory.glob("*.csv"))}
    return WrittenStudy(directory, rows, made[0][1])


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *records = csv.reader(file)
    return [dict(zip(header, cells, strict=True)) for cells in records if len(cells) == len(header)]
