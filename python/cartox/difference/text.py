"""A difference in the terminal: whole, or the five lines that end a run."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich.console import Console

from cartox.difference.difference import Difference, ResultChange
from cartox.difference.pairs import RowChange
from cartox.terminal import heading, sentence
from cartox.trace.printing import print_rows, shown

MOST_ROWS = 40
RECORD_MARTS = ("marts.lab_results", "marts.medication_administrations", "marts.toxicity_assessments")


def five_lines(difference: Difference) -> list[str]:
    """Return input, rules, records, patients and results, one line each; ids of patients are in none."""
    causes = difference.causes
    files = sorted({key.split(".")[0] for key in causes["inputs"]})
    rules = [
        *(
            f"var {name} {shown(pair[0]) or 'null'} -> {shown(pair[1]) or 'null'}"
            for name, pair in causes["vars"].items()
        ),
        *(f"what is declared of {name}" for name in causes["declarations"]),
        *(f"seeds.{name}" for name in difference.seeds),
        *(["code"] if causes["code"] or causes["versions"] else []),
    ]
    n_changed = sum(row.kind == "changed" for row in _changed_records(difference))
    added, removed = (len(difference.records[kind]) for kind in ("added", "removed"))
    or_more = " or more" if {*RECORD_MARTS, "marts.record_dispositions"} & set(difference.cut_off) else ""
    return [
        f"Input: {', '.join(files) + ' changed' if files else 'the same files'}",
        f"Rules: {', '.join(rules) + ' changed' if rules else 'the same vars, seeds and code'}",
        f"Records: {added} added, {removed} removed, {n_changed}{or_more} changed",
        f"Patients: {_patients(difference)}",
        f"Results: {_moved(difference.results)}",
    ]


def print_difference(console: Console, difference: Difference) -> None:
    """Print each part; rows of patients name the patient, for those who may see the records."""
    for line in five_lines(difference):
        sentence(console, line)
    heading(console, "What they were made of")
    facts = [
        {"kind": cause, "what": key, "before": pair[0], "after": pair[1]}
        for cause, pairs in difference.causes.items()
        for key, pair in pairs.items()
    ]
    facts += [
        {"kind": "seed", "what": f"{name}: {' '.join(shown(cell) for cell in row.values())[:60]}",
         "before": "row" if kind == "removed" else None, "after": "row" if kind == "added" else None}
        for name, kinds in difference.seeds.items()
        for kind, rows in kinds.items()
        for row in rows
    ]  # fmt: skip
    _print(console, facts, ("kind", "what", "before", "after"), "The same.")
    heading(console, "Records")
    rows = [row | {"change": kind} for kind, found in difference.records.items() for row in found]
    rows += [
        {"change": row.kind, "entity": row.table.removeprefix("marts."), "record_id": next(iter(row.key.values())),
         "reason": _cells(row)}
        for row in _changed_records(difference) if row.kind == "changed"
    ]  # fmt: skip
    _print(
        console,
        [{"disposition": None, **row} for row in rows],
        ("change", "entity", "record_id", "disposition", "reason"),
    )
    heading(console, "Rows of the marts")
    marts = [
        {"table": row.table.removeprefix("marts."), "key": " ".join(map(shown, row.key.values())), "change": row.kind,
         "columns": _cells(row)}
        for row in difference.marts if row.table not in RECORD_MARTS
    ]  # fmt: skip
    _print(console, marts, ("table", "key", "change", "columns"))
    heading(console, "Results, largest change first")
    results = [{"result": one.cell, "before": one.before, "after": one.after} for one in difference.results]
    _print(console, results, ("result", "before", "after"), "The same.")
    for table in difference.cut_off:
        sentence(console, f"More rows of {shown(table)} differ than are told.")
    for table in difference.only_one_has:
        sentence(console, f"Only one of them has {shown(table)}.")


def _print(
    console: Console, rows: list[dict[str, Any]], columns: tuple[str, ...], nothing: str = "None."
) -> None:
    print_rows(console, rows[:MOST_ROWS], {name.replace("_", " "): name for name in columns}, nothing)
    if len(rows) > MOST_ROWS:
        sentence(console, f"And {len(rows) - MOST_ROWS} more, in --json.")


def _cells(row: RowChange) -> str:
    if row.kind != "changed":
        return ""
    return "; ".join(
        f"{name} {shown(before) or 'null'} -> {shown(after) or 'null'}"
        for name, (before, after) in row.columns.items()
    )


def _changed_records(difference: Difference) -> Iterator[RowChange]:
    return (row for row in difference.marts if row.table in RECORD_MARTS)


def _patients(difference: Difference) -> str:
    parts = []
    for mart in ("treated_patients", "cohort"):
        kinds = Counter(row.kind for row in difference.patients if row.table == f"marts.{mart}")
        parts.append(f"{mart.replace('_', ' ')} {kinds['added']} in, {kinds['removed']} out")
    between = sum("study_group" in row.columns and row.kind == "changed" for row in difference.patients)
    return "; ".join([*parts, f"{between} between groups"])


def _moved(results: list[ResultChange]) -> str:
    """Count what moved and name the number that moved most; an area is one patient's, and its id would name the patient."""
    if not results:
        return "the same"
    of_groups = [one for one in results if not one.cell.startswith("lab_auc:")]
    if not of_groups:
        return f"{len(results)} moved, all of them areas of single patients"
    most = next((one for one in of_groups if math.isfinite(one.size)), of_groups[0])
    before, after = (shown(value) or "null" for value in (most.before, most.after))
    return f"{len(results)} moved, most of all {most.cell}: {before} -> {after}"
