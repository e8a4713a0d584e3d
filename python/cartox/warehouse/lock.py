"""One run at a time on a folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cartox.errors import UserError


@contextmanager
def hold_lock(lock_file: Path, subject: Path) -> Iterator[None]:
    """Hold a lock until the block ends; the system frees it when the process dies.

    `lock_file` is made where it is missing and never removed (removing it would let two runs in). Raises
    UserError at once, naming `subject` and the process that holds the lock, where another run is at work.
    """
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
            raise UserError(
                f"{subject}: another run is at work here (process {holder}); start again when it has ended"
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)
