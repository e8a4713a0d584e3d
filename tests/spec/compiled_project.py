"""The project's own models as compiled by dbt, run on DuckDB in memory.

dbt compiles once; after that any number of studies, of raw rows written in a test or of a whole landing, run through the very
same SQL in a second, and a test may take one rule or seed row away and see what changes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from cartox.intake.contract import ENTITIES, TABLES
from cartox.warehouse.build_plan import LANDING, SEED, TEST, Step
from cartox.warehouse.compiled_plan import compiled_manifest, keep_steps, planned_steps

PROJECT = Path(__file__).resolve().parents[2]
PLACEHOLDER = LANDING
INTAKE_TABLES = {
    "rejected_records": "entity string, source_file string, line_number bigint, reason string, raw_record string",
    "landed_files": "entity string, source_file string, n_raw bigint, n_not_needed bigint",
}
KINDS = {**ENTITIES, **TABLES}

Row = Mapping[str, Any]
Rewrite = Callable[[str], str]


@dataclass(frozen=True)
class Node:
    """A seed or model: where it stands and how it comes about."""

    name: str
    schema: str
    sql: str | None
    seed_file: Path | None
    column_types: Mapping[str, str]
    ancestors: frozenset[str] = frozenset()


class CompiledProject:
    """Seeds and models in the order in which they can be built."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes

    @classmethod
    def compile(cls, target: Path, variables: Mapping[str, Any] | None = None) -> CompiledProject:
        """Have dbt compile the project into `target`: with vars of a test its models alone, else all that it has."""
        environment = os.environ | {"CARTOX_LANDING": PLACEHOLDER, "CARTOX_DATABASE": ":memory:"}
        command = [
            str(Path(sys.executable).with_name("dbt")), "--quiet", "--no-partial-parse", "compile",
            "--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT),
            "--target-path", str(target), "--log-path", str(target), "--vars", json.dumps(dict(variables or {})),
            "--no-populate-cache", *(("--select", "resource_type:model") if variables else ()),
        ]  # fmt: skip
        subprocess.run(command, check=True, env=environment, cwd=PROJECT, capture_output=True)
        return cls.of_target(target)

    @classmethod
    def compile_all(cls, target: Path) -> CompiledProject:
        """Have the warehouse compile all that the project has into `target`, and keep what runs of the project need."""
        manifest = compiled_manifest(PROJECT, {}, ["model", "test", "analysis"])
        keep_steps(PROJECT, {}, manifest)
        for node in manifest.nodes.values():
            if node.resource_type in ("model", "analysis"):
                file = target / "compiled" / node.package_name / node.original_file_path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(node.compiled_code, encoding="utf-8")
        written = json.dumps(manifest.writable_manifest().to_dict(omit_none=False), default=str)
        (target / "manifest.json").write_text(written, encoding="utf-8")
        return cls.of_target(target)

    @classmethod
    def planned(cls, variables: Mapping[str, Any]) -> CompiledProject:
        """Have the warehouse plan the project with these vars; what they do not change is compiled once for all of them."""
        ancestors: dict[str, frozenset[str]] = {}
        names: dict[str, str] = {}
        nodes = []
        for step in planned_steps(PROJECT, variables):
            names[step.key] = step.name
            ancestors[step.key] = frozenset(
                above for key in step.parents for above in (names[key], *ancestors[key])
            )
            if step.kind != TEST:
                nodes.append(_node_of(step, ancestors[step.key]))
        return cls(nodes)

    @classmethod
    def of_target(cls, target: Path) -> CompiledProject:
        """Read what dbt compiled into `target`."""
        manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
        described = {
            key: node for key, node in manifest["nodes"].items() if node["resource_type"] in ("seed", "model")
        }
        order = TopologicalSorter(
            {
                key: set(node["depends_on"].get("nodes", ())) & described.keys()
                for key, node in described.items()
            }
        ).static_order()
        ancestors: dict[str, frozenset[str]] = {}
        nodes = []
        for key in order:
            parents = set(described[key]["depends_on"].get("nodes", ())) & described.keys()
            above = {name for parent in parents for name in ancestors[parent]}
            ancestors[key] = frozenset(above | {described[parent]["name"] for parent in parents})
            if cls._is_built(described[key]):
                nodes.append(cls._node(described[key], ancestors[key]))
        return cls(nodes)

    def upstream_of(self, *names: str) -> CompiledProject:
        """What the models `names` need, and they themselves."""
        needed = {above for node in self.nodes if node.name in names for above in node.ancestors} | {*names}
        return CompiledProject([node for node in self.nodes if node.name in needed])

    def split_by_landing(self, *, without_omop: bool = False) -> tuple[CompiledProject, CompiledProject]:
        """What is the same whatever was landed, and the rest, which is built anew over each landing.

        Where no landing has OMOP tables, what reads these alone is the same too.
        """
        origins = [f"{PLACEHOLDER}/extract/", *(f"{PLACEHOLDER}/{table}.parquet" for table in INTAKE_TABLES)]
        varying_reads = origins if without_omop else [PLACEHOLDER]
        reading = {
            node.name for node in self.nodes if any(read in (node.sql or "") for read in varying_reads)
        }
        varying = [node for node in self.nodes if (node.ancestors | {node.name}) & reading]
        return CompiledProject([n for n in self.nodes if n not in varying]), CompiledProject(varying)

    @staticmethod
    def _is_built(node: Mapping[str, Any]) -> bool:
        return bool(node["config"]["materialized"] != "ephemeral")

    @staticmethod
    def _node(node: Mapping[str, Any], ancestors: frozenset[str]) -> Node:
        is_seed = node["resource_type"] == "seed"
        return Node(
            name=node["name"],
            schema=node["schema"],
            sql=None if is_seed else node["compiled_code"].replace(f'"{node["database"]}".', ""),
            seed_file=PROJECT / node["original_file_path"] if is_seed else None,
            column_types=node["config"].get("column_types") or {},
            ancestors=ancestors,
        )

    def build(
        self,
        connection: duckdb.DuckDBPyConnection,
        rewrites: Mapping[str, Rewrite] | None = None,
        seed_edits: Mapping[str, str] | None = None,
    ) -> None:
        """Build every node over the landing that `connection` holds.

        `rewrites` maps a model to a function that changes its SQL; `seed_edits` a seed to a statement run after it was loaded.
        A rewrite that changes nothing is an error: a test that meant to take a rule away would pass for nothing.
        """
        for schema in {node.schema for node in self.nodes}:
            connection.execute(f"create schema if not exists {schema}")
        for node in self.nodes:
            _build_node(connection, node, rewrites or {}, seed_edits or {})

    def build_upon(
        self,
        connection: duckdb.DuckDBPyConnection,
        built: str,
        rewrites: Mapping[str, Rewrite] | None = None,
        seed_edits: Mapping[str, str] | None = None,
    ) -> None:
        """Build what the changes can reach; all else is read from `built`, an attached database of a whole build."""
        changed = {*(rewrites or {}), *(seed_edits or {})}
        for schema in {node.schema for node in self.nodes}:
            connection.execute(f"create schema if not exists {schema}")
        for node in self.nodes:
            if node.name in changed or node.ancestors & changed:
                _build_node(connection, node, rewrites or {}, seed_edits or {})
            else:
                name = f"{node.schema}.{node.name}"
                kind = "table" if node.seed_file is not None else "view"  # a view has no rowid
                connection.execute(f"create {kind} {name} as from {built}.{name}")


