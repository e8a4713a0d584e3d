"""`cartox export` at the command line: complete files, for their owner alone, that say that they stay inside."""

from __future__ import annotations

import csv
import stat
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from cartox.cli import app
from tests.python.results.handmade_study import build, load_study

pytestmark = pytest.mark.xdist_group("export command")


def invoke(*words: str) -> Any:
    return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    file = folder / "study.duckdb"
    with duckdb.connect(str(file)) as connection:
        load_study(connection)
        build(connection, folder / "landing")
    return file


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_both_files_hold_all_rows_are_closed_to_others_and_said_to_stay_inside(
    made: Path, tmp_path: Path
) -> None:
    ard, result = tmp_path / "ard.csv", tmp_path / "result.csv"
    ard.touch(mode=0o644)
    told = invoke("export", "--warehouse", str(made), "--ard", str(ard), "--summarised-result", str(result))
    assert told.exit_code == 0, told.output
    with duckdb.connect(str(made), read_only=True) as connection:
        columns = [
            name
            for name, *_ in connection.execute("select * from results.analysis_results").description or ()
        ]
        stats = connection.execute("select stat from results.analysis_results").fetchall()
        estimates = connection.execute("select estimate_value from results.summarised_result").fetchall()
        settings = connection.execute("select * from results.summarised_result_settings").fetchall()
    rows = read(ard)
    assert list(rows[0]) == columns
    assert [row["stat"] for row in rows] == ["NA" if value is None else value for (value,) in stats]
    assert any(row["stat"].startswith("-") for row in rows), "a negative number is written as it is"
    rows = read(result)
    assert [row["estimate_value"] for row in rows[: len(estimates)]] == [value for (value,) in estimates]
    described = rows[len(estimates) :]
    assert len(described) == len(settings) * (len(settings[0]) - 1)
    assert {row["variable_name"] for row in described} == {"settings"}
    assert {"result_type", "package_name", "package_version", "min_cell_count"} <= {
        row["estimate_name"] for row in described
    }
    assert [stat.S_IMODE(file.stat().st_mode) for file in (ard, result)] == [0o600, 0o600]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ard.csv", "result.csv"]
    assert told.stdout.splitlines()[-1] == (
        "They hold small counts and stay inside; cartox release writes what may leave."
    )
    assert f"{len(stats):,} statistics in {ard}" in told.stdout


def test_text_that_a_spreadsheet_would_run_is_disarmed(tmp_path: Path) -> None:
    file = tmp_path / "study.duckdb"
    with duckdb.connect(str(file)) as connection:
        load_study(connection)
        build(connection, tmp_path / "landing")
        connection.execute(
            "update results.analysis_results set variable = '=1+1' where variable = 'baseline_crp'"
        )
    assert (
        invoke("export", "--warehouse", str(file), "--ard", str(tmp_path / "ard.csv"), "--quiet").output == ""
    )
    assert "'=1+1" in {row["variable"] for row in read(tmp_path / "ard.csv")}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "export: name a file by --ard, --summarised-result, --superset or --metabase, or several"),
        (["--ard", "a.csv", "--summarised-result", "a.csv"], "a.csv: named twice"),
        (["--superset", "a", "--ard", "b", "--metabase", "a"], "a: named twice"),
        (["--ard", "."], ".: a file in a folder that is there is expected"),
        (["--ard", "gone/ard.csv"], "gone/ard.csv: a file in a folder that is there is expected"),
    ],
)
def test_a_mistake_is_one_line(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    told = invoke("export", "--warehouse", str(made), *words)
    assert told.exit_code == 2
    assert told.stdout == ""
    assert told.stderr.count("\n") == 1
    assert expected in told.stderr
    assert not list(tmp_path.iterdir())
