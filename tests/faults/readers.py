"""Readers of the published file while one version after the other is published."""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import duckdb

from cartox.warehouse.layout import Layout
from cartox.warehouse.publication import begin_version, publish_version

_PAUSE_SECONDS = 0.002
_HELD_OPEN_SECONDS = 0.05
_ROWS = 20_000


@dataclass(frozen=True)
class Reads:
    """What the readers saw: polls, publications in that time, errors by kind, reads of two versions at once."""

    n_readers: int
    n_polls: int
    n_publications: int
    n_versions_seen: int
    errors: tuple[str, ...]
    n_mixed: int


def try_readers(folder: Path, n_readers: int, n_publications: int, min_polls_between: int = 2) -> Reads:
    """Publish version after version, each holding its number in two tables and in the report, under polling readers.

    The next version is published once every reader has polled some more, so that all of them read through all publications.
    """
    layout = Layout(folder / "cartox.duckdb")
    _publish(layout, 0)
    context = multiprocessing.get_context("spawn")
    polls = [context.Value("q", 0) for _ in range(n_readers)]
    over, answers = context.Event(), context.Queue()
    readers = [
        context.Process(target=_read, args=(layout.warehouse, number, polls[number], over, answers))
        for number in range(n_readers)
    ]
    for reader in readers:
        reader.start()
    for version in range(1, n_publications + 1):
        wanted = [count.value + min_polls_between for count in polls]
        while any(c.value < w for c, w in zip(polls, wanted, strict=True)) and all(
            r.is_alive() for r in readers
        ):
            time.sleep(_PAUSE_SECONDS)
        _publish(layout, version)
    over.set()
    seen = [answers.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join()
    return Reads(
        n_readers,
        sum(count.value for count in polls),
        n_publications,
        len({version for versions, _, _ in seen for version in versions}),
        tuple(error for _, errors, _ in seen for error in errors),
        sum(n_mixed for _, _, n_mixed in seen),
    )


def _publish(layout: Layout, version: int) -> None:
    building = begin_version(layout, datetime.now(UTC))
    with duckdb.connect(str(building / layout.warehouse.name)) as connection:
        for table in ("first", "second"):
            connection.execute(f"create table {table} as select {version} as version from range({_ROWS})")
    (building / "report").mkdir()
    (building / "report" / "index.html").write_text(str(version), encoding="utf-8")
    publish_version(layout, building)


def _read(warehouse: Path, number: int, polls: Any, over: Event, answers: Any) -> None:
    """Poll until it is over; every other reader holds its connection open over several publications."""
    seen: set[int] = set()
    errors: list[str] = []
    n_mixed = 0
    while not over.is_set():
        try:
            with duckdb.connect(str(warehouse), read_only=True, config={"threads": 1}) as connection:
                versions = set(connection.execute("select distinct version from first").fetchall())
                if number % 2:
                    time.sleep(_HELD_OPEN_SECONDS)
                versions |= set(connection.execute("select distinct version from second").fetchall())
            n_mixed += len(versions) != 1
            seen |= {row[0] for row in versions}
            int((warehouse.parent / "report" / "index.html").read_text(encoding="utf-8"))
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}"[:200])
        with polls.get_lock():
            polls.value += 1
        time.sleep(_PAUSE_SECONDS)
    answers.put((seen, errors[:20], n_mixed))
