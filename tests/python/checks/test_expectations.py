"""Every expectation fails on the handmade study once it was broken for it."""

from __future__ import annotations

import json

import pytest

from tests.python.checks.conftest import SUITES, Check
from tests.python.checks.corruptions import CORRUPTIONS

EXPECTATIONS = [
    (f"{file.parent.name}.{file.stem}", expectation["meta"]["name"])
    for file in sorted((SUITES / "expectations").rglob("*.json"))
    for expectation in json.loads(file.read_text(encoding="utf-8"))["expectations"]
]


@pytest.mark.parametrize(("suite", "expectation"), EXPECTATIONS)
def test_an_expectation_can_fail(check: Check, suite: str, expectation: str) -> None:
    assert check(suite, expectation, CORRUPTIONS[suite][expectation]) == "failed"


def test_every_expectation_has_a_corruption_and_a_name_of_its_own() -> None:
    broken = [(suite, expectation) for suite, named in CORRUPTIONS.items() for expectation in named]
    assert sorted(broken) == sorted(EXPECTATIONS)
    assert len(set(EXPECTATIONS)) == len(EXPECTATIONS)


def test_every_suite_is_run() -> None:
    run = {file.stem for file in (SUITES / "validation_definitions").glob("*.json")}
    assert run == {suite for suite, _ in EXPECTATIONS}


@pytest.mark.parametrize(("rule", "expected"), [("carried_to_day_30", "passed"), ("trapezoid", "failed")])
def test_an_area_carried_beyond_a_death_on_an_unknown_day_may_be_a_bound(
    check: Check, rule: str, expected: str
) -> None:
    undated = "update marts.treated_patients set died_on = null where patient_id = 'P02'"
    bound = f"update results.lab_auc set certainty = 'at_most' where patient_id = 'P02' and rule = '{rule}'"
    assert check("results.lab_auc", "bound_of_grid", f"{undated}; {bound}") == expected
