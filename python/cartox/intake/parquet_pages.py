"""Walk a Parquet file's column chunks and page headers, which say how large each page is once unpacked.

The sizes of the footer cannot be asked: they may lie, and a text that is repeated is counted once. The numbers
are those of https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from cartox.intake.thrift_compact import BrokenThriftError, Compact

_TAIL_BYTES = 8  # the footer's length and the mark PAR1
_HEADER_BYTES = 1 << 9  # as read at first; statistics may make a header longer
_LONGEST_HEADER = 1 << 21
_ROW_GROUPS, _COLUMNS, _META_DATA = 4, 1, 3
_TYPE, _PATH, _CHUNK_VALUES, _CHUNK_BYTES, _DATA_AT, _DICTIONARY_AT = 1, 3, 5, 7, 9, 11
_UNPACKED, _PACKED, _DATA, _DATA_V2 = 2, 3, 5, 8
_N_VALUES, _ENCODING, _ENCODING_V2 = 1, 2, 4
_BYTE_ARRAY = 6
_DELTA_BYTE_ARRAY = 7


class BrokenPagesError(Exception):
    """What stands where a footer or a page's header is expected is none."""


@dataclass(frozen=True)
class Chunk:
    """A column's part of a row group: the column's name, whether it holds texts, where it lies, its number of values."""

    column: str
    has_texts: bool
    start: int
    end: int
    n_values: int


@dataclass(frozen=True)
class Page:
    """A page's bytes once unpacked, its number of values (0 for a dictionary), and whether each builds on the one before."""

    unpacked: int
    n_values: int
    is_delta: bool


def read_row_groups(stream: BinaryIO) -> list[list[Chunk]]:
    """Return the column chunks of each row group. Raises BrokenPagesError where the footer is broken."""
    end = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, end - _TAIL_BYTES))
    n_bytes = int.from_bytes(stream.read(4), "little")
    if n_bytes > end - _TAIL_BYTES:
        raise BrokenPagesError
    stream.seek(end - _TAIL_BYTES - n_bytes)
    try:
        footer = Compact(stream.read(n_bytes)).struct()
        return [[_chunk(column) for column in group[_COLUMNS]] for group in footer.get(_ROW_GROUPS, [])]
    except (BrokenThriftError, IndexError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise BrokenPagesError from error


def read_pages(stream: BinaryIO, chunk: Chunk) -> Iterator[Page]:
    """Yield the pages of a column chunk. Raises BrokenPagesError where there is no header."""
    start, n_left = chunk.start, chunk.n_values
    while start < chunk.end and n_left > 0:
        fields, n_header = _read_header(stream, start)
        unpacked, packed = _count(fields.get(_UNPACKED)), _count(fields.get(_PACKED))
        page = _page(unpacked, fields)
        yield page
        n_left -= page.n_values
        start += n_header + packed


def _chunk(column: dict[int, Any]) -> Chunk:
    told = column[_META_DATA]
    start = _count(told[_DATA_AT])
    dictionary_at = _count(told.get(_DICTIONARY_AT, 0))
    if 0 < dictionary_at < start:
        start = dictionary_at
    return Chunk(
        column=".".join(name.decode("utf-8") for name in told[_PATH]),
        has_texts=told[_TYPE] == _BYTE_ARRAY,
        start=start,
        end=start + _count(told[_CHUNK_BYTES]),
        n_values=_count(told[_CHUNK_VALUES]),
    )


def _page(unpacked: int, fields: dict[int, Any]) -> Page:
    told = fields.get(_DATA) or fields.get(_DATA_V2)
    if not isinstance(told, dict):
        return Page(unpacked, 0, is_delta=False)
    encoding = told.get(_ENCODING if _DATA in fields else _ENCODING_V2)
    return Page(unpacked, _count(told.get(_N_VALUES)), is_delta=encoding == _DELTA_BYTE_ARRAY)


def _read_header(stream: BinaryIO, start: int) -> tuple[dict[int, Any], int]:
    n_bytes = _HEADER_BYTES
    while True:
        stream.seek(start)
        content = stream.read(n_bytes)
        compact = Compact(content)
        try:
            return compact.struct(), compact.position
        except BrokenThriftError as error:
            raise BrokenPagesError from error
        except IndexError as error:
            if n_bytes >= _LONGEST_HEADER or len(content) < n_bytes:
                raise BrokenPagesError from error
            n_bytes *= 16


def _count(number: Any) -> int:
    if type(number) is not int or not 0 <= number < 1 << 62:
        raise BrokenPagesError
    return number
