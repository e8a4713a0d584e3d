"""Invoke dbt in this process, without its own output."""

import gc
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cartox.interruption import raise_if_interrupted

DATABASE = "cartox.duckdb"
"""What a database file is named while dbt works on it: dbt makes names of SQL of a file's."""

_SILENT = ("--quiet", "--no-print", "--log-level", "none", "--log-level-file", "none", "--no-use-colors")


@dataclass(frozen=True)
class DbtPlaces:
    """The folders of the project, of its profile, of dbt's own files and of the landing, and the database file."""

    project: Path
    profile: Path
    work: Path
    landing: Path
    database: Path


def invoke_dbt(
    command: Sequence[str],
    places: DbtPlaces,
    variables: Mapping[str, Any],
    callbacks: Sequence[Callable[[Any], None]] = (),
    manifest: Any = None,
) -> Any:
    """Run a dbt command and return dbt's outcome; the database file is closed again.

    With `manifest`, what dbt parsed before, it is not parsed again.

    Raises KeyboardInterrupt where the program was interrupted meanwhile, which dbt tells as one more failure.
    """
    from dbt.cli.main import dbtRunner

    words = [*command, "--project-dir", str(places.project), "--profiles-dir", str(places.profile)]
    words += ["--target-path", str(places.work), "--log-path", str(places.work)]
    words += ["--vars", json.dumps(dict(variables))]
    with _environment(CARTOX_LANDING=str(places.landing), CARTOX_DATABASE=str(places.database)):
        try:
            outcome = dbtRunner(manifest, list(callbacks)).invoke([*_SILENT, *words])
        finally:
            _close_connections()
    raise_if_interrupted()
    return outcome


def first_line(exception: BaseException | None) -> str:
    """Return the first line that dbt says of an error, or its kind."""
    lines = [line.strip() for line in str(exception or "").splitlines() if line.strip()]
    return " ".join(lines[:1]) or type(exception).__name__


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _close_connections() -> None:
    """Let go of the file, which dbt keeps open for the life of the process."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    DuckDBConnectionManager.close_all_connections()
    gc.collect()
