"""Logistic regression on one covariate by Firth's penalized likelihood, with the interval of its profile.

The penalized log-likelihood is l(b) + log det I(b) / 2; it has a maximum also where the covariate parts the groups, where
that of l is infinite. Of several maxima, as very skewed values can have, the highest is meant. Interval and test are of
its profile, with the penalty of both coefficients, as in R's logistf.
Sources: Firth, Biometrika 1993;80:27-38; Heinze and Schemper, Stat Med 2002;21:2409-2419.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, special, stats

from cartox.statistics.rank_sum import reason_not_applicable
from cartox.statistics.samples import Floats, Numbers, check_confidence, read_sample

FIRTH = "Firth's penalized logistic regression, profile-likelihood interval"
N_GRID = 401
N_SLOPES = 9
LARGEST_SLOPE = 64.0
"""Slopes tried on each side, each twice the one before, of the covariate in standard deviations."""
N_FOR_WHOLE_GRID = 2_000
"""Of more values the grid of intercepts is not computed whole, but only where its highest point can be."""
REACH = 12.0
"""How far, beyond what the slope explains, the intercept is sought: odds of e^12."""
N_STEPS = 12
SMALLEST_STEP = 1e-9
"""Newton's steps to the best intercept, which end where one is this small."""


@dataclass(frozen=True)
class FirthLogistic:
    """Log odds ratio of being of x for `step` more of the covariate; None where `not_applicable` holds a reason."""

    n_x: int
    n_y: int
    n_missing: int
    step: float | None = None
    log_odds: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    method: str = FIRTH
    not_applicable: str | None = None


@dataclass(frozen=True)
class _Penalized:
    """The penalized log-likelihood of a standardized covariate."""

    z: Floats
    is_x: npt.NDArray[np.bool_]

    def at(self, intercept: Floats | float, slope: float) -> Floats:
        """Return its values for intercepts and one slope; minus infinity where the information is singular."""
        likelihood, penalty = self._parts(intercept, slope)
        return np.asarray(likelihood + penalty)

    def _parts(self, intercept: Floats | float, slope: float) -> tuple[Floats, Floats]:
        eta = np.atleast_1d(intercept)[:, None] + slope * self.z
        away = np.exp(-np.abs(eta))
        weight = away / (1 + away) ** 2
        total = weight.sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            middle = (weight @ self.z) / total
            spread = (weight * (self.z - middle[:, None]) ** 2).sum(axis=1)
            penalty = np.where((total > 0) & (spread > 0), np.log(total) + np.log(spread), -np.inf) / 2
        against = np.where(self.is_x, eta, -eta)
        return (np.minimum(against, 0) - np.log1p(away)).sum(axis=1), penalty

    def profile(self, slope: float) -> float:
        """Return its maximum over the intercept: sought between the neighbors of the best of a grid."""
        reach = abs(slope) * float(np.abs(self.z).max()) + REACH
        grid = np.linspace(-reach, reach, N_GRID)
        best, best_value = self._best(grid, slope)
        low, high = grid[max(0, best - 1)], grid[min(N_GRID - 1, best + 1)]
        top = self._top(grid[best], slope, low, high)
        if top is not None and (value := float(self.at(top, slope)[0])) >= best_value:
            return value
        with np.errstate(
            invalid="ignore"
        ):  # where both neighbors are minus infinity, their difference is none
            found = optimize.minimize_scalar(
                lambda intercept: -self.at(intercept, slope)[0],
                bounds=(low, high),
                method="bounded",
                options={"xatol": 1e-9},
            )
        return -float(found.fun)

    def _best(self, grid: Floats, slope: float) -> tuple[int, float]:
        """Return the place of the highest value on a grid of intercepts, the first of several, and that value.

        The likelihood alone rises to one intercept and falls from there on. The penalty is at most that of weights of 1/4
        at both ends of the covariate: where even with that the highest value found is not reached, none is beyond.
        """
        if self.z.size <= N_FOR_WHOLE_GRID:
            values = self.at(grid, slope)
            return int(values.argmax()), float(values.max())
        bound = math.log(self.z.size / 4) + math.log(float(np.ptp(self.z)) / 2)
        n_x = float(self.is_x.sum())
        start = bisect_left(
            range(N_GRID), n_x, key=lambda place: float(special.expit(grid[place] + slope * self.z).sum())
        )
        best, best_value = start, -math.inf
        for places in (range(start, N_GRID), range(start - 1, -1, -1)):
            for place in places:
                likelihood, penalty = (float(part[0]) for part in self._parts(grid[place], slope))
                value = likelihood + penalty
                if value > best_value or (value == best_value and place < best):
                    best, best_value = place, value
                if likelihood + bound < best_value:
                    break
        return best, best_value

    def _top(self, intercept: float, slope: float, low: float, high: float) -> float | None:
        """Return where Newton's steps end; None where one leaves the bounds or the function is not concave there."""
        for _ in range(N_STEPS):
            first, second = self._derivatives(intercept, slope)
            if not second < 0:
                return None
            step = first / second
            intercept -= step
            if not low <= intercept <= high:
                return None
            if abs(step) < SMALLEST_STEP:
                return intercept
        return None

    def _derivatives(self, intercept: float, slope: float) -> tuple[float, float]:
        """Return the first and second derivative by the intercept.

        The information's determinant is the same of the covariate less any constant; of that less its weighted mean it
        is a product, of the sum of the weights and that of the weighted squares.
        """
        chance = special.expit(intercept + slope * self.z)
        weight = chance * (1 - chance)
        weights = np.stack([weight, weight * (1 - 2 * chance), weight * (1 - 6 * weight)])
        with np.errstate(divide="ignore", invalid="ignore"):
            centered = self.z - (weight @ self.z) / weight.sum()
            sums, squares = weights.sum(axis=1), weights @ centered**2
            of_total, of_spread = sums[1:] / sums[0], squares[1:] / squares[0]
            mixed = (weights[1] @ centered) ** 2 / (sums[0] * squares[0])
        first = float(self.is_x.sum() - chance.sum() + (of_total[0] + of_spread[0]) / 2)
        bend = of_total[1] - of_total[0] ** 2 + of_spread[1] - of_spread[0] ** 2 - 2 * mixed
        return first, float(bend / 2 - sums[0])


