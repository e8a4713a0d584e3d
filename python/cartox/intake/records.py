"""What the readers of extract files hand to the landing."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypedDict

import pyarrow as pa

from cartox.intake.contract import Entity
from cartox.intake.declaration import AS_THE_CONTRACT, Declaration

UTF_8 = ("utf-8", "utf8", "utf_8")


class CsvDialect(TypedDict):
    """Arguments of csv.reader."""

    delimiter: str
    quoting: Literal[0, 3]


@dataclass(frozen=True)
class SourceFile:
    """One table as it was delivered: the kind of record in it, where it lies, and `csv`, `parquet`, `xlsx` or `duckdb`.

    `origin` is `extract` or `omop`. A CSV file has a `separator`, and `quotes` where cells may be quoted; a
    table of a database has its `table`, the schema and name as the database writes them. `role` says what the
    file is counted as, where that is not the kind of record in it; `declared` how it differs from the contract.
    """

    entity: Entity
    path: Path
    file_format: str
    origin: str = "extract"
    separator: str = ","
    quotes: bool = True
    table: tuple[str, str] | None = None
    role: str | None = None
    declared: Declaration = AS_THE_CONTRACT

    @property
    def name(self) -> str:
        """Bare name, as it stands in messages and in the column `source_file`."""
        if self.declared.sheet is not None:
            return f"{self.path.name}:{self.declared.sheet}"
        return self.path.name if self.table is None else f"{self.path.name}:{'.'.join(self.table)}"

    @property
    def encoding(self) -> str:
        """Encoding of a CSV file's text."""
        return self.declared.encoding or "utf-8"

    @property
    def is_of_the_contract(self) -> bool:
        """Whether the text begins with its header and is UTF-8."""
        return self.declared.header_row == 1 and self.encoding.lower() in UTF_8

    @property
    def counted_as(self) -> str:
        """What the file's records are counted as: their kind, or the file's role."""
        return self.role or self.entity.name

    @property
    def csv_dialect(self) -> CsvDialect:
        """How the csv module is to read the file."""
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if self.quotes else csv.QUOTE_NONE
        return {"delimiter": self.separator, "quoting": quoting}


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
