"""Whether the p-value of two medians can be held against data without ties, and what few ties change.

Ties move U to halves and shrink its variance. How many there are hangs on the granularity of the values: words
such as grade, score or years, or the decimals of the printed medians, against the spread of the values. The
spread is not printed, but the p-value and the medians bound it: under a normal shift the difference of the
medians is sqrt(2) s z of the share of pairs in which one group is above the other, give or take the error of
the two medians.

Granularity: the coarsest step of which the printed numbers of the variable are all multiples or halves, a whole
one where they end in .0 or .5. Pairs of equal values among n with step g and standard deviation s: n (n - 1) / 2 times
g / (2 s sqrt(pi)), the density of the difference of two normal values at 0.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from scipy.stats import norm, t

from cartox.audit.checks.comparisons import admitted
from cartox.audit.checks.grouping import plain
from cartox.audit.conventions.names import EXACT_CONDITIONAL
from cartox.audit.conventions.rank_sum import IS_CORRECTED, LARGEST_EXACT, approximate_p, u_at
from cartox.audit.conventions.rank_sum_exact import doubled_lower_tail
from cartox.audit.reading.figure import Figure

FEW_LEVELS = re.compile(
    r"\b(grades?|stages?|scores?|index|scale|points?|ecog|karnofsky|lines?|years?|yrs?|months?|weeks?|days?|age|"
    r"doses?|cycles?|infusions?|number|no\.?|count of|visits?|episodes?|patients?|deaths?|events?|times?|"
    r"comorbidit(y|ies)|parity|items?)\b"
)
"""Words of values that are counted or graded, not measured."""
MOST_PER_VALUE = 0.5
"""Patients per distinct value, beyond which ties are so many that no p-value can be excluded."""
NO_TIES = 0.01
"""Expected pairs of equal values below which there are none."""
ERROR_OF_MEDIANS = 1.25 * 2
"""Two standard errors of the median of normal values, in standard deviations times sqrt(1 / n)."""


@dataclass(frozen=True)
class Granularity:
    """How finely a variable is measured: `step` between values (None: few levels), `why` in words."""

    step: float | None
    why: str


def granularity(figures: Iterable[Figure]) -> Granularity:
    """Read the granularity of a variable off the figures of its topic that print values."""
    values = [figure for figure in figures if figure.statistic in ("min", "q1", "median", "q3", "max")]
    for figure in values:
        word = FEW_LEVELS.search(plain(f"{figure.unit} {figure.description}"))
        if word:
            return Granularity(None, f"values in {word.group()} take few levels")
    most = max(figure.decimals for figure in values)
    for decimals in range(most):
        if all((2 * figure.reported * 10**decimals) % 1 == 0 for figure in values):
            step = "whole numbers" if decimals == 0 else f"numbers with {decimals} decimals"
            return Granularity(10.0**-decimals, f"the printed values are {step} or halfway between such")
    if most == 0:
        return Granularity(1.0, "the printed values are whole")
    return Granularity(10.0**-most, f"the values are printed with {most} decimal{'s' if most > 1 else ''}")


@dataclass(frozen=True)
class Ties:
    """How many ties the granularity suggests: expected pairs of equal values, most of the sum of t³ - t."""

    expected_pairs: float
    most: float


def suggested_ties(
    grain: Granularity, medians: tuple[Figure, Figure], sizes: tuple[int, int], p: float
) -> Ties | None:
    """Ties that the granularity suggests; None where they are so many that nothing bounds them."""
    n = sum(sizes)
    if grain.step is None:
        return None
    difference = abs(float(medians[0].reported - medians[1].reported)) - grain.step
    if difference <= 0:
        return None
    error = ERROR_OF_MEDIANS * math.sqrt(sum(1 / size for size in sizes))
    spread = difference / (math.sqrt(2) * _shift(p, sizes) + error)
    per_value = n * grain.step / (2 * spread * math.sqrt(math.pi))
    if per_value > MOST_PER_VALUE:
        return None
    pairs = (n - 1) * per_value / 2
    return Ties(pairs, 6 * (pairs + 3 * math.sqrt(pairs) + 1) * (1 + 2 * per_value))


def _shift(p: float, sizes: tuple[int, int]) -> float:
    """Find the normal quantile of the share of pairs in which one group is above the other, by the printed p."""
    n_1, n_2 = sizes
    z = -_quantile(max(p, 1e-6) / 2)
    share = 0.5 + z * math.sqrt((n_1 + n_2 + 1) / (12 * n_1 * n_2))
    return _quantile(min(share, 0.99))


def _quantile(probability: float) -> float:
    return NormalDist().inv_cdf(min(max(probability, 1e-12), 1 - 1e-12))


def smallest_p(sizes: tuple[int, int]) -> float:
    """Give the smallest p-value that a rank-sum test of so many values can have, whatever ties there are.

    The square of its z is at most n - 1, that of two groups of equal values; of all ways to draw the groups one at
    least is as extreme as the one there is.
    """
    n = sum(sizes)
    z = math.sqrt(max(n - 1, 0))
    return float(min(2 * norm.sf(z), 2 * t.sf(z, max(n - 1, 1)), 1 / math.comb(n, sizes[0])))


def few_ties_give(figure: Figure, sizes: tuple[int, int], ties: Ties) -> dict[str, float]:
    """Conventions, with a p-value, by which so many ties give the figure; empty where none does.

    Ties lower the exact p by up to a third of the step between neighboring U, by a quarter at least where U
    is half-way; the exact test is tried only where a tie is expected.
    """
    low, high = admitted(figure)
    found: dict[str, float] = {}
    if ties.expected_pairs < NO_TIES:
        return found
    every = sizes[0] * sizes[1]
    for convention in IS_CORRECTED:
        first = math.ceil(2 * u_at(low, sizes, convention) - 1e-9) if low > 0 else 0
        last = every
        if high < 1:
            last = min(every, math.floor(2 * u_at(high, sizes, convention, ties.most) + 1e-9))
        if first <= last:
            found[convention] = min(approximate_p(first / 2, sizes, convention), high)
    if ties.expected_pairs >= 1 and every <= LARGEST_EXACT:
        p = _exact_with_ties(sizes, low, high)
        if p is not None:
            found[EXACT_CONDITIONAL] = p
    return found


def _exact_with_ties(sizes: tuple[int, int], low: float, high: float) -> float | None:
    whole = doubled_lower_tail(*sizes)
    u = np.arange(2 * whole.size - 1) / 2
    p = np.interp(u, np.arange(whole.size), whole)
    step = np.gradient(p) * 2 if p.size > 1 else np.zeros(1)
    is_half = np.arange(p.size) % 2 == 1
    least, largest = p - np.where(is_half, 0.37, 0.3) * step, p - np.where(is_half, 0.23, 0.0) * step
    fits = (least <= high) & (largest >= low)
    return float(largest[int(np.argmax(fits))]) if fits.any() else None
