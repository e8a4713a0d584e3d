"""Run a piece of work in a process of its own and measure it.

Linux counts the memory of the process that starts another as the other's own peak. So this file is run as a program
itself, which holds next to nothing, and that starts the work.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer
from time import perf_counter

_KIB_PER_GB = 1e6 / 1.024


@dataclass(frozen=True)
class Measured:
    """Wall and processor time in seconds, the most memory held at once, in GB, and the exit code (0: it finished)."""

    wall_s: float
    processor_s: float
    peak_gb: float
    exit_code: int


def measure(arguments: Sequence[str], limit_s: float, log: Path) -> Measured:
    """Run Python with these arguments; what runs longer than the limit is ended. What it prints goes to the log."""
    words = [sys.executable, __file__, str(limit_s), str(log), *arguments]
    told = subprocess.run(words, stdout=subprocess.PIPE, check=True)  # noqa: S603 - this very file
    return Measured(**json.loads(told.stdout))


def _measured(arguments: Sequence[str], limit_s: float, log: Path) -> Measured:
    started = perf_counter()
    with log.open("ab") as told:
        process = subprocess.Popen([sys.executable, *arguments], stdout=told, stderr=told)  # noqa: S603 - our own modules
        timer = Timer(limit_s, process.kill)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    per_gb = _KIB_PER_GB if sys.platform == "linux" else 1e9  # kibibytes there, bytes on a Mac
    processor_s = used.ru_utime + used.ru_stime
    return Measured(perf_counter() - started, processor_s, used.ru_maxrss / per_gb, process.returncode)


if __name__ == "__main__":
    print(json.dumps(asdict(_measured(sys.argv[3:], float(sys.argv[1]), Path(sys.argv[2])))))  # noqa: T201 - the answer
