"""What Spark built comes back as DuckDB would have built it; without Spark, or where it fails, a line says so."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cartox.errors import UserError
from cartox.progress import SilentProgress
from cartox.warehouse.build_plan import MODEL, SEED, TEST, Step
from cartox.warehouse.execution import execute
from cartox.warehouse.failure import RunError
from cartox.warehouse.spark import build, require_spark
from tests.spark.rows import compared

SEEDED = Step("seed", SEED, "words", "seeds", "words.csv", [], {"word": "string"})
STAGED = Step("staged", MODEL, "stg", "staging", "select 1", ["seed"])
MART = Step(
    "mart", MODEL, "doses", "marts", "select 1", ["staged"],
    columns={"patient_id": "string", "n_doses": "integer", "given_at": "timestamp"},
    required=["patient_id"], constraints=["primary key (patient_id)"], comments={"": "Doses.", "n_doses": "How many."},
)  # fmt: skip
OF_SITE = Step("site", MODEL, "own", "site", "select 1", ["mart"])
ON_MART = Step("t1", TEST, "no_doses", "", "select * from marts.doses where n_doses < 0", ["mart"])
ON_STAGED = Step("t2", TEST, "no_rows", "", "select * from staging.stg", ["staged", "mart"])
STEPS = [SEEDED, STAGED, MART, OF_SITE, ON_MART, ON_STAGED]
GIVEN_AT = datetime(2021, 3, 4, 23, 30, tzinfo=UTC)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Tables as Spark leaves them: counts of 64 bits, times with a zone, files in parts."""
    doses = tmp_path / "spark" / "marts.db" / "doses"
    own = tmp_path / "spark" / "site.db" / "own"
    for folder in (doses, own):
        folder.mkdir(parents=True)
    for part, patient in enumerate("AB"):
        rows = pa.table(
            {
                "n_doses": pa.array([part], pa.int64()),
                "patient_id": [patient],
                "given_at": pa.array([GIVEN_AT], pa.timestamp("us", "UTC")),
            }
        )
        pq.write_table(rows, doses / f"part-{part}.parquet")
    pq.write_table(pa.table({"seen_at": pa.array([GIVEN_AT], pa.timestamp("us", "UTC"))}), own / "p.parquet")
    (tmp_path / "words.csv").write_text("word\ngiven\n")
    return tmp_path / "spark"


@pytest.fixture
def brought_back(tables: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with what came back."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        steps = build.copied_steps(connection, STEPS, tables)
        outcomes = execute(connection, steps, tables.parent, tables, lambda *_: None)
        assert {outcome.name: outcome.status for outcome in outcomes} == {
            "words": "success", "doses": "success", "own": "success", "no_doses": "pass",
        }  # fmt: skip
        yield connection


def test_what_comes_back_has_the_types_keys_and_comments_of_its_contract(
    brought_back: duckdb.DuckDBPyConnection,
) -> None:
    rows = brought_back.execute("from marts.doses order by patient_id").fetchall()
    assert rows == [("A", 0, GIVEN_AT.replace(tzinfo=None)), ("B", 1, GIVEN_AT.replace(tzinfo=None))]
    kinds = brought_back.execute("describe marts.doses").fetchall()
    assert [(row[0], row[1], row[2], row[3]) for row in kinds] == [
        ("patient_id", "VARCHAR", "NO", "PRI"), ("n_doses", "INTEGER", "YES", None), ("given_at", "TIMESTAMP", "YES", None),
    ]  # fmt: skip
    with pytest.raises(duckdb.ConstraintException):
        brought_back.execute("insert into marts.doses values ('A', 1, null)")
    comment = brought_back.execute(
        "select comment from duckdb_tables() where table_name = 'doses'"
    ).fetchone()
    assert comment == ("Doses.",)


def test_a_table_without_a_contract_comes_back_as_it_is_with_times_without_a_zone(
    brought_back: duckdb.DuckDBPyConnection,
) -> None:
    assert brought_back.execute("from site.own").fetchall() == [(GIVEN_AT.replace(tzinfo=None),)]


def test_what_is_not_published_does_not_come_back(brought_back: duckdb.DuckDBPyConnection) -> None:
    schemas = {
        row[0] for row in brought_back.execute("select distinct schema_name from duckdb_tables()").fetchall()
    }
    assert schemas == {"seeds", "marts", "site"}


def test_without_spark_or_java_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "find_spec", lambda _: None)
    with pytest.raises(UserError, match=r"^--engine spark needs Spark: pip install 'cartox\[spark\]'$"):
        require_spark()
    monkeypatch.setattr(build, "find_spec", lambda _: object())
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(UserError, match=r"^--engine spark needs Java 17 or later; set JAVA_HOME"):
        require_spark()


def test_what_failed_on_spark_is_told_line_by_line_and_nothing_is_built(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(build, "planned_steps", lambda *_: STEPS)
    monkeypatch.setattr(build, "run_apart", lambda *_, **__: ("test no_doses failed: 2 rows break it",))
    with pytest.raises(RunError) as raised:
        build.build_on_spark(tmp_path, tmp_path, tmp_path / "cartox.duckdb", {}, SilentProgress())
    assert raised.value.lines == ("test no_doses failed: 2 rows break it",)
    assert not (tmp_path / "cartox.duckdb").exists()


def written(file: Path, rows: str, kinds: str = "patient_id text, n integer, dose double") -> Path:
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            f"create schema marts; create table marts.t ({kinds}); insert into marts.t values {rows}"
        )
    return file


@pytest.mark.parametrize(
    ("rows", "n_differing"),
    [
        ("('A', 1, 2.0000000000001), ('A', 1, 3), ('B', null, null)", 0),
        ("('A', 1, 2.00001), ('A', 1, 3), ('B', null, null)", 1),
        ("('A', 2, 2), ('A', 1, 3), ('B', null, null)", 3),  # one pair unlike, and a row of each file alone
        ("('A', 1, 2), ('A', 1, 3), ('B', 0, null)", 2),
        ("('A', 1, 2), ('A', 1, 3), ('B', null, 0)", 1),
        ("('A', 1, 2), ('A', 1, 3)", 1),
    ],
)
def test_a_row_that_differs_is_counted(tmp_path: Path, rows: str, n_differing: int) -> None:
    one = written(tmp_path / "one.duckdb", "('A', 1, 2), ('A', 1, 3), ('B', null, null)")
    (table,) = compared(one, written(tmp_path / "other.duckdb", rows))
    assert (table.name, table.n_rows, table.n_differing) == ("marts.t", 3, n_differing)


def test_a_column_of_another_type_makes_every_row_differ(tmp_path: Path) -> None:
    one = written(tmp_path / "one.duckdb", "('A', 1, 2)")
    other = written(tmp_path / "other.duckdb", "('A', 1, 2)", "patient_id text, n bigint, dose double")
    assert [table.n_differing for table in compared(one, other)] == [1]
