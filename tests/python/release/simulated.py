"""Studies drawn at random, in memory: patients, the rows of results that a release reads, and a ledger."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from scipy import stats

from cartox.release import rules
from cartox.release.ledger import Entry, Ledger
from cartox.release.people import GROUPS, Register, Study
from cartox.release.tables import Released, release_study
from cartox.release.write import entry_of
from cartox.results.plan import PlannedVariable
from cartox.results.values import NON_RESPONDER, NOT_EVALUABLE, RESPONDER, Value

Person = dict[str, Any]
ERA, SECOND_ERA = date(2020, 2, 5), date(2020, 5, 2)
KEY = b"a key of the tests"


def planned(order: int, name: str, kind: str, column: str, **more: Any) -> PlannedVariable:
    """A variable of the plan, of the cohort's own columns."""
    levels = {"binary": ("yes", "no"), "continuous": ("value",)}
    facts: dict[str, Any] = {
        "display_order": order, "variable": name, "label": name, "section": "s", "family": "before_index",
        "part_of_outcome": None, "unit": None, "kind": kind, "relation": "marts.cohort", "value_column": column,
        "certainty_column": None, "filters": (), "at_least": None, "equals": None, "levels": levels.get(kind, ()), "known": (),
        "test": "rank_sum" if kind == "continuous" else "contingency",
    }  # fmt: skip
    return PlannedVariable(**{**facts, **more})


PLAN = (
    planned(2, "age", "continuous", "age_years", unit="years"),
    planned(3, "male", "binary", "sex", equals="male"),
    planned(4, "stage", "categorical", "stage", levels=("1", "2", "3", "4")),
    planned(5, "stage_iv", "binary", "stage", at_least=4.0),
    planned(6, "crs_at_index", "binary", "crs", at_least=1.0),
    planned(7, "crs_3_4_at_index", "binary", "crs", at_least=3.0),
    planned(8, "crs_grade_at_index", "continuous", "crs", unit="grade"),
    planned(9, "peak_crs_3_4", "binary", "peak_crs", at_least=3.0),
    planned(10, "peak_crs", "continuous", "peak_crs", unit="grade"),
    planned(11, "product", "categorical", "product", levels=("axi", "liso", "tisa")),
    planned(12, "any_dose", "binary", "dose", at_least=0.5),
    planned(13, "dose", "continuous", "dose", unit="mg"),
    planned(14, "ferritin", "continuous", "ferritin", unit="ng/mL"),
)


@dataclass(frozen=True)
class Simulated:
    """People by name; see `draw_person`."""

    people: Mapping[str, Person]

    def with_person(self, name: str, person: Person) -> Simulated:
        """The same study with one more patient, or another one in the place of one."""
        return replace(self, people={**self.people, name: person})

    def without(self, name: str) -> Simulated:
        """The same study without a patient."""
        return replace(self, people={other: facts for other, facts in self.people.items() if other != name})

    def cohort(self) -> dict[str, Person]:
        """Those of the cohort."""
        return {name: facts for name, facts in self.people.items() if facts["group"]}


def draw_study(seed: int, n_patients: int | None = None) -> Simulated:
    """A study of 20 to 200 cohort patients, and up to as many that were treated and are not in it."""
    dice = random.Random(seed)  # noqa: S311 (no secret)
    n_cohort = n_patients or dice.randint(20, 200)
    n_others = dice.choice((0, dice.randint(0, 12), n_cohort))
    chances = {name: dice.random() for name in ("responder", "male", "known", "axi", "dose", "dead")}
    people = {f"P{number:04d}": draw_person(dice, chances, True) for number in range(n_cohort)}
    people |= {f"Q{number:04d}": draw_person(dice, chances, False) for number in range(n_others)}
    return Simulated(people)


def draw_person(dice: random.Random, chances: Mapping[str, float], is_in_cohort: bool) -> Person:
    """A patient whose values hang together as in a study; None is what is not known."""
    day = ERA + timedelta(days=dice.randint(-200, 600))
    is_dead = dice.random() < chances["dead"] / 2
    person: Person = {
        "group": None,
        "day": day,
        "dead": is_dead,
        "toxic": is_dead and dice.random() < 0.2,
        "left": None if is_in_cohort else dice.choice((8, 9, 9, 9, 13)),
    }
    if not is_in_cohort:
        return person
    is_responder = dice.random() < 0.2 + 0.7 * chances["responder"]
    group = RESPONDER if is_responder else NON_RESPONDER
    crs = min(4, int(dice.expovariate(0.6)))
    return person | {
        "group": NOT_EVALUABLE if dice.random() < 0.06 else group,
        "age_years": min(91, max(18, round(dice.gauss(62, 12)))),
        "sex": "male" if dice.random() < chances["male"] else "female",
        "stage": _maybe(dice, chances, str(dice.choices((1, 2, 3, 4), (1, 1, 2, 6))[0])),
        "crs": _maybe(dice, chances, crs),
        "peak_crs": min(4, crs + dice.choice((0, 0, 1))),
        "product": "axi" if dice.random() < 0.5 + chances["axi"] / 2 else dice.choice(("liso", "tisa")),
        "dose": round(dice.lognormvariate(4, 1), 1) if dice.random() < 0.5 + chances["dose"] / 2 else 0.0,
        "ferritin": _maybe(dice, chances, round(dice.lognormvariate(6 if is_responder else 7, 1), 1)),
    }


