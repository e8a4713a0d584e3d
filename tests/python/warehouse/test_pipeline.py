"""The order of a run, and that whatever fails leaves the earlier publication; the build itself is stubbed."""

import stat
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

import cartox.pipeline as pipeline
from cartox.errors import UserError
from cartox.intake.contract import ENTITIES
from cartox.progress import Progress, SilentProgress
from cartox.warehouse import RunError
from cartox.warehouse.lock import hold_lock

CHECK = pipeline.check


class Bench:
    """A project, an extract and a warehouse of one table; each stage can be made to fail."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "project"
        self.extract = folder / "extract"
        self.warehouse = folder / "out" / "cartox.duckdb"
        self.value = 1
        self.fails: BaseException | None = None
        self.given: dict[str, object] = {}
        self.project.mkdir()
        (self.project / "dbt_project.yml").write_text("vars: {index_drug: anakinra, last_study_day: 30}\n")
        (self.project / "allowed_vars.yml").write_text(
            "{index_drug: {word_of: terminology/drugs.ingredient}, last_study_day: {whole_number: [0, 100]}}\n"
        )
        drugs = self.project / "seeds" / "terminology" / "drugs.csv"
        drugs.parent.mkdir(parents=True)
        drugs.write_text("ingredient\nanakinra\ntocilizumab\n")
        self.extract.mkdir()
        for entity in ENTITIES.values():
            (self.extract / f"{entity.name}.csv").write_text(",".join(entity.required_names) + "\n")

    def build(
        self,
        project: Any,
        landing: Any,
        warehouse: Any,
        variables: Any,
        progress: Any,
        plans: Any,
        keeps_way: bool,
    ) -> None:
        assert not keeps_way
        assert (landing / "landed_files.parquet").exists()
        self.given["build"] = variables
        with duckdb.connect(str(warehouse)) as connection:
            connection.execute("create table marker as select ? as value", [self.value])
            connection.execute("create schema intermediate")
            connection.execute("create table intermediate.steps as select 1 as step")
            connection.execute("create schema marts")
            connection.execute("create table marts.answers (answer integer primary key check (answer > 0))")
            connection.execute("comment on table marts.answers is 'An answer.'")
            connection.execute("comment on column marts.answers.answer is 'The answer, a count.'")
            connection.execute("insert into marts.answers values (1), (2)")

    def compute(
        self,
        warehouse: Any,
        variables: Any,
        landing: Any,
        project: Any,
        started_at: Any,
        progress: Any,
        declared: Any,
        engine: str,
    ) -> None:
        self.given["results"] = variables
        if self.fails:
            raise self.fails

    def check(self, warehouse: Any, docs: Any, progress: Any) -> SimpleNamespace:
        return SimpleNamespace(rows=[])

    def run(self, *, keep: int = 5, waits: bool = False, **variables: object) -> Any:
        return pipeline.run(self.extract, self.warehouse, variables, SilentProgress(), keep=keep, waits=waits)

    def published(self) -> int:
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return int(connection.execute("select value from marker").fetchall()[0][0])


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    bench = Bench(tmp_path)
    monkeypatch.setenv("CARTOX_PROJECT", str(bench.project))
    monkeypatch.delenv("CARTOX_LANDING", raising=False)
    monkeypatch.setattr(pipeline, "build_models", bench.build)
    monkeypatch.setattr(pipeline, "compute_results", bench.compute)
    monkeypatch.setattr(pipeline, "check", bench.check)
    monkeypatch.setattr(pipeline, "write_page", lambda *given: None)
    return bench


def test_run_lands_builds_and_publishes(bench: Any) -> None:
    report = bench.run(index_drug="tocilizumab")
    assert bench.published() == 1
    assert bench.given["build"] == {"index_drug": "tocilizumab"}
    assert bench.given["results"] == {"index_drug": "tocilizumab", "last_study_day": 30}
    assert report.version == bench.warehouse.resolve().parent
    assert (bench.warehouse.parent / ".landing" / "landed_files.parquet").exists()
    assert len(report.landing.files) == len(ENTITIES)


def schemas(file: Path) -> set[str]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return {
            schema for (schema,) in connection.execute("select schema_name from duckdb_tables()").fetchall()
        }


def test_the_way_to_the_marts_is_not_published_but_kept_where_a_run_is_refused(bench: Any) -> None:
    bench.run()
    assert schemas(bench.warehouse) == {"main", "marts"}
    with duckdb.connect(str(bench.warehouse), read_only=True) as connection:
        assert connection.execute("from marts.answers order by 1").fetchall() == [(1,), (2,)]
        described = connection.execute(
            "select t.comment, c.comment from duckdb_tables() as t join duckdb_columns() as c using (table_oid) "
            "where t.schema_name = 'marts'"
        ).fetchall()
        keys = connection.execute(
            "select constraint_type from duckdb_constraints() where schema_name = 'marts' order by all"
        ).fetchall()
    assert described == [("An answer.", "The answer, a count.")]
    assert {kind for (kind,) in keys} == {"CHECK", "NOT NULL", "PRIMARY KEY"}
    assert stat.S_IMODE(bench.warehouse.resolve().stat().st_mode) == 0o600
    bench.fails = RunError("check x failed")
    with pytest.raises(RunError) as caught:
        bench.run()
    refused = Path(caught.value.lines[1].partition(": ")[0])
    assert schemas(refused) == {"main", "marts", "intermediate"}


def test_documentation_once_published_is_made_anew_by_every_run(
    bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_docs(
        database: Path, scratch: Path, folder: Path, progress: Progress, *project_and_plans: Path | None
    ) -> None:
        assert scratch == folder.parent == database.parent
        folder.mkdir()
        (folder / "index.html").write_text(str(bench.value))

    monkeypatch.setattr(pipeline, "write_docs", write_docs)
    bench.run()
    docs = bench.warehouse.parent / "docs"
    assert not docs.is_symlink()
    version = bench.warehouse.resolve().parent
    write_docs(version / "cartox.duckdb", version, version / "docs", SilentProgress())
    docs.symlink_to(Path("current", "docs"))
    bench.value = 2
    bench.run()
    assert (docs / "index.html").read_text() == "2"


def test_a_run_names_the_file_that_it_replaced_where_that_is_kept(bench: Any) -> None:
    first = bench.run()
    assert first.replaced is None
    assert bench.run().replaced == first.version / "cartox.duckdb"
    assert bench.run(keep=1).replaced is None


def test_landing_folder_can_be_named(bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARTOX_LANDING", str(tmp_path / "elsewhere"))
    bench.run()
    assert (tmp_path / "elsewhere" / "landed_files.parquet").exists()
    assert not (bench.warehouse.parent / ".landing").exists()


@pytest.mark.parametrize("error", [RunError("model x failed"), ValueError("x"), KeyboardInterrupt()])
def test_failure_leaves_the_earlier_publication(bench: Any, error: Any) -> None:
    bench.run()
    bench.value, bench.fails = 2, error
    with pytest.raises(type(error)):
        bench.run()
    assert bench.published() == 1
    assert len(list((bench.warehouse.parent / ".versions").glob("*0*"))) == 1
    bench.fails = None
    bench.run()
    assert bench.published() == 2


def test_what_was_refused_stays_aside_until_the_next_run(bench: Any) -> None:
    bench.run()
    bench.value, bench.fails = 2, RunError("check x failed")
    with pytest.raises(RunError) as caught:
        bench.run()
    first, told = caught.value.lines
    refused = Path(told.partition(": ")[0])
    assert first == "check x failed"
    assert (stat.S_IMODE(refused.stat().st_mode), stat.S_IMODE(refused.parent.stat().st_mode)) == (
        0o600,
        0o700,
    )
    with duckdb.connect(str(refused), read_only=True) as connection:
        assert connection.execute("select value from marker").fetchall() == [(2,)]
    assert bench.published() == 1
    bench.fails = None
    bench.run()
    assert not refused.exists()


def test_check_that_does_not_hold_publishes_nothing(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def report(*_: Path) -> SimpleNamespace:
        rows = [("keys", "failed"), ("ranges", "passed"), ("ages", "not applicable"), ("sums", "error")]
        return SimpleNamespace(
            rows=[
                SimpleNamespace(
                    suite="cohort", expectation=name, status=status, detail="One row per patient."
                )
                for name, status in rows
            ]
        )

    written: list[object] = []
    stubs = SimpleNamespace(run_checks=report, write_checks=lambda *given: written.append(given))
    monkeypatch.setitem(sys.modules, "cartox.checks", stubs)
    monkeypatch.setattr(pipeline, "check", CHECK)
    with pytest.raises(RunError) as caught:
        pipeline.check(bench.warehouse, bench.warehouse.parent / "checks", SilentProgress())
    assert caught.value.lines == (
        "check keys of suite cohort failed: One row per patient.",
        "check sums of suite cohort could not run: One row per patient.",
    )
    assert len(written) == 1


def test_mistake_in_the_extract_builds_nothing(bench: Any) -> None:
    bench.run()
    (bench.extract / "patients.csv").write_text("patient_id\n")
    bench.given.clear()
    with pytest.raises(UserError, match=r"patients\.csv"):
        bench.run()
    assert bench.given == {}
    assert bench.published() == 1


def test_unknown_var_is_refused_before_anything_is_read(bench: Any) -> None:
    with pytest.raises(UserError, match="did you mean index_drug"):
        bench.run(indexdrug="x")
    assert not (bench.warehouse.parent / ".landing").exists()


@pytest.mark.parametrize("lock", ["out/.versions/.lock", "out/..landing.lock"])
def test_second_run_at_once_is_refused(bench: Any, lock: Any) -> None:
    holding = hold_lock(bench.project.parent / lock, bench.warehouse)
    with holding, pytest.raises(UserError, match="another run is at work"):
        bench.run()
    bench.run()


def test_second_run_at_once_may_wait(bench: Any) -> None:
    with hold_lock(bench.project.parent / "out" / ".versions" / ".lock", bench.warehouse):
        waiting = threading.Thread(target=lambda: bench.run(waits=True))
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        assert not bench.warehouse.exists()
    waiting.join(30)
    assert bench.published() == 1


def test_run_keeps_as_many_versions_as_it_is_told_and_says_what_it_put_away(bench: Any) -> None:
    for _ in range(3):
        bench.run(keep=2)
    stray = bench.warehouse.with_name("cartox.duckdb.wal")
    stray.write_bytes(b"")
    report = bench.run(keep=2)
    assert len(list(report.version.parent.glob("0*"))) == 2
    assert str(stray) in report.notes[0]


def test_folder_that_is_no_project(bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARTOX_PROJECT", str(tmp_path))
    with pytest.raises(UserError, match=r"no dbt_project\.yml there"):
        bench.run()


def test_file_of_someone_else_is_not_replaced(bench: Any) -> None:
    bench.warehouse.parent.mkdir()
    bench.warehouse.write_text("someone's own")
    with pytest.raises(UserError, match="not published by cartox"):
        bench.run()
    assert bench.warehouse.read_text() == "someone's own"
    assert not (bench.warehouse.parent / ".landing").exists()
