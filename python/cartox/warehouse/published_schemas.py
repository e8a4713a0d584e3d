"""What of a built file is published: marts, results, seeds and a study's own models, without the way to them."""

from pathlib import Path
from typing import Any

import duckdb

from cartox.locked_database import LOCK
from cartox.owner import FILE
from cartox.warehouse.opening import open_to_build

PUBLISHED_SCHEMAS = ("marts", "results", "seeds", "site")
_SCHEMAS = (
    "select schema_name from duckdb_schemas() where database_name = current_database() and not internal "
    "and schema_name <> 'main'"
)
_COPY = ".published-"


def keep_published_schemas(built: Path, **settings: Any) -> None:
    """Leave in a built file what users are promised, and give back the space of the rest where there is any.

    `staging` and `intermediate` are most of a build and nothing in them is promised to stay; the evidence behind
    a number stands in the marts. They lie in a file that dbt built, or for which memory had no room. DuckDB gives back no
    space of a dropped table, so the file is written anew, with its comments and keys, beside the old one and takes its
    name. `settings` are further ones of DuckDB. Raises duckdb.Error as DuckDB does.
    """
    with open_to_build(built, **settings) as connection:
        schemas = {schema for (schema,) in connection.execute(_SCHEMAS).fetchall()}
        for schema in schemas.difference(PUBLISHED_SCHEMAS):
            connection.execute(f'drop schema "{schema}" cascade')
    if schemas.issubset(PUBLISHED_SCHEMAS):
        built.chmod(FILE)
        return
    copy = built.with_name(f"{_COPY}{built.name}")
    copy.unlink(missing_ok=True)
    config: dict[str, Any] = {**LOCK, "temp_directory": f"{copy}.tmp", **settings}
    with duckdb.connect(":memory:", config=config) as connection:
        connection.execute(f"attach {_quoted(built)} as built (read_only)")
        connection.execute(f"attach {_quoted(copy)} as published (storage_version 'v1.4.0')")
        connection.execute("copy from database built to published")
        connection.execute("detach published")
    copy.chmod(FILE)
    copy.replace(built)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
