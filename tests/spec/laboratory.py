"""The project built over the cases, in which one model at a time is changed and the cases are asked whether they notice.

Of what was built before the change only a digest of each patient's rows is kept. After it the model is built anew, then what
reads a table in which some patient's rows are no longer what they were, as far as a case looks at it or at what comes after it;
and of each table only the cases of these patients are asked. The first that notices ends it.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from tests.spec.cases import Case, differences, named_patients, raw_rows, unlike
from tests.spec.compiled_project import CompiledProject, Node, Row, connect, land_rows, reading_landing
from tests.spec.mutations import mutations, normalized

SECONDS_OF_PATIENCE = 20.0  # for one table; none takes two seconds when nothing was changed
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

    def __init__(self, project: CompiledProject, cases: Sequence[Case]) -> None:
        self.connection = connect()
        # A join without its key would otherwise fill the memory, or the disk.
        self.connection.execute(f"set memory_limit = '{MEMORY}'")
        self.connection.execute("set temp_directory = ''")
        self.connection.execute("set threads = 1")
        self.connection.execute("set enable_progress_bar = false")
        land_rows(self.connection, raw_rows(cases))
        project.build(self.connection)
        failing = [case.name for case in cases if differences(self.connection, case)]
        if failing:
            raise SystemExit(f"cases fail before anything is changed: {failing}")
        self._models = {node.name: node for node in project.nodes if node.sql is not None}
        self._cases: dict[str, list[Case]] = defaultdict(list)
        for case in cases:
            self._cases[case.model.split(".")[1]].append(case)
        self._read_by = {name: self._reads_of(node) for name, node in self._models.items()}
        asserted = [self._models[name] for name in self._cases]
        self._leading_to_cases = {above for node in asserted for above in {node.name, *node.ancestors}}
        self._columns = {name: self._columns_of(node) for name, node in self._models.items()}
        self._keep_what_was_built()

    def _reads_of(self, node: Node) -> set[str]:
        return {name for name in node.ancestors if f'"{name}"' in (node.sql or "")}

    def _columns_of(self, node: Node) -> list[str]:
        described = self.connection.execute(f"describe {node.schema}.{node.name}").fetchall()
        return [column[0] for column in described]

    def _keep_what_was_built(self) -> None:
        self.connection.execute(f"create schema {BEFORE}")
        for node in self._models.values():
            self.connection.execute(f"create table {BEFORE}.{node.name} as {self._digests(node)}")

    def _digests(self, node: Node) -> str:
        """SQL of a digest of each patient's rows, in which order does not count; of all rows in a model without patients."""
        columns = self._columns[node.name]
        who = "patient_id" if "patient_id" in columns else "cast(null as varchar)"
        every = ", ".join(f'"{column}"' for column in columns)
        return (
            f"select {who} as patient_id, count(*) as n_rows, sum(hash({every})) as digest "
            f"from {node.schema}.{node.name} group by 1"
        )

    def examine(self, model: str, among: Container[str] | None = None) -> Iterator[Verdict]:
        """Try every mutation of a model, or those of these names."""
        node = self._models[model]
        assert node.sql is not None
        if self._outcome(node, normalized(node.sql)) != "survived":
            raise SystemExit(f"{model} behaves otherwise when it is only written anew")
        for mutation in mutations(node.sql):
            if among is None or mutation.what in among:
                yield Verdict(model, mutation.what, self._outcome(node, mutation.sql))

    def _outcome(self, node: Node, sql: str) -> str:
        """Whether a case notices; SQL that fails, explodes or never ends needs none."""
        self.connection.execute("begin")
        try:
            return "killed" if self._is_noticed(node, sql) else "survived"
        except NOT_SQL:
            return "invalid"
        except duckdb.Error:
            return "failed"
        finally:
            self.connection.execute("rollback")

    def _is_noticed(self, node: Node, sql: str) -> bool:
        patients = self._patients_changed_by(node, sql)
        changed = {node.name} if patients else set()
        if self._is_noticed_in(node, patients):
            return True
        for reader in self._models.values():
            if reader.name not in self._leading_to_cases or not self._read_by[reader.name] & changed:
                continue
            assert reader.sql is not None
            patients = self._patients_changed_by(reader, reader.sql)
            if self._is_noticed_in(reader, patients):
                return True
            if patients:
                changed.add(reader.name)
        return False

    def _patients_changed_by(self, node: Node, sql: str) -> set[str | None]:
        """Build a model and tell whose rows are no longer what they were; None for those of a model without patients."""
        table = f"create or replace table {node.schema}.{node.name} as {reading_landing(sql)}"
        compared = (
            f"select coalesce(now.patient_id, before.patient_id) from ({self._digests(node)}) as now "
            f"full join {BEFORE}.{node.name} as before on now.patient_id is not distinct from before.patient_id "
            "where (now.n_rows, now.digest) is distinct from (before.n_rows, before.digest)"
        )
        with self._patience():
            self.connection.execute(table)
            return {row[0] for row in self.connection.execute(compared).fetchall()}

    @contextmanager
    def _patience(self) -> Iterator[None]:
        patience = threading.Timer(SECONDS_OF_PATIENCE, self.connection.interrupt)
        patience.start()
        try:
            yield
        finally:
            patience.cancel()

    def _is_noticed_in(self, node: Node, patients: set[str | None]) -> bool:
        asking = [
            case
            for case in self._cases[node.name]
            if None in patients or not patients.isdisjoint(named_patients(case))
        ]
        if not asking:
            return False
        rows = self._rows_of(node, asking)
        return any(
            problem for case in asking for problem in unlike(case, rows(case), self._columns[node.name])
        )

    def _rows_of(self, node: Node, asking: Sequence[Case]) -> Callable[[Case], list[Row]]:
        """The rows at which each of these cases looks; in a model without patients all rows."""
        whose = sorted({who for case in asking for who in named_patients(case)})
        columns, has_patients = self._columns[node.name], "patient_id" in self._columns[node.name]
        condition = "where list_contains($whose, patient_id)" if has_patients else ""
        found = self.connection.execute(
            f"select * from {node.schema}.{node.name} {condition}", {"whose": whose} if has_patients else {}
        ).fetchall()
        rows: list[Row] = [dict(zip(columns, row, strict=True)) for row in found]
        of_patients: dict[str, list[Row]] = defaultdict(list)
        for row in rows if has_patients else ():
            of_patients[str(row["patient_id"])].append(row)
        return lambda case: (
            [row for who in named_patients(case) for row in of_patients[who]] if has_patients else rows
        )
