"""Tables as honest authors print them raise no alarm, and what cannot be is found in them all the same.

Every expected verdict is worked out by hand: the counts, bases and bounds are said beside each table.
"""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from scipy.stats import norm

from cartox.audit.checks.ties import smallest_p
from cartox.audit.findings.verdicts import ALARMS, Verdict, Weight
from cartox.audit.letter.report import make_report
from tests.python.audit.audited_lines import AuditLines

HONEST = {
    # 0,059 is a p-value, U = 104 of 341 pairs with continuity correction, and 1.236,0 a thousand
    "decimal_commas_and_points_of_thousands.csv": """Parameter;Responder (n = 31);Non-Responder (n = 11);p
Ferritin (ng/ml), Median (IQR);399,5 (120,0–1.920,5);1.236,0 (300,0–4.020,0);0,059
Fieber, n (%);17 (54,8);6 (54,5);>0,99
""",
    # a blank, a thin blank or an apostrophe parts the thousands of 1024; 512 are 50.0 % of it
    "sizes_with_blanks.md": """| | A (n\u00a0=\u00a042) | B (N = 1\u202f024) | C (N = 1 024) | D (n = 1'024) |
|---|---|---|---|---|
| Male, n (%) | 23 (54.8) | 512 (50.0) | 512 (50.0) | 512 (50.0) |
""",
    # each percentage is of the 23, 19 and 28 patients of its row, not of the 31 and 11 of the groups
    "row_percentages.md": """| | Responders (n=31) | Non-responders (n=11) | p |
|---|---|---|---|
| Male, n (row %) | 17 (73.9) | 6 (26.1) | 1.0 |
| Female, n (row %) | 14 (73.7) | 5 (26.3) | |
| Stage IV, n (row %) | 18 (64.3) | 10 (35.7) | 0.07 |
""",
    # Kaplan-Meier estimates are no counts of 11 patients; a dose intensity is no share, above 100 % or not
    "percentages_that_are_no_shares.md": """| | A (n=11) | B (n=31) | p |
|---|---|---|---|
| 12-month overall survival | 54.3% | 81.2% | 0.03 |
| PFS at 1 year, % | 42.1% | 61.3% | 0.02 |
| Relative dose intensity | 104% | 97.3% |  |
| Ejection fraction, % | 62.7% | 58.9% |  |
| Alive at day 28, n (%) | 10 (90.9) | 31 (100) | 0.26 |
""",
    # 14 of 40, 8 of 19 and 6 of 21 have a known stage; Pearson of 8, 11 against 6, 15 is 0.37
    "unknown_below_levels.md": """| | Overall N = 42 | Young N = 20 | Old N = 22 | p-value |
|---|---|---|---|---|
| Stage, n (%) | | | | 0.37 |
| &nbsp;&nbsp; I-II | 14 (35%) | 8 (42%) | 6 (29%) | |
| &nbsp;&nbsp; III-IV | 26 (65%) | 11 (58%) | 15 (71%) | |
| &nbsp;&nbsp; Unknown | 2 | 1 | 1 | |
""",
    # 30, 15 and 15 of the 60 whom the heading numbers; 40 of the 95 of the label
    "sizes_in_labels.md": """| Characteristic | Patients (N = 100) |
|---|---|
| CRS, n (%) | 60 (60.0) |
| Maximum grade of CRS (n = 60), n (%) | |
| &nbsp;&nbsp; 1 | 30 (50.0) |
| &nbsp;&nbsp; 2 | 15 (25.0) |
| &nbsp;&nbsp; 3 | 15 (25.0) |
| Ferritin above 500 (n = 95), n (%) | 40 (42.1) |
""",
    # raised points as copies of pages have them
    "raised_points.md": """| | A (n=36) | B (n=6) | P |
|---|---|---|---|
| Male | 20 (55∙6%) | 3 (50⋅0%) | 1•0 |
| Female | 16 (44‧4%) | 3 (50·0%) | 1·00 |
""",
    # of each half, 1 of 8 is 12.5: up, to even, and exact
    "halves.md": """| | A (n = 8) | B (n = 16) |
|---|---|---|
| CRS, n (%) | 1 (12) | 2 (13) |
| ICANS, n (%) | 3 (38) | 10 (62) |
| HLH, n (%) | 5 (63) | 3 (18.8) |
""",
}


def report_of(folder: Path, name: str, text: str):  # type: ignore[no-untyped-def]
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return make_report(path, with_noticed=False)


@pytest.mark.parametrize("name", HONEST)
def test_a_table_that_an_honest_author_printed_raises_no_alarm(name: str, tmp_path: Path) -> None:
    report = report_of(tmp_path, name, HONEST[name])
    assert {a.figure.figure_id: a.explanation for a in report.audits if a.verdict in ALARMS} == {}
    assert any(audit.verdict is Verdict.CONSISTENT for audit in report.audits)


