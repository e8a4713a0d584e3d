from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.python.hostile.canary import Canary
from tests.python.results.handmade_study import write_warehouse


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the handmade study."""
    folder = tmp_path_factory.mktemp("whole")
    return write_warehouse(folder / "study.duckdb", folder / "landing")


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
