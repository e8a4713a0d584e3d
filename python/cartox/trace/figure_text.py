"""What made a number, in the terminal of those who may see the records."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.console import Console

from cartox.terminal import heading, sentence
from cartox.trace.printing import PLACE, place, print_rows, shown
from cartox.trace.sets import Record

PLACES_SHOWN = 3


def print_figure(console: Console, trace: dict[str, Any]) -> None:
    """Print the number, its rule, and a line for each patient; `--json` has every record."""
    heading(console, trace["id"])
    if trace["statistic"]:
        sentence(console, f"{trace['statistic']}: {shown(trace['value'])}")
    row = {name: cell for name, cell in trace["row"].items() if cell is not None}
    sentence(
        console,
        f"Row of {trace['table']}: " + "; ".join(f"{name} {shown(cell)}" for name, cell in row.items()),
    )
    for figure in trace["printed"]:
        sentence(
            console,
            f"Printed by the study as {shown(figure['reported'])} ({figure['figure_id']}): {figure['verdict']}.",
        )
    _print_rule(console, trace)
    heading(console, f"{len(trace['patients'])} patients")
    columns = {"patient": "patient_id", "group": "study_group", "value": "value", "certainty": "certainty",
               "used": "n_used", "left out": "n_left_out", "records used": "places"}  # fmt: skip
    if not any(one.get("certainty") for one in trace["patients"]):
        del columns["certainty"]
    print_rows(console, [_person(one) for one in trace["patients"]], columns, "No patient stands behind it.")
    if trace["not_counted"]:
        heading(console, "Of the cohort, and not in the number")
        print_rows(console, trace["not_counted"], {"patient": "patient_id", "why": "reason"})
    _print_left_out(console, trace["patients"])
    sentence(
        console,
        "A patient's whole way: cartox trace STUDY --patient ID. Every record: cartox trace ... --json.",
    )


def _print_rule(console: Console, trace: dict[str, Any]) -> None:
    heading(console, "Rule")
    for text in trace["rule"]:
        sentence(console, text)
    if trace["models"]:
        sentence(console, "Models: " + ", ".join(trace["models"]), style="dim")
    if trace["vars"]:
        sentence(
            console,
            "Vars: " + ", ".join(f"{name} {shown(value) or 'null'}" for name, value in trace["vars"].items()),
        )
    for name, rows in trace["seeds"].items():
        if 0 < len(rows) <= PLACES_SHOWN:
            for row in rows:
                cells = "; ".join(
                    f"{key} {shown(cell)}" for key, cell in row.items() if cell not in (None, "")
                )
                sentence(console, f"seeds.{name}: {cells}")
        else:
            sentence(
                console,
                f"seeds.{name}: {len(rows)} rows, in --json" if rows else f"seeds.{name}",
                style="dim",
            )


def _person(person: dict[str, Any]) -> Record:
    used = person["used"]
    more = f" and {len(used) - PLACES_SHOWN} more" if len(used) > PLACES_SHOWN else ""
    return person | {
        "n_used": len(used),
        "n_left_out": len(person["left_out"]),
        "places": ", ".join(map(place, used[:PLACES_SHOWN])) + more,
    }


def _print_left_out(console: Console, patients: list[dict[str, Any]]) -> None:
    """Print how many records were left out for each reason, and where those of a rare one stand."""
    counts = Counter(record["reason"] or "" for person in patients for record in person["left_out"])
    if not counts:
        return
    heading(console, "Records of these patients that were left out")
    rows = [{"reason": reason, "records": count} for reason, count in sorted(counts.items())]
    print_rows(console, rows, {"reason": "reason", "records": "records"})
    rare = [
        record
        for person in patients
        for record in person["left_out"]
        if counts[record["reason"] or ""] <= PLACES_SHOWN
    ]
    if rare:
        print_rows(console, rare, {"record": "record_id", "reason": "reason", PLACE: PLACE})
