"""How every command behaves: help, data for machines, colors, progress, completion."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
import typer
from rich.console import Console
from rich.progress import Task, TaskID
from typer.testing import CliRunner

from cartox.cli import app
from cartox.progress import RichProgress, TimeLeft
from cartox.report import read_summary
from cartox.report.as_data import SUMMARY_TABLES
from tests.spec.compiled_project import PROJECT

COLORS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
COLOR = re.compile(r"\x1b\[(?:[0-9]+;)*3[0-9](?:;[0-9]+)*m")
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
CARTOX = ("-c", "from cartox.cli import main; main()")
FIGURES = (
    "figure_id,section,description,study_group,statistic,reported,decimals,numerator,denominator,unit\n"
    "cohort_n,cohort,patients,all,count,42,0,,,patients\n"
)


def invoke(*words: str) -> Any:
    return CliRunner().invoke(app, list(words))


def test_the_commands_are_known() -> None:
    assert {"init", "validate", "run", "show", "check", "audit", "history", "rollback"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example_of_itself(command: str) -> None:
    example = invoke(command, "--help").stdout.split("Example")[1]
    assert f"cartox {command}" in example


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_every_command_is_explained(command: str) -> None:
    described = typer.main.get_command(app).commands[command]  # type: ignore[attr-defined]
    assert described.help
    for parameter in described.params:
        assert parameter.help, (command, parameter.name)


@pytest.mark.parametrize("command", ["validate", "show", "check", "audit", "history"])
def test_what_prints_results_prints_them_for_machines_too(command: str) -> None:
    assert "--json" in invoke(command, "--help").stdout


def test_a_new_user_reads_the_commands_in_the_order_in_which_they_are_needed() -> None:
    shown = invoke("--help").stdout
    places = [shown.index(f"│ {command} ") for command in ("init", "validate", "run", "show")]
    assert places == sorted(places)


def test_checks_as_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb.connect(str(tmp_path / "x.duckdb")).close()
    row = {"suite": "marts.cohort", "expectation": "e", "status": "failed", "detail": "2 rows"}
    found = SimpleNamespace(rows=[SimpleNamespace(**row)], as_records=lambda: [row])
    monkeypatch.setitem(
        sys.modules, "cartox.checks", SimpleNamespace(run_checks=lambda *_: found, print_checks=None)
    )
    result = invoke("check", str(tmp_path / "x.duckdb"), "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, [row])


def test_the_summary_as_data_holds_every_row_and_writes_dates_as_iso() -> None:
    connection = duckdb.connect()
    for schema in ("marts", "results"):
        connection.execute(f"create schema {schema}")
    for table in SUMMARY_TABLES:
        connection.execute(f"create table {table} (name text, day date)")
    connection.execute("insert into results.comparisons values ('b', null), ('a', ?)", [dt.date(2022, 3, 1)])
    summary = read_summary(connection)
    assert summary["results.comparisons"] == [
        {"name": "a", "day": "2022-03-01"},
        {"name": "b", "day": None},
    ]
    assert set(summary) == set(SUMMARY_TABLES)
    json.dumps(summary, allow_nan=False)


def test_the_summary_as_data_has_no_row_for_a_patient(manifest: dict[str, Any]) -> None:
    columns = {
        f"{node['schema']}.{node['name']}": set(node["columns"]) for node in manifest["nodes"].values()
    }
    for table in SUMMARY_TABLES:
        assert not columns.get(table, set()) & {"patient_id", "infusion_id", "record_id", "raw_record"}
    assert "results.lab_auc" not in SUMMARY_TABLES


def on_a_terminal(folder: Path, *words: str, **environment: str) -> str:
    """What Python prints on a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM")
    }
    command = [sys.executable, *words]
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**kept, "TERM": "xterm-256color", "PYTHONPATH": str(PROJECT / "python"), **environment},
    ):
        os.close(theirs)
        printed = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            printed += piece
    os.close(ours)
    return printed.decode()


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"]])
def test_colors_are_for_terminals_that_want_them(tmp_path: Path, words: list[str]) -> None:
    assert COLOR.search(on_a_terminal(tmp_path, *CARTOX, *words))
    assert not COLOR.search(on_a_terminal(tmp_path, *CARTOX, *words, NO_COLOR="1"))
    assert "\x1b" not in invoke(*words).output


def test_what_goes_into_a_file_or_pipe_has_no_control_characters(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(FIGURES)
    assert "\x1b" in on_a_terminal(tmp_path, *CARTOX, "audit", "figures.csv")
    piped = invoke("audit", str(tmp_path / "figures.csv"))
    assert piped.exit_code == 0
    assert "cohort_n" in piped.stdout
    assert "\x1b" not in piped.output


def left(total: float | None, completed: float, seconds: float) -> str:
    task = Task(TaskID(0), "", total, completed, _get_time=lambda: seconds)
    task.start_time = 0.0
    return TimeLeft().render(task).plain


def test_progress_tells_how_much_time_is_left() -> None:
    assert left(200, 50, 30.0) == "1:30 left"
    assert left(3, 2, 10.2) == "0:06 left"


@pytest.mark.parametrize(("total", "completed"), [(None, 3), (200, 0)])
def test_progress_promises_nothing_where_nothing_can_be_known(total: float | None, completed: float) -> None:
    assert left(total, completed, 30.0) == ""


def test_time_left_goes_by_the_pace_since_the_first_report() -> None:
    now = 0.0
    progress = RichProgress(Console(file=io.StringIO(), force_terminal=True))
    progress._bars.get_time = lambda: now
    progress.step("Building")
    for now, completed in ((20.0, 0), (30.0, 5)):  # noqa: B007 (the clock reads it)
        progress.advance("a model", completed, 20)
    assert TimeLeft().render(progress._bars.tasks[-1]).plain == "0:30 left"


@pytest.mark.parametrize("width", [80, 120])
def test_a_long_name_leaves_room_for_the_time_left(width: int) -> None:
    printed = io.StringIO()
    with RichProgress(Console(file=printed, force_terminal=True, width=width)) as progress:
        progress.step("Building and testing the models")
        for completed in (0, 1):
            progress.advance("relationships_of_one_table_to_another_" * 3, completed, 1000)
        progress._bars.refresh()
    assert re.search(r"\d:\d\d left", COLORS.sub("", printed.getvalue()))


def test_a_terminal_shows_the_time_left(tmp_path: Path) -> None:
    code = (
        "from rich.console import Console\nfrom cartox.progress import RichProgress\n"
        "with RichProgress(Console(stderr=True, width=120)) as progress:\n"
        "    progress.step('Building'); progress.advance('', 0, 1000); progress.advance('a model', 1, 1000)\n"
        "    progress._bars.refresh()\n"
    )
    assert re.search(r"\d:\d\d left", on_a_terminal(tmp_path, "-c", code))


@pytest.mark.parametrize(
    ("typed", "expected"), [("cartox va", "validate"), ("cartox run --ext", "--extract")]
)
def test_the_shell_completes_commands_and_options(
    monkeypatch: pytest.MonkeyPatch, typed: str, expected: str
) -> None:
    monkeypatch.setenv("_CARTOX_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    result = CliRunner().invoke(app, [], prog_name="cartox")
    assert expected in result.stdout.split()
