from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SUITES = Path(__file__).parents[2] / "great_expectations"

Check = Callable[[str, str], str]


@pytest.fixture(scope="session")
def intact(handmade_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the handmade study that holds every expectation."""
    return Path(shutil.copy(handmade_file, tmp_path_factory.mktemp("intact") / "study.duckdb"))


@pytest.fixture(scope="session")
def broken_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("broken") / "study.duckdb"


@pytest.fixture(scope="session")
def check(broken_file: Path, intact: Path) -> Iterator[Check]:
    """The state of one expectation on the broken file, whatever is in it at the time."""
    from cartox.checks.suites import check_one, open_context

    shutil.copy(intact, broken_file)
    with open_context(broken_file, SUITES) as context:

        def status(suite: str, expectation: str) -> str:
            row = check_one(context, suite, expectation)
            context.data_sources.get("warehouse").get_execution_engine().engine.dispose()
            return row.status

        yield status
