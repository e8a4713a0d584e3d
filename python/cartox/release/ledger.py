"""The ledger of releases: what left, when, its digest, and on whom its numbers hang.

It lies beside the warehouse or in the study's folder, for its owner alone, and never leaves: it holds every patient's
code of each release, made with a key of its own, so that a later release can be held against it. One file for each
release, in the order of their numbers; none may be missing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cartox.errors import UserError
from cartox.owner import for_owner, make_folder
from cartox.warehouse.lock import hold_lock
from cartox.warehouse.versions import flush

FORM = 1
KEY, LOCK = "key", ".lock"
ENTRY = re.compile(r"(\d{4,})-\d{8}T\d{6}Z\.json")
CODE_DIGITS = 16


@dataclass(frozen=True)
class Entry:
    """One release: see `Ledger.record`."""

    released_at: str
    threshold: int
    digest: str
    people: Mapping[str, str]
    partitions: Sequence[Sequence[Sequence[str]]]
    values: Mapping[str, Mapping[str, str]]
    numbers: Mapping[str, int]
    rows: Mapping[str, Mapping[str, list[dict[str, Any]]]]

    @property
    def day(self) -> str:
        """The day of the release, as it is printed."""
        return self.released_at[:10]

    def n_differing(self, people: Mapping[str, str]) -> int:
        """Return how many patients came, left or have another value since."""
        return sum(self.people.get(name) != people.get(name) for name in {*self.people, *people})


@dataclass(frozen=True)
class Ledger:
    """The releases of a study so far, oldest first; without a folder there are none, and none is kept."""

    folder: Path | None = None
    key: bytes = b""
    entries: tuple[Entry, ...] = field(default=())

    def code(self, text: str) -> str:
        """Return a code for a patient or a value that only this ledger's key makes."""
        return hmac.new(self.key, text.encode(), hashlib.sha256).hexdigest()[:CODE_DIGITS]

    def record(self, entry: Entry) -> None:
        """Keep a release, on the disk before this returns."""
        if self.folder is None:
            return
        at = datetime.fromisoformat(entry.released_at).astimezone(UTC)
        name = f"{len(self.entries) + 1:04d}-{at:%Y%m%dT%H%M%SZ}.json"
        text = json.dumps({"form": FORM, **vars(entry)}, ensure_ascii=False, default=str)
        _write(self.folder / name, text)
        flush(self.folder)


@contextmanager
def open_ledger(folder: Path | None) -> Iterator[Ledger]:
    """Open the ledger in a folder, made where it is missing, for one release at a time.

    Raises UserError where another release is at work, and where the ledger is damaged or a release is missing in it.
    """
    if folder is None:
        yield Ledger(key=secrets.token_bytes(32))
        return
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder}: the folder of the ledger of releases is expected here")
    make_folder(folder)
    with hold_lock(folder / LOCK, folder):
        yield Ledger(folder, _key(folder), tuple(_entries(folder)))


def _key(folder: Path) -> bytes:
    file = folder / KEY
    if not file.exists():
        if any(ENTRY.fullmatch(path.name) for path in folder.iterdir()):
            raise UserError(f"{file}: the ledger's key is missing; releases can no longer be held against it")
        _write(file, secrets.token_hex(32))
        flush(folder)
    try:
        return bytes.fromhex(file.read_text(encoding="ascii"))
    except ValueError as error:
        raise UserError(f"{file}: not a ledger's key") from error


def _entries(folder: Path) -> Iterator[Entry]:
    files = sorted(path for path in folder.iterdir() if ENTRY.fullmatch(path.name))
    for number, file in enumerate(files, start=1):
        if int(file.name.partition("-")[0]) != number:
            raise UserError(
                f"{folder}: release {number} is missing in the ledger; nothing can be held against it"
            )
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
            if content.pop("form") != FORM:
                raise ValueError("another form")
            yield Entry(**content)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise UserError(f"{file}: not an entry of a ledger of releases, or of another version") from error


def _write(file: Path, text: str) -> None:
    with open(file, "w", encoding="utf-8", opener=for_owner) as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
