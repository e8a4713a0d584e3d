"""OMOP databases that somebody else made: a view of the site's own is read, and reaches nothing beside the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from cartox.errors import UserError
from cartox.intake import bounds, land_sources
from cartox.progress import SilentProgress
from tests.python.hostile.canary import Canary
from tests.python.hostile.files import SPOILT

PERSON = "create table person as select 1 as person_id, 1960 as year_of_birth; "
MADE = {
    "a view that reads a text": (
        "create view person as select content as person_id, 1960 as year_of_birth from read_text('{secret}')",
        "site.duckdb:main.person: this table of the database cannot be read",
    ),
    "a view that reads CSV": (
        "create view person as select person_id, year_of_birth from read_csv('{secret}')",
        "site.duckdb:main.person: this table of the database cannot be read",
    ),
    "a macro that reads": (
        "create macro told() as table from read_text('{secret}'); "
        "create view person as select content as person_id, 1 as year_of_birth from told()",
        "site.duckdb:main.person: this table of the database cannot be read",
    ),
    "a view of too many rows": (
        "create view person as select range as person_id, 1 as year_of_birth from range(1000000001)",
        "site.duckdb:main.person: more than 1000000000 rows",
    ),
    "a long cell": (
        "create table person as select range as person_id, repeat('x', if(range = 2, 100001, 1)) as year_of_birth "
        "from range(5)",
        "site.duckdb:main.person, column year_of_birth, row 3: a cell of more than 100,000 characters",
    ),
    "many columns": (
        "create table person (person_id int, year_of_birth int, {columns})",
        "site.duckdb:main.person: 10002 columns, at most 10000 are read",
    ),
    "bytes": (
        "create table person as select 'a'::blob as person_id, 1 as year_of_birth",
        "column person_id: values of type BLOB",
    ),
    "a number without end": (
        "create table person as select 1::bignum as person_id, 1 as year_of_birth",
        "column person_id: values of type BIGNUM",
    ),
    "lists of lists": (
        "create table person as select [[[1]]] as person_id, 1 as year_of_birth",
        "column person_id: values of type",
    ),
    "no table of the model": ("create table a as select 1 as b", "no table of the OMOP common data model"),
}  # fmt: skip


@pytest.fixture
def site(canary: Canary) -> Path:
    """A database with one person."""
    file = canary.folder.parent / "given" / "site.duckdb"
    file.parent.mkdir()
    with duckdb.connect(str(file)) as connection:
        connection.execute(PERSON)
    return file


def make(site: Path, canary: Canary, statements: str) -> None:
    columns = ", ".join(f"c{number} int" for number in range(10_000))
    with duckdb.connect(str(site)) as connection:
        connection.execute("drop table person")
        connection.execute(statements.format(secret=canary.secret, columns=columns))


@pytest.mark.parametrize(("statements", "message"), MADE.values(), ids=MADE)
def test_what_a_database_holds(site: Path, canary: Canary, statements: str, message: str) -> None:
    make(site, canary, statements)
    with pytest.raises(UserError) as told:
        land_sources(canary.folder.parent / "landing", SilentProgress(), omop=site)
    assert message in str(told.value)
    assert len(str(told.value).splitlines()) == 1
    assert not (canary.folder.parent / "landing").exists()
    canary.assert_alone()


def test_a_text_that_is_kept_once_and_repeated(
    site: Path, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "UNPACKED_FREELY", 1_000_000)
    monkeypatch.setattr(bounds, "LARGEST_UNPACKED", 3)
    make(
        site,
        canary,
        "create table person as select 1 as person_id, repeat('x', 20000) as year_of_birth from range(500)",
    )
    with pytest.raises(
        UserError, match=r"site\.duckdb:main\.person: unpacked, more than 3 times the file's \d+ bytes"
    ):
        land_sources(canary.folder.parent / "landing", SilentProgress(), omop=site)


@pytest.mark.parametrize("how", SPOILT)
def test_a_file_that_is_spoilt(site: Path, canary: Canary, how: str) -> None:
    SPOILT[how](site)
    with pytest.raises(UserError) as told:
        land_sources(canary.folder.parent / "landing", SilentProgress(), omop=site)
    assert "site.duckdb: cannot be read as a DuckDB database" in str(told.value)
    assert len(str(told.value).splitlines()) == 1


def test_macros_of_a_site_change_no_count(site: Path, canary: Canary) -> None:
    make(
        site,
        canary,
        "create table raw as select range as person_id from range(7); create macro born(a) as 1900 + a; "
        "create view person as select person_id, born(person_id) as year_of_birth from raw; "
        "create macro count() as 5, (a) as 5; create macro strlen(a) as 0; "
        'create macro "max"(a) as 0; create macro duckdb_tables() as table select 1 as a',
    )
    landing = canary.folder.parent / "landing"
    (file,) = land_sources(landing, SilentProgress(), omop=site).files
    assert (file.n_raw, file.n_landed) == (7, 7)
    rows = pq.read_table(landing / "omop" / "person.parquet").to_pylist()
    assert [row["year_of_birth"] for row in rows] == [str(1900 + number) for number in range(7)]


@pytest.mark.parametrize("name", ["person.duckdb", "main.duckdb", "a'b.duckdb", "l'été (1).duckdb"])
def test_a_databases_name_means_nothing(site: Path, canary: Canary, name: str) -> None:
    shutil.copy(site, name)
    (file,) = land_sources(canary.folder.parent / "landing", SilentProgress(), omop=Path(name)).files
    assert (file.source_file, file.n_landed) == (f"{name}:main.person", 1)


def test_the_longest_cell_that_may_be(site: Path, canary: Canary) -> None:
    text = f"repeat('ä', {bounds.LONGEST_CELL})"
    make(site, canary, f"create table person as select 1 as person_id, {text} as year_of_birth")
    (file,) = land_sources(canary.folder.parent / "landing", SilentProgress(), omop=site).files
    assert file.n_landed == 1
