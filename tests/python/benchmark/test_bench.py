"""Measuring builds: what is measured, and what is said of work that did not finish. Nothing here is timed."""

import csv
from pathlib import Path
from typing import ClassVar

import pytest

from cartox.benchmark.compare import Row, compare, summarize, write_csv
from cartox.benchmark.measure import Measured, measure
from cartox.progress import SilentProgress

FLOORS = ("floor: read the lab file", "floor: group the lab file")


def test_contenders_run_in_turn_on_the_same_files(tmp_path: Path) -> None:
    class Listener(SilentProgress):
        steps: ClassVar[list[str]] = []

        def step(self, description: str) -> None:
            self.steps.append(description)

    rows = compare(tmp_path, 20, 2, 600, Listener(), FLOORS)
    turns = [step for step in Listener.steps if step.startswith("Run")]
    assert turns == [f"Run {turn} of 2: {name}" for turn in (1, 2) for name in FLOORS]
    assert [(row.contender, row.n_patients, row.n_runs, row.outcome) for row in rows] == [
        (name, 20, 2, "") for name in FLOORS
    ]
    for row in rows:
        assert row.wall_least_s is not None
        assert row.wall_s is not None
        assert row.wall_most_s is not None
        assert row.wall_least_s <= row.wall_s <= row.wall_most_s
        assert row.processor_s
        assert row.disk_gb
        assert row.peak_gb is not None
        assert row.peak_gb > 0.01


def test_memory_and_processor_time_are_those_of_the_work(tmp_path: Path) -> None:
    idle = measure(["-c", "pass"], 60, tmp_path / "log")
    busy = measure(["-c", "x = bytearray(300_000_000); sum(range(20_000_000))"], 600, tmp_path / "log")
    assert 0.25 < busy.peak_gb - idle.peak_gb < 0.35  # 0.3 GB, and not what this process holds
    assert busy.processor_s > idle.processor_s + 0.1
    assert (idle.exit_code, busy.exit_code) == (0, 0)


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    ended = measure(["-c", "while True: pass"], 0.5, tmp_path / "log")
    assert ended.exit_code < 0
    assert ended.wall_s >= 0.5


@pytest.mark.parametrize(
    ("last", "outcome"),
    [
        (Measured(9.0, 1.0, 1.0, -9), "not within 8 s"),
        (Measured(2.0, 1.0, 1.0, -9), "could not finish (exit code -9)"),
        (Measured(2.0, 1.0, 1.0, 1), "could not finish (exit code 1)"),
    ],
)
def test_of_what_did_not_finish_there_is_a_row_without_figures(last: Measured, outcome: str) -> None:
    row = summarize("x", 5, [Measured(1.0, 1.0, 1.0, 0), last], 10, 8)
    assert row == Row("x", 5, 2, None, None, None, None, None, None, outcome)


def test_medians_and_spread_of_the_runs(tmp_path: Path) -> None:
    runs = [Measured(wall, wall * 2, wall / 10, 0) for wall in (5.0, 3.0, 4.0, 9.0, 1.0)]
    row = summarize("x", 5, runs, 2_000_000_000, 60)
    assert (row.wall_s, row.wall_least_s, row.wall_most_s) == (4, 1, 9)
    assert (row.processor_s, row.peak_gb, row.disk_gb) == (8, 0.9, 2)
    write_csv([row], tmp_path / "bench.csv")
    with (tmp_path / "bench.csv").open(newline="") as file:
        assert [one["wall_s"] for one in csv.DictReader(file)] == ["4.0"]
