"""A program run apart: it does its work, and its failure or death is one line that quotes nothing."""

import os
from pathlib import Path

import pytest

from cartox.progress import Progress, SilentProgress
from cartox.warehouse import RunError
from cartox.warehouse.apart import run_apart
from cartox.warehouse.exhaustion import ExhaustedError

PROGRAM = "import os, sys, pathlib\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CARTOX_DEBUG", raising=False)
    return tmp_path


def run_program(folder: Path, lines: str, progress: Progress | None = None) -> None:
    (folder / "program_apart.py").write_text(PROGRAM + lines)
    run_apart(
        "the report", "program_apart", "first", "second", progress=progress or SilentProgress(), text="given"
    )


def test_program_gets_its_arguments_and_its_input(folder: Path) -> None:
    run_program(folder, "pathlib.Path('made').write_text(' '.join([*sys.argv[1:], sys.stdin.read()]))")
    assert (folder / "made").read_text() == "first second given"


@pytest.mark.parametrize("fatal", ["SIGKILL", "SIGABRT", "SIGSEGV"])
def test_death_is_one_line(folder: Path, fatal: str, capfd: pytest.CaptureFixture[str]) -> None:
    lines = f"import signal\nos.write(2, b'C stack trace\\n' * 9)\nos.kill(os.getpid(), signal.{fatal})"
    with pytest.raises(RunError, match=r"^the report: its process died \(signal \d+\)") as caught:
        run_program(folder, lines)
    assert len(caught.value.lines) == 1
    assert capfd.readouterr() == ("", "")


def test_error_is_told_without_its_message(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RunError, match=r"^the report: could not be made; with CARTOX_DEBUG=1") as caught:
        run_program(folder, "raise ValueError('a cell: its text\\nsurname: Doe')")
    assert "surname" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_traceback_is_shown_on_demand(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARTOX_DEBUG", "1")
    with pytest.raises(RunError):
        run_program(folder, "raise ValueError('a cell')")
    assert "ValueError: a cell" in capfd.readouterr().err


def test_full_disk_is_told_as_such(folder: Path) -> None:
    with pytest.raises(ExhaustedError):
        run_program(folder, "raise OSError(28, os.strerror(28))")


def test_progress_is_passed_on_as_it_is_told(folder: Path) -> None:
    told = Told()
    lines = (
        "import signal\nfrom cartox.piped_progress import PipedProgress\n"
        "progress = PipedProgress(sys.stdout)\nprint('a line of a library')\n"
        "for number, name in enumerate(['ferritin\\n', 'grüße'], start=1):\n"
        "    progress.step('never told')\n    progress.advance(name, number, 2)\n"
        "    signal.alarm(60)\n    open(f'seen{number}').close()\n"
    )
    for number in (1, 2):
        os.mkfifo(f"seen{number}")
    run_program(folder, lines, told)
    assert told.seen == [("ferritin\n", 1, 2), ("grüße", 2, 2)]


class Told:
    """Opens a pipe for each report, for which the program waits: what is held back is never told."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int, int | None]] = []

    def step(self, description: str) -> None:
        raise AssertionError(description)

    def advance(self, description: str, completed: int, total: int | None) -> None:
        self.seen.append((description, completed, total))
        with Path(f"seen{completed}").open("w"):
            pass


def test_much_on_every_stream_blocks_nothing(folder: Path) -> None:
    run_program(folder, "for stream in (1, 2): os.write(stream, b'x' * 999_999)")


def test_who_stops_waiting_ends_the_program(folder: Path) -> None:
    class Stopped(Told):
        def advance(self, description: str, completed: int, total: int | None) -> None:
            raise KeyboardInterrupt

    lines = (
        "import signal\nfrom cartox.piped_progress import PipedProgress\n"
        "signal.signal(signal.SIGALRM, lambda *_: pathlib.Path('outlived').touch())\nsignal.alarm(20)\n"
        "PipedProgress(sys.stdout).advance('a chart', 1, 2)\nsignal.pause()"
    )
    with pytest.raises(KeyboardInterrupt):
        run_program(folder, lines, Stopped())
    assert not (folder / "outlived").exists()
