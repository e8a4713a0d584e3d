"""What is released of a variable that is counted: by its levels, or in steps of a small scale."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from cartox.release.blocks import Block
from cartox.release.cohort import Cohort
from cartox.release.numbers import rounded, two_digits
from cartox.release.p_values import leaves_missing_open
from cartox.release.parts import divide, is_scale
from cartox.release.people import EVALUABLE, GROUPS
from cartox.release.percents import percent_points, percents
from cartox.release.rules import COMPARISONS, DESCRIPTIVES
from cartox.release.sets import BELOW, NEAR, People
from cartox.results.plan import PlannedVariable
from cartox.results.values import NON_RESPONDER, RESPONDER, Value
from cartox.statistics import contingency

MANY_LEVELS = "a p-value of a table of many counts tells of each"
COUNTS_MISSING = "with the counts beside it, it would tell how many have no value"


def count_variable(cohort: Cohort, variable: PlannedVariable, values: Mapping[str, Value]) -> Block:
    """Return the counts of each part of a variable, its table shown whole or not at all, and what may stand beside them."""
    block = Block(variable.variable)
    divided = divide(variable, values, cohort.threshold)
    sets = {part: cohort.study.register.people(patients) for part, patients in divided.parts.items()}
    unknown = sets.get(divided.unknown or "", 0)
    all_parts, groups = list(sets.values()), [cohort.sets[group] for group in GROUPS]
    by_group = [part & group for group in groups for part in all_parts]
    is_shown = dict.fromkeys((EVALUABLE, *GROUPS), False)
    reason = _why_not(cohort, variable, all_parts)
    if reason is None:
        cohort.counted_columns.add(_column(variable))
        cohort.show(block, all_parts)
        is_shown[EVALUABLE] = True
        reason = cohort.shown.why_not(by_group, [tuple(groups), tuple(all_parts)])
        if reason is None and RESPONDER in cohort.groups:
            cohort.show(block, by_group)
            is_shown |= dict.fromkeys(GROUPS, True)
    else:
        block.reasons["counts"] = reason
    if not is_shown[RESPONDER]:
        block.reasons["counts by group"] = reason or BELOW
    counts: dict[tuple[str, str], int] = {}
    if not is_shown[EVALUABLE]:  # the names of its parts would tell sizes
        for group in (EVALUABLE, *GROUPS):
            for order, level in enumerate(variable.levels, start=1):
                words = cohort.words(variable, group) | {"level": level, "level_order": order}
                block.add(DESCRIPTIVES, words, n=None, count=None, **percents(None, None))
        _compare(cohort, block, variable, values, False, {}, [])
        return block
    for group in (EVALUABLE, *GROUPS):
        n = rounded((cohort.sets[group] & ~unknown).bit_count()) if is_shown[group] else None
        n_unknown = rounded((cohort.sets[group] & unknown).bit_count()) if n and unknown else None
        for order, (part, people) in enumerate(sets.items(), start=1):
            if part == divided.unknown:
                continue
            count = rounded((cohort.sets[group] & people).bit_count()) if is_shown[group] else None
            counts[group, part] = count or 0
            words = cohort.words(variable, group) | {
                "level": part, "level_order": order, "kind": "categorical" if is_scale(variable) else variable.kind,
            }  # fmt: skip
            missing = {"n_missing": n_unknown} if unknown else {}
            block.add(DESCRIPTIVES, words, n=n, count=count, **missing, **percents(count, n))
    _compare(cohort, block, variable, values, is_shown[RESPONDER], counts, list(sets))
    return block


def _why_not(cohort: Cohort, variable: PlannedVariable, parts: Sequence[People]) -> str | None:
    """Return why the parts of a variable may not be counted.

    The end of a step tells that what lies below it is few; levels of the same scale, shown beside it, how many.
    """
    if not cohort.groups:
        return BELOW
    if is_scale(variable) and _column(variable) in cohort.counted_columns:
        return NEAR
    return cohort.shown.why_not(parts, [(cohort.sets[EVALUABLE],)])


def _column(variable: PlannedVariable) -> Hashable:
    return variable.relation, variable.value_column, variable.filters


def _compare(
    cohort: Cohort,
    block: Block,
    variable: PlannedVariable,
    values: Mapping[str, Value],
    is_shown: bool,
    counts: Mapping[tuple[str, str], int],
    parts: Sequence[str],
) -> None:
    row = cohort.compared.get(variable.variable)
    if row is None:
        return
    cells = [
        sum(values[patient] == level for patient in cohort.study.groups[group])
        for group in GROUPS
        for level in _cells(variable, values)
    ]
    is_binary = variable.kind == "binary" and len(parts) >= len(variable.levels)
    has_p = is_shown and is_binary and min(cells) >= cohort.threshold and row["p_value"] is not None
    if not has_p:
        block.reasons["p"] = BELOW if is_binary or not is_shown else MANY_LEVELS
    elif len(parts) == len(variable.levels):  # those without a value are in the last part
        printed = [counts[group, part] for group in GROUPS for part in parts]
        has_p = leaves_missing_open(printed, row["p_value"], cohort.threshold)
        block.reasons |= {} if has_p else {"p": COUNTS_MISSING}
    if has_p:
        cohort.hang(block, "p", values, GROUPS)
    effects: dict[str, float | None] = dict.fromkeys(("effect", "effect_low", "effect_high"))
    effects |= dict.fromkeys(("difference", "difference_low", "difference_high"))
    if has_p and variable.kind == "binary":
        table = [[counts[group, part] for part in parts[:2]] for group in (NON_RESPONDER, RESPONDER)]
        found = contingency(table)
        effects = {
            "effect": found.odds_ratio, "effect_low": found.odds_ratio_low, "effect_high": found.odds_ratio_high,
            **percent_points(found.risk_difference, found.risk_difference_low, found.risk_difference_high),
        }  # fmt: skip
    shown = {name: two_digits(value) for name, value in effects.items() if variable.kind == "binary"}
    words = row if variable.kind == "binary" else {**row, "effect_name": None}
    block.add(COMPARISONS, words, p_value=two_digits(row["p_value"]) if has_p else None, **shown)


def _cells(variable: PlannedVariable, values: Mapping[str, Value]) -> list[Value]:
    """Return the levels whose counts a test is made of."""
    if variable.kind == "binary":
        return list(variable.levels)
    listed: list[Value] = [] if is_scale(variable) else list(variable.levels)
    return [
        *listed,
        *sorted({value for value in values.values() if value is not None} - set(listed), key=str),
    ]
