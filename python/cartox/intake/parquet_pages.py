"""Walk the page headers of a Parquet file, which say how large each page is once unpacked.

The footer cannot be asked: its sizes may lie, and a text that is repeated is counted once. The layout is that
of the format's PageHeader, in Thrift's compact protocol (https://parquet.apache.org/docs/file-format/).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import pyarrow.parquet as pq

_HEADER_BYTES = 1 << 9  # as read at first; statistics may make a header longer
_LONGEST_HEADER = 1 << 21
_DEEPEST = 8
_UNPACKED, _PACKED, _DATA, _DICTIONARY, _DATA_V2 = 2, 3, 5, 7, 8  # fields of PageHeader
_N_VALUES, _ENCODING, _ENCODING_V2 = 1, 2, 4  # fields of its data pages' headers
_DELTA_BYTE_ARRAY = 7


class BrokenPageError(Exception):
    """What stands where a page's header is expected is none."""


@dataclass(frozen=True)
class Page:
    """A page's bytes once unpacked, its number of values (0 for a dictionary), and whether each builds on the one before."""

    unpacked: int
    n_values: int
    is_delta: bool


def read_pages(stream: BinaryIO, chunk: pq.ColumnChunkMetaData) -> Iterator[Page]:
    """Yield the pages of a column chunk. Raises BrokenPageError where there is no header."""
    start = chunk.data_page_offset
    if chunk.has_dictionary_page and 0 < (chunk.dictionary_page_offset or 0) < start:
        start = chunk.dictionary_page_offset
    if start < 0:
        raise BrokenPageError
    end = start + chunk.total_compressed_size
    n_left = chunk.num_values
    while start < end and n_left > 0:
        fields, n_header = _read_header(stream, start)
        unpacked, packed = fields.get(_UNPACKED), fields.get(_PACKED)
        if not isinstance(unpacked, int) or not isinstance(packed, int) or unpacked < 0 or packed < 0:
            raise BrokenPageError
        page = _page(unpacked, fields)
        yield page
        n_left -= page.n_values
        start += n_header + packed


def _page(unpacked: int, fields: dict[int, Any]) -> Page:
    told = fields.get(_DATA) or fields.get(_DATA_V2)
    if not isinstance(told, dict):
        return Page(unpacked, 0, is_delta=False)
    n_values = told.get(_N_VALUES)
    if not isinstance(n_values, int) or n_values < 0:
        raise BrokenPageError
    encoding = told.get(_ENCODING if _DATA in fields else _ENCODING_V2)
    return Page(unpacked, n_values, is_delta=encoding == _DELTA_BYTE_ARRAY)


def _read_header(stream: BinaryIO, start: int) -> tuple[dict[int, Any], int]:
    n_bytes = _HEADER_BYTES
    while True:
        stream.seek(start)
        compact = _Compact(stream.read(n_bytes))
        try:
            return compact.struct(), compact.position
        except IndexError:
            if n_bytes >= _LONGEST_HEADER or len(compact.content) < n_bytes:
                raise BrokenPageError from None
            n_bytes *= 16


class _Compact:
    """Reads Thrift's compact protocol; raises IndexError where the bytes end too early."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.position = 0

    def struct(self, depth: int = 0) -> dict[int, Any]:
        if depth > _DEEPEST:
            raise BrokenPageError
        fields: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._signed()
            fields[number] = self._value(head & 15, depth)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (1, 2):  # a boolean within a field's head
            return kind == 1
        if kind == 3:
            return self._byte()
        if kind in (4, 5, 6):
            return self._signed()
        if kind == 7:
            return self._skip(8)
        if kind == 8:
            return self._skip(self._unsigned())
        if kind == 12:
            return self.struct(depth + 1)
        raise BrokenPageError  # no page header has lists or maps

    def _byte(self) -> int:
        byte = self.content[self.position]
        self.position += 1
        return byte

    def _skip(self, n_bytes: int) -> None:
        self.position += n_bytes
        if self.position > len(self.content):
            raise IndexError

    def _unsigned(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
            shift += 7
            if shift > 63:
                raise BrokenPageError

    def _signed(self) -> int:
        number = self._unsigned()
        return (number >> 1) ^ -(number & 1)
