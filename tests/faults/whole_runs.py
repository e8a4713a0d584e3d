"""Mutilated extracts through the whole of `cartox run`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from cartox.intake.contract import ENTITIES
from tests.faults.corrupter import MUTILATIONS, Verdict, mutilate
from tests.faults.draft import make_removable
from tests.faults.judgement import faults_of_message, identifying_cells
from tests.faults.records_only import Outcome
from tests.faults.second_count import csv_records, parquet_rows
from tests.faults.small_extract import SmallExtract, write_csv
from tests.faults.workspace import Workspace, described

_USER_ERROR = 2


def chosen_numbers(n_extracts: int) -> list[int]:
    """Numbers of extracts to run as a whole: four of five begin with a mutilation that lands."""
    names = list(MUTILATIONS)
    landing = [number for number, name in enumerate(names) if MUTILATIONS[name][1] is Verdict.LANDS]
    others = [number for number in range(len(names)) if number not in landing]
    n_others = n_extracts // 5
    spread = [others[i * len(others) // max(n_others, 1)] for i in range(n_others)]
    rounds = [number + len(names) * round_ for round_ in range(10) for number in landing]
    return rounds[: n_extracts - n_others] + spread


def try_whole_runs(folder: Path, extract: SmallExtract, numbers: Sequence[int], seed: int) -> list[Outcome]:
    """Run each extract after a good one was published; what was published must be the new one, whole, or untouched."""
    workspace = Workspace(folder)
    cells = identifying_cells(extract)
    first = workspace.run(write_csv(extract, folder / "good"))
    if first.code:
        raise RuntimeError(f"the good extract was not published: {described(first)}")
    return [_try(workspace, extract, number, seed, cells) for number in numbers]


def _try(
    workspace: Workspace, extract: SmallExtract, number: int, seed: int, cells: frozenset[str]
) -> Outcome:
    before = workspace.published_version()
    with tempfile.TemporaryDirectory(dir=workspace.folder) as name:
        mutilated = mutilate(extract, number, Path(name) / "extract", seed)
        ended = workspace.run(mutilated.folder)
        found = workspace.faults_of_publication()
        is_published = workspace.published_version() != before
        if ended.code == _USER_ERROR:
            message = ended.errors.rstrip("\n").removeprefix("cartox: ")
            found += faults_of_message(message, mutilated.folder, cells)
            if is_published:
                found.append("a refused extract changed the publication")
            if mutilated.verdict is Verdict.LANDS:
                found.append(f"refused although every record could be read or kept aside: {described(ended)}")
        elif ended.code == 0:
            found += workspace.faults_of_accounts(_counted_again(mutilated.folder))
            if not is_published:
                found.append("the run ended well and published nothing")
            if ended.errors:
                found.append(f"a quiet run printed {described(ended)}")
        else:
            found.append(described(ended))
        make_removable(Path(name))
    traceback = described(ended) if ended.has_traceback else None
    return Outcome(number, mutilated.mutilations, ended.code != 0, tuple(found), traceback)


def _counted_again(folder: Path) -> dict[str, int]:
    counts = {}
    for path in folder.iterdir():
        stem, _, suffix = path.name.lower().rpartition(".")
        if stem in ENTITIES and suffix in ("csv", "parquet"):
            counts[stem] = len(csv_records(path)[1]) if suffix == "csv" else parquet_rows(path)
    return counts
