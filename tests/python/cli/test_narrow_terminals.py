"""No terminal is so narrow that a count is printed without its last digits."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from rich.console import Console
from typer.testing import CliRunner

from cartox.checks.report import CheckReport, CheckRow, print_checks
from cartox.cli import app
from cartox.report import show
from cartox.terminal import new_table, print_table
from cartox.validation import Finding, ValidatedFile, Validation
from cartox.validation.report import print_validation
from cartox.warehouse.layout import Layout
from cartox.warehouse.publication import begin_version, publish_version
from tests.python.results.handmade_study import build, load_study

WIDTHS = [40, 60, 80, 200]
COUNT = 12_345_678
at_every_width = pytest.mark.parametrize("width", WIDTHS)


def numbers(printed: str) -> list[str]:
    """Every word with a digit in it, sorted: what a reader reads as a number."""
    return sorted(word for word in printed.split() if re.search(r"\d", word))


def assert_whole(printed: str, count: int, width: int) -> None:
    assert re.search(rf"(?<![\d,]){count:,}(?![\d,])", printed), printed
    assert max(map(len, printed.splitlines())) <= width


@at_every_width
def test_validate(width: int) -> None:
    reason = "unreadable_lymphodepletion_started_at"
    findings = [
        Finding(
            "doubtful", "lymphodepletion_started_at", reason, "quarantined", n_records, (987_654, 1_234_567)
        )
        for n_records in (2_688, COUNT)
    ]
    made = Finding("doubtful", None, reason, "nulled", 8_765_432, (1, 2, 3), "drug_exposure.parquet")
    file = ValidatedFile("infusions", "infusions.csv", COUNT, 7, 0, 0, 2, (), (*findings, made), (), {})
    console = Console(file=io.StringIO(), width=width)
    print_validation(Validation((file,), (), 5), console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    for count in (2_688, COUNT, 8_765_432):
        assert re.search(rf"(?<![\d,]){count:,}(?![\d,])", printed), printed
    assert "".join(printed.split()).count(reason) == 3


@at_every_width
def test_history(width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", str(width))
    layout = Layout(tmp_path / "warehouse" / "cartox.duckdb")
    building = begin_version(layout, dt.datetime(2025, 1, 2, tzinfo=dt.UTC))
    facts = {
        "git.revision": "0123456789",
        "rows.marts.cohort": str(COUNT),
        "input.patients.source_file": "p.csv",
    }
    facts |= {"input.patients.sha256": "ab", "input.patients.n_bytes": "1", "input.patients.n_rejected": "0"}
    facts["input.patients.n_raw"] = str(10 * COUNT)
    with duckdb.connect(str(building / "cartox.duckdb")) as connection:
        connection.execute("create schema results; create table results.run_manifest (key text, value text)")
        connection.executemany("insert into results.run_manifest values (?, ?)", list(facts.items()))
    version = publish_version(layout, building)
    printed = CliRunner().invoke(app, ["history"]).stdout
    for count in (COUNT, 10 * COUNT):
        assert_whole(printed, count, width)
    assert version.name in printed
    assert "current" in printed


@at_every_width
def test_check(width: int) -> None:
    rows = [CheckRow("results.response_sensitivity", f"e{number}", "passed", "") for number in range(1_234)]
    console = Console(file=io.StringIO(), width=width)
    print_checks(CheckReport([*rows, CheckRow("marts.cohort", "e", "failed", "no rows")]), console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert numbers(printed).count("1234") + printed.count("1,234") >= 2, printed
    assert max(map(len, printed.splitlines())) <= width
    assert "failed marts.cohort e: no rows" in printed


def test_checks_are_one_line_unless_one_fails() -> None:
    rows = [CheckRow("marts.cohort", f"e{number}", "passed", "") for number in range(1_234)]
    console = Console(file=io.StringIO(), width=80)
    print_checks(CheckReport([*rows, CheckRow("marts.cohort", "e", "not applicable", "")]), console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert printed == "1,234 of 1,235 checks passed, 1 not applicable: nothing to check.\n"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The handmade study, with so many records as a large center has."""
    connection = duckdb.connect()
    load_study(connection)
    connection.execute(
        f"update marts.record_conservation set n_raw = n_raw + {COUNT}, n_accepted = n_accepted + {COUNT}"
    )
    build(connection, tmp_path_factory.mktemp("landing"))
    return connection


@pytest.mark.parametrize("width", WIDTHS[:-1])
def test_show_prints_the_same_numbers_at_any_width(large: Any, width: int) -> None:
    printed = {}
    for one in (width, 200):
        console = Console(file=io.StringIO(), width=one)
        show(large, console)
        printed[one] = console.file.getvalue()  # type: ignore[attr-defined]
    assert max(map(len, printed[width].splitlines())) <= width
    assert set(numbers(printed[200])) - set(numbers(printed[width])) == set()
    assert any(number.startswith("12,3") for number in numbers(printed[width]))


def test_a_table_that_fits_stays_a_table() -> None:
    table = new_table("", "records")
    table.add_row("a long name of several words", "2,688")
    console = Console(file=io.StringIO(), width=20)
    print_table(console, table)
    lines = [line.strip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]
    assert lines[0] == "records"
    assert lines[2].split()[-1] == "2,688"
    assert " ".join(" ".join(lines[2:]).replace("2,688", "").split()) == "a long name of several words"
