"""Work in a process of its own, so that a native library that dies takes no run with it."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from cartox.piped_progress import relayed
from cartox.progress import Progress
from cartox.warehouse.exhaustion import ExhaustedError, names_exhaustion
from cartox.warehouse.failure import RunError


@dataclass(frozen=True)
class Ended:
    """How a program ended: its exit code, the lines that it printed but for its progress, and its errors' text."""

    code: int
    lines: tuple[str, ...]
    errors: str


def run_apart(what: str, module: str, *arguments: str, progress: Progress, text: str = "") -> None:
    """Run a module of cartox as a program, with `text` as its standard input, and wait for its end.

    The drawing library aborts when memory runs out, which no exception can tell. What the program prints on
    standard error is kept back, but for the environment variable CARTOX_DEBUG.

    Raises ExhaustedError where it ended for want of disk or memory and said so; RunError where it died or
    failed, with one line that names `what` and never quotes the error, which may quote a cell.
    """
    ended = listen([sys.executable, "-m", module, *arguments], os.environ, progress, text)
    if "CARTOX_DEBUG" in os.environ:
        sys.stderr.write(ended.errors)
    if ended.code < 0:
        raise RunError(
            f"{what}: its process died (signal {-ended.code}), as it does where memory runs out; "
            "what was published before is as it was"
        )
    if ended.code and names_exhaustion(ended.errors):
        raise ExhaustedError(ended.errors)
    if ended.code:
        raise RunError(f"{what}: could not be made; with CARTOX_DEBUG=1 you see why")


def listen(
    program: Sequence[str], environment: Mapping[str, str], progress: Progress, text: str = ""
) -> Ended:
    """Run a program to its end, passing on the progress that it tells by PipedProgress."""
    pipes: Any = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    pipes |= {"encoding": "utf-8", "errors": "replace"}
    process: Any = subprocess.Popen(program, env=environment, **pipes)  # noqa: S603
    with ThreadPoolExecutor(max_workers=1) as pool, process:
        try:
            errors = pool.submit(process.stderr.read)
            with suppress(BrokenPipeError), process.stdin:
                process.stdin.write(text)
            lines = tuple(line for line in process.stdout if not relayed(line, progress))
            return Ended(process.wait(), lines, errors.result())
        except BaseException:
            process.kill()
            raise
