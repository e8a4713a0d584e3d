"""Runs that are killed: what is published is then the version before or the new one, whole, and the next run just works."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq

from cartox.intake.contract import ENTITIES
from tests.faults.workspace import Workspace, described, hashes

_POLL_SECONDS = 0.0005
_KILLS_BETWEEN_WHOLE_RUNS = 9
_LONGEST_RUN_SECONDS = 900
_TRIES = 3
MOMENTS = ("flushing", "renamed", "published")


@dataclass
class Kills:
    """How many runs were killed, and when; what was broken then; which later runs needed somebody's help."""

    n_kills: int = 0
    n_at_the_rename: int = 0
    n_whole_runs: int = 0
    broken: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)

    def add(self, other: Kills) -> None:
        self.n_kills += other.n_kills
        self.n_at_the_rename += other.n_at_the_rename
        self.n_whole_runs += other.n_whole_runs
        self.broken += other.broken
        self.repairs += other.repairs


def try_kills(
    folder: Path, extracts: Sequence[Path], n_random: int, n_at_the_rename: int, seed: int
) -> Kills:
    """Kill runs on alternating extracts at moments spread over a run, some of them while it publishes.

    A run that ends before its moment has come is tried again, its moment by how long it took. Between the kills
    nobody tidies up; every few kills, and at the end, a run must come to its end and publish.
    """
    dice = random.Random(seed)  # noqa: S311
    kills = Kills()
    workspace = Workspace(folder)
    seconds = _run_to_the_end(workspace, extracts[0], kills)
    plan: list[float | str] = [(i + dice.random()) / max(n_random, 1) for i in range(n_random)]
    plan += [MOMENTS[i % len(MOMENTS)] for i in range(n_at_the_rename)]
    dice.shuffle(plan)
    for number, moment in enumerate(plan, 1):
        extract = extracts[number % len(extracts)]
        for _ in range(_TRIES):
            took = _kill_one(workspace, extract, moment, seconds, is_whole_group=number % 3 != 0, kills=kills)
            if took is None:
                break
            seconds = took
        if number % _KILLS_BETWEEN_WHOLE_RUNS == 0 or number == len(plan):
            seconds = _run_to_the_end(workspace, extracts[number % len(extracts)], kills)
    return kills


def _run_to_the_end(workspace: Workspace, extract: Path, kills: Kills) -> float:
    before, started = workspace.published_version(), time.monotonic()
    ended = workspace.run(extract)
    kills.n_whole_runs += 1
    if ended.code or workspace.published_version() == before:
        kills.repairs.append(f"a run that nobody killed: {described(ended)}")
    kills.broken += _faults(workspace, [hashes(extract)])
    return time.monotonic() - started


def _kill_one(
    workspace: Workspace,
    extract: Path,
    moment: float | str,
    seconds: float,
    *,
    is_whole_group: bool,
    kills: Kills,
) -> float | None:
    """Kill a run at a moment of it; return the seconds that it took if it ended before, None if it was killed."""
    before, started, took = workspace.published_version(), time.monotonic(), None
    inputs = workspace.published_inputs()
    process = workspace.start(extract)
    if isinstance(moment, float):
        _wait(process, moment * seconds)
    else:
        _wait_for(process, workspace, moment, before)
    if process.poll() is None:
        (os.killpg if is_whole_group else os.kill)(process.pid, signal.SIGKILL)
        kills.n_kills += 1
        kills.n_at_the_rename += isinstance(moment, str)
    else:
        took = time.monotonic() - started
    if took is not None and process.returncode:
        _, errors = process.communicate()
        kills.repairs.append(
            f"a run ended before it was killed: exit code {process.returncode}, {errors[-300:]!r}"
        )
    process.wait()
    if process.stderr:
        process.stderr.close()
    is_new = workspace.published_version() != before
    kills.broken += _faults(workspace, [hashes(extract) if is_new else inputs])
    kills.broken += _faults_of_landing(workspace.landing)
    return took


def _wait(process: subprocess.Popen[str], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _wait_for(process: subprocess.Popen[str], workspace: Workspace, moment: str, before: str | None) -> None:
    """Watch the file system until a run has come to flush, rename or publish its version."""
    versions = workspace.warehouse.parent / ".versions"
    known = {path.name for path in versions.iterdir()}
    deadline = time.monotonic() + _LONGEST_RUN_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        new = [name for name in os.listdir(versions) if name not in known]
        if moment == "published" and workspace.published_version() != before:
            return
        if moment == "renamed" and any(not name.startswith(".") for name in new):
            return
        if moment == "flushing" and any(
            _is_closed(versions / name / workspace.warehouse.name) for name in new
        ):
            return
        time.sleep(_POLL_SECONDS)


def _is_closed(file: Path) -> bool:
    """Say whether a file that a run built was already given the mode in which it is published."""
    try:
        return file.stat().st_mode & 0o777 == 0o600
    except OSError:
        return False


def _faults(workspace: Workspace, allowed: Sequence[dict[str, str]]) -> list[str]:
    found = workspace.faults_of_publication()
    if not found and workspace.published_inputs() not in allowed:
        found.append("what is published was made from another extract")
    return found


def _faults_of_landing(landing: Path) -> list[str]:
    """What is not whole about the last landing: every table against the count that was written beside it."""
    try:
        landed = {row["entity"]: row for row in pq.read_table(landing / "landed_files.parquet").to_pylist()}
        counts = {e: pq.read_metadata(landing / "extract" / f"{e}.parquet").num_rows for e in ENTITIES}
    except (OSError, ValueError) as error:
        return [f"{type(error).__name__}: the landing cannot be read"]
    return [f"{e}: the landing is mixed" for e in ENTITIES if landed[e]["n_landed"] != counts[e]]
