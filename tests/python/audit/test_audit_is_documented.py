"""docs/audit.md explains every field, statistic, rule, verdict, weight and convention, each with an example."""

from __future__ import annotations

import re
from pathlib import Path

from cartox.audit.conventions.names import PROGRAMS
from cartox.audit.conventions.rules import KEYS
from cartox.audit.findings.inspect_sr import QUESTIONS
from cartox.audit.findings.verdicts import Verdict, Weight
from cartox.audit.reading.figure import STATISTICS
from cartox.audit.reading.files import ENDINGS
from cartox.audit.reading.long_form import COLUMNS

PAGE = (Path(__file__).parents[3] / "docs" / "audit.md").read_text(encoding="utf-8")
ROWS = {
    cells[0].strip("` "): cells
    for cells in (line.strip("|").split("|") for line in PAGE.splitlines() if line[:1] == "|")
}


def test_everything_that_has_a_meaning_has_a_row_with_an_example() -> None:
    named = {*COLUMNS, *KEYS, *map(str, Verdict), *map(str, Weight), *PROGRAMS}
    assert named - ROWS.keys() == set()
    assert all(len(ROWS[name]) == 3 and all(cell.strip() for cell in ROWS[name]) for name in named)


def test_no_row_explains_what_is_no_more() -> None:
    named = {*COLUMNS, *KEYS, *map(str, Verdict), *map(str, Weight), *PROGRAMS}
    heads = {"field", "rule", "verdict", "weight", "convention", "---"}
    assert ROWS.keys() - named - heads == set()


def test_every_program_is_that_of_the_code() -> None:
    assert all(ROWS[name][1].strip() == programs for name, programs in PROGRAMS.items())


def test_every_statistic_ending_and_item_is_mentioned() -> None:
    words = set(re.findall(r"`([^`]+)`", re.sub(r"(?s)```.*?```", "", PAGE)))
    assert set(STATISTICS) | set(ENDINGS) <= words
    assert all(item in PAGE for item in QUESTIONS)
