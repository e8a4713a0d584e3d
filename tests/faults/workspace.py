"""A warehouse and a landing of their own, runs of the real command on them, and whether what is published is whole."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.spec.compiled_project import PROJECT

_LONGEST_RUN_SECONDS = 900


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code (minus the signal's number if one killed it) and what it printed on standard error."""

    code: int
    errors: str

    @property
    def has_traceback(self) -> bool:
        return "Traceback" in self.errors or "unexpected" in self.errors


class Workspace:
    """Runs `cartox run` in processes of their own."""

    def __init__(self, folder: Path, prefix: Sequence[str] = ()) -> None:
        self.folder = folder
        self.warehouse = folder / "warehouse" / "cartox.duckdb"
        self.landing = folder / "data" / "landing"
        self._prefix = list(prefix)
        folder.mkdir(parents=True, exist_ok=True)

    def start(self, extract: Path, *, prefix: Sequence[str] = ()) -> subprocess.Popen[str]:
        """Start a run in a process group of its own, so that a kill reaches its children too."""
        command = [*self._prefix, *prefix, str(Path(sys.executable).with_name("cartox")), "run", "--quiet"]
        command += ["--extract", str(extract), "--warehouse", str(self.warehouse)]
        environment = {name: value for name, value in os.environ.items() if name != "CARTOX_DEBUG"}
        environment |= {"CARTOX_LANDING": str(self.landing), "CARTOX_PROJECT": str(PROJECT)}
        return subprocess.Popen(
            command, env=environment, cwd=self.folder, text=True, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, extract: Path, *, prefix: Sequence[str] = ()) -> Ended:
        """Run to the end."""
        process = self.start(extract, prefix=prefix)
        try:
            _, errors = process.communicate(timeout=_LONGEST_RUN_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            errors = f"no end after {_LONGEST_RUN_SECONDS} seconds"
        return Ended(process.returncode, errors)

    def published_version(self) -> str | None:
        """The name of the published version's folder."""
        current = self.warehouse.parent / "current"
        return current.readlink().name if current.is_symlink() else None

    def published_inputs(self) -> dict[str, str]:
        """The hash of each file of the extract that was published, by the file's name, from the manifest."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            facts = dict(connection.execute("from results.run_manifest").fetchall())
        entities = [
            key.split(".")[1] for key in facts if key.startswith("input.") and key.endswith(".sha256")
        ]
        return {facts[f"input.{e}.source_file"]: facts[f"input.{e}.sha256"] for e in entities}

    def faults_of_publication(self) -> list[str]:
        """What is not whole about the published file: every table against the counts that its manifest states."""
        try:
            with duckdb.connect(str(self.warehouse), read_only=True) as connection:
                facts = connection.execute("from results.run_manifest where key like 'rows.%'").fetchall()
                found = []
                for key, stated in facts:
                    counted = connection.execute(
                        f"select count(*) from {key.removeprefix('rows.')}"
                    ).fetchall()
                    if int(stated) != counted[0][0]:
                        found.append(f"{key}: {stated} in the manifest, {counted[0][0]} in the table")
                return found if facts else ["the manifest counts no table"]
        except (duckdb.Error, OSError) as error:
            return [f"{type(error).__name__}: the published file cannot be read"]

    def faults_of_accounts(self, n_raw: dict[str, int]) -> list[str]:
        """Where the published accounts differ from a count of the files' records, or do not add up."""
        query = (
            "select entity, n_raw, n_accepted + n_duplicate + n_superseded + n_quarantined, n_quarantined, "
            "(select count(*) from marts.quarantined_records as q where q.entity = c.entity) "
            "from marts.record_conservation as c"
        )
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            accounts = connection.execute(query).fetchall()
        found = [] if {row[0] for row in accounts} == set(n_raw) else ["kinds of record are missing"]
        for entity, n, accounted, quarantined, shown in accounts:
            if not n == accounted == n_raw[entity] or quarantined != shown:
                found.append(f"{entity}: {n_raw[entity]} records, n_raw {n}, accounted for {accounted}")
        return found


def hashes(extract: Path) -> dict[str, str]:
    """SHA-256 of each file of an extract, by the file's name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(extract.iterdir())}


def described(ended: Ended) -> str:
    """A run's end in a line, fit to print: no more of its output than 300 characters."""
    return f"exit code {ended.code}, {json.dumps(ended.errors[-300:])}"
