"""The kept versions of a warehouse, told by their manifests, and the way back to one."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from cartox.errors import UserError
from cartox.warehouse.digests import changed_files, digest_of_all, read_digests
from cartox.warehouse.layout import Layout
from cartox.warehouse.lock import hold_lock
from cartox.warehouse.opening import open_results
from cartox.warehouse.readers import admit, kept_readers
from cartox.warehouse.versions import kept_versions, number_of, put_away_logs, switch_to

NO_MANIFEST = "cannot be read"
NO_DIGESTS = "holds no digests, so that whether it was changed is not known"
_INPUT_FACTS = {"source_file": str, "sha256": str, "n_bytes": int, "n_raw": int, "n_rejected": int}


@dataclass(frozen=True)
class InputFile:
    """One file that a run read: its kind of records, name, SHA-256, bytes, records, and unreadable ones."""

    entity: str
    source_file: str
    sha256: str
    n_bytes: int
    n_raw: int
    n_rejected: int


@dataclass(frozen=True)
class Version:
    """One kept version; `started_at` (UTC, ISO 8601), `revision` and `inputs` are its manifest's.

    `input_fingerprint` is one SHA-256 over those of the inputs: two versions share it where they were made
    from the same files. `digests` are the SHA-256 of its own files when it was published, `digest` one over
    all of them; both are None where it was published without. `changed` names the files that were changed,
    added or removed since. `problem` says why there is no manifest.
    """

    version: str
    is_current: bool
    started_at: str | None = None
    revision: str | None = None
    n_records: int | None = None
    n_treated: int | None = None
    n_cohort: int | None = None
    input_fingerprint: str | None = None
    inputs: tuple[InputFile, ...] = ()
    digest: str | None = None
    digests: dict[str, str] | None = None
    changed: tuple[str, ...] = ()
    problem: str | None = None

    def as_record(self) -> dict[str, Any]:
        """Return the version as plain data."""
        return asdict(self)


def read_history(warehouse: Path) -> list[Version]:
    """Return the kept versions of a warehouse, newest first.

    Raises UserError where nothing was published under that name.
    """
    layout = Layout(warehouse.absolute())
    published = _require_published(layout, warehouse)
    versions = []
    for folder in reversed(kept_versions(layout)):
        found = _read_version(folder, layout.warehouse.name, folder.resolve() == published)
        if found.problem is None or folder.exists():  # a run at work may just have removed it
            versions.append(found)
    return versions


def roll_back(
    warehouse: Path, version: str | None = None, note: Callable[[str], None] = lambda _: None
) -> Path:
    """Publish a kept version again by one rename and return its folder; nothing is removed.

    `version` is its name or its number; without one it is the last kept before the published one. The next
    run publishes a newer one, as always. The group that may read the published file may read this one. Raises
    UserError where there is no such version, where its file is gone or cannot be opened, where a file of it
    was changed since it was published, or where a run is at work.
    """
    layout = Layout(warehouse.absolute())
    _require_published(layout, warehouse)
    layout.require_free()
    with hold_lock(layout.lock, warehouse):
        wanted = _find(layout, version, warehouse)
        put_away_logs(layout, note)
        _require_whole(wanted / layout.warehouse.name)
        _require_unchanged(wanted, note)
        admit(layout, wanted, kept_readers(layout))
        switch_to(layout, wanted, note)
    return wanted


def _require_published(layout: Layout, warehouse: Path) -> Path:
    published = layout.published()
    if published is None:
        raise UserError(f"{warehouse}: no version was published there; cartox run --extract DIR makes one")
    return published


def _find(layout: Layout, version: str | None, warehouse: Path) -> Path:
    kept, published = kept_versions(layout), layout.published()
    if version is None:
        earlier = [one for one in kept if published is None or number_of(one) < number_of(published)]
        if not earlier:
            raise UserError(f"{warehouse}: no version before the published one is kept")
        return earlier[-1]
    for one in kept:
        if version == one.name or (version.isdecimal() and int(version) == number_of(one)):
            if one.resolve() == published:
                raise UserError(f"{warehouse}: version {version} is the published one already")
            return one
    raise UserError(f"{warehouse}: no version {version} is kept; cartox history lists those that are")


def _require_whole(file: Path) -> None:
    try:
        open_results(file).close()
    except UserError:
        raise UserError(f"{file}: no whole warehouse, so it is not published") from None


def _require_unchanged(version: Path, note: Callable[[str], None]) -> None:
    digests = read_digests(version)
    if digests is None:
        note(f"{version.name}: {NO_DIGESTS}")
    for name in changed_files(version, digests):
        raise UserError(
            f"{version / name}: changed since version {version.name} was published, so it is not published"
        )


def _read_version(folder: Path, name: str, is_current: bool) -> Version:
    digests = read_digests(folder)
    version = Version(folder.name, is_current, digest=digest_of_all(digests or {}), digests=digests)
    try:
        version = replace(version, changed=tuple(changed_files(folder, digests)))
        with open_results(folder / name) as connection:
            facts = dict(connection.execute("select key, value from results.run_manifest").fetchall())
        counts = _count(facts, "treated_patients"), _count(facts, "cohort")
    except (UserError, duckdb.Error, OSError, TypeError, ValueError):
        return replace(version, problem=NO_MANIFEST)
    inputs = tuple(_inputs(facts))
    hashes = "\n".join(f"{file.entity} {file.sha256}" for file in inputs)
    return replace(
        version,
        started_at=facts.get("run.started_at"),
        revision=facts.get("git.revision"),
        n_records=sum(file.n_raw for file in inputs),
        n_treated=counts[0],
        n_cohort=counts[1],
        input_fingerprint=hashlib.sha256(hashes.encode()).hexdigest() if inputs else None,
        inputs=inputs,
    )


def _inputs(facts: dict[str, str | None]) -> Iterator[InputFile]:
    for key in sorted(facts):
        prefix, _, fact = key.rpartition(".")
        if prefix.startswith("input.") and fact == "sha256":
            with suppress(KeyError, TypeError, ValueError):
                values: dict[str, Any] = {
                    name: kind(facts[f"{prefix}.{name}"]) for name, kind in _INPUT_FACTS.items()
                }
                yield InputFile(entity=prefix.split(".")[1], **values)


def _count(facts: dict[str, str | None], mart: str) -> int | None:
    count = facts.get(f"rows.marts.{mart}")
    return None if count is None else int(count)
