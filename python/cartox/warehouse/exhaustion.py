"""Say in one line that the disk is full or that memory ran out, however the libraries put it."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from cartox.errors import UserError
from cartox.warehouse.failure import RunError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL_WORDS = re.compile(r"No space left on device|Disk quota exceeded|File too large")
_MEMORY_WORDS = re.compile(r"Out of Memory Error|std::bad_alloc|Cannot allocate memory")


@contextmanager
def told_when_exhausted(folder: Path) -> Iterator[None]:
    """Raise RunError with one line where the block fails for want of disk space below `folder` or of memory."""
    try:
        yield
    except (RunError, UserError):
        raise
    except Exception as error:
        line = _exhausted(error)
        if line is None:
            raise
        raise RunError(f"{folder}: {line}; what was published before is as it was") from None


def names_exhaustion(message: str) -> bool:
    """Say whether a database's message is one of a full disk or of memory that ran out."""
    return _line(message) is not None


def _exhausted(error: BaseException | None) -> str | None:
    while error is not None:
        if isinstance(error, MemoryError):
            return "memory ran out"
        if isinstance(error, OSError) and error.errno in _FULL:
            return "the disk is full"
        if isinstance(error, OSError | duckdb.Error | ExhaustedError):
            line = _line(str(error))
            if line is not None:
                return line
        error = error.__cause__ or error.__context__
    return None


def _line(message: str) -> str | None:
    if _FULL_WORDS.search(message):
        return "the disk is full"
    return "memory ran out" if _MEMORY_WORDS.search(message) else None


class ExhaustedError(Exception):
    """Carries a database's message of a full disk or of memory that ran out to `told_when_exhausted`."""
