"""One comparison of two groups of patients, as the study makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cartox.results.comparisons import PERCENTAGE_POINTS
from cartox.results.descriptives import as_percent
from cartox.results.effects import CONFIDENCE
from cartox.results.plan import PlannedVariable
from cartox.results.values import NON_RESPONDER, RESPONDER, Value, numbers
from cartox.statistics import contingency, rank_sum

LEVEL = round(1 - CONFIDENCE, 9)
"""A p-value below it makes a claim; the interval of the same confidence then leaves out no difference."""
RANK_BISERIAL = "rank-biserial"


@dataclass(frozen=True)
class Compared:
    """Effect of non-responders less responders, and p."""

    n_responders: int
    n_non_responders: int
    effect_name: str | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    not_applicable: str | None = None


def compare(
    variable: PlannedVariable, values: Mapping[str, Value], groups: Mapping[str, str | None]
) -> Compared:
    """Compare the patients with a value by the planned test."""
    x, y = (
        [
            value
            for patient, value in sorted(values.items())
            if value is not None and groups.get(patient) == group
        ]
        for group in (NON_RESPONDER, RESPONDER)
    )
    if variable.kind == "continuous":
        ranked = rank_sum(numbers(x), numbers(y), exact=False)
        return Compared(
            *(len(y), len(x), RANK_BISERIAL, ranked.rank_biserial, ranked.rank_biserial_low),
            *(ranked.rank_biserial_high, ranked.p_value, ranked.not_applicable),
        )
    table = [[group.count(level) for level in variable.levels] for group in (x, y)]
    counted = contingency(table)
    if variable.kind != "binary":
        return Compared(len(y), len(x), p_value=counted.p_value, not_applicable=counted.not_applicable)
    return Compared(
        *(len(y), len(x), PERCENTAGE_POINTS, as_percent(counted.risk_difference)),
        *(as_percent(counted.risk_difference_low), as_percent(counted.risk_difference_high)),
        *(counted.p_value, counted.not_applicable),
    )


def is_same(
    study_p: float | None, study_effect: float | None, p: float | None, effect: float | None
) -> bool | None:
    """Whether a claim stands as it does by the study's choices: on the same side of LEVEL and, below it, in the same direction.

    None where either has no p-value.
    """
    if study_p is None or p is None:
        return None
    if (p < LEVEL) != (study_p < LEVEL):
        return False
    if p >= LEVEL or effect is None or study_effect is None:
        return True
    return (effect > 0) == (study_effect > 0)
