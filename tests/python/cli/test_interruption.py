"""Ctrl-C and SIGTERM in any phase: one line, the exit code of the signal, and what was published as it was."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from cartox.warehouse.layout import Layout
from tests.python.study.command import CARTOX
from tests.python.warehouse.test_digests import publish

COLOR, MOVE = re.compile(r"\x1b\[[0-9;]*m"), re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")
ENDS = {signal.SIGINT: (130, "cartox: interrupted"), signal.SIGTERM: (143, "cartox: terminated")}
by_signal = pytest.mark.parametrize("number", ENDS, ids=["SIGINT", "SIGTERM"])


@dataclass(frozen=True)
class Ended:
    """How a command ended: its code, and the lines that it printed but for its progress."""

    code: int
    lines: list[str]


def end_in_phase(
    folder: Path, phase: str, number: signal.Signals, *words: str, whole_group: bool = False
) -> Ended:
    """Run a command on a terminal and send it a signal when it names a phase of its work there."""
    ours, theirs = pty.openpty()
    environment: Mapping[str, str] = {
        **{key: value for key, value in os.environ.items() if key not in ("COLUMNS", "CARTOX_DEBUG")},
        "CARTOX_LANDING": str(folder / "landing"),
        "TERM": "xterm",
    }
    printed, is_sent = b"", False
    with subprocess.Popen(
        [CARTOX, *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
        start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:  # fmt: skip
        os.close(theirs)
        while piece := _read(ours):
            printed += piece
            if not is_sent and phase.encode() in printed:
                (os.killpg if whole_group else os.kill)(process.pid, number)
                is_sent = True
    os.close(ours)
    assert is_sent, printed.decode()
    lines = [line.strip() for line in MOVE.sub("\n", COLOR.sub("", printed.decode())).splitlines()]
    return Ended(process.returncode, [line for line in lines if line and not _is_progress(line)])


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def _is_progress(line: str) -> bool:
    return bool(re.search(r"\d:\d\d:\d\d", line)) or line[0] in "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏✓"


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("interrupted")
    subprocess.run([CARTOX, "init", "mine", "--quiet"], cwd=folder, check=True)
    header = (folder / "mine/extract/lab_results.csv").read_text()
    row = "R{},P1,,,ferritin,,2022-03-01,1,ng/mL\n"
    with (folder / "mine/extract/lab_results.csv").open("w") as file:
        file.write(header + "".join(row.format(number) for number in range(300_000)))
    return folder


@by_signal
@pytest.mark.parametrize("phase", ["Reading the extract", "Building and testing the models"])
def test_a_run_that_is_interrupted(extract: Path, tmp_path: Path, phase: str, number: signal.Signals) -> None:
    layout = Layout(tmp_path / "warehouse" / "cartox.duckdb")
    version = publish(layout)
    (tmp_path / "mine").symlink_to(extract / "mine")
    ended = end_in_phase(tmp_path, phase, number, "run", "--extract", "mine/extract")
    assert (ended.code, ended.lines) == (ENDS[number][0], [ENDS[number][1]])
    assert layout.published() == version.resolve()
    assert sorted(path.name for path in layout.versions.iterdir()) == [version.name, ".lock"][::-1]
    assert not [
        path for path in tmp_path.iterdir() if path.name.startswith(".landing.landed") and not path.exists()
    ]


def test_a_validation_that_is_interrupted_leaves_nothing_behind(
    extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    words = ("validate", "--extract", "mine/extract")
    ended = end_in_phase(extract, "Building what judges the records", signal.SIGINT, *words)
    assert (ended.code, ended.lines) == (130, ["cartox: interrupted"])
    assert not list(tmp_path.glob("cartox-landed-*"))


@pytest.fixture(scope="module")
def published(handmade_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    layout = Layout(folder / "warehouse" / "cartox.duckdb")
    version = publish(layout)
    shutil.copy(handmade_file, version / "cartox.duckdb")
    return folder


@by_signal
@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("Checking", ("check", "--docs", "checked")),
        ("Writing the report", ("report", "--output", "page")),
        ("Documenting the models", ("docs",)),
        ("Making the built-in study", ("synth", "study")),
    ],
    ids=["check", "report", "docs", "synth"],
)
@pytest.mark.parametrize("whole_group", [False, True], ids=["process", "group"])
def test_other_commands_that_are_interrupted(
    published: Path, phase: str, words: tuple[str, ...], number: signal.Signals, whole_group: bool
) -> None:
    layout = Layout(published / "warehouse" / "cartox.duckdb")
    before = layout.published()
    ended = end_in_phase(published, phase, number, *words, whole_group=whole_group)
    assert (ended.code, ended.lines) == (ENDS[number][0], [ENDS[number][1]])
    assert layout.published() == before
    with duckdb.connect(str(layout.warehouse), read_only=True) as connection:
        assert connection.execute("select count(*) from marts.cohort").fetchall() == [(8,)]
