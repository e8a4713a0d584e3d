"""What tests of every kind share."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that lives as long as the run and is one for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session", autouse=True)
def cache(shared_folder: Path) -> None:
    """Keep what dbt compiled for one test for all others with the same project and vars, and nothing in the user's own cache."""
    os.environ["XDG_CACHE_HOME"] = str(shared_folder / "cache")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Keep what was imported and collected, which lives as long as the run, from every later search for garbage."""
    gc.collect()
    gc.freeze()
