"""Of a cohort of hundreds the page draws a sample of single patients, and says so; what it counts is the whole."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.report.page.blocks import Figure
from cartox.report.page.grades import grades_section
from cartox.report.page.labs import labs_section
from cartox.report.page.steroid_doses import steroids_section
from cartox.report.page.study import MOST_DRAWN, Study

TIMES = 6
COPIED = (
    "cohort",
    "treated_patients",
    "lab_daily_grid",
    "toxicity_days",
    "steroid_days",
    "steroid_exposure",
    "patient_days",
)


@pytest.fixture(scope="module")
def large(study_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """The built-in study with every patient of the cohort six times."""
    file = tmp_path_factory.mktemp("large") / "large.duckdb"
    shutil.copy(study_file, file)
    with duckdb.connect(str(file)) as connection:
        for table in COPIED:
            names = connection.execute(f"select * from marts.{table} limit 0").description
            columns = ", ".join(
                "patient_id || '-' || copy" if name[0] == "patient_id" else name[0] for name in names
            )
            connection.execute(
                f"insert into marts.{table} select {columns} from marts.{table}, range(1, {TIMES}) as copies (copy)"
            )
        study = Study.of(connection)
        sizes = {group: TIMES * n for group, n in study.group_sizes.items()}  # as results would count them
        yield replace(study, group_sizes=sizes)


def _drawn(section: Any) -> set[int]:
    texts = json.dumps([panel.spec for panel in section.blocks[0].panels], default=str)
    found: set[int] = set()

    def look(value: Any) -> None:
        if isinstance(value, dict):
            number = value.get("patient_number", value.get("patient"))
            if isinstance(number, int):
                found.add(number)
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(json.loads(texts))
    return found


@pytest.mark.parametrize("make", [labs_section, grades_section, steroids_section])
def test_a_sample_is_drawn_and_said_to_be_one(large: Study, make: Any) -> None:
    section = make(large)
    drawn = _drawn(section)
    assert 0.9 * MOST_DRAWN < len(drawn) <= MOST_DRAWN
    assert max(drawn) > MOST_DRAWN  # the sample is of all patients, not the first ones by group and course
    assert any(f"a sample of {MOST_DRAWN} of the 252" in note for note in section.blocks[0].notes)


@pytest.mark.parametrize("make", [labs_section, grades_section, steroids_section])
def test_a_small_cohort_is_drawn_whole_without_a_word(study_connection: Any, make: Any) -> None:
    section = make(Study.of(study_connection))
    assert len(_drawn(section)) >= 40
    assert not any("sample" in note for note in section.blocks[0].notes)


def test_pictures_of_single_patients_stay_small(large: Study) -> None:
    sections = [make(large) for make in (labs_section, grades_section, steroids_section)]
    drawn = [block for section in sections for block in section.blocks[:1] if isinstance(block, Figure)]
    assert len(drawn) == 3
    specs = [panel.spec for block in drawn for panel in block.panels]
    assert len(json.dumps(specs, default=str)) < 4_000_000
