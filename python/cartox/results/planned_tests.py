"""The tests that a plan may ask for: of each its name in the plan, what kinds of variable it is for, and what it compares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cartox.results.conventions import (
    ConventionalP,
    contingency_conventions,
    rank_sum_conventions,
)
from cartox.results.descriptives import as_percent
from cartox.results.effects import Effect, bounded_shares, bounded_shift
from cartox.results.plan import BINARY, CATEGORICAL, CONTINUOUS, PlannedVariable
from cartox.results.values import NON_RESPONDER, RESPONDER, VariableValues, numbers
from cartox.statistics import contingency, rank_sum

UNTESTED = "none"
PERCENTAGE_POINTS = "percentage points"
MANN_WHITNEY_U = "Mann-Whitney U of the non-responders"
PEARSONS_CHI_SQUARE = "Pearson's chi-square without continuity correction"


@dataclass(frozen=True)
class Comparison:
    """One planned test; x are the non-responders, so positive effects mean higher in them.

    `difference` is in the variable's own unit, percentage points of a binary variable, as bounds let it be said;
    `charted_difference` that of the values as charted; `certainty` that of the difference, None where several levels have none.
    """

    values: VariableValues
    method: str | None
    n_responders: int
    n_non_responders: int
    n_missing: int
    statistic: float | None
    p_value: float | None
    p_exact: float | None
    effect: Effect
    difference: Effect
    charted_difference: float | None
    difference_confidence: float | None
    certainty: str | None
    statistic_name: str | None
    smallest_expected: float | None
    conventions: tuple[ConventionalP, ...]
    not_applicable: str | None


@dataclass(frozen=True)
class PlannedTest:
    """What a row of the plan names as its test: the kinds of variable that it is for, and the comparison it makes."""

    kinds: tuple[str, ...]
    compare: Callable[[VariableValues, bool], Comparison]


def compare(values: VariableValues, *, in_full: bool = True) -> Comparison:
    """Compare the groups by the test that the variable's row of the plan names.

    Where not `in_full` a rank sum goes without its exact p, which stands beside the rule's, and without the difference in the
    variable's unit: both take far longer than all else of it.
    """
    return PLANNED_TESTS[values.variable.test].compare(values, in_full)


def require_known_tests(plan: Sequence[PlannedVariable]) -> None:
    """Raise ValueError, naming the variable, where a test is not among these or is not for such a variable."""
    for one in plan:
        if one.test == UNTESTED:
            continue
        if one.test not in PLANNED_TESTS:
            raise ValueError(
                f"test plan, variable {one.variable}: test is none of {', '.join((*PLANNED_TESTS, UNTESTED))}"
            )
        kinds = PLANNED_TESTS[one.test].kinds
        if one.kind not in kinds:
            raise ValueError(
                f"test plan, variable {one.variable}: a {one.test} is for a variable that is {' or '.join(kinds)}"
            )


def _compare_ranks(values: VariableValues, in_full: bool) -> Comparison:
    non_responders, responders = values.of(NON_RESPONDER), values.of(RESPONDER)
    found = rank_sum(numbers(non_responders), numbers(responders), exact=in_full, shift=in_full)
    difference, certainty = bounded_shift(
        values, Effect(values.variable.unit, found.difference, found.difference_low, found.difference_high)
    )
    return Comparison(
        values=values,
        method=found.method,
        n_responders=found.n_y,
        n_non_responders=found.n_x,
        n_missing=found.n_missing,
        statistic=found.statistic,
        p_value=found.p_value,
        p_exact=found.p_exact,
        effect=Effect(
            "rank-biserial", found.rank_biserial, found.rank_biserial_low, found.rank_biserial_high
        ),
        difference=difference,
        charted_difference=found.difference,
        difference_confidence=found.difference_confidence,
        certainty=certainty,
        statistic_name=MANN_WHITNEY_U if found.statistic is not None else None,
        smallest_expected=None,
        conventions=rank_sum_conventions(found, non_responders, responders),
        not_applicable=found.not_applicable,
    )


def _compare_counts(values: VariableValues, _: bool) -> Comparison:
    levels = values.variable.levels
    table = [[values.count(group, level) for level in levels] for group in (NON_RESPONDER, RESPONDER)]
    found = contingency(table)
    known_non_responders, known_responders = (sum(row) for row in table)
    everyone = len(values.of(NON_RESPONDER)) + len(values.of(RESPONDER))
    odds_ratio, risk_difference, difference = Effect(), Effect(), Effect()
    certainty = None  # several levels have no difference, so none is unknown
    if values.variable.kind == "binary":
        odds_ratio = Effect(
            "odds ratio", found.odds_ratio, found.odds_ratio_low, found.odds_ratio_high, found.is_infinite
        )
        risk_difference = Effect(
            PERCENTAGE_POINTS,
            as_percent(found.risk_difference),
            as_percent(found.risk_difference_low),
            as_percent(found.risk_difference_high),
        )
        difference, certainty = bounded_shares(values, risk_difference)
    return Comparison(
        values=values,
        method=found.method,
        n_responders=known_responders,
        n_non_responders=known_non_responders,
        n_missing=everyone - known_responders - known_non_responders,
        statistic=found.statistic,
        p_value=found.p_value,
        p_exact=found.p_fisher,
        effect=odds_ratio,
        difference=difference,
        charted_difference=risk_difference.estimate,
        difference_confidence=found.confidence if difference.estimate is not None else None,
        certainty=certainty,
        statistic_name=PEARSONS_CHI_SQUARE if found.statistic is not None else None,
        smallest_expected=found.minimum_expected,
        conventions=contingency_conventions(found),
        not_applicable=found.not_applicable,
    )


PLANNED_TESTS: Mapping[str, PlannedTest] = MappingProxyType(
    {
        "rank_sum": PlannedTest((CONTINUOUS,), _compare_ranks),
        "contingency": PlannedTest((BINARY, CATEGORICAL), _compare_counts),
    }
)
