"""From the landed text to the three deliverables, as Parquet files."""

from pathlib import Path

import polars as pl

from cartox.benchmark.peers.by_polars.days import daily_grid
from cartox.benchmark.peers.by_polars.records import account, judged_records
from cartox.benchmark.peers.by_polars.results import counted, read_results
from cartox.benchmark.peers.given import read_study
from cartox.benchmark.peers.meanings import Meanings, read_seeds

_RESULT_COLUMNS = (
    "result_id",
    "patient_id",
    "analyte",
    "collected_at",
    "raw_result",
    "raw_unit",
    "value",
    "unit",
    "censoring",
    "unusable_reason",
    "not_counted_reason",
    "reference_high",
    "is_hemolysed",
    "is_doubtful",
    "source_file",
    "line_number",
)


def write_by_polars(landing: Path, given: Path, database: Path) -> None:
    """Write the deliverables beside `database`, each a Parquet file of its name."""
    study, seeds = read_study(), read_seeds()
    meanings = Meanings(seeds)
    frames = {name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in seeds.items()}
    known = pl.read_parquet(given / "known_patients.parquet")
    treated = pl.read_parquet(given / "treated_patients.parquet")

    judged = judged_records(landing / "extract" / "lab_results.parquet", known, meanings, study)
    rejected = pl.read_parquet(landing / "rejected_records.parquet")
    account(judged, rejected).write_parquet(database.parent / "record_dispositions.parquet")

    judged = judged.filter(pl.col("analyte").is_not_null())
    results = counted(read_results(judged, frames, meanings, study))
    results.select(_RESULT_COLUMNS).write_parquet(database.parent / "lab_results.parquet")
    grid = daily_grid(results, judged, treated, frames, study)
    grid.write_parquet(database.parent / "lab_daily_grid.parquet")
