"""Every study of a small size, each released: what whoever runs the code on all of them can tell from what one printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from scipy import stats

from cartox.release.cohort import Cohort
from cartox.release.people import GROUPS, Register, Study
from cartox.release.rules import COMPARISONS, DESCRIPTIVES
from cartox.release.sets import Shown
from cartox.release.variables import variable_blocks
from cartox.results.plan import PlannedVariable
from cartox.results.values import NOT_EVALUABLE, Value

Level = int | None
Counts = tuple[int, ...]
World = tuple[Counts, Counts]
"""Of each group how many patients have each value."""


def compositions(n: int, parts: int) -> Iterator[Counts]:
    """Every way to make n of so many counts."""
    if parts == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in compositions(n - first, parts - 1):
            yield (first, *rest)


def classes(
    sizes: tuple[int, int], values: Sequence[Level], plan: Sequence[PlannedVariable], threshold: int
) -> dict[str, list[World]]:
    """Return all studies of two groups of these sizes, by what is printed of them."""
    found: dict[str, list[World]] = {}
    every = [list(compositions(size, len(values))) for size in sizes]
    for world in product(*every):
        found.setdefault(_printed(world, values, plan, threshold), []).append(world)  # type: ignore[arg-type]
    return found


def told(worlds: Sequence[World], values: Sequence[Level], threshold: int) -> Iterator[str]:
    """Yield each count that may be below the threshold and is told nearer than so many whole numbers.

    Counted are those of each group and of both with a value, or with one of neighboring values.
    """
    for groups, first in product(((0,), (1,), (0, 1)), range(len(values))):
        for last in range(first + 1, len(values) + 1):
            counts = {sum(sum(world[group][first:last]) for group in groups) for world in worlds}
            if min(counts) < threshold and max(counts) - min(counts) < threshold - 1:
                yield f"groups {groups}, values {values[first:last]}: one of {sorted(counts)}, as in {worlds[0]}"


def _printed(world: World, values: Sequence[Level], plan: Sequence[PlannedVariable], threshold: int) -> str:
    levels = {
        f"{group} {number}": level
        for group, counts in zip(GROUPS, world, strict=True)
        for number, level in enumerate(
            level for level, n in zip(values, counts, strict=True) for _ in range(n)
        )
    }
    names = {group: tuple(name for name in levels if name.startswith(f"{group} ")) for group in GROUPS}
    variables = tuple((one, {name: _value(one, level) for name, level in levels.items()}) for one in plan)
    words = {
        DESCRIPTIVES: [{"variable": "responder", "study_group": "all"}],
        COMPARISONS: [_compared(one, found, names) for one, found in variables],
    }
    study = Study(Register(), {}, {**names, NOT_EVALUABLE: ()}, variables)
    cohort = Cohort(study, Shown(threshold), words, threshold)
    return repr([block.rows for block in (cohort.outcome(), *variable_blocks(cohort))])


def _value(variable: PlannedVariable, level: Level) -> Value:
    if level is None:
        return None
    if variable.kind == "continuous":
        return float(level)
    return "yes" if level >= (variable.at_least or 0) else "no"


def _compared(
    variable: PlannedVariable, values: dict[str, Value], names: dict[str, tuple[str, ...]]
) -> dict[str, Any]:
    row = {**vars(variable), "effect_name": "odds ratio", "difference_unit": variable.unit}
    row |= dict.fromkeys(("p_value", "difference", "difference_low", "difference_high"))
    if variable.kind == "binary":
        table = [
            [sum(values[name] == level for name in names[group]) for level in ("yes", "no")]
            for group in GROUPS
        ]
        if all(map(sum, table)) and all(map(sum, zip(*table, strict=True))):
            row["p_value"] = float(stats.chi2_contingency(table, correction=False).pvalue)
    return row