def _maybe(dice: random.Random, chances: Mapping[str, float], value: Any) -> Any:
    return None if dice.random() < chances["known"] / 5 else value


def value_of(variable: PlannedVariable, person: Person) -> Value:
    """A patient's level, as the results read it."""
    value = person[variable.value_column]
    if value is None:
        return None
    if variable.kind == "continuous":
        return float(value)
    if variable.kind == "categorical":
        return str(value)
    is_so = str(value) == variable.equals if variable.at_least is None else float(value) >= variable.at_least
    return "yes" if is_so else "no"


def release_simulated(
    study: Simulated,
    threshold: int = 10,
    ledger: Ledger | None = None,
    plan: tuple[PlannedVariable, ...] = PLAN,
) -> Released:
    """Release a simulated study, held against a ledger."""
    ledger = ledger or Ledger(key=KEY)
    cohort = study.cohort()
    groups = {
        group: tuple(sorted(name for name, person in cohort.items() if person["group"] == group))
        for group in (*GROUPS, NOT_EVALUABLE)
    }
    variables = tuple(
        (one, {name: value_of(one, cohort[name]) for group in GROUPS for name in groups[group]})
        for one in plan
    )
    read = Study(
        register=Register(ledger.code),
        treated={
            name: (person["day"], person["dead"], person["toxic"])
            for name, person in sorted(study.people.items())
        },
        groups=groups,
        variables=variables,
    )
    left = {name: person["left"] for name, person in study.people.items() if person["left"]}
    return release_study(read, left, _words(study, read, left), threshold, ledger)


def recorded(study: Simulated, ledger: Ledger, at: datetime | None = None) -> tuple[Released, Ledger]:
    """Release a study and return the ledger that holds it, too."""
    released = release_simulated(study, ledger=ledger)
    entry: Entry = entry_of(released, 10, "digest", at or datetime(2026, 1, 2, tzinfo=UTC))
    return released, replace(ledger, entries=(*ledger.entries, entry))


def _words(study: Simulated, read: Study, left: Mapping[str, int]) -> dict[str, list[dict[str, Any]]]:
    outcome = planned(1, "responder", "binary", "study_group", test="none")
    described = [
        {**vars(one), "level": level, "level_order": order, "study_group": "all"}
        for one in (outcome, *(variable for variable, _ in read.variables))
        for order, level in enumerate(one.levels, start=1)
    ]
    steps = [(0, "all", len(study.people) + 23), (1, "treated", len(study.people))]
    for number in (8, 9, 13):
        steps.append((number, "cohort", len(study.people) - sum(step <= number for step in left.values())))
    return {
        rules.DESCRIPTIVES: described,
        rules.COMPARISONS: [_compared(one, values, read) for one, values in read.variables],
        rules.ERAS: [
            {"measure": measure, "reading": reading, "era_date": day, "difference_unit": "pp", "p_value": 0.123456}
            for reading, day in (("era_date", ERA), ("era_date_sensitivity", SECOND_ERA))
            for measure in ("share_of_deaths", "risk_per_treated_patient")
        ],
        rules.ATTRITION: [
            {"step_number": number, "step": f"step {number}", "population": population, "n_remaining": n}
            for number, population, n in steps
        ],
        rules.CONSERVATION: [
            {"entity": "lab_results", "n_raw": 1043, "n_accepted": 1000, "n_duplicate": 21, "n_superseded": 3,
             "n_quarantined": 19},
            {"entity": "patients", "n_raw": 101, "n_accepted": 99, "n_duplicate": 1, "n_superseded": 0,
             "n_quarantined": 1},
        ],
        rules.MANIFEST: [{"key": "run.started_at", "value": "2026-01-02"}, {"key": "input.x", "value": "CANARY"}],
    }  # fmt: skip


def _compared(variable: PlannedVariable, values: Mapping[str, Value], read: Study) -> dict[str, Any]:
    groups = [[values[name] for name in read.groups[group] if values[name] is not None] for group in GROUPS]
    row: dict[str, Any] = {**vars(variable), "effect_name": "odds ratio", "difference_unit": variable.unit}
    row |= dict.fromkeys(("p_value", "p_bh", "p_holm", "difference", "difference_low", "difference_high"))
    if not all(groups):
        return row
    if variable.kind == "continuous":
        numbers = [[float(str(value)) for value in group] for group in groups]
        row["p_value"] = float(stats.mannwhitneyu(numbers[0], numbers[1]).pvalue)
        row["difference"] = sum(numbers[1]) / len(numbers[1]) - sum(numbers[0]) / len(numbers[0])
    elif variable.kind == "binary":
        table = [[group.count(level) for level in ("yes", "no")] for group in groups]
        if all(map(sum, zip(*table, strict=True))):
            row["p_value"] = float(stats.chi2_contingency(table, correction=False).pvalue)
    return row
