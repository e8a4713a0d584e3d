"""From the landed text to the three deliverables, as Parquet files."""

from pathlib import Path

import pandas as pd

from cartox.benchmark.peers.by_pandas.days import daily_grid
from cartox.benchmark.peers.by_pandas.records import account, judged_records
from cartox.benchmark.peers.by_pandas.results import RESULT_COLUMNS, counted, read_results, set_aside
from cartox.benchmark.peers.given import read_study
from cartox.benchmark.peers.meanings import Meanings, read_seeds


def write_by_pandas(landing: Path, given: Path, database: Path) -> None:
    """Write the deliverables beside `database`, each a Parquet file of its name."""
    study, seeds = read_study(), read_seeds()
    meanings = Meanings(seeds)
    frames = {name: pd.DataFrame(rows) for name, rows in seeds.items()}
    known = pd.read_parquet(given / "known_patients.parquet")
    treated = pd.read_parquet(given / "treated_patients.parquet")

    judged = judged_records(landing / "extract" / "lab_results.parquet", known, meanings, study)
    rejected = pd.read_parquet(landing / "rejected_records.parquet")
    account(judged, rejected).to_parquet(database.parent / "record_dispositions.parquet", index=False)

    judged = judged.loc[judged["analyte"].notna()]
    results = counted(read_results(judged, frames, meanings, study))
    written = results[RESULT_COLUMNS]
    written.to_parquet(database.parent / "lab_results.parquet", index=False)
    grid = daily_grid(results, set_aside(judged, meanings), treated, frames, study)
    grid.to_parquet(database.parent / "lab_daily_grid.parquet", index=False)
