"""Read CSV without quotes fast: there a line is a record and a separator always parts two cells."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from cartox.intake.bounds import LONGEST_CELL
from cartox.intake.csv_reader import CsvReader
from cartox.intake.header import Header
from cartox.intake.records import Batch, SourceFile

_CHUNK_BYTES = 1 << 20
_BLOCK_BYTES = 8 << 20
_MARK = b"\xef\xbb\xbf"
_TELLING = (b"\0", b"\n\n", b"\r\r", b"\n\r", _MARK + b"\n", _MARK + b"\r")  # no text; blank lines
_FIRST_RECORD = 2  # the line after the header's


class NotPlainError(Exception):
    """Tells that a file holds more than plain lines, so that CsvReader must read it."""


class PlainCsvReader:
    """Reads one file as CsvReader does, to the same columns and line numbers, or raises NotPlainError.

    Plain is a file without NUL bytes and blank lines, whose lines all have as many cells as the header, and
    without quotes where these would mean something.
    """

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._careful = CsvReader(source)

    def open(self) -> pa.NativeFile:
        """Open the file. Raises NotPlainError for one with NUL bytes, quotes or a declared encoding or place."""
        if not self._source.is_of_the_contract:
            raise NotPlainError
        telling = (*_TELLING, b'"') if self._source.quotes else _TELLING
        before = b"\n"  # as if a line ended there: a blank line may come first
        with self._source.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                if any(found in before + chunk for found in telling):
                    raise NotPlainError
                before = chunk[-1:]
        return pa.OSFile(str(self._source.path))

    def read(self, stream: pa.NativeFile) -> tuple[Header, Iterator[Batch]]:
        """Return the header and an iterator over the records, which raises NotPlainError at one that is not plain.

        Raises UserError where the header does not fit the contract.
        """
        with self._careful.open() as text:
            header, _ = self._careful.read(text)
        return header, self._batches(stream, header)

    def _batches(self, stream: pa.NativeFile, header: Header) -> Iterator[Batch]:
        names = [str(position) for position in range(header.width)]
        wanted = [str(position) for position in header.positions.values()]
        line = _FIRST_RECORD
        try:
            batches = pa.csv.open_csv(
                stream,
                pa.csv.ReadOptions(block_size=_BLOCK_BYTES, skip_rows=1, column_names=names),
                pa.csv.ParseOptions(
                    delimiter=self._source.separator,
                    quote_char=False,
                    escape_char=False,
                    ignore_empty_lines=False,
                ),
                pa.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()),
                    include_columns=wanted,
                    strings_can_be_null=False,
                ),
            )
            for batch in batches:
                if any(
                    (pc.max(pc.binary_length(cells)).as_py() or 0) > LONGEST_CELL for cells in batch.columns
                ):
                    raise NotPlainError
                cells = dict(zip(header.positions, batch.columns, strict=True))
                columns = tuple(
                    cells.get(column, pa.nulls(len(batch), pa.string()))
                    for column in self._source.entity.column_names
                )
                yield Batch(columns, pa.array(range(line, line + len(batch)), pa.int64()), ())
                line += len(batch)
        except pa.ArrowException as error:
            raise NotPlainError from error
