"""Quantiles of one group's charted values, each with its certainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cartox.results.values import Charted, numbers
from cartox.statistics import certainty_of, describe
from cartox.statistics.certainty import UNKNOWN

QUANTILES = ("median", "q1", "q3", "minimum", "maximum")


@dataclass(frozen=True)
class Summary:
    """Quantiles in the order of QUANTILES, None where there is none or where bounds could move it either way."""

    n: int
    n_missing: int
    n_bounds: int
    quantiles: tuple[float | None, ...]
    certainties: tuple[str, ...]
    not_applicable: str | None

    @property
    def median_and_quartiles(self) -> tuple[float | str | None, ...]:
        """Median, first and third quartile, and the certainty of each."""
        return (*self.quantiles[:3], *self.certainties[:3])


def summarize(group: Sequence[Charted]) -> Summary:
    """Describe the patients with a value; the others are counted."""
    charted = lowest = highest = describe(numbers([one.value for one in group]))
    n_bounds = sum(one.is_bound for one in group)
    if n_bounds:
        lowest = describe(numbers([one.least for one in group]))
        highest = describe(numbers([one.greatest for one in group]))
    has_estimate = any(one.is_estimate for one in group)
    certainties = tuple(
        certainty_of(
            getattr(charted, name), getattr(lowest, name), getattr(highest, name), has_estimate=has_estimate
        )
        for name in QUANTILES
    )
    return Summary(
        n=charted.n,
        n_missing=charted.n_missing,
        n_bounds=n_bounds,
        quantiles=tuple(
            getattr(charted, name) if certainty != UNKNOWN else None
            for name, certainty in zip(QUANTILES, certainties, strict=True)
        ),
        certainties=certainties,
        not_applicable=charted.not_applicable,
    )
