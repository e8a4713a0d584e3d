"""Which counts print as a percentage, against printing every count."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartox.audit import whole_counts
from tests.python.audit.independent_tests import prints


@given(st.integers(1, 400), st.integers(0, 3), st.data())
def test_whole_counts_are_those_that_print_so(size: int, decimals: int, data: st.DataObject) -> None:
    units = data.draw(st.integers(0, 100 * 10**decimals))
    printed = f"{Decimal(units).scaleb(-decimals):.{decimals}f}"
    expected = [k for k in range(size + 1) if printed in prints(Fraction(100 * k, size), decimals)]
    assert list(whole_counts(Decimal(printed), decimals, size)) == expected


@pytest.mark.parametrize("printed", ["12", "13"])
def test_a_half_may_be_rounded_either_way(printed: str) -> None:
    assert list(whole_counts(Decimal(printed), 0, 8)) == [1]


def test_digits_cut_off_are_not_rounding() -> None:
    assert not whole_counts(Decimal("66.6"), 1, 42)


def test_nobody_has_no_share() -> None:
    assert not whole_counts(Decimal(0), 0, 0)
