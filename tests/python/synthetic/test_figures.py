"""The raw rows give the reported figures when they are read a second time, without the pipeline."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from statistics import median

import pytest
from scipy.stats import mannwhitneyu

from cartox.synthetic.subjects import Subject
from tests.python.synthetic import second_reading as reading
from tests.python.synthetic.written_study import Row, WrittenStudy

pytestmark = pytest.mark.xdist_group("synthetic study")

ERA_DATE = datetime(2020, 2, 5)
TOXIC = ("CRS", "ICANS", "CRS_ICANS")


def _groups(study: WrittenStudy, value: Callable[[Subject], float | None]) -> tuple[list[float], list[float]]:
    found: dict[str, list[float]] = {"non_responder": [], "responder": []}
    for subject in study.cohort:
        number = value(subject)
        if number is not None:
            found[subject.study_group].append(number)
    return found["non_responder"], found["responder"]


def _p(non_responders: list[float], responders: list[float]) -> float:
    return float(mannwhitneyu(non_responders, responders, method="asymptotic", use_continuity=True).pvalue)


@pytest.mark.parametrize(
    ("analyte", "sizes", "medians", "decimals", "p_value", "p_decimals"),
    [
        ("hemoglobin", (11, 31), (8.5, 10.2), 1, 0.010, 3),
        ("crp", (11, 31), (73.0, 11.9), 1, 0.015, 3),
        ("ferritin", (10, 31), (1236, 399), 0, 0.040, 3),
        ("ldh", (11, 30), (367.0, 218.5), 1, 0.0165, 4),
    ],
)
def test_baselines_before_lymphodepletion(
    study: WrittenStudy,
    analyte: str,
    sizes: tuple[int, int],
    medians: tuple[float, float],
    decimals: int,
    p_value: float,
    p_decimals: int,
) -> None:
    def baseline(subject: Subject) -> float | None:
        anchor = subject.lymphodepletion_at or subject.infused_at
        values = reading.usable_values(study.of_patient("lab_results", subject.patient_id), analyte)
        before = [value for time, value in values if anchor - timedelta(days=28) <= time < anchor]
        return before[-1] if before else None

    groups = _groups(study, baseline)
    assert tuple(len(group) for group in groups) == sizes
    assert tuple(round(median(group), decimals) for group in groups) == medians
    assert round(_p(*groups), p_decimals) == p_value


@pytest.mark.parametrize(
    ("analyte", "medians", "p_value", "p_decimals"),
    [
        ("crp", (1165.6, 530.2), 0.011, 3),
        ("ferritin", (126323.0, 43845.5), 0.0553, 4),
        ("ldh", (9644.0, 7164.5), 0.3451, 4),
    ],
)
def test_areas_under_the_daily_maxima(
    study: WrittenStudy, analyte: str, medians: tuple[float, float], p_value: float, p_decimals: int
) -> None:
    def area(subject: Subject) -> float:
        rows = study.of_patient("lab_results", subject.patient_id)
        return reading.area(reading.usable_values(rows, analyte), subject.infused_at)

    groups = _groups(study, area)
    assert tuple(len(group) for group in groups) == (11, 31)
    assert tuple(round(median(group), 1) for group in groups) == medians
    assert round(_p(*groups), p_decimals) == p_value


def test_glucocorticoids_before_and_from_the_index_time(study: WrittenStudy) -> None:
    windows: dict[str, list[float]] = {"before": [], "after": []}
    totals: dict[str, list[float]] = {"responder": [], "non_responder": []}
    for subject in study.cohort:
        doses = reading.glucocorticoid_doses(
            study.of_patient("medication_administrations", subject.patient_id)
        )
        index_at = subject.first_dose_at
        before = reading.total_between(doses, subject.at(0, 0), index_at)
        after = reading.total_between(doses, index_at, subject.at(31, 0))
        windows["before"].append(before)
        windows["after"].append(after)
        totals[subject.study_group].append(before + after)
    printed = {
        name: (sum(value > 0 for value in values), *(round(f(values), 1) for f in (median, min, max)))
        for name, values in windows.items()
    }
    assert printed == {"before": (39, 40.0, 0, 1041.9), "after": (40, 585.0, 0, 2432.1)}
    assert {group: round(median(values)) for group, values in totals.items()} == {
        "responder": 398,
        "non_responder": 1040,
    }
    assert _p(totals["non_responder"], totals["responder"]) < 0.001


def test_icans_at_the_index_time_and_at_its_peak(study: WrittenStudy) -> None:
    at_index, grade_4 = [], {"responder": 0, "non_responder": 0}
    for subject in study.cohort:
        graded = [
            (time, grade)
            for row in study.of_patient("toxicity_assessments", subject.patient_id)
            if (time := reading.time_of(row["assessed_at"]))
            and (grade := reading.icans_grade(row)) is not None
        ]
        index_at = subject.first_dose_at
        at_index.append(
            max(grade for time, grade in graded if index_at - timedelta(days=1) <= time <= index_at)
        )
        peak = max(grade for time, grade in graded if subject.at(0, 0) <= time < subject.at(31, 0))
        grade_4[subject.study_group] += peak == 4
    assert median(at_index) == 3
    assert grade_4 == {"responder": 8, "non_responder": 11}


def test_cohort_is_described_as_reported(study: WrittenStudy) -> None:
    births = {row["patient_id"]: row for row in study.rows["patients"]}
    infusions = {row["patient_id"]: row for row in study.rows["infusions"]}
    ages, males = [], 0
    for subject in study.cohort:
        born = date.fromisoformat(births[subject.patient_id]["birth_date"])
        infused = datetime.fromisoformat(infusions[subject.patient_id]["infused_at"]).date()
        ages.append(infused.year - born.year - ((infused.month, infused.day) < (born.month, born.day)))
        males += births[subject.patient_id]["sex"].lower().startswith("m")
    rows = [infusions[subject.patient_id] for subject in study.cohort]
    assert (median(ages), min(ages), max(ages), males) == (64.5, 19, 78, 23)
    assert sum(row["ann_arbor_stage"].upper().removesuffix("B") == "IV" for row in rows) == 28
    assert sum(row["disease_status"].lower() == "refractory" for row in rows) == 31
    assert _spread(rows, "ipi") == (3, 1, 5)
    assert _spread(rows, "prior_lines") == (2, 1, 6)


def test_prognostic_index_agrees_with_what_it_is_made_of(study: WrittenStudy) -> None:
    infusions = {row["patient_id"]: row for row in study.rows["infusions"]}
    for subject in study.cohort:
        row = infusions[subject.patient_id]
        age = (subject.infused_at.date() - subject.birth_date).days / 365.25
        points = (age >= 61) + (subject.stage in ("III", "IV")) + (int(row["ecog"]) >= 2)
        points += (int(row["extranodal_sites"]) > 1) + (subject.baseline.get("ldh", 0) > 225)
        assert points == int(row["ipi"])


def _spread(rows: list[Row], column: str) -> tuple[float, int, int]:
    numbers = [int(row[column]) for row in rows]
    return median(numbers), min(numbers), max(numbers)


def _treated(study: WrittenStudy) -> dict[str, datetime]:
    """First infusion if of a CD19 product for large B-cell lymphoma as standard of care."""
    known = {row["patient_id"] for row in study.rows["patients"]}
    names = ("yescarta", "axi", "breyanzi", "liso", "kymriah", "tisa")
    other = ("mantle cell lymphoma", "follicular lymphoma", "b-all", "multiple myeloma", "mm")
    infusions: dict[str, list[tuple[datetime, bool]]] = {}
    for row in study.rows["infusions"]:
        time = reading.time_of(row["infused_at"])
        setting = row["care_setting"].strip().lower()
        is_usable = setting in ("standard of care", "clinical trial", "expanded access") and row["product"]
        if time is None or not is_usable or row["patient_id"] not in known:
            continue
        qualifies = setting == "standard of care" and row["product"].lower().startswith(names)
        qualifies = qualifies and row["indication"].lower() not in other
        infusions.setdefault(row["patient_id"], []).append((time, qualifies))
    first = {patient: min(times) for patient, times in infusions.items()}
    return {patient: time for patient, (time, qualifies) in first.items() if qualifies}


def test_treated_and_dead_by_era(study: WrittenStudy) -> None:
    treated = _treated(study)
    ends = {row["patient_id"]: row for row in study.rows["vital_status"]}
    for era_date, expected in ((ERA_DATE, ((179, 70, 6), (325, 169, 7))), (datetime(2020, 5, 2), None)):
        counts = []
        for is_before in (True, False):
            patients = [patient for patient, time in treated.items() if (time < era_date) == is_before]
            dead = [ends[one] for one in patients if reading.time_of(ends[one]["died_on"])]
            toxic = [
                row for row in dead if row["cause_of_death"].strip().upper() in ("CRS", "ICANS", "CRS_ICANS")
            ]
            counts.append((len(patients), len(dead), len(toxic)))
        if expected:
            assert tuple(counts) == expected
        else:
            assert counts[0][0] >= 189
            assert counts[0][1] > 70
            assert counts[0][2] > 6


def test_enough_people_outside_the_treated_population(study: WrittenStudy) -> None:
    known = {subject.patient_id for subject in study.subjects}
    assert len(known) - len(_treated(study)) >= 40
