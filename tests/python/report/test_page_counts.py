"""The counts in the page's tables are those of the marts, counted here a second time, row by row."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from statistics import quantiles
from typing import Any

import duckdb
import pytest

from tests.python.report.pages import Page


@pytest.fixture(scope="module")
def page(study_page: Path) -> Page:
    return Page(study_page)


@pytest.fixture(scope="module")
def groups(study_connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(study_connection.execute("select patient_id, study_group from marts.cohort").fetchall())


def _table(study_page: Path, name: str) -> list[dict[str, str]]:
    with (study_page.parent / "tables" / f"{name}.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def _text(page: Page, title: str) -> str:
    """The table under a title, without its tags' line ends."""
    return (
        page.text.split(f"<h3>{title}</h3>")[1].split("</table>")[0].replace("\n", "").replace("\u00a0", " ")
    )


def test_grades_that_fell_early_are_counted(
    page: Page, study_page: Path, study_connection: Any, groups: dict[str, str]
) -> None:
    evaluable: Counter[tuple[str, str, str]] = Counter()
    improved: Counter[tuple[str, str, str]] = Counter()
    for patient, hours, least, most in study_connection.execute(
        "select patient_id, within_hours, least_fallen, most_fallen from marts.improvements"
    ).fetchall():
        for asked in (1, 2):
            key = (str(hours), str(asked), groups[patient])
            evaluable[key] += least is not None and (least >= asked or most < asked)
            improved[key] += least is not None and least >= asked
    rows = _table(study_page, "early_improvement")
    found = {
        (row["item"].removesuffix("_hours"), row["level"].removeprefix("at_least_"), row["study_group"]): row
        for row in rows
        if row["study_group"] in ("responder", "non_responder")
    }
    assert {key: int(row["n_of"]) for key, row in found.items()} == evaluable
    assert {key: int(row["n"]) for key, row in found.items()} == improved
    shown = _text(page, "Early improvement of ICANS")
    for key, total in evaluable.items():
        assert f"{improved[key]} of {total} ({100 * improved[key] / total:.1f} %)" in shown


def test_responses_of_the_lymphoma_are_counted(
    page: Page, study_connection: Any, groups: dict[str, str]
) -> None:
    counted = Counter(
        (window, response, groups[patient])
        for patient, window, response in study_connection.execute(
            "select patient_id, response_window, response from marts.response_windows"
        ).fetchall()
        if patient in groups
    )
    sizes = Counter(groups.values())
    shown = _text(page, "Response of the lymphoma")
    rows = shown.split("<tr>")[2:]
    names = {
        "CR": "complete (CR)", "PR": "partial (PR)", "SD": "stable (SD)",
        "PD": "progressive (PD)", "NE": "not evaluated (NE)",
    }  # fmt: skip
    assert len(rows) == 2 * len(names)
    for window, days in (("day_30", "day 30 (days 21 to 45)"), ("day_90", "day 90 (days 75 to 120)")):
        for response, name in names.items():
            (row,) = [row for row in rows if days in row and name in row]
            cells = [
                f"{counted[window, response, group]} of {sizes[group]} "
                f"({100 * counted[window, response, group] / sizes[group]:.1f} %)"
                for group in ("responder", "non_responder")
            ]
            assert [row.index(cell) for cell in cells] == sorted(row.index(cell) for cell in cells)


def test_grades_to_look_at_are_counted(
    page: Page, study_page: Path, study_connection: Any, groups: dict[str, str]
) -> None:
    doubtful = study_connection.execute("select patient_id, reason from marts.grade_reviews").fetchall()
    treated = Counter(reason for _, reason in doubtful)
    cohort = Counter(reason for patient, reason in doubtful if patient in groups)
    rows = _table(study_page, "grade_reviews")
    assert sorted(int(row["n_treated"]) for row in rows if row["n_treated"] != "0") == sorted(
        treated.values()
    )
    assert sum(int(row["n_cohort"]) for row in rows) == cohort.total()
    assert (
        len(rows) == study_connection.execute("select count(*) from seeds.grade_review_reasons").fetchone()[0]
    )
    patients = {patient for patient, _ in doubtful}
    said = next(text for text in page.readings if "rests on a doubtful finding" in text)
    assert said.startswith(f"{len(patients)} treated patients have")
    assert f"{len(patients & groups.keys())} of them in the cohort" in said


def test_causes_of_death_add_up_to_the_deaths(page: Page, study_page: Path, study_connection: Any) -> None:
    deaths = study_connection.execute(
        "select cause_of_death, relapsed_on is not null and relapsed_on <= died_on, is_non_relapse_death is null "
        "from marts.deaths"
    ).fetchall()
    rows = _table(study_page, "causes_of_death")
    coded = Counter(cause or "UNK" for cause, _, _ in deaths)
    relapse_first = Counter("LYM" if is_relapsed else cause or "UNK" for cause, is_relapsed, _ in deaths)
    assert sorted(int(row["n_by_cibmtr"]) for row in rows) == sorted(coded.values())
    assert sorted(int(row["n_by_ebmt"]) for row in rows) == sorted(relapse_first.values())
    unclear = [cause for cause, is_relapsed, is_unclear in deaths if is_unclear and not is_relapsed]
    assert len(unclear) == sum(is_unclear for _, _, is_unclear in deaths)
    without = sum(not is_relapsed and cause != "LYM" for cause, is_relapsed, _ in deaths) - len(unclear)
    said = next(text for text in page.readings if "deaths of treated patients" in text)
    assert said == (
        f"Of {len(deaths)} deaths of treated patients, {without} came without a known relapse and not of the lymphoma "
        f"as far as causes are known. Of {len(unclear)} nobody knows whether a relapse came before."
    )


def test_deaths_of_unknown_cause_are_told_beside_the_shares(page: Page, study_connection: Any) -> None:
    causes = [
        cause for (cause,) in study_connection.execute("select cause_of_death from marts.deaths").fetchall()
    ]
    n_unknown = sum(cause in (None, "UNK") for cause in causes)
    assert n_unknown
    assert f"Of {len(causes)} deaths, {n_unknown} have no known cause." in page.text
    counted = study_connection.execute(
        "select n_deaths_of_unknown_cause, certainty from marts.era_mortality"
    ).fetchall()
    assert sum(n for n, _ in counted) == n_unknown
    assert all(certainty == ("at_least" if n else "exact") for n, certainty in counted)


def test_scores_are_described_by_group(
    study_page: Path, study_connection: Any, groups: dict[str, str]
) -> None:
    rows = _table(study_page, "baseline_scores")
    for score, column in (
        *((name, name) for name in ("easix", "m_easix", "s_easix", "car_hematotox", "recorded_ipi")),
        ("computed_ipi", "ipi"),
    ):
        values = study_connection.execute(
            f"select patient_id, {column} from marts.baseline_scores where {column} is not null"
        ).fetchall()
        for group in ("responder", "non_responder"):
            own = [value for patient, value in values if groups.get(patient) == group]
            (row,) = [row for row in rows if (row["measure"], row["study_group"]) == (score, group)]
            assert int(row["n"]) == len(own)
            expected = quantiles(own, n=4, method="inclusive")
            assert [float(row[name]) for name in ("q1", "median", "q3")] == pytest.approx(expected)
