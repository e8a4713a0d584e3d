"""Two runs at once: the second says who holds the lock."""

import os
import re
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import cartox
from cartox.errors import UserError
from cartox.pipeline import run
from cartox.progress import SilentProgress
from cartox.warehouse.lock import hold_lock

HOST = socket.gethostname()
HOLDER = """
import sys
from pathlib import Path
from cartox.warehouse.lock import hold_lock
with hold_lock(Path(sys.argv[1]), Path("w.duckdb")):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_second_run_is_told_the_process_or_waits_for_it(tmp_path: Path) -> None:
    lock = tmp_path / "versions" / ".lock"
    environment = {**os.environ, "PYTHONPATH": str(Path(cartox.__file__).parents[1])}
    command = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        told = rf"another run is at work here \(process {holder.pid} on {re.escape(HOST)}\)"
        with pytest.raises(UserError, match=told), hold_lock(lock, Path("w.duckdb")):
            pass
        heard: list[str] = []

        def end_the_other_run(message: str) -> None:
            heard.append(message)
            holder.communicate("\n")

        with hold_lock(lock, Path("w.duckdb"), end_the_other_run):
            assert lock.read_text() == f"{os.getpid()} on {HOST}\n"
        assert heard == [
            f"w.duckdb: another run is at work here (process {holder.pid} on {HOST}); waiting until it has ended"
        ]
    with hold_lock(lock, Path("w.duckdb")):
        pass


def test_lock_is_free_after_an_error(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with pytest.raises(ZeroDivisionError), hold_lock(lock, lock):
        raise ZeroDivisionError
    with hold_lock(lock, lock):
        assert lock.exists()


def test_the_lock_and_its_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    lock = tmp_path / "warehouse" / ".versions" / ".lock"
    before = os.umask(0)
    try:
        with hold_lock(lock, lock):
            pass
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (lock, lock.parent, lock.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]


def test_no_link_is_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("of somebody else")
    for target in (other, tmp_path / "nowhere"):
        lock = tmp_path / ".lock"
        lock.symlink_to(target)
        with (
            pytest.raises(UserError, match=r"\.lock: the lock of a run is expected here"),
            hold_lock(lock, lock),
        ):
            pass
        lock.unlink()
    assert other.read_text() == "of somebody else"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_what_is_no_file_is_no_lock(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / ".lock")
    lock = tmp_path / ".lock"
    with pytest.raises(UserError, match="the lock of a run is expected here"), hold_lock(lock, lock):
        pass


def test_what_another_program_wrote_into_the_lock_is_not_repeated(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with hold_lock(lock, lock):
        lock.write_text("patient\x1b[31m CTX-0001")
        with pytest.raises(UserError, match=r"\(process unknown\)"), hold_lock(lock, lock):
            pass


FORGED = "4711 on another-host.example"


@pytest.mark.parametrize("waiting", [None, list[str]().append])
def test_a_lock_of_another_host_is_refused_and_not_taken_over(
    tmp_path: Path, waiting: Callable[[str], None] | None
) -> None:
    """As on a network folder whose server does not tell one machine of the locks of another."""
    lock = tmp_path / ".lock"
    lock.write_text(f"{FORGED}\n")
    with pytest.raises(UserError) as refused, hold_lock(lock, Path("w.duckdb"), waiting):
        pass
    assert str(refused.value) == (
        "w.duckdb: another machine is at work here (process 4711 on another-host.example); "
        f"where that process has ended without a word, remove {lock}"
    )
    assert lock.read_text() == f"{FORGED}\n"


def test_a_run_of_another_host_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    lock = tmp_path / "warehouse" / ".versions" / ".lock"
    lock.parent.mkdir(parents=True)
    lock.write_text(f"{FORGED}\n")
    (tmp_path / "extract").mkdir()
    with pytest.raises(UserError, match="process 4711 on another-host"):
        run(
            warehouse=tmp_path / "warehouse" / "cartox.duckdb",
            extract=tmp_path / "extract",
            variables={},
            progress=SilentProgress(),
            waits=True,
        )
    assert [path.name for path in lock.parent.iterdir()] == [".lock"]
    assert lock.read_text() == f"{FORGED}\n"


def test_a_lock_of_a_process_of_this_host_that_died_is_taken_over(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    lock.write_text(f"4711 on {HOST}\n")
    with hold_lock(lock, lock):
        assert lock.read_text() == f"{os.getpid()} on {HOST}\n"


def test_a_lock_that_was_given_back_names_nobody(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with hold_lock(lock, lock):
        pass
    assert lock.read_text() == ""
    with pytest.raises(ZeroDivisionError), hold_lock(lock, lock):
        raise ZeroDivisionError
    assert lock.read_text() == ""
