"""Read CSV as Python's csv module does, knowing each record's first line and its raw text.

DuckDB's own reader is not used: under a cast it drops rows, and it maps columns by position.
"""

import csv
import re
from collections.abc import Iterator
from typing import TextIO

import pyarrow as pa

from cartox.errors import UserError
from cartox.intake.bounds import LONGEST_CELL, LONGEST_RECORD
from cartox.intake.header import Header, match_header
from cartox.intake.records import UTF_8, Batch, RejectedRecord, SourceFile

_BATCH_RECORDS = 50_000
_BATCH_CHARACTERS = 64_000_000
_END = "end of file"  # fed after the last line: it comes back alone unless a quote is still open


class CsvReader:
    """Reads one file: first `header`, then `batches`."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._lines: list[str] = []  # of the record being read
        self._line_number = 1  # on which that record starts

    def open(self) -> TextIO:
        """Open the file as text, line ends untouched, a byte order mark left out."""
        encoding = "utf-8-sig" if self._source.encoding.lower() in UTF_8 else self._source.encoding
        return self._source.path.open(encoding=encoding, newline="")

    def read(self, stream: TextIO) -> tuple[Header, Iterator[Batch]]:
        """Return the header and an iterator over the records that follow it.

        Raises UserError where the header does not fit the contract and where a quote is never closed.
        """
        for _ in range(self._source.declared.header_row - 1):
            if not stream.readline(LONGEST_RECORD):
                break
            self._line_number += 1
        records = self._records(stream)
        first = next(records, None)
        if first is None:
            raise UserError(f"{self._source.name}: the file is empty, a header is expected")
        header = match_header(self._source, first[1])
        return header, self._batches(header, records)

    def _feed(self, stream: TextIO) -> Iterator[str]:
        size = 0
        while line := stream.readline(LONGEST_RECORD + 1):
            size = size + len(line) if self._lines else len(line)
            if size > LONGEST_RECORD:
                what = "a quote opened in it is not closed" if self._lines else "no line ends in it"
                raise UserError(f"{self._at()}: this record is endless, {what}")
            self._lines.append(line)
            yield line
        self._lines.append(_END)
        yield _END

    def _records(self, stream: TextIO) -> Iterator[tuple[int, list[str]]]:
        """Yield first line and fields of each record that is not blank; `_lines` holds its raw text."""
        csv.field_size_limit(LONGEST_CELL)
        lines = self._lines
        reader = csv.reader(self._feed(stream), **self._source.csv_dialect)
        while (fields := self._next(reader)) is not None:
            if lines[-1] is _END:
                if len(lines) > 1:
                    raise UserError(f"{self._at()}: a quote opened in this record is never closed")
                return
            if fields:
                yield self._line_number, fields
            self._line_number += len(lines)
            lines.clear()

    def _next(self, reader: Iterator[list[str]]) -> list[str] | None:
        try:
            return next(reader, None)
        except csv.Error as error:  # without strict=True, of nothing but a cell's length
            unclosed = ", or a quote opened in it is not closed" if len(self._lines) > 1 else ""
            raise UserError(
                f"{self._at()}: a cell of more than {LONGEST_CELL:,} characters{unclosed}"
            ) from error

    def _batches(self, header: Header, records: Iterator[tuple[int, list[str]]]) -> Iterator[Batch]:
        accepted: list[list[str]] = []
        numbers: list[int] = []
        rejected: list[RejectedRecord] = []
        size = 0
        for line_number, fields in records:
            raw = self._lines[0] if len(self._lines) == 1 else "".join(self._lines)
            reason = self._fault(header, fields, raw)
            if reason is None:
                accepted.append(fields)
                numbers.append(line_number)
            else:
                rejected.append(RejectedRecord(line_number, reason, _printable(raw)))
            size += len(raw)
            if len(accepted) + len(rejected) >= _BATCH_RECORDS or size > _BATCH_CHARACTERS:
                yield self._batch(header, accepted, numbers, rejected)
                accepted, numbers, rejected, size = [], [], [], 0
        yield self._batch(header, accepted, numbers, rejected)

    def _fault(self, header: Header, fields: list[str], raw: str) -> str | None:
        if len(fields) != header.width:
            return "ragged_record"
        if "\0" in raw:
            return "nul_byte"
        if self._source.quotes and '"' in raw and not self._is_well_quoted():
            return "malformed_quotes"
        return None

    def _is_well_quoted(self) -> bool:
        """Say whether nothing but a separator follows each closing quote.

        A stray quote makes the csv module swallow what follows, whole lines included, until the next one.
        """
        try:
            next(csv.reader(self._lines, strict=True, **self._source.csv_dialect))
        except csv.Error:
            return False
        return True

    def _batch(
        self, header: Header, accepted: list[list[str]], numbers: list[int], rejected: list[RejectedRecord]
    ) -> Batch:
        cells = list(zip(*accepted, strict=True))
        columns = tuple(
            pa.array(cells[header.positions[column]] if cells else [], pa.string())
            if column in header.positions
            else pa.nulls(len(accepted), pa.string())
            for column in self._source.entity.column_names
        )
        return Batch(columns, pa.array(numbers, pa.int64()), tuple(rejected))

    def _at(self) -> str:
        return f"{self._source.name}, line {self._line_number}"


def _printable(raw: str) -> str:
    """Return a record's text without the end of its last line, NUL bytes as a sign in their place."""
    return re.sub(r"(\r\n|\n|\r)\Z", "", raw, count=1).replace("\0", "␀")
