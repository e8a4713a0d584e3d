"""What a spreadsheet would run is marked as text; everything else is written as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cartox.spreadsheets import safe_cell


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_a_text_that_would_be_run_is_marked(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(
    "value", [-1.5, 0, True, None, date(2021, 3, 4), "", "plain", "a=1", "'=1", "<0.001", " -1"]
)
def test_a_number_a_date_or_a_plain_text_stays(value: Any) -> None:
    assert safe_cell(value) is value
