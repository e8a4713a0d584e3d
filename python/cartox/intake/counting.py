"""Count a file's records without the readers that land them."""

import csv

import pyarrow.parquet as pq

from cartox.intake.bounds import LONGEST_CELL
from cartox.intake.duckdb_reader import count_rows
from cartox.intake.records import UTF_8, SourceFile
from cartox.intake.workbook_rows import count_sheet_rows


def count_records(source: SourceFile) -> int:
    """Count records as the csv module does, header and blank lines aside.

    For Parquet, count as the file's metadata do; for a workbook, as its own text does; for a table of a database,
    as the database does.
    """
    if source.file_format == "parquet":
        return int(pq.read_metadata(source.path).num_rows)
    if source.file_format == "duckdb":
        return count_rows(source)
    if source.file_format == "xlsx":
        return count_sheet_rows(source)
    csv.field_size_limit(LONGEST_CELL)
    encoding = "utf-8-sig" if source.encoding.lower() in UTF_8 else source.encoding
    with source.path.open(encoding=encoding, newline="") as stream:
        for _ in range(source.declared.header_row - 1):
            stream.readline()
        return max(sum(1 for record in csv.reader(stream, **source.csv_dialect) if record) - 1, 0)
