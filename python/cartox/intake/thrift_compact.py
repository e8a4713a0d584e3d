"""Read Thrift's compact protocol, in which Parquet writes its footer and the headers of its pages.

pyarrow ends the process where a broken footer is asked for a row group, so it is not asked. The layout is that
of https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.
"""

from typing import Any

_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
_INTEGERS = (4, 5, 6)
_DEEPEST = 16


class BrokenThriftError(Exception):
    """These bytes are no structure of the protocol."""


class Compact:
    """Reads structures from bytes; raises IndexError where the bytes end too early."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.position = 0

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """Return a structure's fields by their numbers: numbers, truths, bytes, lists and structures."""
        if depth > _DEEPEST:
            raise BrokenThriftError
        fields: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._signed()
            kind = head & 15
            fields[number] = kind == _TRUE if kind in (_TRUE, _FALSE) else self._value(kind, depth)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if kind in _INTEGERS:
            return self._signed()
        if kind == _BINARY:
            return self._bytes(self._unsigned())
        if kind == _STRUCT:
            return self.struct(depth + 1)
        if kind in (_LIST, _SET):
            return self._list(depth + 1)
        if kind in (_TRUE, _FALSE, _BYTE):
            return self._byte()
        if kind == _DOUBLE:
            return self._bytes(8)
        raise BrokenThriftError

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        n_elements = head >> 4 if head >> 4 < 15 else self._unsigned()
        if n_elements > len(self._content) - self.position:  # an element has a byte at least
            raise IndexError
        return [self._value(head & 15, depth) for _ in range(n_elements)]

    def _byte(self) -> int:
        byte = self._content[self.position]
        self.position += 1
        return byte

    def _bytes(self, n_bytes: int) -> bytes:
        end = self.position + n_bytes
        if end > len(self._content):
            raise IndexError
        found = self._content[self.position : end]
        self.position = end
        return found

    def _unsigned(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
            shift += 7
            if shift > 63:
                raise BrokenThriftError

    def _signed(self) -> int:
        number = self._unsigned()
        return (number >> 1) ^ -(number & 1)
