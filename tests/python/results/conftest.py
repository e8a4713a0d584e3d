from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.python.results.handmade_study import build, load_study


@pytest.fixture
def study() -> Iterator[duckdb.DuckDBPyConnection]:
    """The handmade marts and seeds, without results."""
    with duckdb.connect() as connection:
        load_study(connection)
        yield connection


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The handmade marts with their results; only to be read."""
    with duckdb.connect() as connection:
        load_study(connection)
        build(connection, tmp_path_factory.mktemp("landing"))
        yield connection
