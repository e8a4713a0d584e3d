"""A patient's way in the terminal of those who may see the records."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.console import Console

from cartox.terminal import heading, sentence
from cartox.trace.printing import PLACE, print_rows, shown
from cartox.trace.sets import Record

COMPONENTS = {
    "ICANS": ("ice_score", "consciousness", "seizure", "motor_weakness", "raised_icp", "sedated"),
    "CRS": ("temperature_c", "hypotension", "vasopressors", "oxygen_support", "oxygen_flow_l_min"),
}
USED = {"analyte": "analyte", "collected": "collected_at", "day": "study_day", "result": "charted", "value": "value",
        "unit": "unit", "used for": "used_for", PLACE: PLACE}  # fmt: skip
UNUSED = {
    **{name: key for name, key in USED.items() if name != "used for"},
    "not used because": "not_used_because",
}


def print_patient(console: Console, trace: dict[str, Any]) -> None:
    """Print who it is, each part of the way, and what became of each raw record."""
    heading(console, f"Patient {shown(trace['patient_id'])}")
    _print_person(console, trace)
    heading(console, "Way to the cohort")
    steps = {
        "step": "step_number",
        "a patient is excluded for": "step",
        "applies": "is_reason_to_leave",
        "outcome": "outcome",
    }
    print_rows(console, trace["steps"], steps, "No usable record of the kind patients.")
    heading(console, "Outcome by definition of resolution")
    outcomes = {"definition": "definition", "of the study": "is_study_definition", "outcome": "outcome",
                "resolved at": "resolved_at", "meaning": "description"}  # fmt: skip
    print_rows(console, trace["outcomes"], outcomes, "Not in the cohort, so none.")
    _print_grades(console, trace["grades"])
    _print_doses(console, trace)
    _print_results(console, trace["results"])
    heading(console, "For a clinician to look at")
    reviews = {"reason": "reason", "record": "record_id", PLACE: PLACE}
    print_rows(console, trace["reviews"], reviews, "Nothing.")
    _print_records(console, trace["records"])


def _print_person(console: Console, trace: dict[str, Any]) -> None:
    treated, cohort = trace["treated"], trace["cohort"]
    if treated is None:
        sentence(console, "Not in the treated population.")
        return
    died = {
        True: f"; died on {shown(treated['died_on']) or 'a day that nobody knows'}",
        None: "; no record of whether the patient lives",
    }.get(treated["is_dead"], "")
    sentence(
        console,
        f"Infused at {shown(treated['infused_at'])} with {shown(treated['product'])}, day 0 of all study days{died}.",
    )
    if cohort is None:
        sentence(console, "In the treated population, not in the cohort.")
    else:
        sentence(
            console,
            f"In the cohort: {shown(cohort['study_group']).replace('_', ' ')}; index time {shown(cohort['index_started_at'])} "
            f"(study day {cohort['index_study_day']}).",
        )


def _print_grades(console: Console, grades: list[Record]) -> None:
    for toxicity in sorted({row["toxicity"] for row in grades}):
        heading(console, f"{toxicity} by study day, with the assessment that decides the day")
        components = {name.replace("_", " "): name for name in COMPONENTS.get(toxicity, ())}
        rows = [row for row in grades if row["toxicity"] == toxicity]
        kept = {
            name: key
            for name, key in components.items()
            if any(row[key] not in (None, "none") for row in rows)
        }
        columns = {"day": "study_day", "grade": "grade", "certainty": "certainty", "assessed": "assessed_at", **kept,
                   "recorded": "recorded_grade", PLACE: PLACE}  # fmt: skip
        print_rows(console, rows, columns)


def _print_doses(console: Console, trace: dict[str, Any]) -> None:
    heading(console, "Drugs as charted, and what counts as glucocorticoid")
    columns = {"start": "started_at", "status": "status", "medication": "medication_text", "dose": "dose",
               "route": "route_text", "factor": "factor", "dexamethasone mg": "dexamethasone_equivalent_mg",
               "certainty": "certainty_of_day", "note": "note", PLACE: PLACE}  # fmt: skip
    rows = [
        row | {"note": "index dose" if row["is_index_dose"] else row["not_counted_reason"]}
        for row in trace["doses"]
    ]
    print_rows(console, rows, columns)
    windows = {"window": "exposure_window", "dexamethasone mg": "dexamethasone_equivalent_mg", "certainty": "certainty",
               "rows": "n_administrations", "unresolved": "n_unresolved_doses"}  # fmt: skip
    print_rows(console, trace["windows"], windows, "Not treated, so no window of exposure.")


def _print_results(console: Console, results: list[Record]) -> None:
    rows = [
        row | {"charted": f"{shown(row['raw_result'])} {shown(row['raw_unit'])}".strip()} for row in results
    ]
    heading(console, "Laboratory results that are used")
    print_rows(console, [row for row in rows if row["used_for"]], USED)
    heading(console, "Laboratory results that are not used")
    print_rows(console, [row for row in rows if not row["used_for"]], UNUSED)


def _print_records(console: Console, records: list[Record]) -> None:
    heading(console, "What became of the raw records")
    for (entity, disposition), count in sorted(
        Counter((row["entity"], row["disposition"]) for row in records).items()
    ):
        sentence(console, f"{entity}: {count} {disposition}.")
    odd = [row for row in records if row["disposition"] != "accepted" or row["nulled_cells"]]
    columns = {"kind": "entity", "record": "record_id", "became": "disposition", "reason": "reason",
               "unread cells": "nulled_cells", PLACE: PLACE}  # fmt: skip
    print_rows(console, odd, columns, "Each is used as it stands.")
