"""Read a table of a DuckDB database as the text that a CSV file with the same content would hold."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from cartox.errors import UserError
from cartox.intake.header import Header, match_header
from cartox.intake.parquet_reader import require_exact_ids, without_nul_bytes, write_numbers
from cartox.intake.records import Batch, SourceFile

_BATCH_RECORDS = 20_000
_NUMBERS = ("DOUBLE", "FLOAT", "DECIMAL")
_WITHOUT_TEXT = ("BLOB", "BIT", "STRUCT", "MAP", "UNION", "GEOMETRY", "VARIANT")


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a database to read it, and nothing beside it.

    Raises UserError where it is no database, or one that is in use or was written by a later version.
    """
    try:
        return duckdb.connect(
            str(path), read_only=True, config={"enable_external_access": "false", "threads": 2}
        )
    except (duckdb.Error, OSError) as error:
        raise UserError(
            f"{path}: cannot be read as a DuckDB database (of another kind, in use, or of a later version)"
        ) from error


def count_rows(source: SourceFile) -> int:
    """Count the rows of a table."""
    with open_database(source.path) as connection:
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
        cells = ", ".join(
            _name(name) if column in numbers else f"cast({_name(name)} as varchar)"
            for column, name in names.items()
        )
        row = 1
        try:
            query = f"select {cells} from {_quoted(self._source)}"  # noqa: S608 (as above)
            batches: Any = stream.sql(query).to_arrow_reader(_BATCH_RECORDS)
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

    def _unreadable(self) -> UserError:
        return UserError(f"{self._source.name}: this table of the database cannot be read")


def _quoted(source: SourceFile) -> str:
    assert source.table is not None  # noqa: S101 - a table of a database has a name
    return ".".join(_name(part) for part in source.table)


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
