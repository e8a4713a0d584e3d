"""What a person at the command line sees: one line for a mistake, and the right exit code."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

import cartox.pipeline
from cartox.cli import app
from cartox.errors import UserError
from cartox.intake.contract import ENTITIES
from cartox.warehouse import RunError, opening
from cartox.warehouse.layout import Layout
from cartox.warehouse.publication import begin_version, publish_version


def invoke(*words: str) -> Any:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    folder = tmp_path / "extract"
    folder.mkdir()
    for entity in ENTITIES.values():
        (folder / f"{entity.name}.csv").write_text(",".join(entity.required_names) + "\n")
    return folder


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CARTOX_LANDING", str(tmp_path / "landing"))
    monkeypatch.delenv("CARTOX_DEBUG", raising=False)


def assert_one_line(result: Any, words: str) -> None:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert words in result.stderr


def test_folder_that_does_not_exist() -> None:
    assert_one_line(invoke("run", "--extract", "nowhere"), "cartox: nowhere: no such folder")


def test_missing_column(extract: Any) -> None:
    (extract / "lab_results.csv").write_text("result_id,patient_id,result\n")
    result = invoke("run", "--extract", str(extract))
    assert_one_line(result, "lab_results.csv: required column collected_at missing")


def test_unknown_var(extract: Any, tmp_path: Path) -> None:
    (tmp_path / "vars.yml").write_text("index_drg: x\n")
    result = invoke("run", "--extract", str(extract), "--vars", "vars.yml")
    assert_one_line(result, "vars.yml: there is no var index_drg; did you mean index_drug?")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["run"], "nothing to read: give --extract DIR, --omop DIR_OR_DUCKDB, or both"),
        (["synth"], "nothing to write: give DIR, --omop DIR, or both"),
        (["runn"], "No such command 'runn'"),
        (["show", "--bogus"], "No such option"),
        (["audit"], "Missing argument"),
    ],
)
def test_mistake_in_the_command_line(words: Any, expected: Any) -> None:
    assert_one_line(invoke(*words), expected)


@pytest.mark.parametrize("words", [["show", "--warehouse"], ["check"]])
def test_warehouse_that_does_not_exist(words: Any) -> None:
    assert_one_line(invoke(*words, "gone.duckdb"), "gone.duckdb: no warehouse there")


def test_default_warehouse_lies_in_the_working_folder() -> None:
    assert_one_line(invoke("show"), "cartox: warehouse/cartox.duckdb: no warehouse there")


def test_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.duckdb").write_text("hello" * 1000)
    assert_one_line(
        invoke("show", "--warehouse", "x.duckdb"), "x.duckdb: cannot be opened as a DuckDB database"
    )


def test_database_without_results(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "x.duckdb")).close()
    assert_one_line(invoke("show", "--warehouse", "x.duckdb"), "x.duckdb: holds no results; cartox run")


@pytest.mark.parametrize(
    "words",
    [
        ["show"],
        ["show", "--json"],
        ["report", "--output", "page", "--quiet"],
        ["release", "out"],
        ["export", "--ard", "ard.csv"],
    ],
)
def test_file_of_another_version(words: Any, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute("create schema results")
    result = invoke(*words, "--warehouse", "x.duckdb")
    assert_one_line(result, "x.duckdb: another version of cartox made it")


@pytest.mark.parametrize(("revision", "code"), [("abc", 1), ("abc-dirty", 2), (None, 2)])
def test_file_of_this_version_hides_no_fault_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str | None, code: int
) -> None:
    monkeypatch.setattr(opening, "code_revision", lambda _: "abc")
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute("create schema results; create table results.run_manifest (key text, value text)")
        connection.execute("insert into results.run_manifest values ('git.revision', ?)", [revision])
    result = invoke("show", "--warehouse", "x.duckdb", "--json")
    assert result.exit_code == code
    assert ("unexpected CatalogException" in result.stderr) == (code == 1)


def test_failed_build_ends_with_1_and_a_line_each(extract: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RunError("model a failed: Conversion Error", "test b failed: 3 rows break it")

    monkeypatch.setattr(cartox.pipeline, "run", fail)
    result = invoke("run", "--extract", str(extract))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "cartox: model a failed: Conversion Error",
        "cartox: test b failed: 3 rows break it",
    ]


def test_unforeseen_error_does_not_show_what_it_says(extract: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        cell = "CANARY-4711"
        raise ValueError(f"cannot convert {cell}")

    monkeypatch.setattr(cartox.pipeline, "run", fail)
    result = invoke("run", "--extract", str(extract))
    assert result.exit_code == 1
    assert result.stderr.startswith("cartox: unexpected ValueError at ")
    assert result.stderr.count("\n") == 1
    assert "CANARY" not in result.output


def test_full_disk_is_one_line(extract: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "/data/x")

    monkeypatch.setattr(cartox.pipeline, "run", fail)
    result = invoke("run", "--extract", str(extract))
    assert (result.exit_code, result.stderr) == (1, "cartox: /data/x: No space left on device\n")


def test_message_stays_on_one_line(extract: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UserError("a\nb")

    monkeypatch.setattr(cartox.pipeline, "run", fail)
    assert_one_line(invoke("run", "--extract", str(extract)), "cartox: a b")


def test_interruption(extract: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cartox.pipeline, "run", fail)
    result = invoke("run", "--extract", str(extract))
    assert (result.exit_code, result.stderr) == (130, "cartox: interrupted\n")


@pytest.mark.parametrize("words", [["run", "--quiet"], ["--quiet", "run"]])
def test_quiet_run_prints_nothing(extract: Any, monkeypatch: pytest.MonkeyPatch, words: Any) -> None:
    def succeed(extract: Any, warehouse: Any, variables: Any, progress: Any, origin: Any, **_: Any) -> Any:
        progress.step("Working")
        return SimpleNamespace()

    monkeypatch.setattr(cartox.pipeline, "run", succeed)
    result = invoke(*words, "--extract", str(extract))
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize(
    ("status", "code"), [("passed", 0), ("not applicable", 0), ("failed", 1), ("error", 1)]
)
def test_check_ends_by_what_it_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: str, code: int
) -> None:
    duckdb.connect(str(tmp_path / "x.duckdb")).close()
    found = SimpleNamespace(rows=[SimpleNamespace(status="passed"), SimpleNamespace(status=status)])
    checks = SimpleNamespace(
        run_checks=lambda *_: found, print_checks=lambda report, console: console.print("the table")
    )
    monkeypatch.setitem(sys.modules, "cartox.checks", checks)
    result = invoke("check", "x.duckdb")
    assert (result.exit_code, result.stdout) == (code, "the table\n")


@pytest.mark.parametrize("command", ["synth", "run", "show", "check", "audit", "history", "rollback"])
def test_help_has_an_example(command: Any) -> None:
    result = invoke(command, "--help")
    assert result.exit_code == 0
    assert f"cartox {command} " in result.stdout.split("Example")[1]


def test_exit_codes_are_in_the_help() -> None:
    assert "Exit codes: 0 success, 1 a build or a check failed, 2 a mistake" in " ".join(
        invoke("--help").stdout.split()
    )


def test_version() -> None:
    result = invoke("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("cartox ")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import json, sys\nfrom cartox.cli import app\n"
        "try: app(['--help'], prog_name='cartox')\nexcept SystemExit: pass\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(cartox.__file__).parents[1])}
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    loaded = set(json.loads(answer.stderr))
    assert not loaded & {"dbt", "great_expectations", "pandas", "pyarrow", "duckdb", "scipy", "numpy"}


@pytest.mark.parametrize("command", ["history", "rollback"])
def test_versions_of_what_was_never_published(command: Any) -> None:
    assert_one_line(
        invoke(command, "--warehouse", "gone.duckdb"), "cartox: gone.duckdb: no version was published there"
    )


@pytest.mark.parametrize("terminal_width", ["80", "200"])
def test_history_and_rollback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal_width: str) -> None:
    monkeypatch.setenv("COLUMNS", terminal_width)
    layout = Layout(tmp_path / "warehouse" / "cartox.duckdb")
    for value in ("1", "2"):
        building = begin_version(layout, dt.datetime(2025, 1, 2, tzinfo=dt.UTC))
        with duckdb.connect(str(building / "cartox.duckdb")) as connection:
            connection.execute(
                "create schema results; create table results.run_manifest (key text, value text)"
            )
            connection.execute("insert into results.run_manifest values ('git.revision', ?)", [value])
        publish_version(layout, building)
    second, first = "000002-20250102T000000Z", "000001-20250102T000000Z"
    result = invoke("history")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[:2] for line in lines if line.startswith("0")] == [[second, "current"], [first, "1"]]
    assert max(map(len, lines)) <= int(terminal_width)
    listed = json.loads(invoke("history", "--json").stdout)
    assert [(one["version"], one["revision"]) for one in listed] == [(second, "2"), (first, "1")]
    rolled_back = invoke("rollback")
    assert (rolled_back.exit_code, rolled_back.stdout) == (
        0,
        f"Warehouse: warehouse/cartox.duckdb is version {first}\n",
    )
    assert [one["is_current"] for one in json.loads(invoke("history", "--json").stdout)] == [False, True]
    assert invoke("rollback", "2", "--quiet").output == ""
    assert_one_line(invoke("rollback", "4"), "no version 4 is kept")


def test_run_is_told_what_to_keep_and_whether_to_wait(extract: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, Any] = {}
    monkeypatch.setattr(cartox.pipeline, "run", lambda *_, **options: told.update(options))
    invoke("run", "--quiet", "--extract", str(extract), "--keep", "7", "--wait", "--readers", "bi")
    same = {"omop": None, "study": None, "with_models": False, "engine": "duckdb"}
    assert told == {**same, "keep": 7, "waits": True, "readers": "bi", "keeps_readers": True}
    invoke("run", "--quiet", "--extract", str(extract), "--no-readers")
    assert told == {**same, "keep": 5, "waits": False, "readers": None, "keeps_readers": False}
    assert_one_line(invoke("run", "--extract", str(extract), "--keep", "0"), "'--keep'")
