"""One run at a time on a folder."""

import fcntl
import os
import re
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cartox.errors import UserError
from cartox.owner import FILE, make_folder

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_HOLDER = re.compile(r"\d+( on [A-Za-z0-9.-]{1,253})?")
_LONGEST_HOLDER = 300


@contextmanager
def hold_lock(lock_file: Path, subject: Path, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold a lock until the block ends; the system frees it when the process dies.

    `lock_file` is made where it is missing, for its owner alone, and never removed (removing it would let two
    runs in). It holds the process's number and its host. Where another run is at work: without `waiting`,
    raises UserError at once, naming `subject` and the process and host that hold the lock; with it, tells it
    the same and waits until that run has ended. Raises UserError where a link, or anything but a file, stands
    in the lock's place.
    """
    make_folder(lock_file.parent)
    handle = _open(lock_file)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held = f"{subject}: another run is at work here (process {_holder(handle)})"
            if waiting is None:
                raise UserError(
                    f"{held}; start again when it has ended, or wait for it with --wait"
                ) from None
            waiting(f"{held}; waiting until it has ended")
            fcntl.flock(handle, fcntl.LOCK_EX)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()} on {_host()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _open(lock_file: Path) -> int:
    try:
        handle = os.open(lock_file, _FLAGS, FILE)
    except OSError:
        if lock_file.is_symlink() or (lock_file.exists() and not lock_file.is_file()):
            raise _no_lock(lock_file) from None
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _no_lock(lock_file)
    return handle


def _no_lock(lock_file: Path) -> UserError:
    return UserError(
        f"{lock_file}: the lock of a run is expected here, a file and no link; remove what stands there"
    )


def _holder(handle: int) -> str:
    """Return who holds the lock as far as the file tells it in its form; another text is not repeated."""
    text = os.pread(handle, _LONGEST_HOLDER, 0).decode("ascii", "replace").strip()
    return text if _HOLDER.fullmatch(text) else "unknown"


def _host() -> str:
    return re.sub(r"[^A-Za-z0-9.-]", "-", socket.gethostname())[:253] or "unknown"
