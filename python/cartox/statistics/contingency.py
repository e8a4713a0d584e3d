"""Tests and effects of a table of counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import special
from statsmodels.stats.proportion import confint_proportions_2indep

from cartox.statistics.fisher import Counts, fisher_test, odds_ratio_interval
from cartox.statistics.samples import Floats, as_floats, check_confidence

PEARSON = "Pearson's chi-square test without continuity correction"
YATES = "Pearson's chi-square test with Yates' continuity correction"
LARGEST_TOTAL = 10_000_000

Table: TypeAlias = Sequence[Sequence[float | int | None]] | npt.NDArray[Any]


@dataclass(frozen=True)
class Contingency:
    """Association in a table; None where `not_applicable` holds a reason.

    Yates' p and the effects are those of a 2x2 table, None for others. Rows are groups, columns are
    outcomes; in a 2x2 table the first column counts the events.
    expected: counts under independence, by row. statistic: Pearson's chi-square without correction.
    p_value: by the rule, Fisher where an expected count is below the threshold, else Pearson; `method` names
    which. fisher_method: says whether Fisher's p was enumerated or drawn.
    odds_ratio: of the sample, ad / bc; None with is_infinite where only bc is 0. Its interval is exact
    conditional, with odds_ratio_high None where it has no upper end. risk_difference: share of events of the
    first row less that of the second, with Newcombe's interval.
    """

    n: int
    expected: tuple[tuple[float, ...], ...] | None = None
    minimum_expected: float | None = None
    statistic: float | None = None
    degrees_of_freedom: int | None = None
    p_pearson: float | None = None
    p_yates: float | None = None
    p_fisher: float | None = None
    fisher_method: str | None = None
    p_value: float | None = None
    method: str | None = None
    confidence: float | None = None
    odds_ratio: float | None = None
    odds_ratio_low: float | None = None
    odds_ratio_high: float | None = None
    is_infinite: bool = False
    risk_difference: float | None = None
    risk_difference_low: float | None = None
    risk_difference_high: float | None = None
    not_applicable: str | None = None


def contingency(table: Table, *, confidence: float = 0.95, fisher_below: float = 5.0) -> Contingency:
    """Test a two-way table of counts for association.

    table: whole counts, rows are groups, columns outcomes. Rows and columns that are empty take no part in a
    test, as in R's fisher.test; a 2x2 table with an empty one compares nothing. fisher_below: Fisher's p is
    the p_value where any expected count is below it (Cochran, Biometrics 1954;10:417-451).

    Not applicable: no counts, fewer than two rows or columns with counts, a count that is missing, negative
    or no whole number. Raises ValueError for a confidence outside 0 .. 1, TypeError for text.

    Sources: Agresti, Categorical Data Analysis, 3rd ed., chapter 3; Yates, Suppl J R Stat Soc 1934;1:217-235;
    Newcombe, Stat Med 1998;17:873-890, method 10; module fisher.

    >>> result = contingency([[8, 3], [8, 23]])
    >>> result.method, round(result.p_fisher, 4), round(result.p_pearson, 4), round(result.p_yates, 4)
    ("Fisher's exact test, two-sided", 0.0105, 0.0059, 0.0168)
    """
    check_confidence(confidence)
    given = read_table(table)
    if isinstance(given, str):
        return Contingency(n=0, not_applicable=given)
    counts = given[given.sum(axis=1) > 0][:, given.sum(axis=0) > 0]
    n = int(counts.sum())
    reason = _reason_not_applicable(counts)
    if reason is not None:
        return Contingency(n=n, not_applicable=reason)

    expected = _expected(counts)
    degrees_of_freedom = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    chi_square = float(((counts - expected) ** 2 / expected).sum())
    p_pearson = float(special.chdtrc(degrees_of_freedom, chi_square))
    fisher = fisher_test(counts)
    is_fisher_due = bool(expected.min() < fisher_below)
    tested = Contingency(
        n=n,
        expected=tuple(tuple(float(cell) for cell in row) for row in _expected(given)),
        minimum_expected=float(expected.min()),
        statistic=chi_square,
        degrees_of_freedom=degrees_of_freedom,
        p_pearson=p_pearson,
        p_fisher=fisher.p_value,
        fisher_method=fisher.method,
        p_value=fisher.p_value if is_fisher_due else p_pearson,
        method=fisher.method if is_fisher_due else PEARSON,
        confidence=confidence,
    )
    return _with_effects(tested, counts, expected, confidence) if given.shape == (2, 2) else tested


def read_table(table: Table) -> Counts | str:
    """Read whole counts from a table, or say why they are none."""
    rows = [as_floats(row) for row in table]
    if not rows or len({row.size for row in rows}) != 1 or rows[0].size == 0:
        return "the table has no cells or rows of unequal length"
    cells = np.stack(rows)
    if np.isnan(cells).any():
        return "a count is missing"
    if (cells < 0).any() or not np.isfinite(cells).all() or (cells != np.floor(cells)).any():
        return "a count is negative or not a whole number"
    return np.minimum(cells, LARGEST_TOTAL + 1).astype(np.int64)


def _reason_not_applicable(counts: Counts) -> str | None:
    """Why counts without empty rows and columns cannot be tested; None where they can."""
    if counts.sum() == 0:
        return "the table is empty"
    if counts.sum() > LARGEST_TOTAL:
        return f"more than {LARGEST_TOTAL:,} counts"
    if counts.shape[0] < 2:
        return "only one group has counts"
    if counts.shape[1] < 2:
        return "only one outcome has counts"
    return None


def _expected(counts: Counts) -> Floats:
    return np.asarray(np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum(), dtype=np.float64)


def _with_effects(tested: Contingency, counts: Counts, expected: Floats, confidence: float) -> Contingency:
    """Add Yates' p and the effects to the test of a 2x2 table."""
    (a, b), (c, d) = counts.tolist()
    odds_ratio_low, odds_ratio_high = odds_ratio_interval(counts, confidence)
    distances = np.abs(counts - expected)
    corrected = float(((distances - min(0.5, distances.min())) ** 2 / expected).sum())
    low, high = confint_proportions_2indep(
        a, a + b, c, c + d, method="newcomb", compare="diff", alpha=1 - confidence
    )
    return replace(
        tested,
        p_yates=float(special.chdtrc(1, corrected)),
        odds_ratio=a * d / (b * c) if b * c else None,
        odds_ratio_low=odds_ratio_low,
        odds_ratio_high=odds_ratio_high,
        is_infinite=b * c == 0,
        risk_difference=a / (a + b) - c / (c + d),
        risk_difference_low=float(low),
        risk_difference_high=float(high),
    )
