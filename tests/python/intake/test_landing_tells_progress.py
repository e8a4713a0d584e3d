"""Reading tells its progress by bytes, so that one great file among small ones does not deceive about the time left."""

from pathlib import Path
from typing import Any

import pytest

from cartox.intake import csv_reader, land


class Told:
    def __init__(self) -> None:
        self.units: list[tuple[int, int | None]] = []

    def step(self, description: str) -> None:
        pass

    def advance(self, description: str, completed: int, total: int | None) -> None:
        self.units.append((completed, total))


def test_progress_goes_by_the_bytes_of_all_files(
    write_extract: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_reader, "_BATCH_RECORDS", 500)
    header = "result_id,patient_id,collected_at,result\n"
    extract = write_extract(
        lab_results=header + "".join(f"L{n},P{n},2022-03-01 10:00,{n}\n" for n in range(9_000))
    )
    n_bytes = sum(file.stat().st_size for file in extract.iterdir())
    told = Told()
    land(extract, tmp_path / "landing", told)
    completed = [units for units, _ in told.units]
    assert {total for _, total in told.units} == {n_bytes}
    assert completed == sorted(completed)
    assert completed[-1] == n_bytes
    assert len({units for units in completed if n_bytes * 0.1 < units < n_bytes * 0.9}) > 10
