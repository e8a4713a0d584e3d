"""The script of the folder lab_path, run in a file of its own."""

from dataclasses import asdict
from importlib import resources
from pathlib import Path

import duckdb

from cartox.benchmark.peers.given import load_seeds, read_study
from cartox.warehouse.execution import for_pattern, quoted

PARTS = ("cells", "words", "records", "texts", "results", "days")
"""The files of the script, in order."""


def write_by_sql(landing: Path, given: Path, database: Path) -> None:
    """Write the deliverables into a new DuckDB file, as tables."""
    folder = resources.files(__package__) / "lab_path"
    views = {
        "raw_lab_results": landing / "extract" / "lab_results.parquet",
        "rejected_records": landing / "rejected_records.parquet",
        "known_patients": given / "known_patients.parquet",
        "treated_patients": given / "treated_patients.parquet",
    }
    with duckdb.connect(str(database)) as connection:
        connection.execute("set preserve_insertion_order = false")
        load_seeds(connection)
        for name, value in asdict(read_study()).items():
            connection.execute(f"set variable {name} = ?", [value])
        for name, file in views.items():
            connection.execute(
                f"create temp view {name} as from read_parquet({quoted(for_pattern(str(file)))})"
            )
        for part in PARTS:
            connection.execute((folder / f"{part}.sql").read_text(encoding="utf-8"))
