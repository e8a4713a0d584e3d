"""The made extracts of the documentation give the doses, grades and values that their pages compute by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import duckdb
import openpyxl
import pytest

from cartox.intake import land_sources
from cartox.progress import SilentProgress
from cartox.study import open_study
from tests.spec.compiled_project import PROJECT, CompiledProject, connect, land_folder

pytestmark = pytest.mark.xdist_group("extracts by hand")

DOCS = PROJECT / "docs"


@dataclass(frozen=True)
class Page:
    """A page, the folder of its made extract, and the records in it, counted here without the readers."""

    name: str
    folder: str
    count: Callable[[Path], int]

    def table(self, heading: str, number: int = 0) -> list[tuple[str, ...]]:
        """The rows of a table of the page under a heading."""
        text = (DOCS / self.name).read_text(encoding="utf-8")
        part = re.split(r"^## ", text.partition(f"## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
        tables = re.findall(r"(?:^\|.*\|\n)+", part, re.MULTILINE)
        return [
            tuple(cell.strip() for cell in line.strip("|\n ").split("|"))
            for line in tables[number].splitlines()[2:]
        ]


def lines_below_headers(extract: Path) -> int:
    headers = {"Patienten.csv": 2}
    return sum(
        len(path.read_text(encoding="windows-1252").splitlines()) - headers.get(path.name, 1)
        for path in extract.glob("*.csv")
    )


def rows_below_titles(extract: Path) -> int:
    (file,) = extract.glob("*.xlsx")
    return sum(len(list(sheet.iter_rows(min_row=3))) for sheet in openpyxl.load_workbook(file))


PAGES = (
    Page("german_extract.md", "german_extract", lines_below_headers),
    Page("redcap_extract.md", "redcap_extract", lines_below_headers),
    Page("workbook.md", "workbook_extract", rows_below_titles),
)


@pytest.fixture(scope="module", params=PAGES, ids=lambda page: page.folder)
def page(request: pytest.FixtureRequest) -> Page:
    return cast("Page", request.param)


@pytest.fixture(scope="module")
def study(
    page: Page, compiled_project: CompiledProject, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    landing = tmp_path_factory.mktemp("by-hand") / "landing"
    declared = open_study(DOCS / page.folder)
    land_sources(landing, SilentProgress(), extract=declared.extract, sources=declared.sources)
    with connect() as connection:
        land_folder(connection, landing)
        compiled_project.build(connection)
        yield connection


def found(study: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, ...]]:
    return [
        tuple(f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row)
        for row in study.execute(query).fetchall()
    ]


def test_every_dose_is_the_one_computed_by_hand(page: Page, study: duckdb.DuckDBPyConnection) -> None:
    by_hand = [
        (row, re.findall(r"([\d.]+) mg", text.partition("=")[2] or text)[0])
        for row, _, text in page.table("Doses, by hand")
    ]
    assert by_hand == found(
        study,
        "select administration_id, case when is_counted then dexamethasone_equivalent_mg else 0.0 end::double"
        " from marts.steroid_administrations order by 1",
    )


def test_every_window_is_the_one_computed_by_hand(page: Page, study: duckdb.DuckDBPyConnection) -> None:
    assert sorted(page.table("Doses, by hand", 1)) == sorted(
        found(
            study,
            "select patient_id, exposure_window, dexamethasone_equivalent_mg::double from marts.steroid_exposure",
        )
    )
    assert found(study, "select distinct certainty from marts.steroid_exposure") == [("exact",)]


def test_every_grade_is_the_one_computed_by_hand(page: Page, study: duckdb.DuckDBPyConnection) -> None:
    assert page.table("Grades, by hand") == found(
        study,
        """
        select patient_id, study_day, max(grade) filter (where toxicity = 'CRS')::integer,
            max(grade) filter (where toxicity = 'ICANS')::integer
        from marts.toxicity_days
        where grade is not null
        group by patient_id, study_day
        order by patient_id, study_day
        """,
    )


def test_the_response_is_the_one_told_on_the_page(page: Page, study: duckdb.DuckDBPyConnection) -> None:
    assert found(
        study,
        """
        select cohort.patient_id, cohort.study_group,
            cohort.toxicity_resolved_at::date - treated_patients.infused_at::date
        from marts.cohort
        inner join marts.treated_patients on cohort.patient_id = treated_patients.patient_id
        """,
    ) == page.table("Grades, by hand", 1)


def test_every_baseline_is_the_one_computed_by_hand(page: Page, study: duckdb.DuckDBPyConnection) -> None:
    assert sorted(page.table("Laboratory, by hand")) == sorted(
        found(
            study,
            "select patient_id, analyte, value::double, unit from marts.lab_baseline where value is not null",
        )
    )


def test_nothing_of_the_export_was_lost_or_left_unread(page: Page, study: duckdb.DuckDBPyConnection) -> None:
    assert (
        found(
            study,
            "select reason from marts.quarantined_records union all select reason from marts.nulled_values",
        )
        == []
    )
    n_raw = str(page.count(DOCS / page.folder / "extract"))
    assert found(study, "select sum(n_raw) from marts.record_conservation") == [(n_raw,)]


def test_the_page_says_that_fhir_is_not_read(page: Page) -> None:
    assert "FHIR is not read" in (DOCS / page.name).read_text(encoding="utf-8")
