"""Land an extract: each file as an all-text Parquet table beside the records that could not be read."""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cartox.errors import UserError
from cartox.intake.contract import Entity
from cartox.intake.counting import count_records
from cartox.intake.csv_reader import CsvReader
from cartox.intake.fingerprint import fingerprint
from cartox.intake.folder import find_files
from cartox.intake.parquet_reader import ParquetReader
from cartox.intake.place import replaced_as_a_whole
from cartox.intake.records import SourceFile
from cartox.progress import Progress

_TEXT = pa.string()
_COUNT = pa.int64()
_REJECTED = pa.schema(
    [
        ("entity", _TEXT),
        ("source_file", _TEXT),
        ("line_number", _COUNT),
        ("reason", _TEXT),
        ("raw_record", _TEXT),
    ]
)
_LANDED = pa.schema(
    [
        ("entity", _TEXT),
        ("source_file", _TEXT),
        ("file_format", _TEXT),
        ("sha256", _TEXT),
        ("n_bytes", _COUNT),
        ("n_raw", _COUNT),
        ("n_landed", _COUNT),
        ("n_rejected", _COUNT),
    ]
)


@dataclass(frozen=True)
class LandedFile:
    """What became of one file; n_raw = n_landed + n_rejected, n_raw counted by a pass of its own."""

    entity: str
    source_file: str
    file_format: str
    sha256: str
    n_bytes: int
    n_raw: int
    n_landed: int
    n_rejected: int


@dataclass(frozen=True)
class LandingReport:
    """The files that were landed, in the contract's order, and one line for each thing worth a look."""

    files: tuple[LandedFile, ...]
    notes: tuple[str, ...]


def land(extract: Path, landing: Path, progress: Progress) -> LandingReport:
    """Land the study extract in the folder `extract`, replacing what lies in `landing` as a whole.

    Writes `extract/<entity>.parquet` for every kind of record, `rejected_records.parquet` and
    `landed_files.parquet`. On any error what was landed before stays as it was, and so it does where the
    process is killed: `landing` becomes a link, which is moved in one step.

    Raises UserError for an extract that breaks the contract as a whole: one line with file, column and line.
    """
    _require_apart(extract, landing)
    progress.step(f"Reading the extract {extract}")
    files, notes = find_files(extract)
    with replaced_as_a_whole(landing) as building:
        (building / "extract").mkdir(mode=0o700)
        landed = []
        with pq.ParquetWriter(building / "rejected_records.parquet", _REJECTED) as rejected_records:
            for number, source in enumerate(files):
                told = partial(_tell, progress, source, number, len(files))
                landed.append(_land_file(source, building / "extract", rejected_records, notes, told))
        rows = pa.Table.from_pylist([vars(file) for file in landed], schema=_LANDED)
        pq.write_table(rows, building / "landed_files.parquet")
    progress.advance("", len(files), len(files))
    return LandingReport(tuple(landed), tuple(notes))


def _land_file(
    source: SourceFile,
    folder: Path,
    rejected_records: pq.ParquetWriter,
    notes: list[str],
    tell: Callable[[int], None],
) -> LandedFile:
    before = _state(source)
    mark = fingerprint(source)
    schema = _landing_schema(source.entity)
    n_landed = n_rejected = 0
    reader = CsvReader(source) if source.file_format == "csv" else ParquetReader(source)
    with (
        closing(reader.open()) as stream,
        pq.ParquetWriter(folder / f"{source.entity.name}.parquet", schema, compression="zstd") as writer,
    ):
        header, batches = reader.read(stream)
        notes.extend(
            f"{source.name}: column {name} is not of the contract, ignored" for name in header.unknown
        )
        for batch in batches:
            names = pa.repeat(pa.scalar(source.name, _TEXT), len(batch.line_numbers))
            writer.write_table(pa.table([*batch.columns, names, batch.line_numbers], schema=schema))
            n_landed += len(batch.line_numbers)
            n_rejected += len(batch.rejected)
            tell(n_landed + n_rejected)
            if batch.rejected:
                origin = {"entity": source.entity.name, "source_file": source.name}
                rejected = [origin | vars(record) for record in batch.rejected]
                rejected_records.write_table(pa.Table.from_pylist(rejected, schema=_REJECTED))
    n_raw = count_records(source)
    if _state(source) != before:
        raise UserError(f"{source.name}: the file changed while it was read")
    if n_raw != n_landed + n_rejected:
        raise UserError(
            f"{source.name}: {n_raw} records were counted, but {n_landed} landed and {n_rejected} rejected"
        )
    if n_rejected:
        notes.append(f"{source.name}: {n_rejected} of {n_raw} records could not be read and are quarantined")
    return LandedFile(
        source.entity.name,
        source.name,
        source.file_format,
        mark.sha256,
        mark.n_bytes,
        n_raw,
        n_landed,
        n_rejected,
    )


def _tell(progress: Progress, source: SourceFile, number: int, n_files: int, n_records: int) -> None:
    progress.advance(f"{source.name}, {n_records:,} records", number, n_files)


def _landing_schema(entity: Entity) -> pa.Schema:
    columns = [(column, _TEXT) for column in entity.column_names]
    return pa.schema([*columns, ("source_file", _TEXT), ("line_number", _COUNT)])


def _state(source: SourceFile) -> tuple[int, int, int]:
    status = source.path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _require_apart(extract: Path, landing: Path) -> None:
    """Refuse to replace a folder that holds the extract or anything that was not landed here."""
    if Path(os.path.realpath(extract)).is_relative_to(os.path.realpath(landing)):
        raise UserError(
            f"{extract}: the extract lies in the landing folder {landing}, which is to be replaced"
        )
    if landing.exists() and not landing.is_dir():
        raise UserError(f"{landing}: a folder to land in is expected, this is a file")
    if landing.exists() and any(landing.iterdir()) and not (landing / "landed_files.parquet").exists():
        raise UserError(f"{landing}: this folder holds something other than a landing and is not replaced")
