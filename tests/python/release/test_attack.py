"""The attacker finds nothing: not in one release, not in two that differ, not by what the rules' code itself would do."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2

from cartox.release.cohort import Cohort
from cartox.release.ledger import Ledger
from cartox.release.numbers import rounded
from cartox.release.people import EVALUABLE, Register, Study
from cartox.release.rules import COMPARISONS, DESCRIPTIVES
from cartox.release.sets import Shown
from cartox.release.tables import Released
from cartox.release.variables import variable_blocks
from cartox.release.write import entry_of
from cartox.results.plan import PlannedVariable
from cartox.results.values import NON_RESPONDER, NOT_EVALUABLE, RESPONDER
from tests.python.release.attack import GROUPS, Tables, attack, part_holds
from tests.python.release.simulated import (
    KEY,
    PLAN,
    Simulated,
    draw_study,
    planned,
    recorded,
    release_simulated,
    value_of,
)

THRESHOLD = 10


def tables_of(released: Released) -> Tables:
    return {table.name: table.rows for table in released.tables}


@pytest.mark.parametrize("first", range(0, 100, 10))
def test_no_small_count_of_a_hundred_studies_is_told(first: int) -> None:
    dice = random.Random(first)  # noqa: S311 (no secret)
    for seed in range(first, first + 10):
        study = draw_study(seed)
        tables = tables_of(release_simulated(study))
        for told in attack(study, tables, THRESHOLD, dice, at_most=1):
            assert not told.is_near(THRESHOLD), f"study {seed}: {told}"


@pytest.mark.parametrize("seed", [7, 21])
def test_every_small_count_of_a_study_keeps_its_interval(seed: int) -> None:
    study = draw_study(seed, 120)
    found = list(attack(study, tables_of(release_simulated(study)), THRESHOLD))
    assert len(found) > 40
    assert [told for told in found if told.is_near(THRESHOLD)] == []


def test_the_attacker_sees_small_counts_that_are_rounded_and_not_withheld() -> None:
    study = draw_study(21, 120)
    cohort = [person for person in study.cohort().values() if person["group"] in GROUPS]
    tables = tables_of(release_simulated(study))
    plan = {one.variable: one for one in PLAN}
    for row in tables[DESCRIPTIVES]:
        if row["variable"] == "stage":
            groups = GROUPS if row["study_group"] == EVALUABLE else (row["study_group"],)
            row["count"] = rounded(  # type: ignore[index]
                sum(
                    part_holds(plan["stage"], row["level"], person["stage"])
                    for person in cohort
                    if person["group"] in groups
                )
            )
    near = [told for told in attack(study, tables, THRESHOLD, least=0) if told.is_near(THRESHOLD)]
    assert any(told.what.startswith("stage") for told in near)


def small_worlds() -> Iterator[dict[str, dict[str, int]]]:
    """Every study of 10 patients in each group with a variable of two levels and patients without a value."""
    groups = [
        {"yes": yes, "no": no, "unknown": size - yes - no}
        for size in (10,)
        for yes in range(size + 1)
        for no in range(size + 1 - yes)
    ]
    for responders, others in product(groups, groups):
        yield {RESPONDER: responders, NON_RESPONDER: others}


def test_not_even_the_code_run_on_every_possible_study_tells_a_small_count() -> None:
    """All studies that print the same are one class: every small count ranges over five numbers within it."""
    threshold, male = 5, PLAN[1]
    classes: dict[str, list[dict[str, dict[str, int]]]] = {}
    for world in small_worlds():
        printed = [
            [(row["level"], row["study_group"], row["n"], row["count"], row["n_missing"]) for row in rows]
            for rows in _counted(world, male, threshold)
        ]
        classes.setdefault(repr(printed), []).append(world)
    assert len(classes) > 3
    for worlds in classes.values():
        for group, level in product(GROUPS, ("yes", "no", "unknown")):
            values = {world[group][level] for world in worlds}
            assert min(values) >= threshold or max(values) - min(values) >= threshold - 1
        for level in ("yes", "no", "unknown"):
            sums = {sum(world[group][level] for group in GROUPS) for world in worlds}
            assert min(sums) >= threshold or max(sums) - min(sums) >= threshold - 1


def _counted(world: dict[str, dict[str, int]], variable: PlannedVariable, threshold: int) -> Iterator[Any]:
    levels = {"unknown": None}
    values = {
        f"{group}{level}{number}": levels.get(level, level)
        for group, counts in world.items()
        for level, count in counts.items()
        for number in range(count)
    }
    groups = {group: tuple(name for name in values if name.startswith(group)) for group in GROUPS}
    study = Study(Register(), {}, {**groups, NOT_EVALUABLE: ()}, ((variable, values),))
    words = {DESCRIPTIVES: [{"variable": "responder", "study_group": "all"}], COMPARISONS: []}
    cohort = Cohort(study, Shown(threshold), words, threshold)
    for block in (cohort.outcome(), *variable_blocks(cohort)):
        yield block.rows.get(DESCRIPTIVES, [])


def neighbors_of(study: Simulated, seed: int) -> list[Simulated]:
    """The study with one patient more, one fewer, and another one in a patient's place."""
    others = draw_study(seed + 1000).cohort()
    name, person = [one for one in sorted(study.cohort().items()) if one[1]["group"] in GROUPS][seed % 11]
    other = sorted(others.items())[seed % 20][1]
    return [
        study.with_person("N0001", other),
        study.without(name),
        study.with_person(name, {**person, "age_years": 18}),
    ]


