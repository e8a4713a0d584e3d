"""Read Parquet as the text that a CSV file with the same content would hold."""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cartox.errors import UserError
from cartox.intake.header import Header, match_header
from cartox.intake.records import Batch, RejectedRecord, SourceFile

_BATCH_RECORDS = 20_000
_LARGEST_PLAIN_EXPONENT = 30
_FIRST_INEXACT_INTEGER = 2**53
_FRACTION_OF_ZERO = r"\.0*$"


class ParquetReader:
    """Reads one file: first its header, then its records in batches."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source

    def open(self) -> pq.ParquetFile:
        """Open the file. Raises UserError where it is not a whole Parquet file."""
        try:
            return pq.ParquetFile(self._source.path)
        except (pa.ArrowException, OSError) as error:
            raise self._unreadable() from error

    def read(self, stream: pq.ParquetFile) -> tuple[Header, Iterator[Batch]]:
        """Return the header and an iterator over the records.

        Raises UserError where the header does not fit the contract, where a column's type has no text (bytes,
        lists, times with a zone), and where the file's data are corrupt.
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
        batches = stream.iter_batches(_BATCH_RECORDS, columns=list(names.values()))
        while True:
            try:
                batch = next(batches)
                columns = [
                    writers[column](batch.column(names[column]))
                    if column in names
                    else pa.nulls(batch.num_rows, pa.string())
                    for column in self._source.entity.column_names
                ]
            except StopIteration:
                return
            except (pa.ArrowException, OSError) as error:
                raise self._unreadable() from error
            for column, cells in zip(self._source.entity.column_names, columns, strict=True):
                self._require_utf8(column, cells, row)
            yield without_nul_bytes(self._source, columns, row)
            row += batch.num_rows

    def _writer(self, column: str, kind: pa.DataType) -> Callable[[pa.Array], pa.Array]:
        if pa.types.is_dictionary(kind):
            write = self._writer(column, kind.value_type)
            return lambda cells: write(cells.dictionary_decode())
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
            return _write_times
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


def _write_times(cells: pa.Array) -> pa.Array:
    """Write `YYYY-MM-DD HH:MM:SS`, with six decimals where the second is not whole."""
    text = cells.cast(pa.timestamp("us"), safe=False).cast(pa.string())
    return pc.replace_substring_regex(text, _FRACTION_OF_ZERO, "")


def require_exact_ids(source: SourceFile, column: str, cells: pa.Array) -> pa.Array:
    """Return the numbers of a column; where it holds ids of OMOP, refuse those that may have been rounded.

    Raises UserError for an id of 2^53 or more that is kept as a floating point number.
    """
    if source.origin == "omop" and column.endswith("_id") and pa.types.is_floating(cells.type):
        largest = pc.max(pc.abs(cells)).as_py()
        if largest is not None and largest >= _FIRST_INEXACT_INTEGER:
            raise UserError(
                f"{source.name}, column {column}: ids of 2^53 or more as floating point numbers, in which they"
                " are not exact"
            )
    return cells


def write_numbers(cells: pa.Array) -> pa.Array:
    """Write the shortest digits that give the number back, whole numbers without a fraction."""
    if pa.types.is_float16(cells.type):
        cells = cells.cast(pa.float32())
    text = cells.cast(pa.string())
    if pa.types.is_floating(cells.type):
        text = pc.replace_substring_regex(text, _FRACTION_OF_ZERO, "")
    if not pc.any(pc.match_substring(text, "e", ignore_case=True)).as_py():
        return text
    return pa.array([_without_exponent(number) for number in text.to_pylist()], pa.string())


def _without_exponent(number: str | None) -> str | None:
    exponent = re.search(r"[eE]([+-]?\d+)$", number or "")
    if number is None or exponent is None or abs(int(exponent[1])) > _LARGEST_PLAIN_EXPONENT:
        return number
    return format(Decimal(number), "f")


def without_nul_bytes(source: SourceFile, columns: list[pa.Array], first_row: int) -> Batch:
    """Return the rows as a batch, those with a NUL byte in a cell set aside."""
    numbers = pa.array(range(first_row, first_row + len(columns[0])), pa.int64())
    has_nul = pa.array([False] * len(numbers))
    for cells in columns:
        has_nul = pc.or_(has_nul, pc.fill_null(pc.match_substring(cells, "\0"), False))
    if not pc.any(has_nul).as_py():
        return Batch(tuple(columns), numbers, ())
    table = pa.table([*columns, numbers], names=[*source.entity.column_names, "line_number"])
    rejected = []
    for record in table.filter(has_nul).to_pylist():
        line_number = record.pop("line_number")
        rejected.append(RejectedRecord(line_number, "nul_byte", json.dumps(record, ensure_ascii=False)))
    kept = pc.invert(has_nul)
    return Batch(tuple(cells.filter(kept) for cells in columns), numbers.filter(kept), tuple(rejected))


def _is_utf8(cell: bytes) -> bool:
    try:
        cell.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _type_name(kind: pa.DataType) -> str:
    return re.split(r"[<\[(]", str(kind))[0]
