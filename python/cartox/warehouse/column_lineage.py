"""Which columns every column of the models is made of, read off the SQL that dbt compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from cartox.intake.contract import ENTITIES, TABLES
from cartox.warehouse.column_reads import ReadColumns

DIALECT = "duckdb"
RESULTS = "results"
"""Sources that are written after the models: no model reads them."""
PLACE = ("source_file", "line_number")
"""What the intake adds to every row that it lands."""
INTAKE = {
    "rejected_records": ("entity", *PLACE, "reason", "raw_record"),
    "landed_files": ("entity", "source_file", "n_raw", "n_not_needed"),
}

WORDS = ("intermediate", "int_terminology__matches")
"""The words of every kind in one table, where the way to the origins ends: beyond it every kind would be all others'."""

Table = tuple[str, str]
Column = tuple[str, str, str]
"""Schema, table and column; the schema of a raw file is that of its source: landing, omop or intake."""


@dataclass(frozen=True)
class Lineage:
    """Of each column of the models, in the order of a build, the columns that its own SQL makes it of.

    `tables` has of each model, by schema and table, the raw files and seeds that decide which rows it has.
    A literal and a count of rows read none. `unreadable` tells of models whose SQL this reader does not know; their
    columns are not in `reads`.
    """

    reads: Mapping[Column, frozenset[Column]]
    tables: Mapping[Table, frozenset[Table]]
    unreadable: Mapping[str, str]

    @cached_property
    def origins(self) -> Mapping[Column, frozenset[Column]]:
        """Of each column the columns of raw files, of seeds and of the site's words that it is made of in the end."""
        found: dict[Column, frozenset[Column]] = {}
        for column, read in self.reads.items():
            if column[:2] != WORDS:
                found[column] = frozenset().union(*(found.get(one, frozenset({one})) for one in read))
        return found


def column_lineage(manifest: Mapping[str, Any]) -> Lineage:
    """Follow every column of the models in dbt's `manifest`, whose SQL is compiled.

    A column is made of what its expression reads: values, conditions of a `case` or `filter`, partitions and orders of
    a window. Joins, `where` and `group by` decide which rows there are and are no part of it.
    """
    files, raw = _raw_tables(manifest)
    known = MappingSchema(raw, dialect=DIALECT)
    nodes = {
        key: node for key, node in manifest["nodes"].items() if node["resource_type"] in ("seed", "model")
    }
    parents = {key: set(node["depends_on"].get("nodes", ())) & nodes.keys() for key, node in nodes.items()}
    reads: dict[Column, frozenset[Column]] = {}
    unreadable: dict[str, str] = {}
    tables = _stood_on(manifest, nodes)
    for key in TopologicalSorter(parents).static_order():
        schema, table = nodes[key]["schema"], nodes[key]["name"]
        columns: dict[str, frozenset[Column]] = {}
        if nodes[key]["resource_type"] == "model":
            try:
                columns = _columns(nodes[key].get("compiled_code") or "", files, known)
            except Exception as error:  # whatever the reader says of a study's own SQL that it does not know
                unreadable[f"{schema}.{table}"] = f"{type(error).__name__}: {error}".splitlines()[0]
        named = exp.table_(table, db=schema)
        known.add_table(named, dict.fromkeys(columns or nodes[key]["columns"], "text"), dialect=DIALECT)
        reads |= {(schema, table, name): read for name, read in columns.items()}
    return Lineage(reads, tables, unreadable)


def _stood_on(manifest: Mapping[str, Any], nodes: Mapping[str, Any]) -> dict[Table, frozenset[Table]]:
    """Return of each model the raw files and seeds that it reads, and those that what it reads does."""
    ends = {key: (source["source_name"], source["name"]) for key, source in manifest["sources"].items()}
    ends |= {
        key: (one["schema"], one["name"]) for key, one in nodes.items() if one["resource_type"] == "seed"
    }
    reads = {key: nodes[key]["depends_on"].get("nodes", ()) for key in nodes.keys() - ends.keys()}
    found: dict[str, frozenset[Table]] = {key: frozenset({end}) for key, end in ends.items()}
    for key in TopologicalSorter(reads).static_order():
        if key in reads:
            found[key] = frozenset().union(*(found[parent] for parent in reads[key]))
    return {(nodes[key]["schema"], nodes[key]["name"]): found[key] for key in reads}


def _raw_tables(
    manifest: Mapping[str, Any],
) -> tuple[dict[str, tuple[str, str]], dict[str, Any]]:
    """Return which source each landed file is, and the columns of each by schema and table."""
    files: dict[str, tuple[str, str]] = {}
    known: dict[str, Any] = {}
    contract = {**ENTITIES, **TABLES}
    for source in manifest["sources"].values():
        schema, table = source["source_name"], source["name"]
        if schema == RESULTS:
            continue
        files[source["relation_name"].strip("'")] = (schema, table)
        declared = INTAKE.get(table, tuple(source["columns"]))  # of the intake, or of a study's own
        names = (*contract[table].column_names, *PLACE) if table in contract else declared
        known.setdefault(schema, {})[table] = dict.fromkeys(names, "text")
    return files, known


def _columns(
    sql: str, files: Mapping[str, tuple[str, str]], known: MappingSchema
) -> dict[str, frozenset[Column]]:
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    for table in tree.find_all(exp.Table):
        table.set("catalog", None)
        if table.name in files:
            schema, name = files[table.name]
            table.set("this", exp.to_identifier(name))
            table.set("db", exp.to_identifier(schema))
    qualified = qualify(
        tree, schema=known, dialect=DIALECT, validate_qualify_columns=False, quote_identifiers=False
    )
    return ReadColumns(qualified).by_output()
