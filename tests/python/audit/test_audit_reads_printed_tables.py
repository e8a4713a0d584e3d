"""Twelve layouts: every cell is read as a person reads it, or asked about; nothing wrongly in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from cartox.audit.reading import read_table
from cartox.audit.reading.figure import Figure, PrintedTable
from tests.python.audit.printed_tables import write_excel, write_spoilt_excel, write_texts, write_word


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, PrintedTable]:
    paths = write_texts(tmp_path) | {
        "word.docx": write_word(tmp_path / "word.docx"),
        "excel.xlsx": write_excel(tmp_path / "excel.xlsx"),
        "spoilt.xlsx": write_spoilt_excel(tmp_path / "spoilt.xlsx"),
    }
    return {name: read_table(path) for name, path in paths.items()}


def said(figure: Figure) -> str:
    """A figure in short: description | group | statistic printed, count of base."""
    count = "" if figure.numerator is None else f", {figure.numerator}"
    base = "" if figure.denominator is None else f" of {figure.denominator}"
    return f"{figure.description} | {figure.study_group} | {figure.statistic} {figure.printed}{count}{base}"


EXPECTED: dict[str, list[str]] = {
    "markdown.md": [
        "patients | Placebo | count 52",
        "patients | Drug | count 48",
        "Age | Placebo | median 64.5", "Age | Placebo | min 19", "Age | Placebo | max 78",
        "Age | Drug | median 61", "Age | Drug | min 22", "Age | Drug | max 80",
        "Age | both | p_value 0.31",
        "Male sex | Placebo | percent 60, 31", "Male sex | Drug | percent 50, 24", "Male sex | both | p_value 0.33",
        "Stage | both | p_value 0.012",
        "Stage: I-II | Placebo | percent 19, 10", "Stage: I-II | Drug | percent 42, 20",
        "Stage: III-IV | Placebo | percent 81, 42", "Stage: III-IV | Drug | percent 58, 28",
        "CRP | Placebo | median 12.1", "CRP | Placebo | q1 3.4", "CRP | Placebo | q3 55.0",
        "CRP | Drug | median 10.2", "CRP | Drug | q1 2.2", "CRP | Drug | q3 41.5",
        "CRP | both | p_value_below 0.001",
        "Sodium | Placebo | mean 138.2", "Sodium | Placebo | sd 3.1",
        "Sodium | Drug | mean 137.9", "Sodium | Drug | sd 2.9",
        "Sodium | both | p_value_above 0.05",
    ],
    "decimal_commas.csv": [
        "patients | Gruppe A | count 31", "patients | Gruppe B | count 11",
        "Age | Gruppe A | median 64.5", "Age | Gruppe A | min 19", "Age | Gruppe A | max 78",
        "Age | Gruppe B | median 60.0", "Age | Gruppe B | min 33", "Age | Gruppe B | max 71",
        "Age | both | p_value 0.04",
        "Female | Gruppe A | percent 45.2, 14", "Female | Gruppe B | percent 45.5, 5", "Female | both | p_value 1.00",
        "Weight | Gruppe A | mean 71.25", "Weight | Gruppe A | sd 9.50",
        "Weight | Gruppe B | mean 70.75", "Weight | Gruppe B | sd 8.25", "Weight | both | p_value_above 0.99",
    ],
    "merged.html": [
        "patients | Responders | count 31", "patients | Non-responders | count 11",
        "CRS grade 3-4 | Responders | count 8", "CRS grade 3-4 | Responders | percent 25.8",
        "CRS grade 3-4 | Non-responders | count 8", "CRS grade 3-4 | Non-responders | percent 72.7",
        "CRS grade 3-4 | both | p_value 0.006",
        "Infection | Responders | count 12", "Infection | Responders | percent 38.7",
        "Infection | Non-responders | count 4", "Infection | Non-responders | percent 36.4",
        "Infection | both | p_value_above 0.99",
    ],
    "single_arm.csv": [
        "patients | all | count 42",
        "Male | all | percent 54.8, 23", "Female | all | percent 45.2, 19",
        "ECOG | all | median 1", "ECOG | all | min 0", "ECOG | all | max 3",
    ],
    "ratios.md": [
        "patients | Dead | count 30", "patients | Alive | count 70",
        "Old age | Dead | percent 60, 18 of 30", "Old age | Alive | percent 40, 28 of 70",
        "Old age | OR (95% CI) | odds_ratio 2.25", "Old age | OR (95% CI) | ci_low 0.94",
        "Old age | OR (95% CI) | ci_high 5.38", "Old age | both | p_value 0.069",
        "low | Dead | percent 33, 10", "low | Alive | percent 43, 30",
        "high | Dead | percent 67, 20", "high | Alive | percent 57, 40",
        "high | OR (95% CI) | odds_ratio 1.50", "high | OR (95% CI) | ci_low 0.61",
        "high | OR (95% CI) | ci_high 3.66", "high | both | p_value 0.37",
    ],
    "three_groups.html": [
        "patients | Low | count 10", "patients | Middle | count 12", "patients | High | count 11",
        "Ferritin | Low | median 399", "Ferritin | Low | q1 200", "Ferritin | Low | q3 900",
        "Ferritin | Middle | median 610", "Ferritin | Middle | q1 310", "Ferritin | Middle | q3 1500",
        "Ferritin | High | median 1236", "Ferritin | High | q1 500", "Ferritin | High | q3 4100",
        "Ferritin | both | p_value 0.040",
    ],
    "unsaid.csv": ["patients | Drug | count 20", "patients | Placebo | count 22"],
    "thousands.csv": [
        "patients | Ill | count 11", "patients | Well | count 31",
        "Ferritin | Ill | median 1236", "Ferritin | Ill | min 399", "Ferritin | Ill | max 4020",
        "Ferritin | Well | median 399", "Ferritin | Well | min 88", "Ferritin | Well | max 1920",
        "Ferritin | both | p_value 0.040",
        "Cells | Well | median 43845.5", "Cells | both | p_value 0.0553",
        "Rate | Well | median 0.7", "Rate | both | p_value 0.2",
    ],
    "overall.csv": [
        "patients | all | count 42", "patients | Young | count 20", "patients | Old | count 22",
        "Male | all | percent 54.8, 23", "Male | Young | percent 55.0, 11", "Male | Old | percent 54.5, 12",
        "Male | both | p_value 0.98", "Diabetes | Old | percent 13.6, 3",
    ],
    "word.docx": [
        "patients | Treatment Drug | count 25", "patients | Treatment Placebo | count 24",
        "Sex | both | p_value 0.78",
        "Sex: Male | Treatment Drug | percent 52, 13", "Sex: Male | Treatment Placebo | percent 46, 11",
        "Sex: Female | Treatment Drug | percent 48, 12", "Sex: Female | Treatment Placebo | percent 54, 13",
        "Sodium | Treatment Drug | mean 138.2", "Sodium | Treatment Drug | sd 3.1",
        "Sodium | Treatment Placebo | mean 137.9", "Sodium | Treatment Placebo | sd 2.9", "Sodium | both | p_value 0.73",
    ],
    "excel.xlsx": [
        "patients | Arm A | count 40", "patients | Arm B | count 50",
        "Response | Arm A | percent 50.0", "Response | Arm B | percent 44.0", "Response | both | p_value 0.570",
        "Dose | Arm A | median 40.00", "Dose | Arm B | median 12.50", "Dose | both | p_value 0.012",
        "Relapse | Arm A | percent 25.0, 10", "Relapse | Arm B | percent 18.0, 9", "Relapse | both | p_value 0.41",
    ],
    "spoilt.xlsx": ["patients | all | count 20", "Male | all | percent 40, 8"],
}  # fmt: skip

ASKED: dict[str, list[str]] = {
    "unsaid.csv": [
        "10.1 ± 1.6", "9.8 ± 1.4", "64.5 (19-78)", "61 (22-80)", "103 (44)", "98 (51)", "412.5", "398.1",
    ],
    "thousands.csv": ["126 323", "0,5"],
    "spoilt.xlsx": ["1978-10-19 00:00:00", "12.5"],
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_every_cell_is_read_as_a_person_reads_it(tables: dict[str, PrintedTable], name: str) -> None:
    assert [said(figure) for figure in tables[name].figures] == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_what_cannot_be_read_for_certain_is_asked_about(tables: dict[str, PrintedTable], name: str) -> None:
    assert [cell.text for cell in tables[name].questions] == ASKED.get(name, [])


@pytest.mark.parametrize("name", EXPECTED)
def test_every_cell_of_the_file_is_accounted_for(tables: dict[str, PrintedTable], name: str) -> None:
    cells = tables[name].cells
    assert len({(cell.row, cell.column) for cell in cells}) == len(cells)
    assert all(cell.reading or cell.question for cell in cells)


def test_units_come_from_the_labels(tables: dict[str, PrintedTable]) -> None:
    units = {
        figure.description: figure.unit
        for figure in tables["markdown.md"].figures
        if figure.statistic != "p_value"
    }
    assert (units["Age"], units["CRP"], units["Sodium"]) == ("years", "mg/L", "mmol/L")
