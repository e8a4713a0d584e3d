"""Every test that the audit names, from scipy or written out from its definition; shares nothing with the audit."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import product

import numpy as np
from scipy.stats import (
    barnard_exact,
    chi2,
    chi2_contingency,
    fisher_exact,
    hypergeom,
    mannwhitneyu,
    norm,
    rankdata,
    t,
    ttest_ind_from_stats,
)

Floats = np.ndarray


def prints(value: Fraction | float, decimals: int) -> set[str]:
    """Every text that the value may be printed as; a half on either side, since programs compute in binary."""
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


@cache
def of_two_shares(k: int, n: int, m: int, o: int) -> dict[str, float]:
    """P-values of k of n against m of o, without Barnard's."""
    cells = np.array([[k, n - k], [m, o - m]])
    law = hypergeom(n + o, n, k + m)
    tail = min(float(law.cdf(k)), float(law.sf(k - 1)))
    point = float(law.pmf(k))
    fisher = float(fisher_exact(cells).pvalue)
    found = {
        "Fisher two-sided": fisher,
        "Fisher doubled one-sided": min(1.0, 2 * tail),
        "Fisher mid-p": min(1.0, 2 * tail - point),
    }
    if 0 < k + m < n + o:
        pearson = chi2_contingency(cells, correction=False)
        found |= {
            "Fisher mid-p of SAS": fisher - point / 2,
            "Pearson": float(pearson.pvalue),
            "Yates": float(chi2_contingency(cells, correction=True).pvalue),
            "likelihood ratio": float(
                chi2_contingency(cells, correction=False, lambda_="log-likelihood").pvalue
            ),
            "N-1": float(chi2.sf(pearson.statistic * (n + o - 1) / (n + o), 1)),
        }
        variance = k * (n - k) / n**3 + m * (o - m) / o**3
        if variance > 0:
            found["Wald z"] = float(2 * norm.sf(abs(k / n - m / o) / math.sqrt(variance)))
    return found


@cache
def barnard(k: int, n: int, m: int, o: int) -> float:
    return float(barnard_exact([[k, m], [n - k, o - m]], pooled=True).pvalue)


def rank_sum(x: Floats, y: Floats, convention: str) -> float:
    """P-value of two samples, ties or not."""
    if convention == "exact conditional":
        return float(mannwhitneyu(x, y, method="exact").pvalue)
    is_corrected = "without" not in convention
    if not convention.startswith("t-"):
        return float(mannwhitneyu(x, y, method="asymptotic", use_continuity=is_corrected).pvalue)
    pooled = np.concatenate([x, y])
    n, ranks = pooled.size, rankdata(pooled)
    expected = x.size * (n + 1) / 2
    spread = math.sqrt(x.size * y.size / (n * (n - 1)) * ((ranks - (n + 1) / 2) ** 2).sum())
    distance = abs(ranks[: x.size].sum() - expected) - (0.5 if is_corrected else 0)
    return float(min(1.0, 2 * t.sf(distance / spread, n - 1)))


RANK_SUM = (
    "asymptotic with continuity correction",
    "asymptotic without continuity correction",
    "exact conditional",
    "t-approximation with continuity correction",
    "t-approximation without continuity correction",
)


@cache
def of_every_u(n_x: int, n_y: int) -> frozenset[float]:
    """P-values by every convention of samples without ties, one for each U up to its expectation."""
    n, pairs = n_x + n_y, n_x * n_y
    u = np.arange(pairs // 2 + 1)
    sigma = math.sqrt(pairs * (n + 1) / 12)
    found: set[float] = set()
    for correction in (0.0, 0.5):
        z = (pairs / 2 - u - correction) / sigma
        found |= set(np.minimum(1.0, 2 * norm.sf(z)).tolist())
        found |= set(np.minimum(1.0, 2 * t.sf(z, n - 1)).tolist())
    y = np.arange(1.0, n_y + 1)
    if pairs <= 1500:
        below = np.array([[min(n_y, max(0, each - i * n_y)) for i in range(n_x)] for each in u])
        x = below + 0.5 + np.arange(n_x) / (4 * n_x)
        exact = mannwhitneyu(x, np.broadcast_to(y, (len(x), n_y)), axis=1, method="exact")
        assert np.array_equal(exact.statistic, u)
        found |= set(np.atleast_1d(exact.pvalue).tolist())
    return frozenset(found)


def of_two_means(
    first: tuple[float, float, int], second: tuple[float, float, int], half: float
) -> list[tuple[float, float]]:
    """Least and largest p of Student's, Welch's and the z test over a grid of what prints as these numbers."""
    steps = np.linspace(-half, half, 7)
    m_1, s_1, m_2, s_2 = (
        np.array(each)
        for each in zip(
            *(
                (first[0] + a, max(1e-9, first[1] + b), second[0] + c, max(1e-9, second[1] + d))
                for a, b, c, d in product(steps, repeat=4)
            ),
            strict=True,
        )
    )
    n_1, n_2 = first[2], second[2]
    student = ttest_ind_from_stats(m_1, s_1, n_1, m_2, s_2, n_2).pvalue
    welch = ttest_ind_from_stats(m_1, s_1, n_1, m_2, s_2, n_2, equal_var=False).pvalue
    z = 2 * norm.sf(np.abs(m_1 - m_2) / np.sqrt(s_1**2 / n_1 + s_2**2 / n_2))
    return [(float(np.min(p)), float(np.max(p))) for p in (student, welch, z)]
