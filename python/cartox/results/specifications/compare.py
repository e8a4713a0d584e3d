"""One comparison of two groups of patients, by the test that the plan names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cartox.results.effects import CONFIDENCE, bounded_ranks
from cartox.results.plan import CONTINUOUS, PlannedVariable
from cartox.results.planned_tests import compare as compare_as_planned
from cartox.results.values import NON_RESPONDER, RESPONDER, Charted, VariableValues

LEVEL = round(1 - CONFIDENCE, 9)
"""A p-value below it makes a claim; the interval of the same confidence then leaves out no difference."""


@dataclass(frozen=True)
class Compared:
    """Effect of non-responders less responders, and p of the values as charted.

    n_bounds: how many of the compared values may be others than the charted ones. `effect` is None, and its certainty
    unknown, where these could move it either way; `charted_effect` is that of the values as charted.
    """

    n_responders: int
    n_non_responders: int
    n_bounds: int
    effect_name: str | None
    effect: float | None
    low: float | None
    high: float | None
    effect_certainty: str | None
    charted_effect: float | None
    p_value: float | None
    not_applicable: str | None


def compare(
    variable: PlannedVariable, values: Mapping[str, Charted], groups: Mapping[str, str | None]
) -> Compared:
    """Compare the groups by the planned test.

    The effect of shares is their difference in percentage points, for an odds ratio may be infinite; that of ranks is
    the rank-biserial correlation, for the unit of a value may hang on the choice.
    """
    responders, non_responders = (
        tuple(value for patient, value in sorted(values.items()) if groups.get(patient) == group)
        for group in (RESPONDER, NON_RESPONDER)
    )
    compared = VariableValues(variable, responders, non_responders)
    found = compare_as_planned(compared, in_full=False)
    charted, shown, certainty = found.charted_difference, found.difference, found.certainty
    if variable.kind == CONTINUOUS:
        charted = found.effect.estimate
        shown, certainty = bounded_ranks(compared, found.effect)
    has_effect = charted is not None
    return Compared(
        n_responders=found.n_responders,
        n_non_responders=found.n_non_responders,
        n_bounds=compared.n_bounds(RESPONDER) + compared.n_bounds(NON_RESPONDER),
        effect_name=shown.name if has_effect else None,
        effect=shown.estimate,
        low=shown.low,
        high=shown.high,
        effect_certainty=certainty if has_effect else None,
        charted_effect=charted,
        p_value=found.p_value,
        not_applicable=found.not_applicable,
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
