"""Of a cohort of hundreds the page draws a sample of single patients, and says so; what it counts is the whole.

However large the cohort is, the page fetches and weighs the same.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.report import reading
from cartox.report.page.blocks import Figure
from cartox.report.page.curves import MARKED, MOST_STEPS, Curve, curve_spec, days_left_out, drawn
from cartox.report.page.grades import grades_section
from cartox.report.page.labs import labs_section
from cartox.report.page.render import specs_of
from cartox.report.page.steroid_doses import steroids_section
from cartox.report.page.study import MOST_DRAWN, Study
from cartox.report.page.survival import SERIES
from cartox.report.page.write import read_sections, write_report

TIMES, MANY_TIMES = 6, 24
LARGEST_PAGE = 5_000_000
N_STUDY_DAYS = 31
PAGE = Path(reading.__file__).parent / "page"
COPIED = (
    "cohort",
    "treated_patients",
    "lab_daily_grid",
    "toxicity_days",
    "steroid_days",
    "steroid_exposure",
    "patient_days",
)


@contextmanager
def _multiplied(study_file: Path, file: Path, times: int) -> Iterator[Study]:
    """Yield the built-in study with every patient of the cohort so many times."""
    shutil.copy(study_file, file)
    with duckdb.connect(str(file)) as connection:
        for table in COPIED:
            names = connection.execute(f"select * from marts.{table} limit 0").description
            columns = ", ".join(
                "patient_id || '-' || copy" if name[0] == "patient_id" else name[0] for name in names
            )
            connection.execute(
                f"insert into marts.{table} select {columns} from marts.{table}, range(1, {times}) as copies (copy)"
            )
        study = Study.of(connection)
        sizes = {group: times * n for group, n in study.group_sizes.items()}  # as results would count them
        yield replace(study, group_sizes=sizes)


@pytest.fixture(scope="module")
def large(study_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """252 patients."""
    with _multiplied(study_file, tmp_path_factory.mktemp("large") / "large.duckdb", TIMES) as study:
        yield study


@pytest.fixture(scope="module")
def larger(study_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """1,008 patients."""
    with _multiplied(study_file, tmp_path_factory.mktemp("larger") / "larger.duckdb", MANY_TIMES) as study:
        yield study


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


def _fetched(study: Study, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, int], int]:
    """Read the page, and return how many rows each of its queries gave and how many characters its charts have."""
    found: dict[str, int] = {}
    plain = reading.records

    def counted(connection: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
        rows = plain(connection, query)
        found[query] = len(rows)
        return rows

    monkeypatch.setattr(reading, "records", counted)
    sections = read_sections(study)
    specs = specs_of(block for section in sections for block in section.blocks)
    return found, len(json.dumps(specs, default=str))


def test_four_times_the_patients_are_no_more_rows_and_no_more_to_draw(
    large: Study, larger: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    (few, small), (many, big) = (_fetched(study, monkeypatch) for study in (large, larger))
    assert few.keys() == many.keys()
    assert len(few) > 40
    (n_analytes,) = larger.connection.execute(
        "select count(*) from seeds.analytes where is_in_grid"
    ).fetchone() or (0,)
    for query, n_rows in many.items():
        assert n_rows <= MOST_DRAWN * N_STUDY_DAYS * n_analytes, query
        assert n_rows <= max(1.25 * few[query], MOST_DRAWN), query
    assert big < 1.1 * small


def test_no_query_of_the_page_itself_fetches_patients_one_by_one(larger: Study) -> None:
    """What goes around `Study.rows` would escape the count above."""
    for file in PAGE.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert ".fetchall(" not in text, file.name
        assert ".df(" not in text, file.name


def test_the_page_of_a_large_cohort_is_below_its_limit(larger: Study, tmp_path: Path) -> None:
    page = write_report(larger.connection, tmp_path, with_pictures=False)
    assert page.stat().st_size < LARGEST_PAGE


def _curve(n_days: int) -> Curve:
    return Curve(
        [
            {
                "curve": "from_index", "stratified_by": "all", "stratum": "all", "day": day, "percent": 100 - day / n_days,
                "percent_low": 90 - day / n_days, "percent_high": 100.0, "n_at_risk": n_days - day, "n_events_so_far": day,
                "n_censored_today": 0, "is_landmark": day == 365, "is_first_half": day == 701,
            }
            for day in range(n_days)
        ]
    )  # fmt: skip


@pytest.mark.parametrize("n_days", [MOST_STEPS, MOST_STEPS + 1, 1501, 12_000])
def test_a_long_curve_is_drawn_on_some_of_its_days_with_what_is_of_them(n_days: int) -> None:
    curve = _curve(n_days)
    rows = drawn({"all": curve})
    steps = curve_spec(rows, "survival", SERIES[:1], n_days, "days")["datasets"]["steps"]
    days = [row["day"] for row in steps]
    assert len(days) == n_days if n_days <= MOST_STEPS else len(days) <= MOST_STEPS + 3
    assert days == sorted(set(days))
    assert days[0] == 0
    assert days[-1] == n_days - 1
    if n_days > 1000:
        assert {365, 701} <= set(days)
        apart = -(-n_days // MOST_STEPS)
        assert max(later - earlier for earlier, later in pairwise(days)) <= apart
    by_day = {row["day"]: row for row in rows}
    shared = [name for name in MARKED if name in rows[0]]
    assert len(shared) == len(MARKED) - 2  # time and trace are made for the drawing
    assert all(row[name] == by_day[row["day"]][name] for row in steps for name in shared)
    assert bool(days_left_out([curve])) == (n_days > MOST_STEPS)
