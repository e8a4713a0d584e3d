"""The way to the marts: not in the built file, gone after its last reader, there again where a run was refused."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from cartox.progress import SilentProgress
from cartox.warehouse import model_build
from cartox.warehouse.build_outcomes import FAILED, PASSED, SUCCESS
from cartox.warehouse.build_plan import MODEL, TEST, NotPlannedError, Step
from cartox.warehouse.dbt_invocation import DATABASE
from cartox.warehouse.execution import execute
from cartox.warehouse.failure import RunError
from cartox.warehouse.model_build import build_models, build_way
from cartox.warehouse.way import Way


def model(name: str, schema: str, sql: str, *parents: str) -> Step:
    return Step(name, MODEL, name, schema, sql, list(parents))


STEPS = [
    model("stg_doses", "staging", "select 4 as mg union all select 8"),
    model("int_doses", "intermediate", 'select mg * 2 as mg from "staging"."stg_doses"', "stg_doses"),
    model("doses", "marts", 'select sum(mg)::integer as mg from "intermediate"."int_doses"', "int_doses"),
    Step(
        "has_mg",
        TEST,
        "has_mg",
        "tests",
        'select * from "intermediate"."int_doses" where mg is null',
        ["int_doses"],
    ),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    plan(monkeypatch, STEPS)
    return tmp_path


def plan(monkeypatch: pytest.MonkeyPatch, steps: Sequence[Step]) -> None:
    monkeypatch.setattr(model_build, "planned_steps", lambda *_: list(steps))


def build(folder: Path, *, keeps_way: bool) -> Path:
    file = folder / "w.duckdb"
    build_models(folder, folder, file, {}, SilentProgress(), keeps_way=keeps_way)
    return file


def tables(file: Path, *, has_empty_schemas: bool = False) -> dict[str, list[tuple[int]]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        names = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        schemas = connection.execute("select schema_name from duckdb_schemas() where not internal").fetchall()
        assert has_empty_schemas or {name.partition(".")[0] for (name,) in names} == {
            name for (name,) in schemas
        }
        return {name: connection.execute(f"from {name} order by all").fetchall() for (name,) in names}


def test_a_file_holds_the_way_unless_told_otherwise(folder: Path) -> None:
    assert set(tables(build(folder, keeps_way=True))) == {
        "staging.stg_doses",
        "intermediate.int_doses",
        "marts.doses",
    }


def test_without_its_way_a_file_holds_the_same_marts(folder: Path) -> None:
    assert tables(build(folder, keeps_way=False)) == {"marts.doses": [(24,)]}
    assert sorted(path.name for path in folder.iterdir()) == ["logs", "w.duckdb"]


class Looking(SilentProgress):
    """Notes the files of the way that lie in a folder while steps are built."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: set[str] = set()

    def advance(self, description: str, completed: int, total: int | None) -> None:
        self.seen |= {path.name for path in self.folder.glob("*.way")}


def test_a_way_for_which_memory_has_no_room_leads_through_a_file_of_its_own(folder: Path) -> None:
    with (folder / "landed.parquet").open("wb") as landed:
        landed.truncate(2**30)
    looking = Looking(folder)
    build_models(folder, folder, folder / "w.duckdb", {"memory_gib": 1}, looking, keeps_way=False)
    assert looking.seen == {f"{DATABASE}.way"}
    assert tables(folder / "w.duckdb") == {"marts.doses": [(24,)]}
    assert sorted(path.name for path in folder.iterdir()) == ["landed.parquet", "logs", "w.duckdb"]


def test_the_file_of_a_way_is_gone_where_nothing_can_be_executed_any_more(tmp_path: Path) -> None:
    file = tmp_path / "w.duckdb.way"
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        way = Way(connection, STEPS, file)
        assert file.exists()
    way.close()
    assert not file.exists()


def test_a_table_goes_after_its_last_reader_and_not_before(tmp_path: Path) -> None:
    seen: list[tuple[str, list[str]]] = []
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:

        def look(name: str, _: int) -> None:
            rows = connection.execute("select table_name from duckdb_tables() order by 1").fetchall()
            seen.append((name, [name for (name,) in rows]))

        told = execute(connection, STEPS, tmp_path, tmp_path, look, Way(connection, STEPS))
    assert [one.status for one in told] == [SUCCESS, SUCCESS, SUCCESS, PASSED]
    assert seen == [
        ("stg_doses", ["stg_doses"]),
        ("int_doses", ["int_doses"]),
        ("has_mg", ["int_doses"]),
        ("doses", ["doses"]),
    ]


def test_a_table_that_nothing_reads_is_built_and_goes_at_once(tmp_path: Path) -> None:
    steps = [
        model("int_unread", "intermediate", "select 1 as one"),
        model("int_wrong", "intermediate", "select nothing"),
    ]
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        told = execute(connection, steps, tmp_path, tmp_path, lambda *_: None, Way(connection, steps))
        assert connection.execute("from duckdb_tables()").fetchall() == []
    assert [one.status for one in told] == [SUCCESS, "error"]


def test_the_way_is_built_into_a_file_that_was_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = [*STEPS, Step("no_mg", TEST, "no_mg", "tests", 'select * from "marts"."doses"', ["doses"])]
    plan(monkeypatch, refusing)
    with pytest.raises(RunError, match="test no_mg failed: 1 rows break it"):
        build(folder, keeps_way=False)
    file = folder / "w.duckdb"
    assert FAILED in (folder / "logs" / "build.tsv").read_text()
    build_way(folder, folder, file, {})
    whole = {
        "staging.stg_doses": [(4,), (8,)],
        "intermediate.int_doses": [(8,), (16,)],
        "marts.doses": [(24,)],
    }
    assert tables(file) == whole
    plan(monkeypatch, [])
    build_way(folder, folder, file, {})  # it is there already
    assert tables(file) == whole


def test_what_cannot_be_built_of_a_way_hides_no_reason(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = [STEPS[0], model("int_doses", "intermediate", "select nothing", "stg_doses"), STEPS[2]]
    plan(monkeypatch, broken)
    with pytest.raises(RunError, match="model int_doses failed"):
        build(folder, keeps_way=False)
    file = folder / "w.duckdb"
    build_way(folder, folder, file, {})
    assert set(tables(file, has_empty_schemas=True)) == {"staging.stg_doses"}

    def not_planned(*_: object) -> None:
        raise NotPlannedError("told so by the test")

    monkeypatch.setattr(model_build, "planned_steps", not_planned)
    file.unlink()
    build_way(folder, folder, file, {})
    file.write_text("no database")
    build_way(folder, folder, file, {})
