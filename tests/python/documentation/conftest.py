"""A folder in which the guides are followed, one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.python.documentation.guides import GUIDES, Followed, follow
from tests.spec.compiled_project import PROJECT


@pytest.fixture(scope="session")
def readers_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the reader works: beside what the guides point to in the project."""
    folder = tmp_path_factory.mktemp("reader")
    for name in ("studies", "seeds"):
        (folder / name).symlink_to(PROJECT / name)
    return folder


@pytest.fixture(scope="session")
def followed(readers_folder: Path) -> dict[str, Followed]:
    """What came of every guide's blocks, in the order of the guides."""
    return {guide: follow(PROJECT / guide, readers_folder) for guide in GUIDES}