def test_a_measured_percentage_is_asked_about(tmp_path: Path) -> None:
    name = "percentages_that_are_no_shares.md"
    asked = [cell.text for cell in report_of(tmp_path, name, HONEST[name]).table.questions]
    assert asked == ["104%", "97.3%", "62.7%", "58.9%"]


def test_the_size_of_a_group_is_read_with_its_thousands(tmp_path: Path) -> None:
    report = report_of(tmp_path, "sizes_with_blanks.md", HONEST["sizes_with_blanks.md"])
    sizes = [int(a.figure.reported) for a in report.audits if a.figure.description == "patients"]
    assert sizes == [42, 1024, 1024, 1024]


def test_the_first_row_below_a_lone_header_is_audited(tmp_path: Path) -> None:
    text = "| | All |\n|---|---|\n| CRS | 13/42 (28.6) |\n| ICANS | 12/42 (28.6) |\n"
    report = report_of(tmp_path, "table.md", text)
    verdicts = {audit.figure.description: audit.verdict for audit in report.audits}
    assert verdicts == {"CRS": Verdict.CONTRADICTION, "ICANS": Verdict.CONSISTENT}


def test_stable_disease_is_a_group_and_no_deviation(tmp_path: Path) -> None:
    text = "| | PR (n=8) | SD (n=12) | PD (n=12) |\n|---|---|---|---|\n| Male, n (%) | 4 (50) | 5 (50) | 8 (67) |\n"
    report = report_of(tmp_path, "table.md", text)
    of_sd = {a.figure.statistic: a.verdict for a in report.audits if a.figure.study_group == "SD"}
    assert of_sd["percent"] in ALARMS
    assert {audit.figure.study_group for audit in report.audits} == {"PR", "SD", "PD"}


def test_a_comma_that_would_make_a_p_value_of_forty_is_asked_about(tmp_path: Path) -> None:
    text = "|x| A (n=31) | B (n=11) | p |\n|---|---|---|---|\n| CRP, median | 11.9 | 73.0 | 0,040 |\n"
    report = report_of(tmp_path, "table.md", text)
    assert [cell.text for cell in report.table.questions] == ["0,040"]
    assert not any(audit.verdict in ALARMS for audit in report.audits)


def test_counts_that_fit_neither_group_nor_row_are_still_found(tmp_path: Path) -> None:
    wrong = HONEST["row_percentages.md"].replace("6 (26.1)", "6 (27.1)")
    report = report_of(tmp_path, "table.md", wrong)
    found = {a.figure.description for a in report.audits if a.verdict is Verdict.CONTRADICTION}
    assert "Male" in found


def test_no_ties_make_a_p_value_smaller_than_ranks_allow(tmp_path: Path) -> None:
    # two groups of equal values have the largest statistic: z² = n - 1 = 6 of 7 values, p = 0.0143
    assert smallest_p((4, 3)) == pytest.approx(2 * norm.sf(math.sqrt(6)))
    lines = "| {} , grade, median | 1 | 3 | {} |\n"
    text = "|x| A (n=4) | B (n=3) | p |\n|---|---|---|---|\n" + "".join(
        lines.format(name, p) for name, p in (("CRS", "0.010"), ("ICANS", "0.015"))
    )
    report = report_of(tmp_path, "table.md", text)
    verdicts = {a.figure.description: a.verdict for a in report.audits if a.figure.statistic == "p_value"}
    assert list(verdicts.values()) == [Verdict.NO_READING, Verdict.NOT_CHECKABLE]


def test_a_mean_of_no_number_of_whole_points_is_asked_about(tmp_path: Path) -> None:
    # 1.47 is 22/15, 25/17 and so on, but no sum over 1 to 12; 1.06 is 18/17
    text = "| | A (n = 12) | B (n = 17) |\n|---|---|---|\n| ECOG (points), mean (SD) | 1.47 (0.61) | 1.06 (0.75) |\n"
    report = report_of(tmp_path, "table.md", text)
    verdicts = {a.figure.study_group: a.verdict for a in report.audits if a.figure.statistic == "mean"}
    assert verdicts == {"A": Verdict.CONTRADICTION, "B": Verdict.CONSISTENT}
    assert [finding.weight for finding in report.findings] == [Weight.QUESTION]


def test_ages_in_parts_of_years_are_a_question_and_no_accusation(audit: AuditLines) -> None:
    # 64.5 is the median of 11 ages in parts of years whose smallest and largest were printed whole
    lines = [f"{s},t,age,all,{s},{v},,,11,years" for s, v in (("min", 19), ("median", 64.5), ("max", 78))]
    claims = audit(*lines)["median"].claims
    assert [(claim.verdict, claim.weight) for claim in claims] == [(Verdict.CONTRADICTION, Weight.QUESTION)]
