from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

SUITES = Path(__file__).parents[2] / "great_expectations"

Check = Callable[[str, str, str], str]


@pytest.fixture(scope="session")
def intact(handmade_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the handmade study that holds every expectation."""
    return Path(shutil.copy(handmade_file, tmp_path_factory.mktemp("intact") / "study.duckdb"))


@pytest.fixture(scope="session")
def check(intact: Path) -> Iterator[Check]:
    """The state of one expectation once a statement has broken the study; the statement is taken back afterwards."""
    from cartox.checks.suites import check_one, definitions, open_context  # takes seconds to import
    from tests.python.checks.one_connection import reading_through

    own = str(shutil.copy(intact, intact.with_name("broken.duckdb")))
    with duckdb.connect(own) as connection, open_context(intact, SUITES) as context:
        suites = {one.name: one for one in definitions(context)}

        def status(suite: str, expectation: str, statement: str) -> str:
            connection.execute("begin")
            try:
                connection.execute(statement)
                with reading_through(connection):
                    return check_one(suites[suite], expectation).status
            finally:
                connection.execute("rollback")

        yield status
