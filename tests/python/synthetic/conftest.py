"""One built-in study for all tests of this folder."""

import pytest

from tests.python.synthetic.written_study import WrittenStudy, write_and_read


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> WrittenStudy:
    return write_and_read(tmp_path_factory.mktemp("study"))
