"""Files that are no warehouse, no database: written byte by byte where no library would."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

VERSION_AT = 12  # in the header of a DuckDB file, after checksum and magic bytes
Spoil = Callable[[Path], None]


def _text(file: Path) -> None:
    file.write_text("person_id\n1\n" * 1000)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _truncated(file: Path) -> None:
    os.truncate(file, 3 * 4096)  # its three headers are left


def _version(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[VERSION_AT : VERSION_AT + 8] = (9999).to_bytes(8, "little")
    file.write_bytes(bytes(content))


def _noise(file: Path) -> None:
    """Every block behind the headers is noise of the same length."""
    content = file.read_bytes()
    file.write_bytes(content[:12288] + b"\xa5" * (len(content) - 12288))


def _parquet(file: Path) -> None:
    pq.write_table(pa.table({"person_id": [1]}), file)


def _sqlite(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("create table person (person_id integer, year_of_birth integer)")
    connection.close()


def _gzip(file: Path) -> None:
    file.write_bytes(gzip.compress(file.read_bytes(), mtime=0))


def _strange_log(file: Path) -> None:
    """A write-ahead log of another file lies beside it."""
    other = file.with_name("other.duckdb")
    with duckdb.connect(str(other)) as connection:
        connection.execute("create table t as select 1 as a")
        shutil.copy(f"{other}.wal", f"{file}.wal")


def _pipe_for_a_log(file: Path) -> None:
    os.mkfifo(f"{file}.wal")


SPOILT: Mapping[str, Spoil] = {
    "text": _text,
    "empty": _empty,
    "truncated": _truncated,
    "of a later version": _version,
    "noise": _noise,
    "Parquet": _parquet,
    "SQLite": _sqlite,
    "gzip": _gzip,
    "with another's log": _strange_log,
    "with a pipe for a log": _pipe_for_a_log,
}
"""How a whole DuckDB file is spoilt, so that it cannot be opened."""
