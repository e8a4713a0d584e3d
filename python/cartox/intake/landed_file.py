"""Land one table: an all-text Parquet file beside the records that could not be read."""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from cartox.errors import UserError
from cartox.intake.bounds import require_bounded_cells, require_bounded_rows, require_honest_size
from cartox.intake.contract import Entity
from cartox.intake.counting import count_records
from cartox.intake.csv_reader import CsvReader
from cartox.intake.duckdb_reader import DuckDbReader
from cartox.intake.fingerprint import fingerprint
from cartox.intake.header import Header
from cartox.intake.parquet_reader import ParquetReader
from cartox.intake.plain_csv_reader import NotPlainError, PlainCsvReader
from cartox.intake.records import Batch, SourceFile
from cartox.intake.translation import Translation
from cartox.intake.vocabulary import needed_rows
from cartox.intake.workbook_reader import WorkbookReader

_TEXT = pa.string()
_COUNT = pa.int64()
REJECTED = pa.schema(
    [
        ("entity", _TEXT),
        ("source_file", _TEXT),
        ("line_number", _COUNT),
        ("reason", _TEXT),
        ("raw_record", _TEXT),
    ]
)
LANDED = pa.schema(
    [
        ("origin", _TEXT),
        ("entity", _TEXT),
        ("source_file", _TEXT),
        ("file_format", _TEXT),
        ("sha256", _TEXT),
        ("n_bytes", _COUNT),
        ("n_raw", _COUNT),
        ("n_landed", _COUNT),
        ("n_rejected", _COUNT),
        ("n_not_needed", _COUNT),
    ]
)


@dataclass(frozen=True)
class LandedFile:
    """What became of one file: n_raw, counted by a pass of its own, = n_landed + n_rejected + n_not_needed.

    `n_not_needed` counts a vocabulary's rows about concepts that no record uses. `absent_columns` are the
    optional columns that the file lacks: they are landed without values.
    """

    origin: str
    entity: str
    source_file: str
    file_format: str
    sha256: str
    n_bytes: int
    n_raw: int
    n_landed: int
    n_rejected: int
    n_not_needed: int = 0
    absent_columns: tuple[str, ...] = ()


class Reader(Protocol):
    """Opens a file and reads its header and its records, batch by batch."""

    def open(self) -> Any:
        """Open the file."""

    def read(self, stream: Any) -> tuple[Header, Iterator[Batch]]:
        """Return the header and the records after it."""
        ...


_READERS: dict[str, Callable[[SourceFile], Reader]] = {
    "csv": CsvReader,
    "parquet": ParquetReader,
    "duckdb": DuckDbReader,
    "xlsx": WorkbookReader,
}


@dataclass
class _Counted:
    n_landed: int = 0
    n_rejected: int = 0
    n_not_needed: int = 0
    n_unpacked: int = 0  # bytes in memory

    @property
    def n_read(self) -> int:
        return self.n_landed + self.n_rejected + self.n_not_needed


def land_file(
    source: SourceFile,
    folder: Path,
    rejected_records: pq.ParquetWriter,
    notes: list[str],
    tell: Callable[[int, int], None],
    used: pa.Array | None = None,
) -> LandedFile:
    """Land one table in `folder`; what cannot be read goes to `rejected_records`, what is worth a look to `notes`.

    `tell` is told how many records and, of a CSV file, how many bytes were read so far. Of a table of the
    vocabulary only rows about the `used` concepts are landed. Raises UserError for a file that breaks the
    contract, that changes while it is read, or of which a record is lost.
    """
    before = _state(source)
    mark = fingerprint(source)
    readers = [open_reader(source)]
    if used is not None and source.file_format == "csv":
        readers.insert(0, PlainCsvReader(source))
    for reader in readers:
        with suppress(NotPlainError):
            header, counted = _land(source, reader, mark.n_bytes, folder, rejected_records, tell, used)
            break
    if source.origin == "extract":  # a common data model has many columns that no study reads
        notes.extend(
            f"{source.name}: column {name} is not of the contract, ignored" for name in header.unknown
        )
    n_raw = count_records(source)
    if _state(source) != before:
        raise UserError(f"{source.name}: the file changed while it was read")
    if n_raw != counted.n_read:
        raise UserError(
            f"{source.name}: {n_raw} records were counted, but {counted.n_read - counted.n_rejected} landed and"
            f" {counted.n_rejected} rejected"
        )
    if counted.n_rejected:
        notes.append(
            f"{source.name}: {counted.n_rejected} of {n_raw} records could not be read and are quarantined"
        )
    return LandedFile(
        source.origin,
        source.counted_as,
        source.name,
        source.file_format,
        mark.sha256,
        mark.n_bytes,
        n_raw,
        counted.n_landed,
        counted.n_rejected,
        counted.n_not_needed,
        tuple(
            name
            for name in source.entity.column_names
            if name not in header.positions and name not in source.declared.constants
        ),
    )


def open_reader(source: SourceFile) -> Reader:
    """Return the reader of a file of any form."""
    return _READERS[source.file_format](source)


def _land(
    source: SourceFile,
    reader: Reader,
    n_bytes: int,
    folder: Path,
    rejected_records: pq.ParquetWriter,
    tell: Callable[[int, int], None],
    used: pa.Array | None,
) -> tuple[Header, _Counted]:
    schema = landing_schema(source.entity)
    counted = _Counted()
    with (
        closing(reader.open()) as stream,
        pq.ParquetWriter(folder / f"{source.entity.name}.parquet", schema, compression="zstd") as writer,
    ):
        header, batches = reader.read(stream)
        translate = Translation(source)
        for delivered in batches:
            _require_bounded(source, delivered, counted, n_bytes)
            read = translate(delivered)
            batch = read if used is None else needed_rows(source.entity, read, used)
            names = pa.repeat(pa.scalar(source.name, _TEXT), len(batch.line_numbers))
            writer.write_table(pa.table([*batch.columns, names, batch.line_numbers], schema=schema))
            counted.n_landed += len(batch.line_numbers)
            counted.n_not_needed += len(read.line_numbers) - len(batch.line_numbers)
            counted.n_rejected += len(batch.rejected)
            tell(
                counted.n_read, getattr(stream, "buffer", stream).tell() if source.file_format == "csv" else 0
            )
            if batch.rejected:
                origin = {"entity": source.counted_as, "source_file": source.name}
                rejected = [origin | vars(record) for record in batch.rejected]
                rejected_records.write_table(pa.Table.from_pylist(rejected, schema=REJECTED))
    return header, counted


def _require_bounded(source: SourceFile, batch: Batch, counted: _Counted, n_bytes: int) -> None:
    """Hold a batch to the bounds of a cell and those of all that was read of its file."""
    for column, cells in zip(source.entity.column_names, batch.columns, strict=True):
        require_bounded_cells(source, column, cells, batch.line_numbers)
        counted.n_unpacked += cells.nbytes
    require_bounded_rows(source, counted.n_read + len(batch.line_numbers) + len(batch.rejected))
    require_honest_size(source, counted.n_unpacked, n_bytes)


def landing_schema(entity: Entity) -> pa.Schema:
    """Return the columns of a landed table: the contract's as text, then file and line."""
    columns = [(column, _TEXT) for column in entity.column_names]
    return pa.schema([*columns, ("source_file", _TEXT), ("line_number", _COUNT)])


def _state(source: SourceFile) -> tuple[int, int, int]:
    status = source.path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns
