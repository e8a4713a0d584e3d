"""Writes a release: a folder of what may leave, and beside it what its approval needs."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from cartox.errors import UserError
from cartox.owner import owner_only
from cartox.project import find_project
from cartox.release.approval import write_approval
from cartox.release.formats import write_ard, write_csv, write_summarised_result
from cartox.release.ledger import Entry, Ledger, open_ledger
from cartox.release.summary import summarise
from cartox.release.tables import Released, ReleasedTable, release_tables
from cartox.synthetic_mark import MANIFEST_KEY, mark_as_synthetic
from cartox.warehouse.project import default_variables
from cartox.warehouse.versions import flush

THRESHOLD = "disclosure_threshold"
LEAST_THRESHOLD = 5
SUMMARY = "summary.md"
LONGEST_NUMBER = 9  # digits
FORMATS: Mapping[str, Callable[[Path, Sequence[ReleasedTable], int], None]] = {
    "csv": write_csv,
    "ard": write_ard,
    "summarised-result": write_summarised_result,
}


def default_threshold(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the var disclosure_threshold of the run, this project's where the file says none, and never below 5.

    A file from elsewhere may claim any. Raises UserError where what it claims is no such number.
    """
    found = connection.execute(
        "select value from results.run_manifest where key = ?", [f"var.{THRESHOLD}"]
    ).fetchone()
    if found is None:
        return int(default_variables(find_project())[THRESHOLD])
    claimed = str(found[0])
    if not (claimed.isascii() and claimed.isdecimal()) or len(claimed) > LONGEST_NUMBER:
        raise UserError(f"results.run_manifest: var {THRESHOLD}: a whole number is expected")
    return max(LEAST_THRESHOLD, int(claimed))


def write_release(
    connection: duckdb.DuckDBPyConnection,
    directory: Path,
    threshold: int,
    *,
    ledger: Path | None = None,
    form: str = "csv",
    now: datetime | None = None,
) -> list[Path]:
    """Write the release of an open warehouse into a new or empty folder and return its files.

    The folder appears whole or not at all, after the ledger of releases in the folder `ledger` holds it; without one
    the release is held against no earlier one. It is to be passed on, so its files are as the user's umask makes them.
    What stays inside, for whoever approves it, lies beside it in `directory`.approval, for its owner alone. Where the
    records are synthetic, their mark lies in the release. `form` is one of FORMATS.

    Raises UserError where the folder holds anything, and where fewer patients than the threshold differ from an
    earlier release.
    """
    approval = directory.with_name(f"{directory.name}.approval")
    for path in (directory, approval):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise UserError(f"{path}: an empty folder, or a name that is free, is expected")
    with open_ledger(ledger) as book:
        released = release_tables(connection, threshold, book)
        _require_many_or_none(released, book, threshold, directory)
        directory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory.parent, prefix=f".{directory.name}.") as scratch:
            folder, aside = Path(scratch) / "release", Path(scratch) / "approval"
            folder.mkdir()
            _write_release(folder, released, threshold, form)
            with owner_only():
                aside.mkdir()
                write_approval(aside, released, threshold)
            book.record(entry_of(released, threshold, digest_of(folder), now or datetime.now(UTC)))
            aside.replace(approval)
            folder.replace(directory)
            flush(directory.parent)
    return sorted(directory.iterdir())


def _write_release(folder: Path, released: Released, threshold: int, form: str) -> None:
    FORMATS[form](folder, released.tables, threshold)
    (folder / SUMMARY).write_text(summarise(released.tables, threshold), encoding="utf-8")
    if any(row.get("key") == MANIFEST_KEY for table in released.tables for row in table.rows):
        mark_as_synthetic(folder)
    for path in (*folder.iterdir(), folder):
        flush(path)


def _require_many_or_none(released: Released, ledger: Ledger, threshold: int, directory: Path) -> None:
    for entry in ledger.entries:
        n_differing = entry.n_differing(released.people)
        least = max(threshold, entry.threshold)
        if 0 < n_differing < least:
            patients = "1 patient differs" if n_differing == 1 else f"{n_differing} patients differ"
            raise UserError(
                f"{directory}: {patients} from the release of {entry.day}; fewer than {least} could be told from "
                "both, so nothing is released: release again what left then, or wait for more patients"
            )


def entry_of(released: Released, threshold: int, digest: str, now: datetime) -> Entry:
    """Return what the ledger keeps of a release."""
    register = released.register
    rows: dict[str, Any] = {block.name: block.rows for block in released.blocks}
    return Entry(
        released_at=now.isoformat(timespec="seconds"),
        threshold=threshold,
        digest=digest,
        people=released.people,
        partitions=[
            [register.names(part) for part in partition]
            for block in released.blocks
            for partition in block.partitions
        ],
        values={
            name: {patient: register.name(value) for patient, value in values.items()}
            for block in released.blocks
            for name, values in block.values.items()
        },
        numbers={name: number for block in released.blocks for name, number in block.numbers.items()},
        rows=rows,
    )


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of a release: of the names of its files and their SHA-256, in order."""
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(folder.iterdir())
    ]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
