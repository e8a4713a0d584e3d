"""Work in a process of its own, so that a native library that dies takes no run with it."""

import os
import subprocess
import sys

from cartox.warehouse.exhaustion import ExhaustedError, names_exhaustion
from cartox.warehouse.failure import RunError


def run_apart(what: str, module: str, *arguments: str, text: str = "") -> None:
    """Run a module of cartox as a program, with `text` as its standard input, and wait for its end.

    The drawing library aborts when memory runs out, which no exception can tell. What the program prints on
    standard error is kept back, but for the environment variable CARTOX_DEBUG.

    Raises ExhaustedError where it ended for want of disk or memory and said so; RunError where it died or
    failed, with one line that names `what` and never quotes the error, which may quote a cell.
    """
    program = [sys.executable, "-m", module, *arguments]
    ended = subprocess.run(program, input=text, text=True, stderr=subprocess.PIPE, check=False)
    if "CARTOX_DEBUG" in os.environ:
        sys.stderr.write(ended.stderr)
    if ended.returncode < 0:
        raise RunError(
            f"{what}: its process died (signal {-ended.returncode}), as it does where memory runs out; "
            "what was published before is as it was"
        )
    if ended.returncode and names_exhaustion(ended.stderr):
        raise ExhaustedError(ended.stderr)
    if ended.returncode:
        raise RunError(f"{what}: could not be made; with CARTOX_DEBUG=1 you see why")
