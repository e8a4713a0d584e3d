"""Cohort patients whose grades depend on one rule of the grading each.

Every presentation below is of the highest grade of the patient, or would be taken for a higher one: without
the rule, the printed share of grade 4 ICANS or of grade 3-4 CRS changes.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cartox.synthetic.assessments import CRS_COLUMNS, ICANS_COLUMNS, blank
from cartox.synthetic.extract import Extract, Row, time_text
from cartox.synthetic.subjects import Slot, Subject

NO_SUPPORT: Row = {
    "hypotension": "false",
    "vasopressors": "",
    "oxygen_support": "none",
    "oxygen_flow_l_min": "",
}
CLEAR_MIND: Row = {
    "ice_score": "10",
    "consciousness": "alert",
    "seizure": "none",
    "motor_weakness": "false",
    "raised_icp": "none",
    "sedated": "false",
}
FEVER: Row = {"temperature_c": "38.7"}

SEVERE_CRS: dict[str, Row] = {
    "afebrile_after_tocilizumab": {
        "temperature_c": "36.9",
        "hypotension": "true",
        "vasopressors": "norepinephrine",
    },
    "flow_above_six": FEVER | {"oxygen_support": "nasal_cannula", "oxygen_flow_l_min": "6.1"},
    "vasopressor_in_administrations": FEVER | {"hypotension": "true"},
    "vasopressin_alone": FEVER | {"hypotension": "true", "vasopressors": "Vasopressin"},
    "crs_recorded_only": {},
}
"""CRS of grade 3 in non-responders."""

MILD_CRS: dict[str, Row] = {
    "flow_of_six": FEVER | {"oxygen_support": "nasal_cannula", "oxygen_flow_l_min": "6.0"},
    "inotrope": FEVER | {"hypotension": "true", "vasopressors": "dobutamine"},
    "vasopressor_held": FEVER | {"hypotension": "true"},
    "vasopressor_before_fever": FEVER | {"hypotension": "true"},
}
"""CRS of grade 2 in responders that a wrong rule takes for grade 3."""

ICANS_GRADE_4: dict[str, Row] = {
    "unarousable_without_ice": {
        "ice_score": "",
        "consciousness": "unarousable",
        "recorded_icans_grade": "3",
    },
    "icans_recorded_only": {},
    "prolonged_seizure": {
        "ice_score": "8",
        "seizure": "prolonged",
        "recorded_icans_grade": "3",
    },
    "hemiparesis": {
        "ice_score": "9",
        "motor_weakness": "TRUE",
        "recorded_icans_grade": "2",
    },
    "diffuse_edema": {
        "ice_score": "7",
        "raised_icp": "diffuse",
        "recorded_icans_grade": "",
    },
    "seizure_under_sedation": {
        "ice_score": "",
        "consciousness": "unarousable",
        "seizure": "prolonged",
        "sedated": "true",
        "recorded_icans_grade": "",
    },
}
"""ICANS of grade 4 in non-responders."""

ICANS_BELOW_4: dict[str, Row] = {
    "awake_with_ice_of_zero": {"ice_score": "0", "recorded_icans_grade": "4"},
    "hemorrhage": {
        "ice_score": "8",
        "raised_icp": "hemorrhage",
        "recorded_icans_grade": "4",
    },
    "consciousness_in_other_words": {
        "ice_score": "5",
        "consciousness": "comatose",
        "recorded_icans_grade": "2",
    },
    "unarousable_under_sedation": {
        "ice_score": "",
        "consciousness": "unarousable",
        "sedated": "true",
        "recorded_icans_grade": "4",
    },
}
"""Assessments of responders that a wrong rule takes for grade 4; the last cannot be graded at all."""


def choose_presentations(cohort: list[Subject]) -> None:
    """Hand the presentations out as roles, and let some responders relapse before they resolve."""
    non_responders = [subject for subject in cohort if subject.study_group == "non_responder"]
    responders = [subject for subject in cohort if subject.study_group == "responder"]
    _hand_out(
        SEVERE_CRS,
        (subject for subject in non_responders if _peak(subject.course.crs) >= 3),
    )
    _hand_out(MILD_CRS, (subject for subject in responders if _peak(subject.course.crs) == 2))
    _hand_out(ICANS_GRADE_4, iter(non_responders))
    _hand_out(
        ICANS_BELOW_4,
        (subject for subject in reversed(responders) if _peak(subject.course.icans) < 4),
    )
    _hand_out(
        {"never_febrile": {}},
        (subject for subject in responders if not subject.course.crs),
    )
    _hand_out(
        {"intubated_for_airway": {}},
        (subject for subject in responders if _peak(subject.course.crs) == 1),
    )
    slow = [subject for subject in responders if _resolution_day(subject) >= _index_day(subject) + 6]
    for subject in slow[:3]:
        subject.roles.add("day_without_icans")
        for turn in (0, 1):
            subject.course.icans.pop((_index_day(subject) + 3, turn))


def _hand_out(presentations: dict[str, Row], subjects: Iterator[Subject]) -> None:
    for presentation in presentations:
        next(subjects).roles.add(presentation)


def _peak(grades: dict[Slot, int]) -> int:
    return max(grades.values(), default=0)


def _index_day(subject: Subject) -> int:
    return subject.study_day(subject.first_dose_at)


def _resolution_day(subject: Subject) -> int:
    return max(day for day, _ in subject.course.icans) + 1


def present_unusually(extract: Extract, subject: Subject, rows: dict[Slot, Row]) -> None:
    """Rewrite assessments of a cohort patient by the roles handed out."""
    for slot, row in rows.items():
        _present_crs(extract, subject, row, subject.course.crs.get(slot, 0))
        _present_icans(subject, row, subject.course.icans.get(slot, 0))
    index_day = _index_day(subject)
    after_index = rows[index_day + 1, 0]
    for name in ("hemorrhage", "consciousness_in_other_words"):
        if name in subject.roles:
            after_index |= CLEAR_MIND | ICANS_BELOW_4[name]
    if "unarousable_under_sedation" in subject.roles:
        sedated = {
            "patient_id": subject.patient_id,
            "assessed_at": time_text(subject.at(index_day + 1, 14, 10)),
        } | ICANS_BELOW_4["unarousable_under_sedation"]
        extract.add("toxicity_assessments", sedated)
    if "never_febrile" in subject.roles:
        rows[subject.course.last_inpatient_day - 1, 0] |= NO_SUPPORT | {
            "temperature_c": "36.8",
            "hypotension": "true",
            "vasopressors": "norepinephrine",
            "recorded_crs_grade": "3",
        }
    if "vasopressor_before_fever" in subject.roles:
        _run_norepinephrine(extract, subject, subject.at(0, 19), "vasopressor_in_administrations")
    if "intubated_for_airway" in subject.roles:
        rows[2, 0] |= (
            NO_SUPPORT | FEVER | {"oxygen_support": "intubated_airway_only", "recorded_crs_grade": "4"}
        )


def _present_crs(extract: Extract, subject: Subject, row: Row, grade: int) -> None:
    for name, components in (SEVERE_CRS if grade >= 3 else MILD_CRS if grade == 2 else {}).items():
        if name not in subject.roles:
            continue
        row |= NO_SUPPORT | components | {"recorded_crs_grade": "2" if grade >= 3 else "3"}
        if name == "crs_recorded_only":
            blank(row, CRS_COLUMNS)
            row["recorded_crs_grade"] = str(grade)
        if name in ("vasopressor_in_administrations", "vasopressor_held"):
            _run_norepinephrine(extract, subject, datetime.fromisoformat(row["assessed_at"]), name)


def _run_norepinephrine(extract: Extract, subject: Subject, moment: datetime, name: str) -> None:
    """Write an infusion that runs, or was to run, from three hours before the moment to four after it."""
    extract.add(
        "medication_administrations",
        {
            "patient_id": subject.patient_id,
            "medication": "Levophed" if name == "vasopressor_in_administrations" else "norepinephrine",
            "dose": "8",
            "dose_unit": "mcg/min",
            "route": "IV drip",
            "started_at": time_text(moment - timedelta(hours=3)),
            "ended_at": time_text(moment + timedelta(hours=4)),
            "status": "held" if name == "vasopressor_held" else "given",
        },
    )


def _present_icans(subject: Subject, row: Row, grade: int) -> None:
    if grade == 4:
        for name, components in ICANS_GRADE_4.items():
            if name in subject.roles:
                row |= CLEAR_MIND | components
                if name == "icans_recorded_only":
                    blank(row, ICANS_COLUMNS)
                    row["recorded_icans_grade"] = "4"
    if grade == 3 and "awake_with_ice_of_zero" in subject.roles:
        row |= CLEAR_MIND | ICANS_BELOW_4["awake_with_ice_of_zero"]