def firth_logistic(
    x: Numbers, y: Numbers, *, is_binary: bool = False, confidence: float = 0.95
) -> FirthLogistic:
    """Regress being of x rather than of y on the value.

    The step is one standard deviation of all values, or 1 for a binary covariate (0 or 1).
    Not applicable with fewer than two values in a group, all values equal, or an infinite value.

    >>> found = firth_logistic([1, 1, 0, 1], [0, 0, 1, 0], is_binary=True)
    >>> round(found.log_odds, 4)
    1.6946
    """
    check_confidence(confidence)
    first, second = read_sample(x), read_sample(y)
    counts = (first.n, second.n, first.n_missing + second.n_missing)
    reason = reason_not_applicable(first, second)
    if reason is not None:
        return FirthLogistic(*counts, not_applicable=reason)
    pooled = np.concatenate([first.values, second.values])
    deviation = float(pooled.std(ddof=1))
    likelihood = _Penalized((pooled - pooled.mean()) / deviation, np.arange(pooled.size) < first.n)
    slope, largest = _maximum(likelihood)
    level = largest - float(stats.chi2.ppf(confidence, 1)) / 2
    step = 1.0 if is_binary else deviation
    per_step = step / deviation
    return FirthLogistic(
        *counts,
        step=step,
        log_odds=slope * per_step,
        low=_end(likelihood, slope, level, -1.0) * per_step,
        high=_end(likelihood, slope, level, 1.0) * per_step,
        p_value=float(stats.chi2.sf(max(0.0, 2 * (largest - likelihood.profile(0.0))), 1)),
    )


def _maximum(likelihood: _Penalized) -> tuple[float, float]:
    """Return the slope at the maximum of the profile, and the maximum: sought between the neighbors of the best of a grid."""
    reach = np.geomspace(LARGEST_SLOPE / 2 ** (N_SLOPES - 1), LARGEST_SLOPE, N_SLOPES)
    slopes = np.concatenate([-reach[::-1], [0.0], reach])
    best = int(np.argmax([likelihood.profile(float(slope)) for slope in slopes]))
    found = optimize.minimize_scalar(
        lambda slope: -likelihood.profile(slope),
        bounds=(slopes[max(0, best - 1)], slopes[min(slopes.size - 1, best + 1)]),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return float(found.x), -float(found.fun)


def _end(likelihood: _Penalized, slope: float, level: float, direction: float) -> float:
    """Return where the profile has fallen to the level on one side of its maximum."""
    reach = 1.0
    while likelihood.profile(slope + direction * reach) > level:
        reach *= 2
    return float(
        optimize.brentq(
            lambda away: likelihood.profile(slope + direction * away) - level, 0.0, reach, xtol=1e-8
        )
        * direction
        + slope
    )
