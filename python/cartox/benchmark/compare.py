"""Measure every contender on the same landing, in turn, and give medians with their spread."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import median

from cartox.benchmark.contender import CONTENDERS
from cartox.benchmark.measure import Measured, measure
from cartox.intake import land_sources
from cartox.owner import owner_only
from cartox.progress import Progress
from cartox.synthetic.registry import write_registry


@dataclass(frozen=True)
class Row:
    """A contender: medians of what its runs took, the least and most wall time, and the bytes that it wrote.

    `outcome` is empty where every run finished; else it says that some could not, and the figures are of none.
    """

    contender: str
    n_patients: int
    n_runs: int
    wall_s: float | None
    wall_least_s: float | None
    wall_most_s: float | None
    processor_s: float | None
    peak_gb: float | None
    disk_gb: float | None
    outcome: str


@owner_only()
def compare(
    folder: Path,
    n_patients: int,
    n_repeats: int,
    limit_s: float,
    progress: Progress,
    contenders: Sequence[str] = tuple(CONTENDERS),
) -> list[Row]:
    """Write and land a registry of so many synthetic people in `folder`, and run every contender on it, in turn.

    What needs longer than the limit is ended and said not to have finished; it is not tried again.
    """
    extract, landing, log = folder / "extract", folder / "landing", folder / "log.txt"
    write_registry(extract, n_patients, progress)
    land_sources(landing, progress, extract=extract)
    runs: dict[str, list[Measured]] = {name: [] for name in contenders}
    sizes: dict[str, int] = {}
    for turn in range(n_repeats):
        for name in contenders:
            if any(run.exit_code for run in runs[name]):
                continue
            progress.step(f"Run {turn + 1} of {n_repeats}: {name}")
            database = folder / "contender" / "cartox.duckdb"
            database.parent.mkdir(exist_ok=True)
            words = ["-m", "cartox.benchmark.contender", name, str(landing), str(database)]
            runs[name].append(measure(words, limit_s, log))
            sizes[name] = database.stat().st_size if database.exists() else 0
            for file in database.parent.iterdir():
                if file.is_file():
                    file.unlink()
    return [summarize(name, n_patients, runs[name], sizes[name], limit_s) for name in contenders]


def summarize(name: str, n_patients: int, runs: Sequence[Measured], size: int, limit_s: float) -> Row:
    """Return the row of a contender; of one that did not finish every time there is no figure."""
    unfinished = [run for run in runs if run.exit_code]
    if unfinished:
        last = unfinished[-1]
        ended = last.exit_code < 0 and last.wall_s >= limit_s
        outcome = f"not within {limit_s:g} s" if ended else f"could not finish (exit code {last.exit_code})"
        return Row(name, n_patients, len(runs), None, None, None, None, None, None, outcome)
    walls = [run.wall_s for run in runs]
    return Row(
        contender=name,
        n_patients=n_patients,
        n_runs=len(runs),
        wall_s=median(walls),
        wall_least_s=min(walls),
        wall_most_s=max(walls),
        processor_s=median(run.processor_s for run in runs),
        peak_gb=max(run.peak_gb for run in runs),
        disk_gb=size / 1e9,
        outcome="",
    )


def write_csv(rows: Sequence[Row], path: Path) -> None:
    """Write the rows, as they were measured, with a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
