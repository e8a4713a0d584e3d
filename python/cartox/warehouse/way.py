"""The way to the marts: tables that only the build reads, held in memory beside its file and gone after their last reader.

What is kept in a file is compressed and written first, which takes a fifth of a build; what memory has no room for is
written, too, and read again, which takes longer. So the way leads through memory where there is room for it.
"""

import re
from collections import Counter
from collections.abc import Sequence
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


class Way:
    """The schemas of the way, in a database in memory in which their names are looked up.

    What does not fit in the memory that the connection may hold, after all, is written to its folder for that.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, steps: Sequence[Step]) -> None:
        self._connection = connection
        self._on_it = {step.key: step for step in steps if step.schema in WAY and step.kind != TEST}
        self._n_to_come = Counter(key for step in steps for key in set(step.parents))
        (path,) = connection.execute("select current_database() || '.' || current_schema()").fetchone() or (
            "",
        )
        connection.execute(f"attach ':memory:' as {_CATALOG}")
        for schema in WAY:
            connection.execute(f"create schema {_CATALOG}.{schema}")
        places = ",".join([path, *(f"{_CATALOG}.{schema}" for schema in WAY)])
        connection.execute(f"set search_path = '{places}'")

    def pass_by(self, step: Step) -> None:
        """Drop what had this step, which was built, as its last reader, and a table that none reads."""
        self._n_to_come.subtract(set(step.parents))
        for key in (*step.parents, step.key):
            if key in self._on_it and not self._n_to_come[key]:
                left = self._on_it.pop(key)
                self._connection.execute(f'drop table if exists {_CATALOG}."{left.schema}"."{left.name}"')
