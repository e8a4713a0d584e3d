"""What a second release would tell beside the first: values of a few patients, adjusted p-values, a lower threshold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cartox.release.ledger import Ledger
from cartox.release.people import EVALUABLE
from cartox.release.rules import COMPARISONS, DESCRIPTIVES
from cartox.release.tables import Released
from cartox.release.write import entry_of
from cartox.results.values import NON_RESPONDER, RESPONDER
from tests.python.release.simulated import KEY, Simulated, draw_study, planned, release_simulated

AGE = planned(2, "age", "continuous", "age_years", unit="years")
MALE = planned(3, "male", "binary", "sex", equals="male")
FERRITIN = planned(14, "ferritin", "continuous", "ferritin", unit="ng/mL")


def rows_of(released: Released, table: str) -> list[dict[str, Any]]:
    return next(one.rows for one in released.tables if one.name == table)


def held(released: Released, threshold: int = 10) -> Ledger:
    entry = entry_of(released, threshold, "digest", datetime(2026, 1, 2, tzinfo=UTC))
    return replace(Ledger(key=KEY), entries=(entry,))


def study_of(n_responders: int, n_others: int, **facts: Any) -> Simulated:
    """Patients whose outcome is known, with values of their own and all else the same."""
    person = next(iter(draw_study(3, 60).cohort().values()))
    people = {}
    for number in range(n_responders + n_others):
        group = RESPONDER if number < n_responders else NON_RESPONDER
        own = {
            "age_years": 20 + number,
            "ferritin": 100.5 + 7 * number,
            "sex": ("male", "female")[number % 2],
        }
        people[f"P{number:04d}"] = {**person, "group": group, "left": None, **own, **facts}
    return Simulated(people)


def changed(study: Simulated, names: list[str], **facts: Any) -> Simulated:
    for name in names:
        study = study.with_person(name, {**study.people[name], **facts})
    return study


def test_a_median_of_both_groups_is_repeated_where_one_patient_of_the_withheld_group_changed() -> None:
    """Six of twelve non-responders have a value: their own median is withheld, but they are in that of both groups."""
    names = [f"P{number:04d}" for number in range(30, 42)]
    study = changed(study_of(30, 12), names[6:], ferritin=None)
    first = release_simulated(study, plan=(AGE, FERRITIN))
    groups = {
        row["study_group"]
        for row in rows_of(first, DESCRIPTIVES)
        if row["variable"] == "ferritin" and row["median"]
    }
    assert groups == {EVALUABLE, RESPONDER}
    others = changed(study, [f"P{number:04d}" for number in range(12)], age_years=70)
    second = release_simulated(
        changed(others, names[:1], ferritin=9000.5), ledger=held(first), plan=(AGE, FERRITIN)
    )
    assert {row["as_of"] for row in rows_of(second, DESCRIPTIVES) if row["variable"] == "ferritin"} == {
        "2026-01-02"
    }


def test_no_adjusted_p_value_stands_beside_one_that_is_repeated() -> None:
    """It is made of the p-value that the repeated one stands for."""
    study = study_of(30, 30)
    first = release_simulated(study, plan=(AGE, FERRITIN))
    assert not any("p_bh" in row["suppressed"] for row in rows_of(first, COMPARISONS))
    others = changed(study, [f"P{number:04d}" for number in range(12)], age_years=70.5)
    second = release_simulated(
        changed(others, ["P0000"], ferritin=9000.5), ledger=held(first), plan=(AGE, FERRITIN)
    )
    found = {
        row["variable"]: (row["as_of"], "p_bh" in row["suppressed"]) for row in rows_of(second, COMPARISONS)
    }
    assert found == {"age": (None, True), "ferritin": ("2026-01-02", False)}


def test_a_lower_threshold_does_not_tell_what_an_earlier_release_kept() -> None:
    """Fourteen came: seven of each sex, which a release with the threshold at 5 could otherwise tell."""
    study = study_of(40, 20)
    first = release_simulated(study, plan=(MALE,))
    later = study_of(54, 20)
    newcomers = {f"N{number}": one for number, one in enumerate(list(later.people.values())[40:54])}
    second = release_simulated(
        Simulated({**study.people, **newcomers}), threshold=5, ledger=held(first), plan=(MALE,)
    )
    of_sex = [row for row in rows_of(second, DESCRIPTIVES) if row["variable"] == "male"]
    assert {row["as_of"] for row in of_sex} == {"2026-01-02"}
