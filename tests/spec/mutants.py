"""How many wrong changes of the clinical SQL do the cases notice? (`make mutants`)

Every mutation of the grading, exposure, laboratory and score models is built over the cases, with all that reads the model. One
that no case notices survives: a case is missing, or the change alters nothing, and then `equivalent_mutants.yml` says why.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml
from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.spec.cases import Case, differences, raw_rows, read_rules
from tests.spec.compiled_project import PROJECT, CompiledProject, Node, connect, land_rows, reading_landing
from tests.spec.mutations import mutations, normalised

FOLDERS = (
    "intermediate/toxicity",
    "intermediate/exposure",
    "intermediate/labs",
    "intermediate/scores",
    "intermediate/response",
    "marts/exposure",
    "marts/labs",
)
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.yml")
LEAST_KILLED = 0.9
SECONDS_OF_PATIENCE = 20.0  # a join without its key goes on for ever, which nobody would overlook


@dataclass(frozen=True)
class Verdict:
    """What became of one mutation: killed, survived, equivalent or invalid (SQL that does not run)."""

    model: str
    what: str
    outcome: str


class Laboratory:
    """The project built over all cases, in which one model at a time can be replaced."""

    def __init__(self, target: Path) -> None:
        self.project = CompiledProject.of_target(target)
        self.cases = [case for rule in read_rules() for case in rule.cases]
        self.connection = connect()
        self.connection.execute("set enable_progress_bar = false")
        land_rows(self.connection, raw_rows(self.cases))
        self.project.build(self.connection)
        failing = [case.name for case in self.cases if differences(self.connection, case)]
        if failing:
            raise SystemExit(f"cases fail before anything is changed: {failing}")

    def examine(self, model: str) -> Iterator[Verdict]:
        """Try every mutation of a model."""
        position = next(i for i, node in enumerate(self.project.nodes) if node.name == model)
        node = self.project.nodes[position]
        assert node.sql is not None
        later = self._readers(position)
        if self._is_noticed(node, normalised(node.sql), later) is not False:
            raise SystemExit(f"{model} behaves otherwise when it is only written anew")
        listed = _equivalent().get(model, {})
        for mutation in mutations(node.sql):
            noticed = self._is_noticed(node, mutation.sql, later)
            outcome = {True: "killed", False: "survived", None: "invalid"}[noticed]
            if outcome == "survived" and mutation.what in listed:
                outcome = "equivalent"
            yield Verdict(model, mutation.what, outcome)

    def _readers(self, position: int) -> list[Node]:
        changed = {self.project.nodes[position].name}
        readers = []
        for node in self.project.nodes[position + 1 :]:
            if node.sql is not None and any(f'"{name}"' in node.sql for name in changed):
                changed.add(node.name)
                readers.append(node)
        return readers

    def _is_noticed(self, node: Node, sql: str, later: Sequence[Node]) -> bool | None:
        self.connection.execute("begin")
        patience = threading.Timer(SECONDS_OF_PATIENCE, self.connection.interrupt)
        patience.start()
        try:
            _rebuild(self.connection, node, sql)
            for reader in later:
                assert reader.sql is not None
                _rebuild(self.connection, reader, reader.sql)
            return any(_differs(self.connection, case) for case in self.cases)
        except duckdb.InterruptException:
            return True
        except duckdb.Error:
            return None
        finally:
            patience.cancel()
            self.connection.execute("rollback")


def _rebuild(connection: duckdb.DuckDBPyConnection, node: Node, sql: str) -> None:
    connection.execute(f"create or replace table {node.schema}.{node.name} as {reading_landing(sql)}")


def _differs(connection: duckdb.DuckDBPyConnection, case: Case) -> bool:
    return bool(differences(connection, case))


def _equivalent() -> dict[str, dict[str, str]]:
    if not EQUIVALENT.exists():
        return {}
    return dict(yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) or {})


def _examine(target: Path, models: Sequence[str]) -> list[Verdict]:
    laboratory = Laboratory(target)
    return [verdict for model in models for verdict in laboratory.examine(model)]


def clinical_models() -> list[str]:
    """The models whose SQL is changed."""
    return sorted(path.stem for folder in FOLDERS for path in (PROJECT / "models" / folder).glob("*.sql"))


def main() -> int:
    """Try every mutation and print what survived; return 1 where a survivor has no reason or too few were killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="*", help="only these models")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    console = Console(width=160)
    models = arguments.models or clinical_models()
    # A forked process would inherit DuckDB's locks without the threads that hold them.
    afresh = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(arguments.processes, mp_context=afresh) as pool,
    ):
        CompiledProject.compile(Path(folder))
        shares = [[model] for model in models]
        futures = [pool.submit(_examine, Path(folder), share) for share in shares]
        verdicts = [
            v for future in track(futures, "Changing the SQL", console=console) for v in future.result()
        ]
    return report(verdicts, console)


def report(verdicts: Sequence[Verdict], console: Console) -> int:
    """Print the counts and the survivors, and return the exit code."""
    table = Table("model", "killed", "survived", "equivalent", "invalid", title="Mutants")
    counts = {outcome: [v for v in verdicts if v.outcome == outcome] for outcome in
              ("killed", "survived", "equivalent", "invalid")}  # fmt: skip
    for model in sorted({v.model for v in verdicts}):
        table.add_row(model, *(str(sum(v.model == model for v in found)) for found in counts.values()))
    console.print(table)
    for survivor in counts["survived"]:
        console.print(f"survived: {survivor.model}: {survivor.what}", markup=False, soft_wrap=True)
    killed, survived = len(counts["killed"]), len(counts["survived"])
    tried = killed + survived + len(counts["equivalent"])
    share = killed / tried if tried else 0.0
    console.print(
        f"{tried} mutants, {killed} killed ({share:.1%}), {len(counts['equivalent'])} change nothing, {survived} survived"
    )
    return int(survived > 0 or share < LEAST_KILLED)


if __name__ == "__main__":
    sys.exit(main())
