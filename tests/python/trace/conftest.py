"""The handmade study with its results, as a file that the command reads."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest


@pytest.fixture(scope="session")
def file(handmade_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(handmade_file, tmp_path_factory.mktemp("handmade") / "study.duckdb"))


@pytest.fixture(scope="session")
def warehouse(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(file), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def study_file(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same study with the columns that a patient's trace shows, and texts of a record that would run somewhere."""
    full = tmp_path_factory.mktemp("full") / "study.duckdb"
    shutil.copy(file, full)
    with duckdb.connect(str(full)) as connection:
        connection.execute((Path(__file__).with_name("patient_columns.sql")).read_text(encoding="utf-8"))
    return full


@pytest.fixture(scope="session")
def study_folder(study_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study folder whose published file that one is."""
    folder = tmp_path_factory.mktemp("folder") / "my study"
    (folder / "warehouse").mkdir(parents=True)
    (folder / "study.yml").write_text("vars: {}\n")
    shutil.copy(study_file, folder / "warehouse" / "cartox.duckdb")
    return folder
