"""Does a change of the code change a number?

    python tests/compare_builds.py OLD [NEW] --extract FOLDER [--extract FOLDER ...] --omop FOLDER [--builds FOLDER]

Each of two commits, in a folder of its own, builds and publishes a warehouse from every folder given, and every table of the
schemas marts and results is compared row by row. NEW is the project as it stands here where it is left out. Exits with 1 where
anything differs but added columns and tables. With --builds the warehouses are kept there, and those of commits used again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

PROJECT = Path(__file__).resolve().parents[1]
SCHEMAS = ("marts", "results")
# What a run says of itself and not of the records.
OF_THE_RUN = {"results.run_manifest": "not regexp_matches(key, '^(run|git|version)[.]')"}

Tables = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Compared:
    """A table of the old warehouse beside the new one's; `only_old` and `only_new` count rows that the other lacks."""

    table: str
    n_old: int
    n_new: int = 0
    only_old: int = 0
    only_new: int = 0
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = field(default=())

    @property
    def differs(self) -> bool:
        """Whether anything but an added column differs."""
        return bool(self.only_old or self.only_new or self.gone)

    def __str__(self) -> str:
        words = [f"{self.table}: {self.n_old} rows, {max(self.only_old, self.only_new)} differing"]
        words += [f"{self.n_new} rows now"] if self.n_new != self.n_old else []
        words += [f"without {', '.join(self.gone)}"] if self.gone else []
        words += [f"added {', '.join(self.added)}"] if self.added else []
        return "; ".join(words)


def compare(old: Path, new: Path) -> tuple[list[Compared], list[str]]:
    """Return every table of `old` beside the same of `new`, and the names of the tables that only `new` has."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{old}' as old (read_only); attach '{new}' as new (read_only)")
        before, after = _tables(connection, "old"), _tables(connection, "new")
        added = sorted(after.keys() - before.keys())
        found = [
            _compared(connection, table, before[table], after.get(table), added) for table in sorted(before)
        ]
    return found, added


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> Tables:
    rows = connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns()"
        " where database_name = ? and list_contains(?, schema_name) order by all",
        [database, list(SCHEMAS)],
    ).fetchall()
    tables: Tables = {}
    for table, column, kind in rows:
        tables.setdefault(table, {})[column] = kind
    return tables


def _compared(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    before: dict[str, str],
    after: dict[str, str] | None,
    added_tables: list[str],
) -> Compared:
    kept = OF_THE_RUN.get(table, "true")

    def count(query: str) -> int:
        (number,) = connection.execute(f"select count(*) from ({query})").fetchone() or (0,)
        return int(number)

    n_old = count(f"from old.{table} where {kept}")
    if after is None:
        return Compared(table, n_old, only_old=n_old, gone=("the table",))
    gone = tuple(
        name if name not in after else f"{name} {kind}"
        for name, kind in before.items()
        if after.get(name) != kind
    )
    columns = ", ".join(f'"{name}"' for name in before if name in after)
    known = (
        f"{kept} and key not in (select 'rows.' || unnest({added_tables}::text[]))"
        if table in OF_THE_RUN
        else kept
    )
    rows_old = f"select {columns} from old.{table} where {kept}"
    rows_new = f"select {columns} from new.{table} where {known}"
    return Compared(
        table,
        n_old,
        count(rows_new),
        count(f"{rows_old} except all {rows_new}"),
        count(f"{rows_new} except all {rows_old}"),
        gone,
        tuple(sorted(after.keys() - before.keys())),
    )


@contextmanager
def checked_out(commit: str | None) -> Iterator[Path]:
    """Yield a folder with the project as it was at a commit, or this one."""
    if commit is None:
        yield PROJECT
        return
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as archive:
        subprocess.run(["git", "archive", commit], cwd=PROJECT, check=True, stdout=archive)
        archive.seek(0)
        with tarfile.open(fileobj=archive) as files:
            files.extractall(folder, filter="data")
        yield Path(folder)


def build(project: Path, source: tuple[str, Path], warehouse: Path) -> None:
    """Publish a warehouse from records with the project's own code, models and seeds."""
    kind, records = source
    command = [sys.executable, "-c", "from cartox.cli import main; main()", "run", "--quiet"]
    command += [f"--{kind}", str(records), "--warehouse", str(warehouse)]
    environment = dict(os.environ) | {
        "PYTHONPATH": str(project / "python"),
        "CARTOX_PROJECT": str(project),
        "CARTOX_LANDING": str(warehouse.with_suffix(".landing")),
    }
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(command, env=environment, cwd=warehouse.parent, check=True, stdout=subprocess.DEVNULL)


def built(commit: str | None, source: tuple[str, Path], builds: Path) -> Path:
    """Return the warehouse of a commit from records, built where it is not there."""
    warehouse = builds / (commit or "here") / f"{source[0]}_{source[1].name}.duckdb"
    if commit is None or not warehouse.exists():
        with checked_out(commit) as project:
            build(project, source, warehouse)
    return warehouse


def main() -> int:
    """Build, compare, print a line per table; return 1 where anything differs but added columns and tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old")
    parser.add_argument("new", nargs="?")
    parser.add_argument("--extract", type=Path, action="append", default=[])
    parser.add_argument("--omop", type=Path, action="append", default=[])
    parser.add_argument("--builds", type=Path, help="a folder in which the warehouses stay")
    arguments = parser.parse_args()
    sources = [("extract", path.resolve()) for path in arguments.extract]
    sources += [("omop", path.resolve()) for path in arguments.omop]
    if not sources:
        parser.error("give at least one --extract or --omop")
    old_commit = _revision(arguments.old)
    new_commit = _revision(arguments.new) if arguments.new else None
    differs = False
    with tempfile.TemporaryDirectory() as temporary:
        builds = (arguments.builds or Path(temporary)).resolve()
        for source in sources:
            old = built(old_commit, source, builds)
            new = built(new_commit, source, builds)
            tables, added = compare(old, new)
            sys.stdout.write(
                "\n".join(
                    [str(source[1]), *map(str, tables), f"added tables: {', '.join(added) or 'none'}", ""]
                )
            )
            differs |= any(table.differs for table in tables)
    sys.stdout.write("\nsomething differs\n" if differs else "\nnothing differs but what was added\n")
    return int(differs)


def _revision(commit: str) -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--verify", f"{commit}^{{commit}}"],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    )
    return found.stdout.strip()


if __name__ == "__main__":
    raise SystemExit(main())
