from __future__ import annotations

from pathlib import Path

import pytest

from tests.python.results.handmade_study import write_warehouse


@pytest.fixture(scope="session")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the handmade study that holds every expectation."""
    folder = tmp_path_factory.mktemp("intact")
    return write_warehouse(folder / "study.duckdb", folder / "landing")
