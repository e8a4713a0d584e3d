"""The project built over the cases, in which one model at a time is changed and the cases are asked whether they notice."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb

from tests.spec.cases import Case, differences, raw_rows, read_rules
from tests.spec.compiled_project import CompiledProject, Node, connect, land_rows, reading_landing
from tests.spec.mutations import mutations, normalised
from tests.spec.not_yet import is_held, not_yet

SECONDS_OF_PATIENCE = 60.0
MEMORY = "2GB"
BEFORE = "before_the_change"
NOT_SQL = (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException)


@dataclass(frozen=True)
class Verdict:
    """What became of one mutation: killed by a case, failed (an error, or no end), survived, or invalid as SQL."""

    model: str
    what: str
    outcome: str


class Laboratory:
    """The project built over all cases, in which one model at a time can be replaced."""

    def __init__(self, target: Path) -> None:
        self.project = CompiledProject.of_target(target)
        listed = not_yet()
        every = [case for rule in read_rules() for case in rule.cases if not case.variables]
        self.cases = [case for case in every if is_held(case, listed)]
        self.connection = connect()
        # A join without its key would otherwise fill the memory, or the disk.
        self.connection.execute(f"set memory_limit = '{MEMORY}'")
        self.connection.execute("set temp_directory = ''")
        self.connection.execute("set threads = 1")
        self.connection.execute("set enable_progress_bar = false")
        land_rows(self.connection, raw_rows(self.cases))
        self.project.build(self.connection)
        failing = [case.name for case in self.cases if differences(self.connection, case)]
        if failing:
            raise SystemExit(f"cases fail before anything is changed: {failing}")
        self._keep_what_was_built()

    def _keep_what_was_built(self) -> None:
        self.connection.execute(f"create schema {BEFORE}")
        for node in self._models.values():
            self.connection.execute(f"create table {BEFORE}.{node.name} as from {node.schema}.{node.name}")

    @cached_property
    def _models(self) -> dict[str, Node]:
        return {node.name: node for node in self.project.nodes if node.sql is not None}

    def examine(self, model: str) -> Iterator[Verdict]:
        """Try every mutation of a model."""
        node = self._models[model]
        assert node.sql is not None
        if self._outcome(node, normalised(node.sql)) != "survived":
            raise SystemExit(f"{model} behaves otherwise when it is only written anew")
        for mutation in mutations(node.sql):
            yield Verdict(model, mutation.what, self._outcome(node, mutation.sql))

    def _outcome(self, node: Node, sql: str) -> str:
        """Whether a case notices; SQL that fails, explodes or never ends needs none."""
        self.connection.execute("begin")
        patience = threading.Timer(SECONDS_OF_PATIENCE, self.connection.interrupt)
        patience.start()
        try:
            return "killed" if self._is_noticed(node, sql) else "survived"
        except NOT_SQL:
            return "invalid"
        except duckdb.Error:
            return "failed"
        finally:
            patience.cancel()
            self.connection.execute("rollback")

    def _is_noticed(self, node: Node, sql: str) -> bool:
        if self._is_noticed_in(node, sql):
            return True
        changed = {node.name} if self._changed_patients(node) else set()
        for reader in self._models.values():
            assert reader.sql is not None
            if not any(f'"{name}"' in reader.sql for name in changed):
                continue
            if self._is_noticed_in(reader, reader.sql):
                return True
            if self._changed_patients(reader):
                changed.add(reader.name)
        return False

    def _is_noticed_in(self, node: Node, sql: str) -> bool:
        self.connection.execute(
            f"create or replace table {node.schema}.{node.name} as {reading_landing(sql)}"
        )
        asking = self._cases_of(node)
        if not asking:
            return False
        patients = self._changed_patients(node)
        return any(
            differences(self.connection, case)
            for case in asking
            if case.patient_id in patients or None in patients
        )

    def _cases_of(self, node: Node) -> Sequence[Case]:
        return [case for case in self.cases if case.model == f"{node.schema}.{node.name}"]

    def _changed_patients(self, node: Node) -> set[str | None]:
        """Whose rows of a model are no longer what they were; None for a model without patients."""
        now, before = f"from {node.schema}.{node.name}", f"from {BEFORE}.{node.name}"
        rows = f"(({now} except all {before}) union all ({before} except all {now}))"
        columns = {column[0] for column in self.connection.execute(f"describe {before}").fetchall()}
        who = "patient_id" if "patient_id" in columns else "null"
        return {row[0] for row in self.connection.execute(f"select distinct {who} from {rows}").fetchall()}
