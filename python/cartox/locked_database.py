"""Open a DuckDB file that anybody may have made as data: read-only, and nothing else within its reach."""

import os
from collections.abc import Mapping
from pathlib import Path

import duckdb

CATALOG = "given"
"""The name under which the file's schemas are found, whatever the file is called."""

LOCK = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}
"""Settings that keep a query from loading an extension or reading a variable of this program."""


def open_locked(
    path: Path, *, beside: Mapping[str, Path] | None = None, **settings: str | int
) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file so that no query on it reads another file, loads an extension or changes a setting.

    The file is attached as CATALOG to a database in memory, in which unqualified names are looked up until
    somebody says `use`: a macro of the file's own cannot take the place of a function. Files `beside` it are attached
    in the same way, each under its name. `settings` are further ones of DuckDB. Raises duckdb.Error where a file is
    no DuckDB database, is in use, is encrypted or was written by a later version.
    """
    files = {CATALOG: path, **(beside or {})}
    for file in files.values():
        log = Path(f"{os.path.abspath(file)}.wal")
        if log.exists() and not log.is_file():
            raise duckdb.IOException(
                "the write-ahead log beside the file is no file"
            )  # DuckDB would wait for a pipe
    temporary = f"{os.path.abspath(path)}.tmp"
    connection = duckdb.connect(":memory:", config={**LOCK, "temp_directory": temporary, **settings})
    try:
        connection.execute("set TimeZone = 'UTC'")
        for name, file in files.items():
            quoted = os.path.abspath(file).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name} (read_only, type duckdb)")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
    except BaseException:
        connection.close()
        raise
    return connection
