"""The summary on the handmade study: read from the file, without patients, no wider than a terminal."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from cartox.report import show, show_brief
from cartox.report.wording import interval, number, p_value
from tests.python.results.handmade_study import build, count_anew


def _summary(file: Path) -> str:
    console = Console(width=100)
    with duckdb.connect(str(file), read_only=True) as connection, console.capture() as capture:
        show(connection, console)
    return capture.get()


def _words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def file(handmade_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(handmade_file, tmp_path_factory.mktemp("report") / "study.duckdb"))


@pytest.fixture(scope="module")
def summary(file: Path) -> str:
    return _summary(file)


@pytest.mark.parametrize(
    "sentence",
    [
        "14 patients were treated",
        "8 patients were given anakinra for",
        "5 of 8 responded, 62.5 % (95 % interval 24.5 to 91.5 %, Clopper-Pearson)",
        "Male sex 3 (60.0 %) 2 (66.7 %) Fisher 1.000 1.000 1.000",
        "Baseline ferritin, ng/mL (1 404.5 1,236 Wilcoxon",
        "Dexamethasone equivalent before the index time 6 of 8 (75.0 %) 35 0 to 80",
        "1 of 11, 9.09 %",
        "The share of deaths is not a risk",
        "Of 67 figures:",
        "lab results 500 490 6 3 1",
        "missing birth date (patients, 1)",
        "revision 0123abc",
        "patients.csv 17 512 abababababab",
    ],
)
def test_the_summary_says(summary: str, sentence: str) -> None:
    assert sentence in _words(summary)


def test_the_summary_fits_a_terminal_of_100_columns(summary: str) -> None:
    assert max(map(len, summary.splitlines())) <= 100
    assert "…" not in summary


def test_the_summary_names_no_patient(summary: str) -> None:
    assert not any(f"P{number:02d}" in summary for number in range(1, 15))


def test_the_summary_is_read_from_the_file(file: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.duckdb"
    shutil.copy(file, changed)
    with duckdb.connect(str(changed)) as connection:
        connection.execute(
            "update results.descriptives set count = 7, percent = 87.5 "
            "where variable = 'responder' and level = 'yes' and study_group = 'all'"
        )
    assert "7 of 8 responded, 87.5 %" in _words(_summary(changed))


def test_what_is_impossible_or_against_the_rule_is_explained(file: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.duckdb"
    shutil.copy(file, changed)
    with duckdb.connect(str(changed)) as connection:
        connection.execute(
            "update results.reported_figures set verdict = 'reproduced' where verdict = 'differs'; "
            "update results.reported_figures set follows_rule = false, convention = 'Pearson', "
            "explanation = 'Pearson gives it.' where figure_id = 'crs_g34_peak_p'"
        )
        count_anew(connection)
    text = _words(_summary(changed))
    assert "Of 67 figures: 66 reproduced, 1 impossible." in text
    assert "1 reproduced only by a test other than the study's own rule." in text
    assert "No whole number out of 42 is 42.6 %: 17 give 40.5 % and 18 give 42.9 %." in text
    assert "peak CRS grade 3-4 (both), p = 0.006 Pearson gives it." in text


def test_deaths_of_unknown_cause_are_told_beside_the_shares(file: Path, tmp_path: Path) -> None:
    assert "known cause" not in _summary(file)
    changed = tmp_path / "changed.duckdb"
    shutil.copy(file, changed)
    said = []
    for patients in ("('P13')", "('P10', 'P13')"):
        with duckdb.connect(str(changed)) as connection:
            connection.execute(
                f"update marts.deaths set cause_by_cibmtr = 'UNK' where patient_id in {patients}"
            )
            count_anew(connection)
        said.append(re.search(r"Of \d+ deaths, .*? known cause", _words(_summary(changed))))
    assert [one and one.group() for one in said] == [
        "Of 5 deaths, 1 has no known cause",
        "Of 5 deaths, 2 have no known cause",
    ]


def test_an_empty_cohort_reads_not_applicable(file: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.duckdb"
    shutil.copy(file, empty)
    with duckdb.connect(str(empty)) as connection:
        connection.execute(
            "delete from marts.cohort; update marts.treated_patients set is_dead = false, "
            "is_toxicity_death = false"
        )
        build(connection, tmp_path / "landing")
    text = _words(_summary(empty))
    assert "the cohort is empty" in text
    assert "Age at infusion, years not applicable not applicable not applicable" in text
    assert "63 not applicable" in text
    assert not re.search(r"\bnan\b", text.lower())
    assert "None" not in text.replace("None of them", "")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (number(1236.0), "1,236"),
        (number(43845.5), "43,845.5"),
        (number(8.5), "8.5"),
        (number(0.846), "0.85"),
        (number(40.0), "40"),
        (number(None), "not applicable"),
        (p_value(0.0009999), "<0.001"),
        (p_value(0.0164), "0.0164"),
        (p_value(0.3451), "0.345"),
        (p_value(None), "n/a"),
        (interval(1.25, None, 1), "1.2 to ∞"),
        (interval(None, None), "not applicable"),
    ],
)
def test_numbers_are_written_for_readers(written: str, expected: str) -> None:
    assert written == expected


def test_printed_figures_of_another_study_take_one_sentence(handmade_file: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(handmade_file, tmp_path / "other.duckdb"))
    with duckdb.connect(str(file)) as connection:
        build(connection, tmp_path, index_drug="tocilizumab", index_toxicity="CRS")
    said = _words(_summary(file))
    assert (
        "Figures that the study printed "
        "67 figures not applicable: printed for anakinra and ICANS; this study is tocilizumab for CRS. Records"
        in said
    )


def test_a_study_that_printed_nothing_says_so(handmade_file: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(handmade_file, tmp_path / "unprinted.duckdb"))
    with duckdb.connect(str(file)) as connection:
        connection.execute("delete from results.reported_figures")
    assert "Figures that the study printed None are on record. Records" in _words(_summary(file))


def test_deaths_of_unknown_cause_are_told_in_brief_too(file: Path, tmp_path: Path) -> None:
    assert not any("unknown cause" in line for line in brief(file))
    changed = tmp_path / "changed.duckdb"
    shutil.copy(file, changed)
    with duckdb.connect(str(changed)) as connection:
        connection.execute("update marts.deaths set cause_by_cibmtr = 'UNK' where patient_id = 'P13'")
        count_anew(connection)
    assert any(line.endswith("; 1 death of unknown cause.") for line in brief(changed))


def brief(file: Path, width: int = 80) -> list[str]:
    console = Console(width=width)
    with duckdb.connect(str(file), read_only=True) as connection, console.capture() as capture:
        show_brief(connection, console)
    return [line.rstrip() for line in capture.get().strip("\n").splitlines()]


def test_the_brief_summary_is_at_most_fifteen_lines_of_eighty_columns(file: Path) -> None:
    lines = brief(file)
    assert len(lines) <= 15
    assert max(map(len, lines)) <= 80
    text = _words(" ".join(lines))
    assert "14 patients treated, 8 of them given anakinra for ICANS: the cohort." in text
    assert "5 of 8 (62.5 %) responded, 95 % interval 24.5 to 91.5 %." in text
    assert text.index("responders") < text.index("non-responders")
    assert re.search(r"Of 67 printed figures: \d+ reproduced", text)


def test_the_brief_summary_names_the_smallest_p_of_what_was_known_before(file: Path) -> None:
    with duckdb.connect(str(file), read_only=True) as connection:
        (smallest,) = connection.execute(
            "select label from results.comparisons where family = 'before_index' and p_value is not null "
            "order by p_value, display_order limit 1"
        ).fetchone() or (None,)
        (n_tests,) = connection.execute(
            "select count(*) from results.comparisons where family = 'before_index' and p_value is not null"
        ).fetchone() or (0,)
    text = "\n".join(brief(file, 200))
    first = text.splitlines()[
        [line.startswith("  known before") for line in text.splitlines()].index(True) + 1
    ]
    assert first.strip().startswith(str(smallest))
    assert f"The smallest p of {n_tests} tests that could be made" in text


def test_the_brief_summary_of_an_empty_cohort_says_so(file: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.duckdb"
    shutil.copy(file, empty)
    with duckdb.connect(str(empty)) as connection:
        connection.execute("delete from marts.cohort")
        build(connection, tmp_path / "landing")
    assert "none of whom is known to have been given anakinra for ICANS: the cohort is empty." in _words(
        " ".join(brief(empty))
    )
