"""Read a table of a DuckDB database as the text that a CSV file with the same content would hold."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from cartox.errors import UserError
from cartox.intake.bounds import LONGEST_CELL, require_bounded_rows, rows_at_a_time, too_long
from cartox.intake.header import Header, match_header
from cartox.intake.records import Batch, SourceFile
from cartox.intake.typed_cells import require_exact_ids, without_nul_bytes, write_numbers
from cartox.locked_database import CATALOG, open_locked

_BATCH_RECORDS = 20_000
_NUMBERS = ("DOUBLE", "FLOAT", "DECIMAL")
_TEXTS = ("VARCHAR", "ENUM", "JSON")
_WITHOUT_TEXT = ("BLOB", "BIT", "STRUCT", "MAP", "UNION", "GEOMETRY", "VARIANT", "BIGNUM", "VARINT")


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a database to read it, and nothing beside it.

    Raises UserError where it is no database, or one that is in use or was written by a later version.
    """
    try:
        return open_locked(path, threads=2)
    except (duckdb.Error, OSError) as error:
        raise UserError(
            f"{path}: cannot be read as a DuckDB database (of another kind, in use, or of a later version)"
        ) from error


def count_rows(source: SourceFile) -> int:
    """Count the rows of a table."""
    with open_database(source.path) as connection:
        return _count(connection, source)


def _count(connection: duckdb.DuckDBPyConnection, source: SourceFile) -> int:
    query = f"select count(*) from {_quoted(source)}"  # noqa: S608 (a name from the catalogue, quoted)
    ((n_rows,),) = connection.execute(query).fetchall()
    return int(n_rows)


class DuckDbReader:
    """Reads one table: first its columns, then its rows in batches."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source

    def open(self) -> duckdb.DuckDBPyConnection:
        """Open the database. Raises UserError where that cannot be done."""
        return open_database(self._source.path)

    def read(self, stream: duckdb.DuckDBPyConnection) -> tuple[Header, Iterator[Batch]]:
        """Return the header and an iterator over the rows, in the order in which the table holds them.

        Raises UserError where the columns do not fit the contract, where a column's type has no text (bytes,
        lists, times with a zone), and where the table cannot be read.
        """
        try:
            described = stream.execute(f"describe {_quoted(self._source)}").fetchall()
        except duckdb.Error as error:
            raise self._unreadable() from error
        header = match_header(self._source, [row[0] for row in described])
        kinds = {column: described[position] for column, position in header.positions.items()}
        for column, (_, kind, *_) in kinds.items():
            self._require_text(column, kind)
        return header, self._batches(stream, {column: row[0] for column, row in kinds.items()}, kinds)

    def _require_text(self, column: str, kind: str) -> None:
        if kind == "TIMESTAMP WITH TIME ZONE":
            raise UserError(
                f"{self._source.name}, column {column}: times with a zone; the site's own local times,"
                " without a zone, are expected"
            )
        if kind.startswith(_WITHOUT_TEXT) or kind.endswith("]"):
            raise UserError(f"{self._source.name}, column {column}: values of type {kind.split('(')[0]}")

    def _batches(
        self,
        stream: duckdb.DuckDBPyConnection,
        names: dict[str, str],
        kinds: dict[str, tuple[str, ...]],
    ) -> Iterator[Batch]:
        numbers = {column for column in names if kinds[column][1].startswith(_NUMBERS)}
        cells = {
            column: _name(name) if column in numbers else f"cast({_name(name)} as varchar)"
            for column, name in names.items()
        }
        texts = {column: cells[column] for column in names if kinds[column][1].startswith(_TEXTS)}
        row = 1
        try:
            require_bounded_rows(self._source, _count(stream, self._source))
            n_rows = rows_at_a_time(self._longest(stream, texts), _BATCH_RECORDS)
            query = f"select {', '.join(cells.values())} from {_quoted(self._source)}"  # noqa: S608 (as above)
            batches: Any = stream.sql(query).to_arrow_reader(n_rows)
            for batch in batches:
                read = dict(zip(names, batch.columns, strict=True))
                for column in numbers:
                    require_exact_ids(self._source, column, read[column])
                    read[column] = write_numbers(read[column])
                columns = [
                    read[column].cast(pa.string()) if column in read else pa.nulls(len(batch), pa.string())
                    for column in self._source.entity.column_names
                ]
                yield without_nul_bytes(self._source, columns, row)
                row += len(batch)
        except (duckdb.Error, pa.ArrowException) as error:
            raise self._unreadable() from error

    def _longest(self, stream: duckdb.DuckDBPyConnection, texts: dict[str, str]) -> int:
        """Return the bytes of the longest texts of all columns together, which no row exceeds.

        Raises UserError, naming column and row, where a text is longer than LONGEST_CELL.
        """
        total = 0
        for column, cell in texts.items():
            query = f"select coalesce(max(strlen({cell})), 0) from {_quoted(self._source)}"  # noqa: S608
            ((longest,),) = stream.execute(query).fetchall()
            if longest > LONGEST_CELL:
                self._require_short(stream, column, cell)
            total += longest
        return total

    def _require_short(self, stream: duckdb.DuckDBPyConnection, column: str, cell: str) -> None:
        numbered = f"select row_number() over () as row, length({cell}) as n from {_quoted(self._source)}"  # noqa: S608
        query = f"select min(row) from ({numbered}) where n > {LONGEST_CELL}"  # noqa: S608
        ((row,),) = stream.execute(query).fetchall()
        if row is not None:
            raise too_long(self._source, row, column)

    def _unreadable(self) -> UserError:
        return UserError(f"{self._source.name}: this table of the database cannot be read")


def _quoted(source: SourceFile) -> str:
    assert source.table is not None  # noqa: S101 - a table of a database has a name
    return ".".join((CATALOG, *map(_name, source.table)))


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
