"""What made a number of the results: its rule, the patients, their values, the records, and what was left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import duckdb

from cartox.trace import values
from cartox.trace.cells import Cell, find_cell
from cartox.trace.lineage import lineage
from cartox.trace.sets import Record, read_set, records
from cartox.trace.sources import STUDY_GROUP, Source, source_of

GROUPS_COMPARED = ("responder", "non_responder")
ERAS = ("before", "from")
MOST_SEED_ROWS = 60
DEATHS = Source("records_of_deaths", "", ("treated_patients", "int_disease__deaths"))


def trace_figure(connection: duckdb.DuckDBPyConnection, words: Sequence[str]) -> dict[str, Any]:
    """Return all that stands behind the number that the words name, as plain data.

    Keys: id, table, row, statistic, value, printed (figures of the study that this cell answers), rule, models, vars,
    seeds, patients (each with its value, records used, context and records left out), not_counted (patients of the
    cohort who are not in the number, with why) and attrition. Raises UserError where no or no single number is named.
    """
    cell = find_cell(connection, words)
    if cell.table == "reported_figures":
        cell = _cell_of_figure(connection, cell)
    planned = _planned(connection, cell)
    source, people, left_out = _people(connection, cell, planned)
    behind = lineage(source.roots if source else ())
    records_of = _records(connection, source, {one["patient_id"] for one in people})
    return {
        "id": cell.id,
        "table": f"results.{cell.table}",
        "row": cell.row,
        "statistic": cell.statistic,
        "value": cell.row[cell.statistic] if cell.statistic else None,
        "printed": _printed(connection, cell),
        "rule": list(behind.rule),
        "models": list(behind.models),
        "vars": _vars(connection, behind.variables),
        "seeds": _seeds(connection, behind.seeds, source, planned),
        "patients": [person | records_of[person["patient_id"]] for person in people],
        "not_counted": left_out,
        "attrition": records(connection, "select * from marts.cohort_attrition order by step_number"),
    }


def _cell_of_figure(connection: duckdb.DuckDBPyConnection, cell: Cell) -> Cell:
    """Find the cell of the results that answers a printed figure."""
    (source,) = records(
        connection, "select * from seeds.figure_sources where figure_id = $figure", {"figure": cell.names[0]}
    )
    statistic = source["statistic"]
    if source["result_table"] == "era_comparison":
        statistic = f"{source['study_group']}_{statistic}"
        names = [source["variable"], source["level"]]
    elif source["result_table"] == "comparisons":
        names = [source["variable"]]
    else:
        names = [source["variable"], source["level"], source["study_group"]]
    return find_cell(connection, [":".join([source["result_table"], *names, statistic])])


def _printed(connection: duckdb.DuckDBPyConnection, cell: Cell) -> list[Record]:
    figures = records(
        connection,
        "select sources.result_table, sources.variable, sources.level, sources.study_group as source_group, "
        "sources.statistic as source_statistic, figures.* exclude (figure_order) from results.reported_figures as figures "
        "inner join seeds.figure_sources as sources on figures.figure_id = sources.figure_id order by figures.figure_order",
    )
    kept = []
    for figure in figures:
        names = (figure["variable"], figure["level"], figure["source_group"])[: len(cell.names)]
        prefix = f"{figure['source_group']}_" if cell.table == "era_comparison" else ""
        is_column = cell.statistic in (None, prefix + figure["source_statistic"])
        if figure["result_table"] == cell.table and names == cell.names and is_column:
            kept.append(figure)
    return kept


def _planned(connection: duckdb.DuckDBPyConnection, cell: Cell) -> Record | None:
    """Read the row of the test plan behind a cell."""
    if cell.table == "lab_auc":
        condition, given = "relation = 'results.lab_auc' and filter_value like $name || '|%'", cell.names[1]
    else:
        condition, given = "variable = $name", cell.names[0]
    query = f"select * from seeds.test_plan where {condition} order by display_order"  # noqa: S608 (one of two conditions)
    return next(iter(records(connection, query, {"name": given})), None)


def _people(
    connection: duckdb.DuckDBPyConnection, cell: Cell, planned: Record | None
) -> tuple[Source | None, list[Record], list[Record]]:
    """Where the values begin, the patients in the number with their values, and those of the cohort who are not in it."""
    if cell.table == "era_comparison":
        era = (cell.statistic or "").partition("_")[0]
        everybody = values.deaths(connection, str(cell.row["era_date"]))
        return DEATHS, [one for one in everybody if era not in ERAS or one["study_group"] == era], []
    if cell.table == "response_sensitivity":
        return STUDY_GROUP, values.outcomes(connection, cell.names[0]), []
    if cell.table == "grade_agreement":
        toxicity = cell.names[0]
        found = values.recorded_grades(connection, toxicity)
        return (
            Source("records_of_recorded_grades", toxicity, ("int_toxicity__graded_assessments",)),
            found,
            [],
        )
    if planned is None:
        return None, [], []
    everybody = values.planned_values(connection, planned)
    if cell.table == "lab_auc":
        patient_id = cell.names[0]
        people = [one | {"value": cell.row["auc"]} for one in everybody if one["patient_id"] == patient_id]
        return source_of(planned), people, []
    group = cell.row.get("study_group")
    groups = GROUPS_COMPARED if group is None else (group,)
    people = [one for one in everybody if group == "all" or one["study_group"] in groups]
    left_out = [
        {**one, "reason": f"in the group {one['study_group']}"} for one in everybody if one not in people
    ]
    missing = [{**one, "reason": "no value"} for one in people if one["value"] is None]
    return source_of(planned), people, left_out + missing


def _records(
    connection: duckdb.DuckDBPyConnection, source: Source | None, patients: set[str]
) -> defaultdict[str, dict[str, list[Record]]]:
    """Return each patient's records: used, context and left out."""
    found: defaultdict[str, dict[str, list[Record]]] = defaultdict(
        lambda: {"used": [], "context": [], "left_out": []}
    )
    if source is None:
        return found
    for row in read_set(connection, source.set_name, **({"item": source.item} if source.item else {})):
        if row["patient_id"] in patients:
            role = row["role"].replace(" ", "_")
            shown = ("entity", "record_id", "source_file", "line_number", "reason")
            found[row["patient_id"]][role].append({key: row[key] for key in shown})
    return found


def _vars(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> dict[str, str | None]:
    facts = records(
        connection, "select key, value from results.run_manifest where key like 'var.%' order by key"
    )
    given = {fact["key"].removeprefix("var."): fact["value"] for fact in facts}
    return {name: given[name] for name in names if name in given}


def _seeds(
    connection: duckdb.DuckDBPyConnection, names: Sequence[str], source: Source | None, planned: Record | None
) -> dict[str, list[Record]]:
    """Rows of the seeds behind a value: those of its item where a seed is by analyte, else all of a short seed."""
    found: dict[str, list[Record]] = {"test_plan": [planned]} if planned else {}
    for name in names:
        rows = records(connection, f"select * from seeds.{name} order by all")  # noqa: S608 (files of the project)
        own = [row for row in rows if source and source.item in (row.get("analyte"), row.get("quantity"))]
        found[name] = own or (rows if len(rows) <= MOST_SEED_ROWS else [])
    return found
