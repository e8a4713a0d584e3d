"""Logistic regression on one covariate by Firth's penalized likelihood, with the interval of its profile.

The penalized log-likelihood is l(b) + log det I(b) / 2; it has a maximum also where the covariate parts the groups, where
that of l is infinite. Interval and test are of its profile, with the penalty of both coefficients, as in R's logistf.
Sources: Firth, Biometrika 1993;80:27-38; Heinze and Schemper, Stat Med 2002;21:2409-2419.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, special, stats

from cartox.statistics.rank_sum import reason_not_applicable
from cartox.statistics.samples import Floats, Numbers, check_confidence, read_sample

FIRTH = "Firth's penalized logistic regression, profile-likelihood interval"
N_GRID = 401
REACH = 12.0
"""How far, beyond what the slope explains, the intercept is sought: odds of e^12."""


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
        eta = np.atleast_1d(intercept)[:, None] + slope * self.z
        weight = special.expit(eta) * special.expit(-eta)
        total = weight.sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            middle = (weight * self.z).sum(axis=1) / total
            spread = (weight * (self.z - middle[:, None]) ** 2).sum(axis=1)
            penalty = np.where((total > 0) & (spread > 0), np.log(total) + np.log(spread), -np.inf) / 2
        return np.asarray(special.log_expit(np.where(self.is_x, eta, -eta)).sum(axis=1) + penalty)

    def profile(self, slope: float) -> float:
        """Return its maximum over the intercept."""
        reach = abs(slope) * float(np.abs(self.z).max()) + REACH
        grid = np.linspace(-reach, reach, N_GRID)
        best = int(self.at(grid, slope).argmax())
        found = optimize.minimize_scalar(
            lambda intercept: -self.at(intercept, slope)[0],
            bounds=(grid[max(0, best - 1)], grid[min(N_GRID - 1, best + 1)]),
            method="bounded",
            options={"xatol": 1e-7},
        )
        return -float(found.fun)


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
    """Return the slope at the maximum of the penalized likelihood, and the maximum."""
    found = optimize.minimize(
        lambda at: -likelihood.at(at[0], at[1])[0],
        x0=[float(special.logit(likelihood.is_x.mean())), 0.0],
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 10_000},
    )
    return float(found.x[1]), -float(found.fun)


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
