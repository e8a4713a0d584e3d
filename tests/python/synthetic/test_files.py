"""What the generator writes, file by file."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cartox.intake.contract import ENTITIES
from cartox.synthetic import write_study
from tests.python.synthetic.written_study import WrittenStudy

pytestmark = pytest.mark.xdist_group("synthetic study")


def test_files_and_headers_are_those_of_the_contract(study: WrittenStudy) -> None:
    assert sorted(path.stem for path in study.directory.iterdir()) == sorted([*ENTITIES, "synthetic"])
    for name, entity in ENTITIES.items():
        with (study.directory / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert tuple(next(csv.reader(file))) == entity.column_names


def test_same_bytes_in_another_process_with_another_hash_seed(study: WrittenStudy, tmp_path: Path) -> None:
    program = "import sys, pathlib, cartox.synthetic as s; s.write_study(pathlib.Path(sys.argv[1]))"
    environment = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "again")], check=True, env=environment)
    for name in ENTITIES:
        first, second = (folder / f"{name}.csv" for folder in (study.directory, tmp_path / "again"))
        assert first.read_bytes() == second.read_bytes(), name


def test_extract_stays_small(study: WrittenStudy) -> None:
    assert len(study.rows["lab_results"]) <= 60_000
    assert sum(path.stat().st_size for path in study.directory.iterdir()) <= 30_000_000


def test_progress_is_told_and_an_older_extract_replaced(tmp_path: Path) -> None:
    class Listener:
        def __init__(self) -> None:
            self.steps: list[str] = []
            self.files: list[str] = []

        def step(self, description: str) -> None:
            self.steps.append(description)

        def advance(self, description: str, completed: int, total: int | None) -> None:
            if description.endswith(".csv"):
                self.files.append(description)

    listener = Listener()
    (tmp_path / "patients.csv").write_text("of another study", encoding="utf-8")
    write_study(tmp_path, listener)
    assert len(listener.steps) == 2
    assert listener.files == [f"{name}.csv" for name in ENTITIES]
    assert "another study" not in (tmp_path / "patients.csv").read_text(encoding="utf-8")


def test_patient_ids_look_like_study_ids_in_every_file(study: WrittenStudy) -> None:
    for rows in study.rows.values():
        assert all(row["patient_id"] == "" or row["patient_id"].startswith("CTX-") for row in rows)