@pytest.mark.parametrize("seed", range(0, 100, 10))
def test_two_releases_that_differ_by_one_patient_are_not_both_made(seed: int, tmp_path: Any) -> None:
    study = draw_study(seed)
    _, ledger = recorded(study, Ledger(key=KEY))
    for other in neighbors_of(study, seed):
        people = release_simulated(other, ledger=ledger).people
        assert ledger.entries[0].n_differing(people) == 1
    assert ledger.entries[0].n_differing(release_simulated(study, ledger=ledger).people) == 0


@pytest.mark.parametrize("seed", range(8))
def test_who_came_between_two_releases_is_not_told(seed: int) -> None:
    """An attacker who knows that nobody left: of those who came, no small count is told from what both printed."""
    study = draw_study(seed, 60)
    newcomers = list(draw_study(seed + 500, 14).cohort().values())
    later = Simulated({**study.people, **{f"N{number:04d}": one for number, one in enumerate(newcomers)}})
    first, ledger = recorded(study, Ledger(key=KEY))
    second = release_simulated(later, ledger=ledger)
    was, now = (_printed(tables_of(released)[DESCRIPTIVES]) for released in (first, second))
    came = [one for one in newcomers if one["group"] in GROUPS]
    for (variable, level, group), count in now.items():
        if was.get((variable, level, group)) is None or count is None:
            continue
        own = [one for one in came if group in (EVALUABLE, one["group"])]
        n_came = sum(_is_in(variable, level, one) for one in own)
        before = was[variable, level, group]
        assert before is not None
        is_repeated = (variable, group) in _repeated(tables_of(second)[DESCRIPTIVES])
        assert is_repeated or n_came >= THRESHOLD or n_came == 0 == count - before
        assert not is_repeated or count == before


def _printed(rows: Any) -> dict[tuple[str, str, str], int | None]:
    return {(row["variable"], row["level"], row["study_group"]): row["count"] for row in rows}


def _repeated(rows: Any) -> set[tuple[str, str]]:
    return {(row["variable"], row["study_group"]) for row in rows if row["as_of"]}


def _is_in(variable: str, level: str, person: Any) -> bool:
    if variable == "responder":
        return bool(person["group"] == (RESPONDER if level == "yes" else NON_RESPONDER))
    plan = {one.variable: one for one in PLAN}[variable]
    return part_holds(plan, level, person[plan.value_column])


