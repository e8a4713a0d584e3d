"""The released tables: the allowed columns of the warehouse's, less what is withheld."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import duckdb

from cartox.release import allowed
from cartox.release.cohort_counts import count_variables, is_study_group, linked_variables
from cartox.release.counts import Cell
from cartox.release.other_counts import count_eras, count_patients, count_records
from cartox.release.rules import Rules
from cartox.report.reading import records
from cartox.results.values import ALL

Row: TypeAlias = dict[str, Any]
WITHHELD = "suppressed"
KEYS: Mapping[str, tuple[str, ...]] = {
    allowed.ERA_COMPARISON: ("measure", "reading"),
    allowed.ERA_MORTALITY: ("era",),
    allowed.ATTRITION: ("step_number",),
    allowed.CONSERVATION: ("entity",),
}


@dataclass(frozen=True)
class ReleasedTable:
    """A table as it is released: its name in the warehouse, its columns in order, and its rows.

    The last column names the withheld columns of the row, separated by spaces; their cells are empty.
    """

    name: str
    columns: tuple[str, ...]
    rows: list[Row]


def release_tables(connection: duckdb.DuckDBPyConnection, threshold: int) -> list[ReleasedTable]:
    """Return every released table of a warehouse with counts below `threshold` withheld."""
    rules = Rules(threshold)
    withheld = set(_withheld_cells(connection, threshold))
    rows = {
        table: _read(connection, table, columns)
        for table, columns in allowed.COLUMNS.items()
        if table != allowed.MANIFEST
    }
    links = linked_variables(connection)
    plan = {variable.variable: variable for variables in links for variable in variables}
    rows[allowed.DESCRIPTIVES] = [
        row
        for row in rows[allowed.DESCRIPTIVES]
        if row["level"] in plan[row["variable"]].levels
        and not (is_study_group(plan[row["variable"]]) and row["study_group"] != ALL)
    ]
    gone: dict[tuple[str, ...], set[str]] = {}
    for cell in withheld:
        gone.setdefault(cell[:-1], set()).add(cell[-1])
    narrow = _variables_with_withheld_levels(withheld)
    linked = {
        one.variable for variables in links for one in variables if narrow & {v.variable for v in variables}
    }

    released: dict[str, list[Row]] = {}
    released[allowed.DESCRIPTIVES] = [
        rules.describe(
            row,
            gone.get((allowed.DESCRIPTIVES, row["variable"], row["level"], row["study_group"]), set()),
            is_linked=row["variable"] in linked,
            is_age=plan[row["variable"]].value_column == "age_years",
        )
        for row in rows[allowed.DESCRIPTIVES]
    ]
    released[allowed.COMPARISONS] = rules.compare(
        rows[allowed.COMPARISONS],
        {
            row["variable"]: gone.get((allowed.COMPARISONS, row["variable"]), set())
            for row in rows[allowed.COMPARISONS]
        },
        narrow | {variable for variable in linked if plan[variable].kind == "continuous"},
    )
    untested = {
        row["variable"] for row in released[allowed.COMPARISONS] if "p_value" in row[WITHHELD].split()
    }
    released[allowed.CONVENTIONS] = [
        rules.hide(row, {"p_value"} if row["variable"] in untested else set())
        for row in rows[allowed.CONVENTIONS]
    ]
    for table, columns in KEYS.items():
        released[table] = [
            rules.count(table, row, gone.get((table, *(str(row[column]) for column in columns)), set()))
            for row in rows[table]
        ]
    sources = {row["figure_id"]: row for row in records(connection, "select * from seeds.figure_sources")}
    released[allowed.FIGURES] = [
        rules.report(row, _source_cell(released, sources.get(row["figure_id"])))
        for row in rows[allowed.FIGURES]
    ]
    released[allowed.MANIFEST] = _manifest(connection)
    return [
        ReleasedTable(table, (*columns, WITHHELD), released[table])
        for table, columns in allowed.COLUMNS.items()
    ]


def _withheld_cells(connection: duckdb.DuckDBPyConnection, threshold: int) -> Iterable[Cell]:
    patients = count_patients(connection, threshold)
    yield from patients.withheld(threshold)
    yield from count_eras(connection, threshold).withheld(threshold)
    is_joined = (allowed.CONSERVATION, "patients", "n_raw") in patients.cells
    for table in count_records(connection, is_left_out=is_joined):
        yield from table.withheld(threshold)
    for variables in linked_variables(connection):
        yield from count_variables(connection, variables, threshold).withheld(threshold)


def _variables_with_withheld_levels(withheld: Collection[Cell]) -> set[str]:
    return {cell[1] for cell in withheld if cell[0] == allowed.DESCRIPTIVES and cell[-1] == "count"}


def _source_cell(released: Mapping[str, list[Row]], source: Row | None) -> tuple[Row, str] | None:
    """Return the released row and column that a printed figure is computed from, None where there is none."""
    if source is None:
        return None
    table, column = f"results.{source['result_table']}", source["statistic"]
    sought = {"variable": source["variable"]}
    if table == allowed.DESCRIPTIVES:
        sought |= {"level": source["level"], "study_group": source["study_group"]}
    elif table == allowed.ERA_COMPARISON:
        sought = {"measure": source["variable"], "reading": source["level"]}
        column = f"{source['study_group']}_{column}"
    for row in released.get(table, []):
        if all(row[key] == value for key, value in sought.items()):
            return row, column
    return None


def _manifest(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    facts = {row["key"]: row["value"] for row in _read(connection, allowed.MANIFEST, ("key", "value"))}
    return [{"key": key, "value": facts[key], WITHHELD: ""} for key in allowed.MANIFEST_KEYS if key in facts]


def _read(connection: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...]) -> list[Row]:
    names = ", ".join(f'"{column}"' for column in columns)
    return records(connection, f"select {names} from {table} order by all")  # noqa: S608 (allow-listed names)
