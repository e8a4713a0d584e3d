"""Measure every contender on the same landing, in turn, and give medians with their spread."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from cartox.benchmark.contender import ARE_GIVEN, CONTENDERS, GIVEN, PEERS
from cartox.benchmark.measure import Measured, measure
from cartox.benchmark.peers import Difference, compare_deliverables
from cartox.errors import UserError
from cartox.intake import land_sources
from cartox.owner import owner_only
from cartox.progress import Progress
from cartox.synthetic.registry import write_registry

_DATABASE = "cartox.duckdb"
_SIZED = (".duckdb", ".parquet")


@dataclass(frozen=True)
class Row:
    """A contender: medians of what its runs took, the least and most wall time, and the bytes that it wrote.

    `outcome` is empty where every run finished; else it says that some could not, and the figures are of none.
    `n_differing` counts the cells and rows in which what a peer wrote is not what the models built; None: it is no peer.
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
    n_differing: int | None = None


def named(beginnings: Sequence[str]) -> list[str]:
    """Return the contenders whose names begin with one of these, in their order.

    Raises UserError where a beginning is none's.
    """
    for beginning in beginnings:
        if not any(name.startswith(beginning) for name in CONTENDERS):
            raise UserError(f"--only {beginning}: no such contender; known are {', '.join(CONTENDERS)}")
    return [name for name in CONTENDERS if name.startswith(tuple(beginnings))]


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

    What needs longer than the limit is ended and said not to have finished; it is not tried again. What a peer wrote in its
    first run is held against the marts, row by row; of a peer that wrote anything else there are no figures.
    """
    course = _Course(folder, limit_s)
    write_registry(folder / "extract", n_patients, progress)
    land_sources(course.landing, progress, extract=folder / "extract")
    course.excuse(contenders, progress)
    for turn in range(n_repeats):
        for name in contenders:
            if course.goes_on(name):
                progress.step(f"Run {turn + 1} of {n_repeats}: {name}")
                course.run_once(name)
    return [course.row(name, n_patients) for name in contenders]


class _Course:
    """The files of a comparison and what was measured: `excused` says of contenders that are not run (again) why."""

    def __init__(self, folder: Path, limit_s: float) -> None:
        self.landing = folder / "landing"
        self._given, self._written, self._log = folder / "given", folder / "contender", folder / "log.txt"
        self._given.mkdir(exist_ok=True)
        self._written.mkdir(exist_ok=True)
        self._limit_s = limit_s
        self._excused: dict[str, str] = {}
        self._runs: dict[str, list[Measured]] = {}
        self._sizes: dict[str, int] = {}
        self._differing: dict[str, list[Difference]] = {}

    def excuse(self, contenders: Sequence[str], progress: Progress) -> None:
        """Excuse peers whose package is missing, and build what the others are given."""
        needed = [name for name in contenders if name in ARE_GIVEN]
        for name in needed:
            if name in PEERS and find_spec(PEERS[name]) is None:
                self._excused[name] = f"{PEERS[name]} is not installed"
        if all(name in self._excused for name in needed):
            return
        progress.step("Building what peers are given")
        if exit_code := self._measure(GIVEN, self._given).exit_code:
            for name in needed:
                self._excused.setdefault(name, f"what it is given could not be built (exit code {exit_code})")

    def goes_on(self, name: str) -> bool:
        """Whether a contender is run again."""
        return name not in self._excused and not any(run.exit_code for run in self._runs.get(name, ()))

    def run_once(self, name: str) -> None:
        """Run a contender, hold a peer's tables against the marts, and remove what was written."""
        runs = self._runs.setdefault(name, [])
        runs.append(self._measure(name, self._written))
        files = [file for file in self._written.iterdir() if file.is_file()]
        self._sizes[name] = sum(file.stat().st_size for file in files if file.suffix in _SIZED)
        if name in PEERS and len(runs) == 1 and not runs[0].exit_code:
            told = compare_deliverables(self._given / _DATABASE, self._written / _DATABASE)
            self._differing[name] = [one for ones in told.values() for one in ones]
            if self._differing[name]:
                self._excused[name] = f"not what the models built: {self._differing[name][0]}"
        for file in files:
            file.unlink()

    def row(self, name: str, n_patients: int) -> Row:
        """Return the row of a contender."""
        runs, differing = self._runs.get(name, []), self._differing.get(name)
        if name in self._excused:
            return _without_figures(name, n_patients, len(runs), self._excused[name], differing)
        return summarize(name, n_patients, runs, self._sizes[name], self._limit_s, differing)

    def _measure(self, name: str, written: Path) -> Measured:
        places = (self.landing, self._given, written / _DATABASE)
        words = ["-m", "cartox.benchmark.contender", name, *map(str, places)]
        return measure(words, self._limit_s, self._log)


def _without_figures(
    name: str, n_patients: int, n_runs: int, outcome: str, differing: Sequence[Difference] | None
) -> Row:
    n_differing = None if differing is None else len(differing)
    return Row(name, n_patients, n_runs, None, None, None, None, None, None, outcome, n_differing)


def summarize(
    name: str,
    n_patients: int,
    runs: Sequence[Measured],
    size: int,
    limit_s: float,
    differing: Sequence[Difference] | None = None,
) -> Row:
    """Return the row of a contender; of one that did not finish every time there is no figure."""
    unfinished = [run for run in runs if run.exit_code]
    if unfinished:
        last = unfinished[-1]
        ended = last.exit_code < 0 and last.wall_s >= limit_s
        outcome = f"not within {limit_s:g} s" if ended else f"could not finish (exit code {last.exit_code})"
        return _without_figures(name, n_patients, len(runs), outcome, differing)
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
        n_differing=None if differing is None else len(differing),
    )


def write_csv(rows: Sequence[Row], path: Path) -> None:
    """Write the rows, as they were measured, with a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
