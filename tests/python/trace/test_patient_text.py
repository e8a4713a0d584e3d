"""What the terminal says of a patient's fate: a death, a life, or that nobody told."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from cartox.trace import print_patient

EMPTY = ("steps", "outcomes", "grades", "doses", "windows", "results", "reviews", "records")


@pytest.mark.parametrize(
    ("is_dead", "died_on", "says"),
    [
        (True, "2022-03-20", "; died on 2022-03-20."),
        (True, None, "; died on a day that nobody knows."),
        (False, None, "day 0 of all study days."),
        (None, None, "; no record of whether the patient lives."),
    ],
)
def test_nobody_lives_because_nobody_told(is_dead: bool | None, died_on: str | None, says: str) -> None:
    treated = {
        "infused_at": "2022-03-01 12:00",
        "product": "tisagenlecleucel",
        "is_dead": is_dead,
        "died_on": died_on,
    }
    written = io.StringIO()
    trace: dict[str, Any] = {
        "patient_id": "P1",
        "treated": treated,
        "cohort": None,
        **{part: [] for part in EMPTY},
    }
    print_patient(Console(file=written, width=200), trace)
    assert says in written.getvalue()
