"""Every expectation fails on a copy of the handmade study that was broken for it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.python.checks.conftest import SUITES, Check
from tests.python.checks.corruptions import CORRUPTIONS

EXPECTATIONS = [
    (f"{file.parent.name}.{file.stem}", expectation["meta"]["name"])
    for file in sorted((SUITES / "expectations").rglob("*.json"))
    for expectation in json.loads(file.read_text(encoding="utf-8"))["expectations"]
]


@pytest.mark.parametrize(("suite", "expectation"), EXPECTATIONS)
def test_an_expectation_can_fail(
    check: Check, broken_file: Path, intact: Path, suite: str, expectation: str
) -> None:
    shutil.copy(intact, broken_file)
    with duckdb.connect(str(broken_file)) as connection:
        connection.execute(CORRUPTIONS[suite][expectation])
    assert check(suite, expectation) == "failed"


def test_every_expectation_has_a_corruption_and_a_name_of_its_own() -> None:
    broken = [(suite, expectation) for suite, named in CORRUPTIONS.items() for expectation in named]
    assert sorted(broken) == sorted(EXPECTATIONS)
    assert len(set(EXPECTATIONS)) == len(EXPECTATIONS)


def test_every_suite_is_run() -> None:
    run = {file.stem for file in (SUITES / "validation_definitions").glob("*.json")}
    assert run == {suite for suite, _ in EXPECTATIONS}
