"""A full disk and memory that ran out are told in one line, whichever library met them."""

import errno
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from cartox.errors import UserError
from cartox.warehouse.exhaustion import ExhaustedError, names_exhaustion, told_when_exhausted
from cartox.warehouse.failure import RunError

FULL = "/out: the disk is full; what was published before is as it was"
MEMORY = "/out: memory ran out; what was published before is as it was"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), FULL),
        (OSError(errno.EFBIG, "File too large"), FULL),
        (duckdb.IOException('Could not write file "w": No space left on device'), FULL),
        (ExhaustedError('IO Error: Could not write file "w": No space left on device'), FULL),
        (MemoryError(), MEMORY),
        (pa.ArrowMemoryError("malloc of size 64 failed"), MEMORY),
        (duckdb.OutOfMemoryException("Out of Memory Error: could not allocate block"), MEMORY),
    ],
)
def test_exhaustion_is_one_line(error: Exception, line: str) -> None:
    with pytest.raises(RunError) as caught, told_when_exhausted(Path("/out")):
        raise error
    assert caught.value.lines == (line,)


def test_cause_behind_another_error_is_found() -> None:
    cause = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(RunError, match="the disk is full"), told_when_exhausted(Path("/out")):
        raise ValueError("cannot go on") from cause


@pytest.mark.parametrize(
    "error", [UserError("x.csv: No space left on device"), OSError(errno.EACCES, "denied")]
)
def test_other_errors_pass_as_they_are(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, told_when_exhausted(Path("/out")):
        raise error
    assert caught.value is error


def test_place_that_was_named_first_stays() -> None:
    with (
        pytest.raises(RunError) as caught,
        told_when_exhausted(Path("/warehouse")),
        told_when_exhausted(Path("/landing")),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert str(caught.value).startswith("/landing: the disk is full")


def test_message_of_another_error_names_no_exhaustion() -> None:
    assert names_exhaustion("IO Error: Could not write: No space left on device")
    assert not names_exhaustion("Conversion Error: cannot cast")
