"""Which changed figures are detectable at all, by trying every data set; shares nothing with the audit.

A printed number is what Python prints, or the decimal rounded half up or half to even, of a value that some
whole counts or some ranks without ties give.
"""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

import numpy as np
from scipy.stats import chi2_contingency, fisher_exact, mannwhitneyu

from tests.python.audit.simulated_table import WILCOXON, Row, Table


def prints(value: Fraction | float, decimals: int) -> set[str]:
    """Every text that the value may be printed as; a half on either side, since programs compute shares in binary."""
    exact = (
        Decimal(value.numerator) / Decimal(value.denominator)
        if isinstance(value, Fraction)
        else Decimal(value)
    )
    unit = Decimal(1).scaleb(-decimals)
    return {
        f"{float(value):.{decimals}f}",
        str(exact.quantize(unit, ROUND_HALF_UP)),
        str(exact.quantize(unit, ROUND_HALF_DOWN)),
    }


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
        sizes = [int(table.rows[f"figure_{k}"].reported) for k in (2, 4)]
        return sizes[0] not in first or sizes[1] not in second
    if row.kind in ("compared share", "p of shares"):
        return not _some_counts_give(*(table.rows[name] for name in row.partners))
    if row.kind == "p of medians":
        return not any(row.reported in prints(p, row.decimals) for p in _p_of_every_u(*row.sizes))
    raise ValueError(row.kind)


def _some_counts_give(first: Row, second: Row, p_value: Row) -> bool:
    for k in counts_that_print(first, first.sizes[0]):
        for m in counts_that_print(second, second.sizes[0]):
            for p in _allowed_p_values(k, first.sizes[0], m, second.sizes[0]):
                if p_value.statistic == "p_value_below":
                    if p < float(p_value.reported):
                        return True
                elif p_value.reported in prints(p, p_value.decimals):
                    return True
    return False


@cache
def _allowed_p_values(k: int, n: int, m: int, o: int) -> tuple[float, ...]:
    cells = np.array([[k, n - k], [m, o - m]])
    allowed = [float(fisher_exact(cells).pvalue)]
    if 0 < k + m < n + o and chi2_contingency(cells).expected_freq.min() >= 5:
        allowed += [float(chi2_contingency(cells, correction=is_yates).pvalue) for is_yates in (False, True)]
    return tuple(allowed)


@cache
def _p_of_every_u(n_x: int, n_y: int) -> frozenset[float]:
    """P-values by every convention of samples without ties, one for each U."""
    y = np.arange(1, n_y + 1, dtype=float)
    below = np.array([[min(n_y, max(0, u - i * n_y)) for i in range(n_x)] for u in range(n_x * n_y + 1)])
    x = below + 0.5 + np.arange(n_x) / (4 * n_x)
    found: set[float] = set()
    for convention in WILCOXON.values():
        result = mannwhitneyu(x, np.broadcast_to(y, (len(x), n_y)), axis=1, **convention)
        assert np.array_equal(result.statistic, np.arange(n_x * n_y + 1))
        found |= {float(p) for p in np.atleast_1d(result.pvalue)}
    return frozenset(found)
