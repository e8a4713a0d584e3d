"""Patients for a difference of two shares, against R's power.prop.test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cartox.statistics import sample_size


def test_it_is_that_of_power_prop_test(
    reference: Callable[[str], list[Any]], agree: Callable[..., None]
) -> None:
    # R searches no number below 2 patients
    rows = [row for row in reference("sample_size") if float(row["n"]) > 3]
    assert len(rows) > 40
    found = [
        sample_size(float(row["first"]), float(row["second"]), power=float(row["power"])) for row in rows
    ]
    agree(found, [row.number("n") for row in rows], relative=1e-6)


def test_equal_shares_take_no_number_and_no_share_is_beyond_1() -> None:
    assert sample_size(0.2, 0.2, power=0.8) is None
    with pytest.raises(ValueError, match=r"1\.2"):
        sample_size(0.2, 1.2, power=0.8)
