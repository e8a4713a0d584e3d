"""What moved between two warehouses, and why: what they were made of, records, patients, marts and results."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import duckdb

from cartox.cell_ids import KEYS, cell_id
from cartox.difference import pairs
from cartox.difference.pairs import (
    Change,
    RowChange,
    changed_rows,
    counted_apart,
    shared_tables,
)
from cartox.locked_database import CATALOG
from cartox.project import find_project
from cartox.trace.sets import Record, records
from cartox.warehouse.opening import BEFORE
from cartox.yaml_file import read_yaml

CAUSES = {
    "input.": "inputs",
    "declared.": "declarations",
    "var.": "vars",
    "version.": "versions",
    "git.": "code",
}
"""Facts of a run's manifest that may be why something moved, by the beginning of their keys."""

WITHOUT_KEY = ("record_dispositions", "quarantined_records", "nulled_values")
"""Marts whose rows are named by lines, which move; `record_dispositions` stands for all three."""

RAW = ("raw_record", "nulled_cells")


@dataclass(frozen=True)
class ResultChange:
    """A number or word of the results that moved; `size` is the change as a share of the larger, infinite for a word."""

    cell: str
    before: Any
    after: Any
    size: float


@dataclass(frozen=True)
class Difference:
    """What differs; see `as_record` for its parts. Tables `cut_off` have more rows that differ than are told."""

    causes: dict[str, dict[str, Change]]
    seeds: dict[str, dict[str, list[Record]]]
    records: dict[str, list[Record]]
    patients: list[RowChange]
    marts: list[RowChange]
    results: list[ResultChange]
    only_one_has: list[str]
    cut_off: list[str]

    def as_record(self) -> dict[str, Any]:
        """Return all of it as plain data."""
        return {
            "made_of": {
                cause: {key: {"before": before, "after": after} for key, (before, after) in facts.items()}
                for cause, facts in self.causes.items()
            },
            "seeds": self.seeds,
            "records": self.records,
            "patients": [row.as_record() for row in self.patients],
            "marts": [row.as_record() for row in self.marts],
            "results": [
                {"id": change.cell, "before": change.before, "after": change.after} for change in self.results
            ],
            "tables_of_one_side": self.only_one_has,
            "tables_with_more": self.cut_off,
        }


def compare(connection: duckdb.DuckDBPyConnection) -> Difference:
    """Compare the two warehouses of a connection of `reading_two`; results come largest change first."""
    keys = _keys_of_marts()
    both, one = shared_tables(connection, "marts")
    cut_off: list[str] = []
    marts = [
        row
        for name in both
        if name in keys and name not in WITHOUT_KEY
        for row in _rows(connection, f"marts.{name}", keys[name], cut_off)
    ]
    dispositions = dict(counted_apart(connection, "marts.record_dispositions", RAW))
    if any(len(rows) > pairs.MOST_ROWS for rows in dispositions.values()):
        cut_off.append("marts.record_dispositions")
    seeds, seeds_of_one = shared_tables(connection, "seeds")
    results, results_of_one = shared_tables(connection, "results")
    tables_of_one = [("marts", one), ("seeds", seeds_of_one), ("results", results_of_one)]
    return Difference(
        causes=_causes(connection),
        seeds={
            name: dict(rows)
            for name in seeds
            if any((rows := counted_apart(connection, f"seeds.{name}")).values())
        },
        records={kind: rows[: pairs.MOST_ROWS] for kind, rows in dispositions.items()},
        patients=[row for row in marts if row.table in ("marts.treated_patients", "marts.cohort")],
        marts=marts,
        results=_results(connection, [name for name in results if name in KEYS], cut_off),
        only_one_has=[f"{schema}.{name}" for schema, names in tables_of_one for name in names],
        cut_off=cut_off,
    )


def _rows(
    connection: duckdb.DuckDBPyConnection, table: str, key: tuple[str, ...], cut_off: list[str]
) -> list[RowChange]:
    """Return the rows of a table that differ, MOST_ROWS at most; a table that has more is added to `cut_off`."""
    rows = list(changed_rows(connection, table, key))
    if len(rows) > pairs.MOST_ROWS:
        cut_off.append(table)
    return rows[: pairs.MOST_ROWS]


def _causes(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Change]]:
    sides = [
        {
            fact["key"]: fact["value"]
            for fact in records(connection, f"select key, value from {side}.results.run_manifest")  # noqa: S608
        }
        for side in (BEFORE, CATALOG)
    ]
    found: dict[str, dict[str, Change]] = {cause: {} for cause in CAUSES.values()}
    for key in sorted(sides[0].keys() | sides[1].keys()):
        pair = (sides[0].get(key), sides[1].get(key))
        for beginning, cause in CAUSES.items():
            if key.startswith(beginning) and pair[0] != pair[1]:
                found[cause][key.removeprefix(beginning)] = pair
    return found


def _results(
    connection: duckdb.DuckDBPyConnection, tables: list[str], cut_off: list[str]
) -> list[ResultChange]:
    found = [
        ResultChange(cell_id(table, [str(part) for part in row.key.values()], column), *pair, _size(*pair))
        for table in tables
        for row in _rows(connection, f"results.{table}", KEYS[table], cut_off)
        for column, pair in row.columns.items()
    ]
    return sorted(found, key=lambda change: -change.size)


def _size(before: Any, after: Any) -> float:
    numbers = [
        value for value in (before, after) if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    if len(numbers) < 2:
        return math.inf
    largest = max(map(abs, numbers))
    return abs(numbers[1] - numbers[0]) / largest if largest else 0.0


def _keys_of_marts() -> dict[str, tuple[str, ...]]:
    """Read the columns that name a row of each mart, of the test `one_row_per` that its YAML declares."""
    found = {}
    for path in (find_project() / "models" / "marts").rglob("*.yml"):
        for model in read_yaml(path)["models"]:
            for test in model.get("data_tests", []):
                if isinstance(test, dict) and "one_row_per" in test:
                    found[model["name"]] = tuple(test["one_row_per"]["arguments"]["columns"])
    return found
