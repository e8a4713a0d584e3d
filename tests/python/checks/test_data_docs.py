"""Data Docs open offline, lead from page to page, and tell counts only."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from cartox.checks import run_checks
from cartox.errors import UserError
from tests.python.checks.conftest import SUITES
from tests.python.checks.corruptions import CORRUPTIONS

pytestmark = pytest.mark.xdist_group("data docs")

CANARY = "Ermintrude"
BREAKING = (
    f"update marts.cohort set patient_id = '{CANARY}', age_years = 300 where patient_id = 'P01'",
    f"insert into marts.cohort select * from marts.cohort where patient_id = '{CANARY}'",
    f"update marts.treated_patients set sex = '{CANARY}' where patient_id = 'P09'",
    f"update results.run_manifest set value = '{CANARY}' where key = 'var.era_date'",
    "alter table marts.era_mortality rename n_deaths to deaths",
    "delete from marts.nulled_values",
    "drop table marts.lab_unit_warnings",
)
ELSEWHERE = re.compile(r"//[\w-]+\.[\w.-]+|@import|<script|<iframe|<object")
LINK = re.compile(r"""(?:href|src)=["']?([^"'\s>]+)""")


@pytest.fixture(scope="module")
def pages(intact: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    """The pages over a study with much that fails, cannot be computed, or has no rows."""
    from cartox.checks.suites import run_suites

    folder = tmp_path_factory.mktemp("docs")
    file = folder / "study.duckdb"
    shutil.copy(intact, file)
    with duckdb.connect(str(file)) as connection:
        for statement in BREAKING:
            connection.execute(statement)
    report = run_suites(file, SUITES, folder / "site")
    assert {row.status for row in report.rows} == {"passed", "failed", "error", "not applicable"}
    return {page: page.read_text(encoding="utf-8") for page in (folder / "site").rglob("*") if page.is_file()}


def page_of(pages: dict[Path, str], suite: str) -> str:
    (text,) = (text for page, text in pages.items() if page.name == f"warehouse-{suite}.html")
    return text


def test_no_page_refers_to_another_host_or_runs_a_script(pages: dict[Path, str]) -> None:
    assert {page.suffix for page in pages} == {".html"}
    assert {
        page.name: ELSEWHERE.findall(text) for page, text in pages.items() if ELSEWHERE.search(text)
    } == {}


def test_every_link_leads_to_a_page(pages: dict[Path, str]) -> None:
    links = [(page, link) for page, text in pages.items() for link in LINK.findall(text)]
    assert len(links) > 3 * len(CORRUPTIONS)
    assert [(page.name, link) for page, link in links if (page.parent / link).resolve() not in pages] == []


def test_every_suite_has_its_pages(pages: dict[Path, str]) -> None:
    index = next(text for page, text in pages.items() if page.name == "index.html")
    for suite in CORRUPTIONS:
        assert page_of(pages, suite)
        assert f'warehouse-{suite}.html"' in index
        assert f'"expectations/{suite.replace(".", "/")}.html"' in index


def test_no_cell_of_a_table_is_told(pages: dict[Path, str]) -> None:
    assert [page.name for page, text in pages.items() if CANARY in text] == []


def test_a_page_tells_what_failed_and_in_how_many_rows(pages: dict[Path, str]) -> None:
    cohort = page_of(pages, "marts.cohort")
    row = next(row for row in cohort.split("<tr>") if "Each cohort patient has one row." in row)
    assert "text-danger" in row
    row = next(row for row in cohort.split("<tr>") if "An age lies within the plausibility" in row)
    assert "text-danger" in row
    assert re.search(r">2</div>", row)


def test_what_had_no_rows_is_told(pages: dict[Path, str]) -> None:
    assert "Not applicable: no rows to check." in page_of(pages, "marts.nulled_values")
    assert "Not applicable" not in page_of(pages, "results.lab_auc")


def test_what_could_not_be_computed_is_told(pages: dict[Path, str]) -> None:
    for suite in ("marts.era_mortality", "marts.lab_unit_warnings"):
        assert "the check could not be computed" in page_of(pages, suite)


def test_a_folder_that_holds_something_is_left_alone(intact: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("do not touch")
    with pytest.raises(UserError, match="an empty folder"):
        run_checks(intact, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]
