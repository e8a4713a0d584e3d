"""The attacker: what can be told of a simulated study from its released tables, the rules and the plan.

It knows how a cell is printed (rounded to 5), that what is shown reaches the threshold part by part, that those without a
value are fewer than the threshold where they share a part, and what the plan means: a grade of 3 or more is a grade of 1 or
more, the peak of a course is no lower than the grade at one time, and the cohort is a part of the treated patients.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from cartox.release import rules
from cartox.release.unknowns import Unknowns
from cartox.results.plan import PlannedVariable
from cartox.results.values import NON_RESPONDER, NOT_EVALUABLE, RESPONDER
from tests.python.release.families import FAMILIES, Family
from tests.python.release.simulated import ERA, PLAN, SECOND_ERA, Person, Simulated

GROUPS = (RESPONDER, NON_RESPONDER)
Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
Atom = tuple[Any, ...]
Target = tuple[str, Callable[[Atom], bool]]
ERAS, STATES = ("before", "between", "from"), ("toxic", "other", "alive")


@dataclass(frozen=True)
class Told:
    """A count below the threshold, and the ends between which the release leaves it."""

    what: str
    true: int
    low: int
    high: int | None

    def is_near(self, threshold: int) -> bool:
        """Whether it is told nearer than an interval that holds as many whole numbers as the threshold."""
        return self.high is not None and self.high - self.low + 1 < threshold


def attack(
    study: Simulated,
    tables: Tables,
    threshold: int,
    dice: random.Random | None = None,
    at_most: int = 2,
    least: int | None = None,
    plan: Sequence[PlannedVariable] = PLAN,
    families: Mapping[str, Family] = FAMILIES,
) -> Iterator[Told]:
    """Yield what is told of every count below the threshold that the plan makes of the study.

    With dice, of at most so many drawn ones of each family of variables, and of the flow. `least` is what every printed
    count reaches, the threshold unless other rules were at work. Variables of the plan that are in no family are not read.
    """
    least = threshold if least is None else least
    sizes = _sizes(tables[rules.DESCRIPTIVES])
    cohort = [person for person in study.cohort().values() if person["group"] != NOT_EVALUABLE]
    for name, family in families.items():
        columns = family.columns
        atoms = [(group, *one) for group in GROUPS for one in product(*family.values) if family.allows(one)]
        unknowns = Unknowns()
        for groups, size in sizes.items():
            _know(unknowns, [atom for atom in atoms if atom[0] in groups], size, least)
        for variable in plan:
            if variable.value_column in columns:
                rows = [row for row in tables[rules.DESCRIPTIVES] if row["variable"] == variable.variable]
                _read(unknowns, variable, rows, atoms, columns.index(variable.value_column) + 1, least)
        true = [(person["group"], *(_level(person, column) for column in columns)) for person in cohort]
        found = [one for one in _targets(family) if sum(map(one[1], true)) < threshold]
        for what, holds in _drawn(found, dice, at_most):
            ends = unknowns.range_of([atom for atom in atoms if holds(atom)])
            yield Told(f"{name}: {what}", sum(map(holds, true)), *ends)
    unknowns, atoms = _know_flow(tables, sizes, least)
    true = [_flow_atom(person) for person in study.people.values()]
    found = [one for one in _flow_targets(_steps(tables)) if sum(map(one[1], true)) < threshold]
    for what, holds in _drawn(found, dice, 2 * at_most):
        ends = unknowns.range_of([atom for atom in atoms if holds(atom)])
        yield Told(f"flow: {what}", sum(map(holds, true)), *ends)


def _drawn(targets: list[Target], dice: random.Random | None, at_most: int) -> list[Target]:
    return targets if dice is None else dice.sample(targets, min(at_most, len(targets)))


def _sizes(rows: Sequence[Row]) -> dict[tuple[str, ...], int | None]:
    outcome = {row["level"]: row for row in rows if row["variable"] == "responder"}
    return {
        GROUPS: outcome["yes"]["n"],
        (RESPONDER,): outcome["yes"]["count"],
        (NON_RESPONDER,): outcome["no"]["count"],
    }


def _know(unknowns: Unknowns, names: Sequence[Hashable], printed: int | None, threshold: int) -> None:
    if printed is not None:
        unknowns.between(names, max(printed - 2, threshold), printed + 2)


def _read(
    unknowns: Unknowns,
    variable: PlannedVariable,
    rows: Sequence[Row],
    atoms: Sequence[Atom],
    place: int,
    threshold: int,
) -> None:
    for row in rows:
        groups = GROUPS if row["study_group"] == "evaluable" else (row["study_group"],)
        own = [atom for atom in atoms if atom[0] in groups]
        if row["count"] is not None:
            held = [atom for atom in own if part_holds(variable, row["level"], atom[place])]
            _know(unknowns, held, row["count"], threshold)
            missing = [atom for atom in own if atom[place] is None]
            if "n_missing" in row and row["n_missing"] is not None:
                _know(unknowns, missing, row["n_missing"], threshold)
            elif threshold and row["level"].endswith("not known"):
                unknowns.between(missing, 0, threshold - 1)


def part_holds(variable: PlannedVariable, part: str, value: Any) -> bool:
    """Whether a printed part of a variable holds a value; read from its words."""
    if value is None:
        return part.endswith("not known")
    words = part.removesuffix(", or not known").removesuffix(" or another")
    if variable.kind == "binary":
        if variable.equals is not None:
            is_so = value == variable.equals
        else:
            is_so = value == "some" if value in ("none", "some") else float(value) >= (variable.at_least or 0)
        return bool(is_so == (words == "yes"))
    if variable.kind == "categorical":
        return bool(value == words)
    first, last = re.fullmatch(r"(\d+)(?: to (\d+)| or (?:lower|higher))?", words).groups()  # type: ignore[union-attr]
    if words.endswith("lower"):
        return bool(value <= int(first))
    return (
        bool(value >= int(first)) if words.endswith("higher") else int(first) <= value <= int(last or first)
    )


def _level(person: Person, column: str) -> Any:
    value = person[column]
    return value if column != "dose" or value is None else ("some" if value >= 0.5 else "none")


def _targets(family: Family) -> Iterator[Target]:
    for groups in (GROUPS, *((group,) for group in GROUPS)):
        yield f"{groups}", lambda atom, groups=groups: atom[0] in groups  # type: ignore[misc]
        for place, own in enumerate(family.values, start=1):
            for value in own:
                yield (
                    f"{groups} {place} {value}",
                    lambda atom, groups=groups, place=place, value=value: (  # type: ignore[misc]
                        atom[0] in groups and atom[place] == value
                    ),
                )
        if family.rises:
            for grade, place in product((1, 2, 3, 4), range(1, len(family.columns) + 1)):
                yield (
                    f"{groups} {place} at least {grade}",
                    lambda atom, groups=groups, place=place, grade=grade: (  # type: ignore[misc]
                        atom[0] in groups and atom[place] is not None and atom[place] >= grade
                    ),
                )
            for grade, place in product((1, 2, 3, 4), range(2, len(family.columns) + 1)):
                yield (
                    f"{groups} reached {grade} by {place} only",
                    lambda atom, groups=groups, place=place, grade=grade: (  # type: ignore[misc]
                        atom[0] in groups
                        and None not in atom[place - 1 : place + 1]
                        and atom[place - 1] < grade <= atom[place]
                    ),
                )


def _steps(tables: Tables) -> tuple[int, ...]:
    """The steps at which treated patients leave."""
    return tuple(row["step_number"] for row in tables[rules.ATTRITION] if row["population"] == "cohort")


def _know_flow(
    tables: Tables, sizes: Mapping[tuple[str, ...], int | None], threshold: int
) -> tuple[Unknowns, list[Atom]]:
    """Treated patients by era, death and where they left; the cohort's own are those who never left."""
    steps = _steps(tables)
    last_treated = max(
        row["step_number"] for row in tables[rules.ATTRITION] if row["population"] == "treated"
    )
    atoms: list[Atom] = [*product(ERAS, STATES, (*steps, NOT_EVALUABLE, *GROUPS))]
    unknowns = Unknowns()
    for groups, size in sizes.items():
        _know(unknowns, [atom for atom in atoms if atom[2] in groups], size, threshold)
    for row in tables[rules.ATTRITION]:
        number = row["step_number"]
        if number >= last_treated:
            stay = [atom for atom in atoms if not (isinstance(atom[2], int) and atom[2] <= number)]
            _know(unknowns, stay, row["n_remaining"], threshold)
    for row in tables[rules.ERAS]:
        early = ERAS[:1] if row["reading"] == "era_date" else ERAS[:2]
        for era in ("before", "from"):
            own = [atom for atom in atoms if (atom[0] in early) == (era == "before")]
            if row["measure"] == "share_of_deaths":
                _know(unknowns, [atom for atom in own if atom[1] != "alive"], row[f"{era}_total"], threshold)
            else:
                _know(unknowns, own, row[f"{era}_total"], threshold)
            _know(unknowns, [atom for atom in own if atom[1] == "toxic"], row[f"{era}_count"], threshold)
    return unknowns, atoms


def _flow_targets(steps: Sequence[int]) -> list[Target]:
    return [
        *((f"left at {step}", lambda atom, step=step: atom[2] == step) for step in (*steps, NOT_EVALUABLE)),
        *((f"in {era}", lambda atom, era=era: atom[0] == era) for era in ERAS),
        *((f"{state}", lambda atom, state=state: atom[1] == state) for state in STATES),
        *(
            (f"{state} {era}", lambda atom, state=state, era=era: atom[:2] == (era, state))
            for state in STATES
            for era in ERAS
        ),
        ("not in the cohort", lambda atom: isinstance(atom[2], int)),
        ("treated, outcome not known or not in the cohort", lambda atom: atom[2] not in GROUPS),
    ]


def _flow_atom(person: Person) -> Atom:
    era = "before" if person["day"] < ERA else "between" if person["day"] < SECOND_ERA else "from"
    state = "toxic" if person["toxic"] else "other" if person["dead"] else "alive"
    return era, state, person["left"] or person["group"]
