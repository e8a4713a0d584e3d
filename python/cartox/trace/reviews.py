"""What a clinician should look at: patients with their reasons, and where the records stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from typing import Any

import duckdb
from rich.console import Console

from cartox.errors import UserError
from cartox.terminal import heading, sentence
from cartox.trace.printing import place, print_rows
from cartox.trace.sets import read_set

PLACES_SHOWN = 2


def read_reviews(connection: duckdb.DuckDBPyConnection, reason: str | None = None) -> list[dict[str, Any]]:
    """Return a record for each patient and reason with the records behind it, those of the cohort first.

    Raises UserError where a reason is asked for that nobody has.
    """
    rows = read_set(connection, "patient_reviews", **({"reason": reason} if reason else {}))
    if reason and not rows:
        raise UserError(
            f"reviews: nobody is to be looked at for the reason {reason}; docs/messages.md lists them"
        )
    found = []
    for (patient_id, why), group in groupby(rows, key=lambda row: (row["patient_id"], row["reason"])):
        behind = list(group)
        shown = ("entity", "record_id", "source_file", "line_number")
        found.append(
            {
                "patient_id": patient_id,
                "reason": why,
                "is_in_cohort": behind[0]["is_in_cohort"],
                "records": [{key: row[key] for key in shown} for row in behind],
            }
        )
    return sorted(found, key=lambda review: not review["is_in_cohort"])


def print_reviews(console: Console, reviews: list[dict[str, Any]], command_of: Callable[[str], str]) -> None:
    """Print how many patients there are for each reason, then each with a place and the command that traces them."""
    heading(console, "For a clinician to look at")
    if not reviews:
        sentence(console, "Nothing.")
        return
    counts = Counter(review["reason"] for review in reviews)
    in_cohort = Counter(review["reason"] for review in reviews if review["is_in_cohort"])
    reasons = [
        {"reason": reason, "patients": count, "of the cohort": in_cohort[reason]}
        for reason, count in sorted(counts.items())
    ]
    print_rows(console, reasons, {name: name for name in ("reason", "patients", "of the cohort")})
    rows = [
        review
        | {
            "places": ", ".join(map(place, review["records"][:PLACES_SHOWN]))
            + (f" and {more} more" if (more := len(review["records"]) - PLACES_SHOWN) > 0 else ""),
            "command": command_of(review["patient_id"]),
        }
        for review in reviews
    ]
    columns = {
        "patient": "patient_id", "in the cohort": "is_in_cohort", "reason": "reason", "records": "places", "trace": "command",
    }  # fmt: skip
    print_rows(console, rows, columns, keeps_last_whole=True)
    sentence(console, "Nothing is changed for a review; docs/messages.md says what each reason means.")
