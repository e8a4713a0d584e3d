"""The way to the marts: tables that only the build reads, held beside its file and gone after their last reader.

What is kept in a file is compressed and written first, which takes a fifth of a build; what memory has no room for is
written, too, and read again, which takes longer. So the way leads through memory where there is room for it, else through
a file of its own, which is never larger than what is still to be read.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from cartox.warehouse.build_plan import TEST, Step

WAY = ("staging", "intermediate")
"""The schemas of the way."""

_CATALOG = "way"
_HELD_PER_BYTE = 64
"""Of each byte of a landed registry, so many are held at once: about 50 of tables, and the work on them."""

_LIMIT = re.compile(r"([\d.]+) (bytes|KiB|MiB|GiB|TiB)")
_UNITS = {"bytes": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}


def has_room(connection: duckdb.DuckDBPyConnection, landing: Path) -> bool:
    """Whether the way from a landing fits in the memory that the connection may hold."""
    (told,) = connection.execute("select current_setting('memory_limit')").fetchone() or ("",)
    limit = _LIMIT.fullmatch(told)
    n_landed = sum(file.stat().st_size for file in landing.rglob("*.parquet"))
    return limit is not None and n_landed * _HELD_PER_BYTE <= float(limit[1]) * _UNITS[limit[2]]


@contextmanager
def way_beside(
    connection: duckdb.DuckDBPyConnection, steps: Sequence[Step], landing: Path, database: Path
) -> Iterator["Way"]:
    """Open the way of steps in memory, or beside the database where memory has no room; it is gone afterwards."""
    file = None if has_room(connection, landing) else database.with_name(f"{database.name}.way")
    way = Way(connection, steps, file)
    try:
        yield way
    finally:
        way.close()


class Way:
    """The schemas of the way, in a database in which their names are looked up: in memory, or in a new file.

    What does not fit in the memory that the connection may hold, after all, is written to its folder for that.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, steps: Sequence[Step], file: Path | None = None
    ) -> None:
        self._connection = connection
        self._file = file
        self._on_it = {step.key: step for step in steps if step.schema in WAY and step.kind != TEST}
        self._n_to_come = Counter(key for step in steps for key in set(step.parents))
        (self._place,) = connection.execute(
            "select current_database() || '.' || current_schema()"
        ).fetchone() or ("",)
        place = ":memory:" if file is None else str(file).replace("'", "''")
        connection.execute(f"attach '{place}' as {_CATALOG}")
        for schema in WAY:
            connection.execute(f"create schema {_CATALOG}.{schema}")
        places = ",".join([self._place, *(f"{_CATALOG}.{schema}" for schema in WAY)])
        connection.execute(f"set search_path = '{places}'")

    def pass_by(self, step: Step) -> None:
        """Drop what had this step, which was built, as its last reader, and a table that none reads."""
        self._n_to_come.subtract(set(step.parents))
        behind = [key for key in {*step.parents, step.key} if key in self._on_it and not self._n_to_come[key]]
        for key in behind:
            left = self._on_it.pop(key)
            self._connection.execute(f'drop table if exists {_CATALOG}."{left.schema}"."{left.name}"')
        if behind and self._file is not None:  # the room of a dropped table is used again after a checkpoint
            self._connection.execute(f"checkpoint {_CATALOG}")

    def close(self) -> None:
        """Leave the way, and remove its file, whatever became of the connection."""
        # On a full disk nothing can be executed any more, and the build has said so.
        with suppress(duckdb.Error):
            self._connection.execute(f"set search_path = '{self._place}'")
            self._connection.execute(f"detach {_CATALOG}")
        if self._file is not None:
            self._file.unlink(missing_ok=True)
