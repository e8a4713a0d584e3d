"""Which changed figures are detectable at all, by trying every data set; shares nothing with the audit.

A printed number is what Python prints, or the decimal rounded half up or half to even, of a value that some
whole counts, some ranks without ties or some means and deviations give. A p-value of medians with ties is not
detectable: which p-values ties make cannot be known without the data.
"""

from __future__ import annotations

from fractions import Fraction

from tests.python.audit.independent_tests import barnard, of_every_u, of_two_means, of_two_shares, prints
from tests.python.audit.simulated_table import Row, Table

MOST_BARNARD = 200
"""Patients up to which Barnard's test could have been meant."""


def counts_that_print(row: Row, size: int) -> list[int]:
    """Counts of `size` that print as the row's percentage, and equal its numerator where it has one."""
    counts = range(size + 1) if row.numerator is None else [row.numerator]
    return [k for k in counts if row.reported in prints(Fraction(100 * k, size), row.decimals)]


def is_detectable(table: Table, changed: str) -> bool:
    """Whether no complete data give the figures any more that the changed one belongs to."""
    row = table.rows[changed]
    if row.kind == "share":
        return not counts_that_print(row, row.sizes[0])
    if row.kind == "half of a pair":
        first, second = (counts_that_print(table.rows[name], row.sizes[0]) for name in row.partners)
        return row.sizes[1] not in first or row.sizes[2] not in second
    if row.kind in ("compared share", "p of shares"):
        return not _some_counts_give(*(table.rows[name] for name in row.partners))
    if row.kind == "p of fine medians":
        return not any(_prints_p(row, p) for p in of_every_u(*row.sizes))
    if row.kind == "p of means":
        return not _some_means_give(row, [table.rows[name] for name in row.partners])
    return False


def _prints_p(row: Row, p: float) -> bool:
    if row.statistic == "p_value_below":
        return p < float(row.reported)
    return row.reported in prints(p, row.decimals)


def _some_counts_give(first: Row, second: Row, p_value: Row) -> bool:
    n, o = first.sizes[0], second.sizes[0]
    tables = [(k, n, m, o) for k in counts_that_print(first, n) for m in counts_that_print(second, o)]
    if any(_prints_p(p_value, p) for each in tables for p in of_two_shares(*each).values()):
        return True
    if n + o > MOST_BARNARD or len(tables) > 6:
        return len(tables) > 6 and n + o <= MOST_BARNARD
    return any(_prints_p(p_value, barnard(*each)) for each in tables if 0 < each[0] + each[2] < n + o)


def _some_means_give(row: Row, cells: list[Row]) -> bool:
    (m_1, s_1, m_2, s_2), (n_1, n_2) = (float(cell.reported) for cell in cells), row.sizes
    half = 0.5 * 10 ** -cells[0].decimals
    low, high = float(row.reported) - 0.5 * 10**-row.decimals, float(row.reported) + 0.5 * 10**-row.decimals
    return any(
        least <= high and low <= most for least, most in of_two_means((m_1, s_1, n_1), (m_2, s_2, n_2), half)
    )
