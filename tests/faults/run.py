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
from concurrent.futures import ProcessPoolExecutor
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
from tests.faults.small_extract import small_extract, write_csv
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
    extract, other = small_extract(), small_extract(seed=1)
    target = folder / "compiled"
    CompiledProject.compile(target)
    with ProcessPoolExecutor(LANES) as lanes:
        console.print(f"{size.n_extracts} mutilated extracts through the intake and the record models")
        parts = [range(lane, size.n_extracts, LANES) for lane in range(LANES)]
        judged = _joined(lanes.map(try_extracts, [target] * LANES, [extract] * LANES, parts, [seed] * LANES))
        console.print(f"{size.n_omop} mutilated OMOP folders in the same way")
        omop_target = folder / "compiled-omop"
        CompiledProject.compile_models(
            omop_target, {"record_sources": dict(plan_sources({}, None, folder).sources)}
        )
        tables = small_omop()
        parts = [range(lane, size.n_omop, LANES) for lane in range(LANES)]
        of_omop = _joined(lanes.map(try_omop, [omop_target] * LANES, [tables] * LANES, parts, [seed] * LANES))
        console.print(f"{size.n_whole} of the extracts through the whole run")
        numbers = chosen_numbers(size.n_whole)
        folders = [folder / f"whole-{lane}" for lane in range(LANES)]
        shares = [numbers[lane::LANES] for lane in range(LANES)]
        whole = _joined(lanes.map(try_whole_runs, folders, [extract] * LANES, shares, [seed] * LANES))
        console.print(f"{size.n_kills + size.n_kills_at_the_rename} kills")
        extracts = [write_csv(extract, folder / "one"), write_csv(other, folder / "other")]
        kills = _killed(lanes.map, folder, extracts, size, seed)
    console.print("A full disk, read-only folders, too little memory")
    published = Workspace(folder / "published")
    good = published.run(extracts[0])
    if good.code:
        raise RuntimeError(f"the good extract was not published: {described(good)}")
    wants = try_all(folder / "wants", published.folder, extracts[1], size.is_quick)
    console.print(f"{size.n_readers} readers through {size.n_publications} publications")
    reads = try_readers(folder / "readers", size.n_readers, size.n_publications)
    console.print("Names and record numbers in every cell, and a search for them in all that is written")
    search = try_canaries(folder / "canaries", extract, seed)
    rows = (
        _rows(size, judged, whole, kills, wants, reads)
        + _rows_of_omop(size, of_omop)
        + _rows_of_search(search)
    )
    findings = _findings(judged, whole, kills, wants, reads) + _findings_of_search(search)
    return rows, [*findings, *_findings_of_outcomes("OMOP", of_omop)]


def _joined(parts: Iterable[Sequence[Outcome]]) -> list[Outcome]:
    return sorted((outcome for part in parts for outcome in part), key=lambda outcome: outcome.number)


def _killed(
    run: Callable[..., Iterable[Kills]], folder: Path, extracts: list[Path], size: Size, seed: int
) -> Kills:
    kills = Kills()
    folders = [folder / f"kills-{lane}" for lane in range(LANES)]
    shares = [_share(size.n_kills, lane) for lane in range(LANES)]
    renames = [_share(size.n_kills_at_the_rename, lane) for lane in range(LANES)]
    seeds = [seed + lane for lane in range(LANES)]
    for lane in run(try_kills, folders, [extracts] * LANES, shares, renames, seeds):
        kills.add(lane)
    return kills


def _share(total: int, lane: int) -> int:
    return (total + lane) // LANES


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
