"""What the readers of extract files hand to the landing."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from cartox.intake.contract import Entity


@dataclass(frozen=True)
class SourceFile:
    """A file of an extract: the kind of record in it, where it lies, and `csv` or `parquet`."""

    entity: Entity
    path: Path
    file_format: str

    @property
    def name(self) -> str:
        """Bare name, as it stands in messages and in the column `source_file`."""
        return self.path.name


@dataclass(frozen=True)
class RejectedRecord:
    """A record that cannot be landed: where it starts, why, and its text as it stood in the file."""

    line_number: int
    reason: str
    raw_record: str


@dataclass(frozen=True)
class Batch:
    """Some consecutive records of a file.

    `columns` are text arrays in the contract's order, all as long as `line_numbers`; an optional column that
    the file lacks is all null.
    """

    columns: tuple[pa.Array, ...]
    line_numbers: pa.Array
    rejected: tuple[RejectedRecord, ...]
