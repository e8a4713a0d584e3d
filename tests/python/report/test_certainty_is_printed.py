"""A bound is printed as a bound in the terminal, on the page and in the Word file, and nothing is said that was not possible."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from docx import Document
from rich.console import Console

from cartox.report.page.answer import answer_section
from cartox.report.page.blocks import Figure, Tiles, Words
from cartox.report.page.grades import grades_section
from cartox.report.page.steroid_doses import steroids_section
from cartox.report.page.study import Study
from cartox.report.page.table_one import read_table_one
from cartox.report.page.table_one_word import write_table_one
from cartox.report.show import show
from cartox.report.wording import bounded, quantile, share
from cartox.synthetic_mark import MANIFEST_KEY
from tests.python.results.handmade_study import build_short, load_study

pytestmark = pytest.mark.xdist_group("printed certainty")


@pytest.fixture(scope="module")
def bounds(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The handmade study in which two CRPs are at least what was charted, and P06 may have been given more."""
    connection = duckdb.connect()
    load_study(connection)
    connection.execute(
        "update marts.lab_baseline set certainty = 'at_least' where analyte = 'crp' and patient_id in ('P01', 'P02')"
    )
    connection.execute("update marts.steroid_exposure set certainty = 'at_least' where patient_id = 'P06'")
    build_short(connection, tmp_path_factory.mktemp("landing"))
    return connection


@pytest.mark.parametrize(
    ("certainty", "expected"),
    [
        ("exact", "398"),
        ("at_least", "≥ 398"),
        ("at_most", "≤ 398"),
        ("estimated", "≈ 398"),
        ("unknown", "unknown"),
    ],
)
def test_one_function_writes_every_certainty(certainty: str, expected: str) -> None:
    assert bounded("398", certainty) == expected
    assert quantile({"median": 398.0, "certainty": certainty}, "median") == expected
    assert share(3, 8, 37.5, certainty) == expected.replace("398", "3 of 8 (37.5 %)")


def test_a_worst_grade_that_may_have_been_4_is_counted_as_a_bound(tmp_path: Path) -> None:
    """Of a patient without a day of grade 4 whose peak is a lower bound it is not known that there was none."""
    with duckdb.connect() as connection:
        load_study(connection)
        ((settled,),) = connection.execute(
            "select patient_id from marts.cohort where study_group = 'responder'"
            " and peak_icans_grade < 4 order by 1 limit 1"
        ).fetchall()
        sentences = []
        for certainty in ("exact", "at_least"):
            connection.execute("update marts.cohort set peak_icans_grade_certainty = 'exact'")
            connection.execute(
                "update marts.cohort set peak_icans_grade_certainty = ? where patient_id = ?",
                [certainty, settled],
            )
            build_short(connection, tmp_path)
            figure = next(
                one for one in grades_section(Study.of(connection)).blocks if isinstance(one, Figure)
            )
            sentences.append(str(figure.sentence))
    exact, bound = (re.findall(r"grade 4 in (.*?) responders", sentence)[0] for sentence in sentences)
    assert bound == f"≥ {exact}"


def test_terminal_page_and_word_say_the_same_bound(bounds: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = io.StringIO()
    show(bounds, Console(file=text, width=200))
    printed = next(line for line in text.getvalue().splitlines() if "Baseline C-reactive protein" in line)
    assert "≥ 73" in printed
    study = Study.of(bounds)
    table = read_table_one(study)
    row = next(row for row in table.rows if row["variable"] == "baseline_crp")
    assert row["non_responder"] == "≥ 73 (≥ 42.5 to ≥ 76.5)"
    assert any("with one: " in note and "Baseline C-reactive protein 2" in note for note in table.notes)
    write_table_one(study, tmp_path / "table.docx")
    cells = [
        cell.text for line in Document(str(tmp_path / "table.docx")).tables[0].rows for cell in line.cells
    ]
    assert row["non_responder"] in cells


def test_given_to_is_one_number_in_table_1_and_under_the_figure(bounds: duckdb.DuckDBPyConnection) -> None:
    study = Study.of(bounds)
    row = next(row for row in read_table_one(study).rows if row["variable"] == "any_steroids_after_index")
    figure: Any = steroids_section(study).blocks[0]
    under = next(
        line
        for line in figure.numbers.rows
        if (line["window"], line["group"]) == ("from anakinra on", "Responders")
    )
    assert (row["responder"], under["given"]) == ("≥ 4 (80.0 %)", "≥ 4 of 5")


def test_nothing_is_said_to_tell_groups_apart_that_could_not_be_tested(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        load_study(connection)
        connection.execute("delete from marts.cohort where study_group = 'non_responder'")
        build_short(connection, tmp_path)
        blocks = answer_section(Study.of(connection)).blocks
    said = " ".join(
        paragraph for block in blocks if isinstance(block, Words) for paragraph in block.paragraphs
    )
    assert "nothing told" not in said
    assert "could not be tested: there are 5 responders and 0 non-responders" in said


def test_reproduced_figures_are_a_headline_of_synthetic_records_alone(
    bounds: duckdb.DuckDBPyConnection,
) -> None:
    def labels() -> list[str]:
        tiles = [block for block in answer_section(Study.of(bounds)).blocks if isinstance(block, Tiles)]
        return [tile.label for tile in tiles[0].tiles]

    assert "printed figures reproduced" not in labels()
    bounds.execute("insert into results.run_manifest values (?, 'true')", [MANIFEST_KEY])
    assert "printed figures reproduced" in labels()
    bounds.execute("delete from results.run_manifest where key = ?", [MANIFEST_KEY])
