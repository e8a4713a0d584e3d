"""What an earlier slice of `make mutants` found is used again, and only while nothing that decides about it changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spec.kept_verdicts import KeptVerdicts, fingerprint
from tests.spec.laboratory import Verdict

FOUND = [Verdict("cohort", "1 one more", "killed"), Verdict("cohort", "without not", "survived")]


def test_a_later_slice_finds_what_was_kept(tmp_path: Path) -> None:
    KeptVerdicts(tmp_path, "a state").keep("cohort", FOUND)
    assert KeptVerdicts(tmp_path, "a state").of("cohort") == FOUND
    assert KeptVerdicts(tmp_path, "a state").of("deaths") is None


def test_another_state_of_the_project_has_nothing_kept(tmp_path: Path) -> None:
    KeptVerdicts(tmp_path, "a state").keep("cohort", FOUND)
    assert KeptVerdicts(tmp_path, "another state").of("cohort") is None


@pytest.mark.parametrize(
    "file",
    ["models/a/cohort.sql", "macros/m.sql", "seeds/s.csv", "tests/spec/rules/r.yml", "dbt_project.yml"],
)
def test_the_state_depends_on_everything_that_decides(tmp_path: Path, file: str) -> None:
    for name in {file, "dbt_project.yml", "models/a/deaths.sql"}:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before", encoding="utf-8")
    before = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == before
    (tmp_path / file).write_text("after", encoding="utf-8")
    assert fingerprint(tmp_path) != before
