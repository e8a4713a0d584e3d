"""Try hard to lose a record or to break a publication, and print in one table what came of it.

`python tests/faults/run.py [--quick]` exits with 1 if anything was lost or broken, or if too little was tried.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cartox.warehouse.record_sources import plan_sources
from tests.faults.canaries import Search, try_canaries
from tests.faults.corrupter import SEED
from tests.faults.exhaustion import Want, try_all
from tests.faults.kills import Kills, try_kills
from tests.faults.omop_folders import small_omop, try_omop
from tests.faults.readers import Reads, try_readers
from tests.faults.records_only import Outcome, try_extracts
from tests.faults.small_extract import SmallExtract, small_extract, write_csv
from tests.faults.whole_runs import chosen_numbers, try_whole_runs
from tests.faults.workspace import Workspace, described
from tests.spec.compiled_project import CompiledProject

LANES = 2
_RESPECTING_MODES = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
_SHOWN = 30


@dataclass(frozen=True)
class Size:
    """How much is tried."""

    n_extracts: int
    n_omop: int
    n_whole: int
    n_kills: int
    n_kills_at_the_rename: int
    n_readers: int
    n_publications: int
    is_quick: bool


FULL = Size(513, 100, 26, 44, 12, 8, 24, False)
QUICK = Size(57, 10, 2, 4, 1, 8, 6, True)
Row = tuple[str, int, int | None]  # what, how many, at least so many (None: must be none)


def main() -> int:
    """Try everything and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small part of it, in some minutes")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    _respect_file_modes()
    console = Console(width=100)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cartox-faults-", ignore_cleanup_errors=True) as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder, "cache"))  # compiled once for all
        rows, findings = _try(Path(folder), QUICK if given.quick else FULL, given.seed, console)
    minutes = (time.monotonic() - started) / 60
    return _report(console, rows, findings, f"Faults, seed {given.seed}, {minutes:.1f} minutes")


def _respect_file_modes() -> None:
    """Give up the superuser's right to read and write every file, by running again without it."""
    setpriv = shutil.which(_RESPECTING_MODES[0])
    if os.geteuid() == 0 and setpriv and "CARTOX_FAULTS_WITHOUT_RIGHTS" not in os.environ:
        os.environ["CARTOX_FAULTS_WITHOUT_RIGHTS"] = "1"
        os.execv(setpriv, [*_RESPECTING_MODES, sys.executable, *sys.argv])  # noqa: S606


def _try(folder: Path, size: Size, seed: int, console: Console) -> tuple[list[Row], list[str]]:
    """Try everything, with no lane idle while another part can begin: what takes longest is begun first."""
    with ProcessPoolExecutor(LANES) as lanes:
        extract, other = (lanes.submit(small_extract, number) for number in (0, 1))
        tables, planned = lanes.submit(small_omop), lanes.submit(_plan_for_omop, folder)
        project = CompiledProject.compile(folder / "compiled")
        csv = [write_csv(one.result(), folder / name) for one, name in ((extract, "one"), (other, "other"))]
        judging = _shared(lanes, try_extracts, project, extract.result(), range(size.n_extracts), seed)
        judging_omop = _shared(lanes, try_omop, planned.result(), tables.result(), range(size.n_omop), seed)
        numbers = chosen_numbers(size.n_whole)
        running = [
            lanes.submit(
                try_whole_runs, folder / f"whole-{lane}", extract.result(), numbers[lane::LANES], seed
            )
            for lane in range(LANES)
        ]
        killing = [
            lanes.submit(try_kills, folder / f"kills-{lane}", csv, *_share(size, lane), seed + lane)
            for lane in range(LANES)
        ]
        wanting = lanes.submit(_try_wants, folder, csv, size.is_quick)
        searching = lanes.submit(try_canaries, folder / "canaries", extract.result(), seed)
        reading = lanes.submit(try_readers, folder / "readers", size.n_readers, size.n_publications)
        console.print(f"{size.n_extracts} mutilated extracts through the intake and the record models")
        judged = _joined(judging)
        console.print(f"{size.n_omop} mutilated OMOP folders in the same way")
        of_omop = _joined(judging_omop)
        console.print(f"{size.n_whole} of the extracts through the whole run")
        whole = _joined(running)
        console.print(f"{size.n_kills + size.n_kills_at_the_rename} kills")
        kills = Kills()
        for lane in killing:
            kills.add(lane.result())
        console.print("A full disk, read-only folders, too little memory")
        wants = wanting.result()
        console.print("Names and record numbers in every cell, and a search for them in all that is written")
        search = searching.result()
        console.print(f"{size.n_readers} readers through {size.n_publications} publications")
        reads = reading.result()
    rows = (
        _rows(size, judged, whole, kills, wants, reads)
        + _rows_of_omop(size, of_omop)
        + _rows_of_search(search)
    )
    findings = _findings(judged, whole, kills, wants, reads) + _findings_of_search(search)
    return rows, [*findings, *_findings_of_outcomes("OMOP", of_omop)]


def _plan_for_omop(folder: Path) -> CompiledProject:
    return CompiledProject.planned({"record_sources": dict(plan_sources({}, None, folder).sources)})


