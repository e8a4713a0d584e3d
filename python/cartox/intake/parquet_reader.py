"""Read Parquet as the text that a CSV file with the same content would hold."""

import re
from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cartox.errors import UserError
from cartox.intake.bounds import (
    LONGEST_CELL,
    require_bounded_columns,
    require_bounded_rows,
    rows_at_a_time,
    too_long,
)
from cartox.intake.header import Header, match_header
from cartox.intake.parquet_pages import BrokenPagesError
from cartox.intake.parquet_plan import plan_reading
from cartox.intake.records import Batch, SourceFile
from cartox.intake.typed_cells import require_exact_ids, without_nul_bytes, write_numbers, write_times

_BUFFER_BYTES = 1 << 20
_BROKEN = (
    pa.ArrowException,
    OSError,
    UnicodeDecodeError,
    IndexError,
    BrokenPagesError,
)  # pyarrow quotes bytes as text


class ParquetReader:
    """Reads one file: first its header, then its records in batches."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source

    def open(self) -> pq.ParquetFile:
        """Open the file, of which nothing but its footer is read.

        Raises UserError where it is not a whole Parquet file and where it has too many rows or columns.
        """
        try:
            stream = pq.ParquetFile(self._source.path)
            n_columns = max(stream.metadata.num_columns, len(stream.schema_arrow.names))
        except _BROKEN as error:
            raise self._unreadable() from error
        require_bounded_columns(self._source, n_columns)
        require_bounded_rows(self._source, stream.metadata.num_rows)
        return stream

    def read(self, stream: pq.ParquetFile) -> tuple[Header, Iterator[Batch]]:
        """Return the header and an iterator over the records, some megabytes of them at a time.

        Raises UserError where the header does not fit the contract, where a column's type has no text (bytes,
        lists, times with a zone), where a page or a cell is too large, and where the file's data are corrupt.
        """
        schema = stream.schema_arrow
        header = match_header(self._source, schema.names)
        writers = {
            column: self._writer(column, schema.field(position).type)
            for column, position in header.positions.items()
        }
        return header, self._batches(stream, header, writers)

    def _batches(
        self, stream: pq.ParquetFile, header: Header, writers: dict[str, Callable[[pa.Array], pa.Array]]
    ) -> Iterator[Batch]:
        row = 1
        names = {column: stream.schema_arrow.names[position] for column, position in header.positions.items()}
        for batch in self._read(stream, list(names.values())):
            try:
                columns = [
                    writers[column](self._decoded(column, batch.column(names[column]), row))
                    if column in names
                    else pa.nulls(batch.num_rows, pa.string())
                    for column in self._source.entity.column_names
                ]
            except _BROKEN as error:
                raise self._unreadable() from error
            for column, cells in zip(self._source.entity.column_names, columns, strict=True):
                self._require_utf8(column, cells, row)
            yield without_nul_bytes(self._source, columns, row)
            row += batch.num_rows

    def _read(self, stream: pq.ParquetFile, names: list[str]) -> Iterator[pa.RecordBatch]:
        """Yield the rows, repeated texts as indices into a dictionary, so few at a time that they fit when written out."""
        try:
            plan = plan_reading(self._source, names)
            with pq.ParquetFile(
                self._source.path,
                metadata=stream.metadata,
                read_dictionary=list(plan.repeated_texts),
                buffer_size=_BUFFER_BYTES,
            ) as file:
                for group, n_rows in enumerate(plan.rows_at_a_time):
                    for batch in file.iter_batches(n_rows, row_groups=[group], columns=names):
                        yield from _in_slices(batch)
        except _BROKEN as error:
            raise self._unreadable() from error

    def _decoded(self, column: str, cells: pa.Array, first_row: int) -> pa.Array:
        """Write repeated texts out, once none is too long."""
        if not pa.types.is_dictionary(cells.type):
            return cells
        if _longest(cells) > LONGEST_CELL:
            n_characters = pc.take(pc.utf8_length(cells.dictionary), cells.indices)
            is_longer = pc.fill_null(pc.greater(n_characters, LONGEST_CELL), False).to_pylist()
            if True in is_longer:
                raise too_long(self._source, first_row + is_longer.index(True), column)
        return cells.dictionary_decode()

    def _writer(self, column: str, kind: pa.DataType) -> Callable[[pa.Array], pa.Array]:
        if pa.types.is_dictionary(kind):
            return self._writer(column, kind.value_type)
        if isinstance(kind, pa.UuidType):
            return lambda cells: pa.array(
                [None if u is None else str(u) for u in cells.to_pylist()], pa.string()
            )
        if pa.types.is_timestamp(kind):
            if kind.tz is not None:
                raise UserError(
                    f"{self._source.name}, column {column}: times with a zone; the site's own local times,"
                    " without a zone, are expected"
                )
            return write_times
        if pa.types.is_floating(kind):
            return lambda cells: write_numbers(require_exact_ids(self._source, column, cells))
        if pa.types.is_decimal(kind):
            return write_numbers
        if any(is_kind(kind) for is_kind in _PLAIN_KINDS):
            return lambda cells: cells.cast(pa.string())
        raise UserError(
            f"{self._source.name}, column {column}: values of type {_type_name(kind)}; text is expected"
        )

    def _require_utf8(self, column: str, cells: pa.Array, first_row: int) -> None:
        try:
            cells.validate(full=True)
        except pa.ArrowInvalid as error:
            for offset, cell in enumerate(cells.cast(pa.binary()).to_pylist()):
                if cell is not None and not _is_utf8(cell):
                    at = f"{self._source.name}, column {column}, row {first_row + offset}"
                    raise UserError(f"{at}: a byte that is not UTF-8") from error
            raise self._unreadable() from error

    def _unreadable(self) -> UserError:
        return UserError(
            f"{self._source.name}: not a whole Parquet file (truncated, corrupt, or of another kind)"
        )


_PLAIN_KINDS: tuple[Callable[[pa.DataType], bool], ...] = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_null,
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_date32,
    pa.types.is_time,
)


def _in_slices(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Part a batch so that its repeated texts, each as long as the longest, fit when they are written out."""
    repeated = [cells for cells in batch.columns if pa.types.is_dictionary(cells.type)]
    n_rows = rows_at_a_time(sum(_longest(cells) for cells in repeated), batch.num_rows or 1)
    for start in range(0, batch.num_rows, n_rows):
        yield batch.slice(start, n_rows)


def _longest(cells: pa.DictionaryArray) -> int:
    """Return the bytes of the longest text in a dictionary."""
    if not _has_texts(cells.type.value_type):
        return 0
    return pc.max(pc.binary_length(cells.dictionary)).as_py() or 0


def _has_texts(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_utf8(cell: bytes) -> bool:
    try:
        cell.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _type_name(kind: pa.DataType) -> str:
    return re.split(r"[<\[(]", str(kind))[0]
