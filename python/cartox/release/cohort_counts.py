"""The counts of the described variables of the cohort, all and by study group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

import duckdb

from cartox.release.allowed import COMPARISONS, DESCRIPTIVES
from cartox.release.counts import CountedTable, Holds
from cartox.results.plan import PlannedVariable, read_plan
from cartox.results.values import (
    ALL,
    NON_RESPONDER,
    NOT_EVALUABLE,
    RESPONDER,
    STUDY_GROUPS,
    Value,
    read_values,
)

GROUPS = (RESPONDER, NON_RESPONDER)
OUTCOMES = (*GROUPS, NOT_EVALUABLE)
UNLISTED = "\0unlisted"


def linked_variables(connection: duckdb.DuckDBPyConnection) -> list[list[PlannedVariable]]:
    """Return the planned variables, those read from the same column together: one tells of the other."""
    plan = sorted(read_plan(connection), key=_source)
    return [list(variables) for _, variables in groupby(plan, key=_source)]


def count_variables(
    connection: duckdb.DuckDBPyConnection, variables: Sequence[PlannedVariable], threshold: int
) -> CountedTable:
    """Count the levels of variables that are read from one column.

    Where a study group, or those who are in none, are fewer than the threshold nothing is printed by group;
    where the cohort is, nothing at all. The size of what is printed is public: other tables give it.
    """
    found = [read_values(connection, variable) for variable in variables]
    sizes = {group: len(found[0].of(group)) for group in (ALL, *OUTCOMES)}
    observed = Counter(
        (group, tuple(map(_listed, variables, together)))
        for group in OUTCOMES
        for together in zip(*(values.of(group) for values in found), strict=True)
    )
    possible = [(group, values) for group in OUTCOMES for values in _possible_values(variables, group)]
    table = CountedTable({atom: observed[atom] for atom in dict.fromkeys([*possible, *observed])})
    has_groups = all(sizes[group] >= threshold for group in GROUPS) and (
        sizes[NOT_EVALUABLE] == 0 or sizes[NOT_EVALUABLE] >= threshold
    )
    for group in STUDY_GROUPS:
        is_printed = sizes[group] >= threshold and (group == ALL or has_groups)
        if is_printed:
            table.add_public(_in_group(group))
        for place, variable in enumerate(variables):
            _count_variable(table, place, variable, group, not is_printed)
        for together in dict.fromkeys(values for _, values in [*possible, *observed]):
            table.add_derivable(_has_all(together, group))
    return table


def is_study_group(variable: PlannedVariable) -> bool:
    """Whether the variable says who is in which group, so that its counts are the groups' sizes."""
    return (variable.relation, variable.value_column) == ("marts.cohort", "study_group")


def _count_variable(
    table: CountedTable, place: int, variable: PlannedVariable, group: str, is_withheld: bool
) -> None:
    def cell(level: str, column: str) -> tuple[str, ...]:
        return (DESCRIPTIVES, variable.variable, level, group, column)

    is_known, is_missing = _is_known(place, group), _has(place, None, group)
    if is_study_group(variable) and group != ALL:
        return
    for level in variable.levels:
        table.add(cell(level, "n"), is_known, is_always_withheld=is_withheld, reluctance=1)
        table.add(
            cell(level, "n_missing"),
            is_missing,
            zero_is_open=True,
            is_always_withheld=is_withheld,
            reluctance=1,
        )
        if variable.kind != "continuous":
            table.add(
                cell(level, "count"),
                _has(place, level, group),
                is_always_withheld=is_withheld,
            )
    compared = {ALL: ("n_missing", _is_missing_of_compared(place)), RESPONDER: ("n_responders", is_known)}
    column, holds = compared.get(group, ("n_non_responders", is_known))
    table.add(
        (COMPARISONS, variable.variable, column),
        holds,
        zero_is_open=group == ALL,
        is_always_withheld=is_withheld,
    )


def _in_group(group: str) -> Holds:
    return lambda atom: group in (ALL, atom[0])


def _has(place: int, value: Value, group: str) -> Holds:
    return lambda atom: group in (ALL, atom[0]) and atom[1][place] == value


def _is_known(place: int, group: str) -> Holds:
    return lambda atom: group in (ALL, atom[0]) and atom[1][place] is not None


def _is_missing_of_compared(place: int) -> Holds:
    return lambda atom: atom[0] in GROUPS and atom[1][place] is None


def _has_all(values: tuple[Value, ...], group: str) -> Holds:
    return lambda atom: group in (ALL, atom[0]) and atom[1] == values


def _source(variable: PlannedVariable) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return variable.relation, variable.value_column, variable.filters


def _listed(variable: PlannedVariable, value: Value) -> Value:
    """Return the value as the released tables tell it apart."""
    if value is None:
        return None
    if variable.kind == "continuous":
        return "value"
    return value if value in variable.levels else UNLISTED


def _possible_values(variables: Sequence[PlannedVariable], group: str) -> Iterator[tuple[Value, ...]]:
    """Yield what one patient may have in all of them, whether or not anybody does."""
    if all(is_study_group(variable) for variable in variables):
        is_known = group in GROUPS
        yield tuple(("yes" if group == one.equals else "no") if is_known else None for one in variables)
        return
    yield (None,) * len(variables)
    texts = {level for one in variables if one.kind == "categorical" for level in one.levels}
    texts |= {text for one in variables for text in (one.equals, *one.known, UNLISTED) if text is not None}
    cuts = [one.at_least for one in variables if one.at_least is not None]
    texts |= {repr(cut - step) for cut in cuts for step in (0.0, 0.5, 1.0)}
    for text in sorted(texts):
        yield tuple(_evaluate(variable, text) for variable in variables)


def _evaluate(variable: PlannedVariable, text: str) -> Value:
    if variable.kind == "continuous":
        return "value"
    if variable.kind == "categorical":
        return text if text in variable.levels else UNLISTED
    if variable.known and text not in variable.known:
        return None
    if variable.at_least is None:
        return "yes" if text == variable.equals else "no"
    try:
        return "yes" if float(text) >= variable.at_least else "no"
    except ValueError:
        return "no"
