"""The German export of the documentation gives the doses, grades and values that its page computes by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from cartox.intake import land_sources
from cartox.progress import SilentProgress
from tests.spec.compiled_project import PROJECT, CompiledProject, connect, land_folder

FOLDER = PROJECT / "docs" / "german_extract"
PAGE = (PROJECT / "docs" / "german_extract.md").read_text(encoding="utf-8")


def table(heading: str, number: int = 0) -> list[tuple[str, ...]]:
    """The rows of a table of the page under a heading."""
    part = re.split(r"^## ", PAGE.partition(f"## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    tables = re.findall(r"(?:^\|.*\|\n)+", part, re.MULTILINE)
    return [
        tuple(cell.strip() for cell in line.strip("|\n ").split("|"))
        for line in tables[number].splitlines()[2:]
    ]


@pytest.fixture(scope="module")
def study(compiled_project: CompiledProject, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    landing = tmp_path_factory.mktemp("german") / "landing"
    sources = yaml.safe_load((FOLDER / "study.yml").read_text(encoding="utf-8"))["sources"]
    land_sources(landing, SilentProgress(), extract=FOLDER / "extract", sources=sources)
    with connect() as connection:
        land_folder(connection, landing)
        compiled_project.build(connection)
        yield connection


def found(study: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, ...]]:
    return [
        tuple(f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row)
        for row in study.execute(query).fetchall()
    ]


def test_every_dose_is_the_one_computed_by_hand(study: duckdb.DuckDBPyConnection) -> None:
    by_hand = [
        (row, re.findall(r"([\d.]+) mg", text.partition("=")[2] or text)[0])
        for row, _, text in table("Doses, by hand")
    ]
    assert by_hand == found(
        study,
        "select administration_id, case when is_counted then dexamethasone_equivalent_mg else 0.0 end::double"
        " from marts.steroid_administrations order by 1",
    )


def test_every_window_is_the_one_computed_by_hand(study: duckdb.DuckDBPyConnection) -> None:
    assert sorted(table("Doses, by hand", 1)) == sorted(
        found(
            study,
            "select patient_id, exposure_window, dexamethasone_equivalent_mg::double from marts.steroid_exposure",
        )
    )
    assert found(study, "select distinct certainty from marts.steroid_exposure") == [("exact",)]


def test_every_grade_is_the_one_computed_by_hand(study: duckdb.DuckDBPyConnection) -> None:
    assert table("Grades, by hand") == found(
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


def test_the_response_is_the_one_told_on_the_page(study: duckdb.DuckDBPyConnection) -> None:
    assert found(
        study,
        "select patient_id, study_group, toxicity_resolved_at::date - date '2022-03-01' from marts.cohort",
    ) == [("101", "responder", "7")]


def test_every_baseline_is_the_one_computed_by_hand(study: duckdb.DuckDBPyConnection) -> None:
    assert sorted(table("Laboratory, by hand")) == sorted(
        found(
            study,
            "select patient_id, analyte, value::double, unit from marts.lab_baseline where value is not null",
        )
    )


def test_nothing_of_the_export_was_lost_or_left_unread(study: duckdb.DuckDBPyConnection) -> None:
    assert (
        found(
            study,
            "select reason from marts.quarantined_records union all select reason from marts.nulled_values",
        )
        == []
    )
    assert found(study, "select sum(n_raw) from marts.record_conservation") == [(str(_records()),)]


def _records() -> int:
    """Lines of the files below their headers."""
    headers = {"Patienten.csv": 2}
    return sum(
        len(path.read_text(encoding="windows-1252").splitlines()) - headers.get(path.name, 1)
        for path in Path(FOLDER / "extract").glob("*.csv")
    )
