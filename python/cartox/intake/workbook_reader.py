"""Read a sheet of a workbook as the text that a CSV file with the same content would hold."""

import datetime
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa

from cartox.errors import UserError
from cartox.intake.bounds import require_bounded_columns
from cartox.intake.header import Header, match_header, printable
from cartox.intake.records import Batch, RejectedRecord, SourceFile
from cartox.intake.translation import holds_numbers, with_points
from cartox.intake.workbook_rows import BROKEN, open_archive, unreadable

_BATCH_RECORDS = 20_000


class WorkbookReader:
    """Reads one sheet: first its header, then its rows in batches; a row without a value is no record."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._numbers = {column.name for column in source.entity.columns if holds_numbers(column)}

    def open(self) -> Any:
        """Open the workbook. Raises UserError where it is none, or unpacks out of all proportion."""
        from openpyxl import load_workbook

        open_archive(self._source).close()
        try:
            return load_workbook(self._source.path, read_only=True, data_only=True)
        except Exception as error:  # an archive that is no workbook fails anywhere within the reader
            raise unreadable(self._source) from error

    def read(self, stream: Any) -> tuple[Header, Iterator[Batch]]:
        """Return the header and an iterator over the records that follow it.

        Raises UserError where there is no such sheet and where the header does not fit the contract.
        """
        rows = self._rows(self._sheet(stream))
        first = next((cells for number, cells in rows if number == self._source.declared.header_row), None)
        if first is None:
            raise UserError(f"{self._source.name}: the sheet is empty, a header is expected")
        require_bounded_columns(self._source, len(first))
        names = [_text(cell) or "" for cell in first]
        while names and not names[-1]:
            names.pop()
        header = match_header(self._source, names)
        return header, self._batches(header, rows)

    def _sheet(self, workbook: Any) -> Any:
        wanted, names = self._source.declared.sheet, workbook.sheetnames
        if wanted is None and len(names) == 1:
            return workbook[names[0]]
        if wanted in names:
            return workbook[wanted]
        shown = ", ".join(printable(name) for name in names)
        raise UserError(
            f"{self._source.name}: the workbook has the sheets {shown}; declare one of them as sheet"
        )

    def _rows(self, sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
        try:
            yield from enumerate(sheet.iter_rows(), start=1)
        except (*BROKEN, TypeError, IndexError, AttributeError) as error:
            raise unreadable(self._source) from error

    def _batches(self, header: Header, rows: Iterator[tuple[int, Sequence[Any]]]) -> Iterator[Batch]:
        records = ((number, cells) for number, cells in rows if any(cell.value is not None for cell in cells))
        while chunk := list(islice(records, _BATCH_RECORDS)):
            yield self._batch(header, chunk)

    def _batch(self, header: Header, records: Sequence[tuple[int, Sequence[Any]]]) -> Batch:
        kept, rejected = [], []
        for number, cells in records:
            reason = _fault(header, cells)
            if reason is None:
                kept.append((number, cells))
            else:
                texts = [_text(cell) for cell in cells]
                shown = json.dumps(texts, ensure_ascii=False).replace("\\u0000", "␀")
                rejected.append(RejectedRecord(number, reason, shown))
        columns = tuple(
            pa.array([self._cell(column, cells, header) for _, cells in kept], pa.string())
            for column in self._source.entity.column_names
        )
        return Batch(columns, pa.array([number for number, _ in kept], pa.int64()), tuple(rejected))

    def _cell(self, column: str, cells: Sequence[Any], header: Header) -> str | None:
        place = header.positions.get(column)
        if place is None or place >= len(cells):
            return None
        text = _text(cells[place])
        is_written = isinstance(cells[place].value, str)
        if (
            text is not None
            and is_written
            and self._source.declared.decimal_mark == ","
            and column in self._numbers
        ):
            return with_points(text)
        return text


def _fault(header: Header, cells: Sequence[Any]) -> str | None:
    if any(cell.value is not None for cell in cells[header.width :]):
        return "ragged_record"
    if any(isinstance(cell.value, str) and "\0" in cell.value for cell in cells):
        return "nul_byte"
    return None


def _text(cell: Any) -> str | None:
    """Write a cell: a number in its shortest digits, a time as ISO 8601, without a clock where its format shows none."""
    value = cell.value
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        shows_clock = "h" in str(cell.number_format).lower()
        seconds = value.replace(microsecond=0) if value.microsecond == 0 else value
        return (
            seconds.isoformat(" ")
            if shows_clock or value.time() != datetime.time()
            else value.date().isoformat()
        )
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)
