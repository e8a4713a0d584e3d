"""Cells of the first records stand on a terminal, and in nothing that is kept."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from cartox.intake.preview import TranslatedCell
from cartox.validation import ValidatedFile, Validation
from cartox.validation.report import print_validation

CELLS = (
    TranslatedCell(4, "birth_date", "05.02.1960", "1960-02-05"),
    TranslatedCell(4, "vasopressors", "\x1b[31mArterenol\n0,1", "\x1b[31mArterenol\n0.1"),
    TranslatedCell(4, "care_setting", None, "standard of care"),
    TranslatedCell(5, "vasopressors", "x" * 500, "y" * 500),
)
FILE = ValidatedFile("patients", "Patienten.csv", 2, 2, 0, 0, 0, (), (), (), {}, translated=CELLS)
VALIDATION = Validation((FILE,), (), 10)


def printed(*, is_terminal: bool) -> str:
    text = io.StringIO()
    print_validation(
        VALIDATION, Console(file=text, width=120, force_terminal=is_terminal, no_color=True, highlight=False)
    )
    return text.getvalue()


def test_a_terminal_shows_them_before_and_after() -> None:
    shown = printed(is_terminal=True)
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert "4 birth_date 05.02.1960 1960-02-05" in lines
    assert "4 care_setting standard of care" in lines
    assert "\x1b[31m" not in shown
    assert "?[31mArterenol?0,1" in shown
    assert "x" * 41 not in shown


@pytest.mark.parametrize("cell", ["05.02.1960", "1960-02-05", "Arterenol"])
def test_neither_a_log_nor_json_has_any_of_them(cell: str) -> None:
    assert cell not in printed(is_terminal=False)
    assert cell not in str(VALIDATION.as_record())
