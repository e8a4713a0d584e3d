"""Read a published warehouse whole with an older DuckDB, as a BI tool with an older driver does.

Run it with the Python of an environment that holds tests/client/requirements.lock: `make client`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

OLDEST_CLIENT = "1.4."
PUBLISHED = "schema_name in ('marts', 'results')"


def read_published(warehouse: Path) -> str:
    """Read every table and description, and say how much was read.

    Raises ValueError where this is no DuckDB 1.4, a description is missing, or a table holds other than the
    rows that results.run_manifest counted.
    """
    if not duckdb.__version__.startswith(OLDEST_CLIENT):
        raise ValueError(f"DuckDB {duckdb.__version__} is not {OLDEST_CLIENT}x")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        undescribed = [
            row
            for kind in ("tables", "columns")
            for row in connection.execute(
                f"select * from duckdb_{kind}() where not internal and coalesce(comment, '') = ''"
            ).fetchall()
        ]
        if undescribed:
            raise ValueError(f"{len(undescribed)} tables or columns have no description")
        counted = connection.execute(
            "select substr(key, 6), cast(value as bigint) from results.run_manifest where starts_with(key, 'rows.')"
        ).fetchall()
        tables = connection.execute(
            f"select schema_name || '.' || table_name from duckdb_tables() where {PUBLISHED}"
        ).fetchall()
        if {name for (name,) in tables} != {"results.run_manifest", *(name for name, _ in counted)}:
            raise ValueError("the tables are not those of results.run_manifest")
        for name, n_rows in counted:
            if len(connection.execute(f"select * from {name}").fetchall()) != n_rows:
                raise ValueError(f"{name} has not the {n_rows} rows that were counted")
    return f"DuckDB {duckdb.__version__} read {len(tables)} tables, {sum(n for _, n in counted)} rows"


if __name__ == "__main__":
    sys.stdout.write(read_published(Path(sys.argv[1])) + "\n")
