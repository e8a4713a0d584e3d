"""Two runs at once: the second says who holds the lock."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import cartox
from cartox.errors import UserError
from cartox.warehouse.lock import hold_lock

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
        told = rf"another run is at work here \(process {holder.pid}\)"
        with pytest.raises(UserError, match=told), hold_lock(lock, Path("w.duckdb")):
            pass
        heard: list[str] = []

        def end_the_other_run(message: str) -> None:
            heard.append(message)
            holder.communicate("\n")

        with hold_lock(lock, Path("w.duckdb"), end_the_other_run):
            assert lock.read_text() == f"{os.getpid()}\n"
        assert heard == [
            f"w.duckdb: another run is at work here (process {holder.pid}); waiting until it has ended"
        ]
    with hold_lock(lock, Path("w.duckdb")):
        pass


def test_lock_is_free_after_an_error(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with pytest.raises(ZeroDivisionError), hold_lock(lock, lock):
        raise ZeroDivisionError
    with hold_lock(lock, lock):
        assert lock.exists()
