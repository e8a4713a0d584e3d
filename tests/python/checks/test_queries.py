"""The suites as queries say of a file what great-expectations says of it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from cartox.checks.page import write_checks
from cartox.checks.queries import Expectation, queries, run_queries
from tests.python.checks.conftest import SUITES
from tests.python.checks.corruptions import CORRUPTIONS

NOTHING_LEFT = (
    "delete from marts.cohort",
    "delete from marts.deaths",
    "update marts.treated_patients set is_in_cohort = false, age_years = null",
    "drop table marts.lab_baseline",
    "alter table marts.era_mortality rename n_deaths to deaths",
    "update marts.steroid_exposure set dexamethasone_equivalent_mg = -1 where patient_id = 'P09'",
    "update results.comparisons set p_value = null, p_exact = null",
)


def broken(intact: Path, file: Path, statements: Sequence[str]) -> Path:
    shutil.copy(intact, file)
    with duckdb.connect(str(file)) as connection:
        for statement in statements:
            connection.execute(statement)
    return file


@pytest.mark.parametrize("which", ["nothing left", "first", "second", "third"])
def test_verdicts_and_counts_are_those_of_great_expectations(
    intact: Path, tmp_path: Path, which: str
) -> None:
    """The n-th corruption of every suite at once, so that each breaks what it can of the others, too."""
    from cartox.checks.suites import run_suites

    place = {"first": 0, "second": 1, "third": 2}.get(which, -1)
    each = [list(named.values()) for named in CORRUPTIONS.values()]
    statements = NOTHING_LEFT if place < 0 else [one[place] for one in each if len(one) > place]
    file = broken(intact, tmp_path / "study.duckdb", ())
    with duckdb.connect(str(file)) as connection:
        for statement in statements:
            try:
                connection.execute(statement)
            except duckdb.Error:
                assert place >= 0  # a corruption before it took away what it would break
    told = run_queries(file, SUITES).rows
    assert "failed" in {row.status for row in told}
    assert told == run_suites(file, SUITES).rows


def test_an_expectation_of_another_kind_is_refused() -> None:
    other = Expectation("x", "expect_column_median_to_be_between", {"column": "age_years"}, "", None)
    with pytest.raises(ValueError, match="expect_column_median_to_be_between: no query is known"):
        queries("marts.cohort", other)


def test_the_page_tells_every_check_and_no_cell(intact: Path, tmp_path: Path) -> None:
    file = broken(
        intact,
        tmp_path / "study.duckdb",
        ["update marts.cohort set patient_id = 'Ermintrude' where patient_id = 'P01'"],
    )
    report = run_queries(file, SUITES)
    write_checks(report, tmp_path / "checks", "study.duckdb")
    text = (tmp_path / "checks" / "index.html").read_text(encoding="utf-8")
    assert [row.expectation for row in report.rows if f"<code>{row.expectation}</code>" not in text] == []
    assert text.count("<td>failed</td>") == report.count("failed") > 0
    assert "Rows that break this: 1." in text
    assert "Ermintrude" not in text
    assert "<script" not in text
