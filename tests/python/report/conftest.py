from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from cartox.report.page import write_report
from tests.python.one_worker import only_once
from tests.python.report.studies import empty_the_cohort


@pytest.fixture(scope="session")
def study_connection(study_file: Path) -> duckdb.DuckDBPyConnection:
    """The built-in study, open to read."""
    return duckdb.connect(str(study_file), read_only=True)


@pytest.fixture(scope="session")
def study_page(shared_folder: Path, study_file: Path) -> Path:
    """The report of the built-in study."""
    folder = shared_folder / "report" / "page"
    with only_once(shared_folder, "report-page") as is_first:
        if is_first:
            with duckdb.connect(str(study_file), read_only=True) as connection:
                write_report(connection, folder)
    return folder / "index.html"


@pytest.fixture(scope="session")
def empty_file(shared_folder: Path, study_file: Path) -> Path:
    """The built-in study without a cohort."""
    file = shared_folder / "report" / "empty.duckdb"
    with only_once(shared_folder, "report-empty") as is_first:
        if is_first:
            file.parent.mkdir(exist_ok=True)
            empty_the_cohort(study_file, study_file.parent / "landing", file)
    return file
