"""How large a file may be, in every direction: generous for registries, too small for a file made to fill a machine."""

import pyarrow as pa
import pyarrow.compute as pc

from cartox.errors import UserError
from cartox.intake.records import SourceFile

MOST_ROWS = 1_000_000_000
"""The largest registry that was run has 76 million laboratory results; an OMOP vocabulary has 80 million ancestors."""

MOST_COLUMNS = 10_000
"""The contracts have 30 at most; an export with a column for each checkbox of a form has some thousands."""

LONGEST_CELL = 100_000
"""Characters: a long letter has 50,000."""

LONGEST_RECORD = 16_000_000
"""Characters of a CSV record: some hundreds of the longest cells."""

BATCH_BYTES = 64_000_000
"""What is read at a time, as it lies in memory."""

LARGEST_PAGES = 512_000_000
"""Bytes of the columns' largest pages together, unpacked; a Parquet page usually has 1 MB, DuckDB's some MB."""

UNPACKED_FREELY = 256_000_000
"""Bytes in memory up to which it does not matter how small the file is."""

LARGEST_UNPACKED = 1_000
"""Beyond that, so many times the file's size: real records, whose ids differ, take 50 times at most."""


def require_bounded_rows(source: SourceFile, n_rows: int) -> None:
    """Raise UserError where a file has more rows than MOST_ROWS."""
    if n_rows > MOST_ROWS:
        raise UserError(f"{source.name}: more than {MOST_ROWS} rows")


def require_bounded_columns(source: SourceFile, n_columns: int) -> None:
    """Raise UserError where a file has more columns than MOST_COLUMNS."""
    if n_columns > MOST_COLUMNS:
        raise UserError(f"{source.name}: {n_columns} columns, at most {MOST_COLUMNS} are read")


def require_bounded_cells(source: SourceFile, column: str, cells: pa.Array, line_numbers: pa.Array) -> None:
    """Raise UserError, naming column and row, where a text has more characters than LONGEST_CELL."""
    n_bytes = pc.max(pc.binary_length(cells)).as_py()
    if n_bytes is None or n_bytes <= LONGEST_CELL:
        return
    is_longer = pc.fill_null(pc.greater(pc.utf8_length(cells), LONGEST_CELL), False)
    if pc.any(is_longer).as_py():
        first = line_numbers.filter(is_longer)[0].as_py()
        raise too_long(source, first, column)


def too_long(source: SourceFile, row: int, column: str) -> UserError:
    """Say which cell is longer than LONGEST_CELL; the row of a CSV file is its line."""
    at = "line" if source.file_format == "csv" else "row"
    return UserError(
        f"{source.name}, column {column}, {at} {row}: a cell of more than {LONGEST_CELL:,} characters"
    )


def require_honest_size(source: SourceFile, unpacked: int, n_bytes: int) -> None:
    """Raise UserError where records take bytes in memory out of all proportion to the file's `n_bytes`."""
    if unpacked > max(UNPACKED_FREELY, LARGEST_UNPACKED * n_bytes):
        raise UserError(
            f"{source.name}: unpacked, more than {LARGEST_UNPACKED} times the file's {n_bytes} bytes; "
            "no records are so much alike"
        )


def rows_at_a_time(bytes_of_a_row: float, most: int) -> int:
    """Return how many rows stay within BATCH_BYTES, at least one and at most `most`."""
    return max(1, min(most, int(BATCH_BYTES / max(bytes_of_a_row, 1))))
