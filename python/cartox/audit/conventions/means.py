"""P-values of printed means and standard deviations: every value within the rounding, least and largest p.

Sources: Student's and Welch's t (Welch, Biometrika 1947;34:28-35), the analysis of variance of summaries.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from scipy import special

from cartox.audit.conventions.names import ANOVA, STUDENT, WELCH, Z_OF_MEANS


@dataclass(frozen=True)
class Sample:
    """One group: bounds of its mean and standard deviation, and its number of values."""

    mean: tuple[float, float]
    deviation: tuple[float, float]
    n: int


def two_means(first: Sample, second: Sample) -> Mapping[str, tuple[float, float]]:
    """Least and largest two-sided p by convention.

    The least p has the means farthest apart and the deviations smallest. Welch's degrees of freedom change
    with the deviations in either direction, so every corner is tried.
    """
    far = max(abs(first.mean[0] - second.mean[1]), abs(first.mean[1] - second.mean[0]))
    overlap = first.mean[0] <= second.mean[1] and second.mean[0] <= first.mean[1]
    near = 0.0 if overlap else max(first.mean[0] - second.mean[1], second.mean[0] - first.mean[1])
    found: dict[str, list[float]] = {STUDENT: [], WELCH: [], Z_OF_MEANS: []}
    for difference, one, two in product((near, far), first.deviation, second.deviation):
        for convention, p in _tests(difference, one, first.n, two, second.n).items():
            found[convention].append(p)
    return {convention: (min(each), max(each)) for convention, each in found.items() if each}


def _tests(difference: float, sd_1: float, n_1: int, sd_2: float, n_2: int) -> dict[str, float]:
    if min(n_1, n_2) < 2:
        return {}
    v_1, v_2 = sd_1**2 / n_1, sd_2**2 / n_2
    pooled = ((n_1 - 1) * sd_1**2 + (n_2 - 1) * sd_2**2) / (n_1 + n_2 - 2) * (1 / n_1 + 1 / n_2)
    if v_1 + v_2 <= 0:
        return dict.fromkeys((STUDENT, WELCH, Z_OF_MEANS), 0.0 if difference else 1.0)
    freedom = (v_1 + v_2) ** 2 / (v_1**2 / (n_1 - 1) + v_2**2 / (n_2 - 1))
    z = difference / math.sqrt(v_1 + v_2)
    return {
        STUDENT: 2 * float(special.stdtr(n_1 + n_2 - 2, -difference / math.sqrt(pooled))),
        WELCH: 2 * float(special.stdtr(freedom, -z)),
        Z_OF_MEANS: 2 * float(special.ndtr(-z)),
    }


def several_means(samples: Sequence[Sample]) -> Mapping[str, tuple[float, float]]:
    """Least and largest p of the one-way analysis of variance.

    The sum of squares between groups is convex in the means: largest at a corner, least where the means move
    towards a common value.
    """
    n, k = sum(sample.n for sample in samples), len(samples)
    if n <= k:
        return {}
    largest = max(
        _between([(mean, sample.n) for mean, sample in zip(means, samples, strict=True)])
        for means in product(*(sample.mean for sample in samples))
    )
    least = _least_between(samples)
    within = [sum((s.n - 1) * s.deviation[side] ** 2 for s in samples) / (n - k) for side in (0, 1)]
    if within[0] <= 0:
        return {}
    f_low, f_high = least / (k - 1) / within[1], largest / (k - 1) / within[0]
    return {ANOVA: tuple(float(special.fdtrc(k - 1, n - k, f)) for f in (f_high, f_low))}  # type: ignore[dict-item]


def _between(means: Sequence[tuple[float, int]]) -> float:
    n = sum(size for _, size in means)
    grand = sum(mean * size for mean, size in means) / n
    return sum(size * (mean - grand) ** 2 for mean, size in means)


def _least_between(samples: Sequence[Sample]) -> float:
    """Least sum of squares: the means as near as they come to a common value, found by halving."""
    low, high = min(s.mean[0] for s in samples), max(s.mean[1] for s in samples)

    def nearest(center: float) -> list[tuple[float, int]]:
        return [(min(max(center, s.mean[0]), s.mean[1]), s.n) for s in samples]

    for _ in range(100):
        middle = (low + high) / 2
        pull = sum(n * (mean - middle) for mean, n in nearest(middle))
        low, high = (middle, high) if pull > 0 else (low, middle)
    return _between(nearest((low + high) / 2))
