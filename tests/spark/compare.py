"""Do DuckDB and Spark build the same rows?

    python -m tests.spark.compare [--patients N] [--extract FOLDER ...] [--omop FOLDER ...] [--builds FOLDER]

`cartox run` publishes each study twice, by either engine, and every table of what is published is compared row by row. Without
options it is the built-in study; `--patients` is a synthetic registry of that size. Exits with 1 where a row differs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.spark.rows import Table, compared

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
    tables: list[Table] = list(compared(one, other))
    sys.stdout.write("".join(f"{table}\n" for table in tables))
    return sum(table.n_differing for table in tables)


def main() -> int:
    """Build, compare and print; return 1 where a row differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--patients", type=int, help="a synthetic registry of so many patients")
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
        if not studies:
            cartox("synth", str(folder / "study"))
            studies.append(["--extract", str(folder / "study")])
        n_differing = sum(
            differing_rows(records, folder / str(number)) for number, records in enumerate(studies)
        )
    sys.stdout.write(f"{n_differing:,} differing rows\n")
    return int(n_differing > 0)


if __name__ == "__main__":
    raise SystemExit(main())
