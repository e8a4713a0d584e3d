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
_HOLDER = re.compile(r"(\d+) on ([A-Za-z0-9.-]{1,253})")
_LONGEST_HOLDER = 300


@contextmanager
def hold_lock(lock_file: Path, subject: Path, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold a lock until the block ends; the system frees it when the process dies.

    `lock_file` is made where it is missing, for its owner alone, and never removed (removing it would let two
    runs in). While it is held it names the process and its host, else it is empty. Where another run is at work:
    without `waiting`, raises UserError at once, naming `subject` and the process and host that hold the lock; with
    it, tells it the same and waits until that run has ended.

    On a network folder the system may keep the locks of each machine to itself. A lock that names another host is
    therefore never taken over, also where the system would give it and also with `waiting`: whether that process
    is still at work can only be seen there. Raises UserError, naming both, for this and where a link, or anything
    but a file, stands in the lock's place.
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
        _refuse_another_host(handle, lock_file, subject)
        _write(handle, f"{os.getpid()} on {_host()}\n")
        try:
            yield
        finally:
            _write(handle, "")
    finally:
        os.close(handle)


def _refuse_another_host(handle: int, lock_file: Path, subject: Path) -> None:
    """Raise UserError where the lock names a process of another host, which may still be at work."""
    named = _HOLDER.fullmatch(_text(handle))
    if named is not None and named[2] != _host():
        raise UserError(
            f"{subject}: another machine is at work here (process {named[1]} on {named[2]}); "
            f"where that process has ended without a word, remove {lock_file}"
        )


def _write(handle: int, text: str) -> None:
    """Replace what the lock says, at once for other machines, too."""
    os.ftruncate(handle, 0)
    os.pwrite(handle, text.encode(), 0)
    os.fsync(handle)


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
    text = _text(handle)
    return text if _HOLDER.fullmatch(text) else "unknown"


def _text(handle: int) -> str:
    return os.pread(handle, _LONGEST_HOLDER, 0).decode("ascii", "replace").strip()


def _host() -> str:
    return re.sub(r"[^A-Za-z0-9.-]", "-", socket.gethostname())[:253] or "unknown"
