"""What is published of a built file is the same tables, with their rows in the same order."""

from pathlib import Path

import duckdb
import pytest

from cartox.warehouse.opening import open_to_build
from cartox.warehouse.published_schemas import keep_published_schemas

BUILT = """
create schema marts; create schema seeds; create schema intermediate; create schema "site";
create table marts.toxicity_days (patient_id varchar, toxicity varchar, study_day integer, grade integer);
insert into marts.toxicity_days
    select 'P' || day % 7, toxicity, day, day % 5 from range(70) as days (day), (values ('CRS'), ('ICANS')) as names (toxicity);
create table marts.cohort (patient_id varchar primary key check (patient_id <> ''), n integer not null);
insert into marts.cohort values ('Z', 1), ('A', 2), ('M', 3);
comment on table marts.cohort is 'One row per patient.';
comment on column marts.cohort.n is 'A number.';
create table seeds.choices (choice varchar);
insert into seeds.choices values ('later'), ('earlier');
create table intermediate.way as select 1 as one;
create table "site"."odd ""name" as select 7 as seven;
"""


@pytest.fixture
def published(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    file = tmp_path / "built.duckdb"
    with open_to_build(file) as connection:
        connection.execute(BUILT)
    keep_published_schemas(file)
    assert [path.name for path in tmp_path.iterdir()] == ["built.duckdb"]
    return duckdb.connect(str(file), read_only=True)


def test_what_is_promised_is_there_whole(published: duckdb.DuckDBPyConnection) -> None:
    tables = published.execute(
        "select schema_name, table_name, comment from duckdb_tables() order by all"
    ).fetchall()
    assert tables == [
        ("marts", "cohort", "One row per patient."),
        ("marts", "toxicity_days", None),
        ("seeds", "choices", None),
        ("site", 'odd "name', None),
    ]
    columns = published.execute(
        "select comment from duckdb_columns() where table_name = 'cohort' and column_name = 'n'"
    )
    assert columns.fetchall() == [("A number.",)]
    kinds = published.execute(
        "select distinct constraint_type from duckdb_constraints() order by all"
    ).fetchall()
    assert [kind for (kind,) in kinds] == ["CHECK", "NOT NULL", "PRIMARY KEY"]
    assert published.execute('select seven from site."odd ""name"').fetchall() == [(7,)]


def test_rows_keep_the_order_in_which_they_were_built(published: duckdb.DuckDBPyConnection) -> None:
    assert published.execute("select choice from seeds.choices").fetchall() == [("later",), ("earlier",)]
    assert published.execute("select patient_id from marts.cohort").fetchall() == [("Z",), ("A",), ("M",)]
