from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.python.hostile.canary import Canary


@pytest.fixture(scope="session")
def whole(handmade_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the handmade study."""
    return Path(shutil.copy(handmade_file, tmp_path_factory.mktemp("whole") / "study.duckdb"))


@pytest.fixture
def warehouse(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to be made hostile."""
    (tmp_path / "given").mkdir()
    return Path(shutil.copy(whole, tmp_path / "given" / "study.duckdb"))


@pytest.fixture
def canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Canary:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CARTOX_LANDING", str(tmp_path / "landing"))
    monkeypatch.delenv("CARTOX_DEBUG", raising=False)
    return Canary.of(tmp_path / "canary")
