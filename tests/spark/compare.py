"""Do DuckDB and Spark build the same rows?

    python -m tests.spark.compare [--patients N] [--cases] [--extract FOLDER ...] [--omop FOLDER ...] [--builds FOLDER]

`cartox run` publishes each study twice, by either engine, and every table of what is published is compared row by row. Without
options it is the built-in study; `--patients` is a synthetic registry of that size, `--cases` the records of all cases of
tests/spec/rules, of which the marts are compared. Exits with 1 where a row differs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from cartox.progress import SilentProgress
from cartox.warehouse.build_plan import MODEL
from cartox.warehouse.compiled_plan import planned_steps
from cartox.warehouse.model_build import build_models
from cartox.warehouse.spark import build_on_spark
from tests.spark.rows import Table, compared
from tests.spec.cases import raw_rows
from tests.spec.compiled_project import PROJECT, connect, land_rows, landed_files
from tests.spec.laboratories import held_cases

CONFIGURATION = Path(__file__).parent / "configuration"


def cartox(*words: str) -> None:
    """Run a command of cartox with the settings of Spark for small data that lie beside this file."""
    program = [sys.executable, "-c", "from cartox.cli import main; main()", *words, "--quiet"]
    subprocess.run(program, check=True, env={"SPARK_CONF_DIR": str(CONFIGURATION), **os.environ})


def published_by(engine: str, records: Sequence[str], folder: Path) -> Path:
    """Return the warehouse that an engine built of records, said as the command line says them, in a folder of its own."""
    warehouse = folder / engine / "cartox.duckdb"
    started = time.monotonic()
    cartox("run", *records, "--warehouse", str(warehouse), "--engine", engine)
    sys.stdout.write(f"{engine}: {time.monotonic() - started:.0f} s\n")
    sys.stdout.flush()
    return warehouse


def differing_rows(records: Sequence[str], folder: Path) -> int:
    """Build records by both engines, print a line for each table and return how many rows differ."""
    sys.stdout.write(f"{' '.join(records)}\n")
    one, other = (published_by(engine, records, folder) for engine in ("duckdb", "spark"))
    return _told(compared(one, other))


def differing_rows_of_cases(folder: Path) -> int:
    """Build the records of all cases by both engines, without the data tests, which such records break."""
    sys.stdout.write("the cases of tests/spec/rules\n")
    landing = folder / "landing"
    land_cases(landing)
    os.environ.setdefault("SPARK_CONF_DIR", str(CONFIGURATION))
    files = {engine: folder / engine / "cartox.duckdb" for engine in ("duckdb", "spark")}
    for file in files.values():
        file.parent.mkdir()
    names = [
        step.name for step in planned_steps(PROJECT, {}) if step.kind == MODEL and step.schema == "marts"
    ]
    build_models(PROJECT, landing, files["duckdb"], {}, SilentProgress(), names)
    build_on_spark(PROJECT, landing, files["spark"], {}, SilentProgress(), names)
    return _told(compared(files["duckdb"], files["spark"]))


def land_cases(landing: Path) -> None:
    """Land the records of all cases but those with vars of their own."""
    with connect() as connection:
        land_rows(connection, raw_rows([case for case in held_cases() if not case.variables]))
        for table, file in landed_files(landing).items():
            file.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(f"copy landing.{table} to '{file}'")


def _told(tables: Iterable[Table]) -> int:
    n_differing = 0
    for table in tables:
        sys.stdout.write(f"{table}\n")
        n_differing += table.n_differing
    return n_differing


def main() -> int:
    """Build, compare and print; return 1 where a row differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--patients", type=int, help="a synthetic registry of so many patients")
    parser.add_argument("--cases", action="store_true", help="the records of all cases of tests/spec/rules")
    parser.add_argument("--extract", type=Path, action="append", default=[])
    parser.add_argument("--omop", type=Path, action="append", default=[])
    parser.add_argument("--builds", type=Path, help="a folder in which all stays")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.builds or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        given = [("--extract", path) for path in arguments.extract] + [
            ("--omop", path) for path in arguments.omop
        ]
        studies = [[option, str(path.resolve())] for option, path in given]
        if arguments.patients is not None:
            cartox("synth", str(folder / "registry"), "--patients", str(arguments.patients), "--parquet")
            studies.append(["--extract", str(folder / "registry")])
        if not studies and not arguments.cases:
            cartox("synth", str(folder / "study"))
            studies.append(["--extract", str(folder / "study")])
        n_differing = sum(
            differing_rows(records, folder / str(number)) for number, records in enumerate(studies)
        )
        if arguments.cases:
            n_differing += differing_rows_of_cases(folder / "cases")
    sys.stdout.write(f"{n_differing:,} differing rows\n")
    return int(n_differing > 0)


if __name__ == "__main__":
    raise SystemExit(main())
