"""One run at a time on a folder."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cartox.errors import UserError


@contextmanager
def hold_lock(lock_file: Path, subject: Path, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold a lock until the block ends; the system frees it when the process dies.

    `lock_file` is made where it is missing and never removed (removing it would let two runs in). Where
    another run is at work: without `waiting`, raises UserError at once, naming `subject` and the process
    that holds the lock; with it, tells it the same and waits until that run has ended.
    """
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
            held = f"{subject}: another run is at work here (process {holder})"
            if waiting is None:
                raise UserError(
                    f"{held}; start again when it has ended, or wait for it with --wait"
                ) from None
            waiting(f"{held}; waiting until it has ended")
            fcntl.flock(handle, fcntl.LOCK_EX)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)