def _shared(
    lanes: Executor,
    judge: Callable[[CompiledProject, SmallExtract, range, int], Sequence[Outcome]],
    project: CompiledProject,
    given: SmallExtract,
    numbers: range,
    seed: int,
) -> list[Future[Sequence[Outcome]]]:
    return [lanes.submit(judge, project, given, numbers[lane::LANES], seed) for lane in range(LANES)]


def _joined(parts: Iterable[Future[Sequence[Outcome]] | Future[list[Outcome]]]) -> list[Outcome]:
    return sorted((outcome for part in parts for outcome in part.result()), key=lambda one: one.number)


def _try_wants(folder: Path, extracts: Sequence[Path], is_quick: bool) -> list[Want]:
    published = Workspace(folder / "published")
    good = published.run(extracts[0])
    if good.code:
        raise RuntimeError(f"the good extract was not published: {described(good)}")
    return try_all(folder / "wants", published.folder, extracts[1], is_quick)


def _share(size: Size, lane: int) -> tuple[int, int]:
    """How many kills a lane tries, and how many of these while a version is published."""
    return (size.n_kills + lane) // LANES, (size.n_kills_at_the_rename + lane) // LANES


def _rows(
    size: Size, judged: list[Outcome], whole: list[Outcome], kills: Kills, wants: list[Want], reads: Reads
) -> list[Row]:
    both = [*judged, *whole]
    broken = len(kills.broken) + sum(bool(want.faults) for want in wants)
    return [
        ("mutilated extracts through intake and record models", len(judged), size.n_extracts),
        (
            "  of these landed, the others refused in one line",
            sum(not o.was_refused for o in judged),
            size.n_extracts // 2,
        ),
        ("mutilated extracts through the whole run", len(whole), size.n_whole),
        ("conservation violations", sum(bool(o.violations) for o in both), None),
        ("tracebacks", sum(o.traceback is not None for o in both), None),
        ("kills", kills.n_kills, int(0.9 * (size.n_kills + size.n_kills_at_the_rename))),
        ("  of these while publishing", kills.n_at_the_rename, size.n_kills_at_the_rename // 2),
        ("runs on a full disk, in read-only folders, with too little memory", len(wants), 1),
        ("broken publications", broken, None),
        ("manual repairs", len(kills.repairs) + sum(want.needs_repair for want in wants), None),
        ("readers", reads.n_readers, size.n_readers),
        ("reader polls", reads.n_polls, size.n_readers * size.n_publications),
        ("publications under them", reads.n_publications, size.n_publications),
        ("reader errors", len(reads.errors), None),
        ("mixed reads", reads.n_mixed, None),
    ]


def _rows_of_search(search: Search) -> list[Row]:
    return [
        ("canaries planted", search.n_planted, 5_000),
        ("texts and files searched for canaries", search.n_texts, 100),
        ("canaries leaked", len(search.leaks), None),
    ]


def _findings_of_search(search: Search) -> list[str]:
    return [*(f"canary leaked: {where}" for where in search.leaks), *search.faults]


def _rows_of_omop(size: Size, outcomes: list[Outcome]) -> list[Row]:
    return [
        ("mutilated OMOP folders through intake and record models", len(outcomes), size.n_omop),
        ("  of these landed", sum(not o.was_refused for o in outcomes), size.n_omop // 3),
        (
            "  with rows that are not accounted for, or a wrong message",
            sum(bool(o.violations) for o in outcomes),
            None,
        ),
        ("  with a traceback", sum(o.traceback is not None for o in outcomes), None),
    ]


def _findings_of_outcomes(where: str, outcomes: list[Outcome]) -> list[str]:
    return [
        f"{where} {outcome.number} ({', '.join(outcome.mutilations)}): {line}"
        for outcome in outcomes
        for line in [*outcome.violations, *filter(None, [outcome.traceback])]
    ]


def _findings(
    judged: list[Outcome], whole: list[Outcome], kills: Kills, wants: list[Want], reads: Reads
) -> list[str]:
    found = [*_findings_of_outcomes("records", judged), *_findings_of_outcomes("whole run", whole)]
    found += [f"after a kill: {line}" for line in [*kills.broken, *kills.repairs]]
    found += [f"{w.name}: {line} ({w.ended})" for w in wants for line in w.faults]
    found += [f"{w.name}: needs repair ({w.ended})" for w in wants if w.needs_repair]
    return [*found, *(f"reader: {error}" for error in reads.errors)]


def _report(console: Console, rows: list[Row], findings: list[str], title: str) -> int:
    table = Table(title=title)
    table.add_column("what")
    table.add_column("number", justify="right")
    table.add_column("wanted", justify="right")
    are_well = []
    for what, number, least in rows:
        are_well.append(number == 0 if least is None else number >= least)
        wanted = "0" if least is None else f">= {least}"
        table.add_row(what, str(number), wanted, style=None if are_well[-1] else "bold red")
    console.print(table)
    for finding in findings[:_SHOWN]:
        console.print(finding, markup=False, highlight=False, soft_wrap=True)
    return 0 if all(are_well) and not findings else 1


if __name__ == "__main__":
    sys.exit(main())