def test_a_cut_of_the_plan_that_moves_between_releases_is_held_against_the_earlier_one() -> None:
    """Grade 1 or more, then grade 2 or more, of the same patients: the few of grade 1 stay untold."""
    study = draw_study(7, 120)
    people = {
        name: {**person, "crs": number % 3 if number % 3 != 1 else (1 if number < 20 else 2)}
        for number, (name, person) in enumerate(study.people.items())
        if person["group"]
    }
    study = Simulated(people)
    cuts = [(planned(6, f"cut_{cut}", "binary", "crs", at_least=float(cut)),) for cut in (1, 2)]
    first = release_simulated(study, plan=cuts[0])
    assert _printed(tables_of(first)[DESCRIPTIVES])["cut_1", "yes", EVALUABLE] is not None
    entry = entry_of(first, THRESHOLD, "digest", datetime(2026, 1, 2, tzinfo=UTC))
    ledger = replace(Ledger(key=KEY), entries=(entry,))
    second = release_simulated(study, ledger=ledger, plan=cuts[1])
    assert {
        count for key, count in _printed(tables_of(second)[DESCRIPTIVES]).items() if key[0] == "cut_2"
    } == {None}


def test_a_p_value_leaves_every_number_of_missing_patients_open() -> None:
    """Every table that the printed counts and the two digits of a p-value allow, one by one.

    That it is shown tells, besides, that each of its cells reaches the threshold.
    """
    n_attacked = 0
    for seed in range(60):
        study = draw_study(seed, 500)
        tables = tables_of(release_simulated(study))
        for row in tables[COMPARISONS]:
            if row["variable"] in ("crs_at_index", "stage_iv", "any_dose") and row["p_value"] is not None:
                missing = _missing_that_agree(tables[DESCRIPTIVES], row)
                if missing is not None:
                    n_attacked += 1
                    assert {0, THRESHOLD - 1} <= missing, f"study {seed}, {row['variable']}"
        if n_attacked > 3:
            break
    assert n_attacked > 3


def _missing_that_agree(rows: Any, compared: Any) -> set[int] | None:
    """The numbers of non-responders without a value that some table with this p-value has."""
    own = {(row["study_group"], row["level"]): row for row in rows if row["variable"] == compared["variable"]}
    parts = ("yes", "no, or not known")
    if any(own.get((group, part), {}).get("count") is None for group in GROUPS for part in parts):
        return None
    around = [
        range(own[group, part]["count"] - 2, own[group, part]["count"] + 3)
        for group in GROUPS
        for part in parts
    ]
    missing = range(THRESHOLD)
    grid = np.array(list(product(*around, missing, missing)), dtype=float)
    grid = grid[grid[:, 4] + grid[:, 5] < THRESHOLD]
    a, b, c, d = grid[:, 0], grid[:, 1] - grid[:, 4], grid[:, 2], grid[:, 3] - grid[:, 5]
    is_shown = np.min([a, b, c, d], axis=0) >= THRESHOLD
    a, b, c, d, grid = a[is_shown], b[is_shown], c[is_shown], d[is_shown], grid[is_shown]
    n = a + b + c + d
    p_values = chi2.sf(n * (a * d - b * c) ** 2 / ((a + b) * (c + d) * (a + c) * (b + d)), 1)
    agree = [f"{value:.2g}" == f"{compared['p_value']:.2g}" for value in p_values]
    return {int(one) for one in grid[agree, 5]}


def test_levels_are_read_as_the_results_read_them() -> None:
    person = next(iter(draw_study(3).cohort().values()))
    assert value_of(PLAN[1], {**person, "sex": "male"}) == "yes"
    assert value_of(PLAN[4], {**person, "crs": 0}) == "no"
    assert value_of(PLAN[4], {**person, "crs": None}) is None