def _node_of(step: Step, ancestors: frozenset[str]) -> Node:
    is_seed = step.kind == SEED
    return Node(
        name=step.name,
        schema=step.schema,
        sql=None if is_seed else step.sql,
        seed_file=PROJECT / step.sql if is_seed else None,
        column_types=step.columns if is_seed else {},
        ancestors=ancestors,
    )


def _build_node(
    connection: duckdb.DuckDBPyConnection,
    node: Node,
    rewrites: Mapping[str, Rewrite],
    seed_edits: Mapping[str, str],
) -> None:
    if node.seed_file is not None:
        _load_seed(connection, node)
        if node.name in seed_edits:
            _edit_seed(connection, seed_edits[node.name])
    elif node.sql is not None:
        sql = node.sql
        if node.name in rewrites:
            sql = rewrites[node.name](sql)
            assert sql != node.sql, f"the rewrite of {node.name} changes nothing"
        connection.execute(f"create or replace table {node.schema}.{node.name} as {reading_landing(sql)}")


def _load_seed(connection: duckdb.DuckDBPyConnection, node: Node) -> None:
    columns = ", ".join(f"'{column}': '{kind}'" for column, kind in node.column_types.items())
    connection.execute(
        f"create table {node.schema}.{node.name} as "
        f"select * from read_csv('{node.seed_file}', header = true, auto_detect = false, columns = {{{columns}}})"
    )


def _edit_seed(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    changed = connection.execute(statement).fetchone()
    assert changed is not None, f"{statement} reports no count"
    assert changed[0] > 0, f"{statement} changes nothing"


def reading_landing(sql: str) -> str:
    """Compiled SQL that reads the landing's tables where dbt would read its files."""
    for table, file in landed_files(Path(PLACEHOLDER)).items():
        for quote in ("'", '"'):  # as dbt writes it, and as SQL that was parsed is written anew
            sql = sql.replace(f"{quote}{file}{quote}", f"landing.{table}")
    return sql


def landed_files(landing: Path) -> dict[str, Path]:
    """Where the intake lands each table."""
    files = {table: landing / f"{table}.parquet" for table in INTAKE_TABLES}
    return files | {entity: landing / _origin(entity) / f"{entity}.parquet" for entity in KINDS}


def _origin(entity: str) -> str:
    return "extract" if entity in ENTITIES else "omop"


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory in the time zone of every connection of the project."""
    connection = duckdb.connect(":memory:", config={"threads": 2})
    connection.execute("set TimeZone = 'UTC'")
    return connection


def land_rows(connection: duckdb.DuckDBPyConnection, rows: Mapping[str, Iterable[Row]]) -> None:
    """Land rows written in a test: for each kind of record or OMOP table a list of mappings from column to text."""
    connection.execute("create schema landing")
    for table, columns in INTAKE_TABLES.items():
        connection.execute(f"create table landing.{table} ({columns})")
    for entity, contract in KINDS.items():
        names = [column.name for column in contract.columns]
        records = list(rows.get(entity, ()))
        unknown = {name for record in records for name in record} - set(names)
        assert not unknown, f"{entity} has no column {sorted(unknown)}"
        table = pa.table(
            {name: pa.array([_text(record.get(name)) for record in records], pa.string()) for name in names}
            | {
                "source_file": pa.array([f"{entity}.csv"] * len(records), pa.string()),
                "line_number": pa.array(range(2, len(records) + 2), pa.int64()),
            }
        )
        connection.register("landed", table)
        connection.execute(f"create table landing.{entity} as select * from landed")
        connection.unregister("landed")
        if entity in ENTITIES or records:
            connection.execute(
                "insert into landing.landed_files values (?, ?, ?, 0)",
                [entity, f"{entity}.csv", len(records)],
            )


def land_folder(connection: duckdb.DuckDBPyConnection, landing: Path) -> None:
    """Take over a landing that the intake wrote."""
    connection.execute("create schema landing")
    for table, file in landed_files(landing).items():
        connection.execute(f"create table landing.{table} as from '{file}'")


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
