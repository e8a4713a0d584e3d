"""Extracts small enough to write by hand, and the landing read back."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from cartox.intake import LandingReport, land
from cartox.progress import SilentProgress

HEADERS = {
    "patients": "patient_id,birth_date,sex",
    "infusions": "infusion_id,patient_id,infused_at,product,indication,care_setting",
    "medication_administrations": "administration_id,patient_id,medication,started_at,status",
    "lab_results": "result_id,patient_id,collected_at,result",
    "toxicity_assessments": "assessment_id,patient_id,assessed_at",
    "response_assessments": "assessment_id,patient_id,assessed_on",
    "vital_status": "patient_id",
}

Write = Callable[..., Path]


@pytest.fixture
def write_extract(tmp_path: Path) -> Write:
    """Write an extract of header-only files; a keyword gives a table's text or bytes, None leaves it out."""

    def write(**contents: str | bytes | None) -> Path:
        folder = tmp_path / "extract"
        folder.mkdir(exist_ok=True)
        wanted: Mapping[str, str | bytes | None] = HEADERS | contents
        for name, content in wanted.items():
            if content is not None:
                data = content.encode() if isinstance(content, str) else content
                (folder / f"{name}.csv").write_bytes(data)
        return folder

    return write


class Landing:
    """Lands into a folder of its own and reads the tables back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.report: LandingReport | None = None

    def land(self, extract: Path) -> "Landing":
        self.report = land(extract, self.folder, SilentProgress())
        return self

    def remains(self) -> list[str]:
        """What lies beside the landing and the folder that it leads to."""
        beside = {path.name for path in self.folder.parent.iterdir()}
        return sorted(beside - {self.folder.name, str(self.folder.readlink())})

    def rows(self, entity: str) -> Any:
        return pq.read_table(self.folder / "extract" / f"{entity}.parquet").to_pylist()

    def rejected(self) -> Any:
        return pq.read_table(self.folder / "rejected_records.parquet").to_pylist()

    def file(self, entity: str) -> dict[str, Any]:
        rows = pq.read_table(self.folder / "landed_files.parquet").to_pylist()
        return next(row for row in rows if row["entity"] == entity)


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path / "data" / "landing")
