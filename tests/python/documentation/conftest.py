"""A folder in which the guides are followed, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.python.documentation.guides import CHAINS, Followed, follow
from tests.spec.compiled_project import PROJECT


@pytest.fixture(scope="session")
def readers_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the reader works: beside what the guides point to in the project, and with tables of a site's OMOP."""
    folder = tmp_path_factory.mktemp("reader")
    for name in ("studies", "seeds", "docs"):
        (folder / name).symlink_to(PROJECT / name)
    (folder / "cdm").mkdir()
    (folder / "cdm" / "person.csv").write_text("person_id,year_of_birth,gender_concept_id\n1,1960,8532\n")
    with duckdb.connect(str(folder / "site.duckdb")) as connection:
        connection.execute("create table person as select 1 as person_id, 1960 as year_of_birth")
    (folder / "charts").mkdir()
    (folder / "charts" / "vital_status.csv").write_text("patient_id\n1\n")
    return folder


@pytest.fixture(scope="session")
def followed(readers_folder: Path, dbt_target: Path) -> Callable[[str], Followed]:
    """What comes of a guide's blocks, after those of its chain before it; what dbt compiles for them is compiled before."""
    done: dict[str, Followed] = {}

    def follow_to(wanted: str) -> Followed:
        (chain,) = (chain for chain in CHAINS.values() if wanted in chain)
        for guide in chain[: chain.index(wanted) + 1]:
            if guide not in done:
                done[guide] = follow(PROJECT / guide, readers_folder)
        return done[wanted]

    return follow_to
