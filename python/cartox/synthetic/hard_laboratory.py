"""Laboratory rows that must not count, or count otherwise than they look.

They belong to patients who hold a printed median, or who must have no baseline.
"""

from datetime import datetime, timedelta

from cartox.synthetic import vocabulary
from cartox.synthetic.dice import dice
from cartox.synthetic.extract import Extract, Row, time_text
from cartox.synthetic.subjects import Subject
from cartox.synthetic.targets import BASELINES

UNUSABLE_LDH: tuple[Row, ...] = (
    {"result": "612", "unit": "U/L", "comment": "Specimen moderately hemolyzed"},
    {"result": "588", "unit": "U/L", "comment": "HEMOLYSED, interpret with caution"},
    {"result": "840", "unit": "U/L", "specimen": "Pleural fluid"},
    {"result": "333", "unit": "U/L", "specimen": "CSF"},
    {"result": "TNP", "unit": "U/L", "comment": "clotted"},
    {"result": "QNS", "unit": ""},
    {"result": "150-250", "unit": "U/L"},
    {"result": "9999999", "unit": "U/L"},
    {"result": "251", "unit": "arb. U"},
    {"result": "251", "unit": ""},
    {
        "result": "402",
        "unit": "U/L",
        "code_system": "LOINC",
        "code": "14805-6",
        "test_name": "LDH P->L",
    },
    {"result": "260", "unit": "U/L", "status": "cancelled"},
)
"""Results from which no LDH of blood can be read."""

UNUSABLE_FERRITIN: tuple[Row, ...] = (
    {"result": "QNS", "unit": "ng/mL"},
    {"result": "pending", "unit": "ng/mL"},
    {"result": "see note", "unit": "ng/mL", "comment": "sample sent out"},
    {"result": "88", "unit": "ng/mL", "specimen": "CSF"},
    {"result": "870", "unit": ""},
    {"result": "91", "unit": "mg/dL"},
    {"result": "900", "unit": "ng/mL", "status": "Cancelled"},
)

UNUSABLE_IN_COURSE: dict[str, tuple[Row, ...]] = {
    "ldh": (
        {"result": "1,920", "unit": "U/L", "comment": "Hemolyzed 3+; recollect"},
        {"result": "2450", "unit": "U/L", "specimen": "Pleural fluid"},
        {"result": "1310", "unit": "U/L", "specimen": "Ascites"},
        {"result": "9999999", "unit": "U/L"},
        {"result": "1870", "unit": "U/L", "code_system": "LOINC", "code": "14805-6"},
    ),
    "crp": (
        {"result": "340", "unit": "mg/L", "specimen": "Joint fluid"},
        {"result": "410", "unit": ""},
        {"result": "38", "unit": "g/L"},
        {"result": "2560", "unit": "mg/L"},
        {"result": "1:640", "unit": "titer", "code_system": "LOINC", "code": "14634-0"},
    ),
    "ferritin": (
        {"result": "99000", "unit": "ng/mL", "specimen": "Pleural fluid"},
        {"result": "88000", "unit": "ng/dL"},
        {"result": "91,5", "unit": "ng/mL"},
        {"result": "39000", "unit": "ng/mL", "status": "cancelled"},
        {"result": "9999999", "unit": "ng/mL"},
    ),
}
"""Results that would be the day's highest if they counted."""


def confuse_laboratory(extract: Extract, cohort: list[Subject]) -> None:
    """Add rows to the patients without a baseline, and to those with a printed median."""
    for subject in cohort:
        if "no_baseline_ldh" in subject.roles:
            _without_baseline(extract, subject, "ldh", UNUSABLE_LDH, too_old_days=29)
        if "no_baseline_ferritin" in subject.roles:
            _without_baseline(extract, subject, "ferritin", UNUSABLE_FERRITIN, too_old_days=33)
        for analyte, target in BASELINES.items():
            group = subject.study_group
            middle = target.middle_responders if group == "responder" else target.middle_non_responders
            if subject.baseline.get(analyte) in middle:
                _around_baseline(extract, subject, analyte)
        for analyte in UNUSABLE_IN_COURSE:
            if f"{analyte}_area_median" in subject.roles:
                _around_course(extract, subject, analyte)
    for subject in cohort[::3]:
        _per_cent_of_neutrophils(extract, subject)


def _anchor(subject: Subject) -> datetime:
    return subject.lymphodepletion_at or subject.infused_at


def _add(extract: Extract, subject: Subject, analyte: str, row: Row, time: datetime) -> Row:
    filled: Row = {
        "patient_id": subject.patient_id,
        "test_name": vocabulary.LAB_CODES[analyte][2][0],
        "specimen": "Serum",
        "collected_at": time_text(time),
        "resulted_at": time_text(time + timedelta(minutes=70)),
        "status": "final",
    }
    return extract.add("lab_results", filled | row)


def _conflict(
    extract: Extract,
    subject: Subject,
    analyte: str,
    texts: tuple[str, str],
    unit: str,
    time: datetime,
) -> None:
    """Write two results under one id of which neither is a correction."""
    first = _add(extract, subject, analyte, {"result": texts[0], "unit": unit}, time)
    extract.rows["lab_results"].append(first | {"result": texts[1]})


def _without_baseline(
    extract: Extract,
    subject: Subject,
    analyte: str,
    unusable: tuple[Row, ...],
    too_old_days: int,
) -> None:
    """Write results before lymphodepletion of which none is usable, one too old, and some too late."""
    anchor = _anchor(subject)
    for place, row in enumerate(unusable):
        _add(extract, subject, analyte, row, anchor - timedelta(hours=20 + 9 * place))
    unit = "U/L" if analyte == "ldh" else "ng/mL"
    _conflict(extract, subject, analyte, ("210", "310"), unit, anchor - timedelta(hours=31))
    _add(
        extract,
        subject,
        analyte,
        {"result": "205", "unit": unit},
        anchor - timedelta(days=too_old_days),
    )
    _add(extract, subject, analyte, {"result": "240", "unit": unit}, anchor)
    _add(
        extract,
        subject,
        analyte,
        {"result": "233", "unit": unit},
        anchor + timedelta(hours=26),
    )
    _add(
        extract,
        subject,
        analyte,
        {"result": "214", "unit": unit, "collected_at": "unknown"},
        anchor,
    )


def _around_baseline(extract: Extract, subject: Subject, analyte: str) -> None:
    """Correct the baseline of a patient in the middle, repeat it, and write later ones that do not count."""
    rows = extract.of_patient("lab_results", subject.patient_id)
    loinc, local, names = vocabulary.LAB_CODES[analyte]
    own = [row for row in rows if row.get("code") in (loinc, local) or row.get("test_name") in names]
    baseline = max(
        (row for row in own if row["collected_at"] < time_text(_anchor(subject))),
        key=lambda row: row["collected_at"],
    )
    baseline["result"] = baseline["result"].removesuffix(" H").removesuffix("*")
    number = float(baseline["result"].replace(",", ""))
    mistaken = dict(baseline) | {"result": f"{number * 2.5:g}", "status": "final"}
    baseline |= {
        "status": "Corrected" if subject.study_group == "non_responder" else "Amended",
        "resulted_at": time_text(_anchor(subject) + timedelta(hours=8)),
    }
    extract.rows["lab_results"] += [mistaken, dict(baseline)]
    later = _anchor(subject) - timedelta(hours=6)
    if analyte == "ferritin":
        baseline["comment"] = extract.rows["lab_results"][-1]["comment"] = "slightly hemolyzed"
    wrong: dict[str, Row] = {
        "ldh": {"result": "2400", "unit": "U/L", "specimen": "Pleural fluid"},
        "crp": {"result": "151", "unit": "mg/L", "specimen": "Joint fluid"},
        "ferritin": {"result": "14", "unit": "ng/mL", "specimen": "CSF"},
        "hemoglobin": {
            "result": "5.6",
            "unit": "g/dL",
            "code_system": "LOINC",
            "code": "2614-6",
            "test_name": "Hemoglobin",
        },
    }
    _add(extract, subject, analyte, wrong[analyte], later)
    _add(
        extract,
        subject,
        analyte,
        {"result": "TNP", "unit": baseline["unit"]},
        later + timedelta(hours=1),
    )


def _around_course(extract: Extract, subject: Subject, analyte: str) -> None:
    """Write results around the peak of a median curve that would lift a day's maximum if they counted."""
    stream = dice("around course", subject.name, analyte)
    for place, row in enumerate(UNUSABLE_IN_COURSE[analyte]):
        _add(
            extract,
            subject,
            analyte,
            row,
            subject.at(5 + place, 12, stream.randint(0, 59)),
        )
    texts = {
        "ldh": ("1500", "1600"),
        "crp": ("222", "333"),
        "ferritin": ("39100", "39200"),
    }[analyte]
    unit = {"ldh": "U/L", "crp": "mg/L", "ferritin": "ng/mL"}[analyte]
    _conflict(extract, subject, analyte, texts, unit, subject.at(6, 3, 5))
    low = {"ldh": "100", "crp": "1", "ferritin": "55"}[analyte]
    corrected = _add(
        extract,
        subject,
        analyte,
        {"result": low, "unit": unit, "status": "amended"},
        subject.at(7, 2, 40),
    )
    mistaken = corrected | {
        "result": texts[1],
        "status": "final",
        "resulted_at": time_text(subject.at(7, 3, 0)),
    }
    extract.rows["lab_results"].append(mistaken)
    _add(
        extract,
        subject,
        analyte,
        {"result": low, "unit": unit, "status": "preliminary"},
        subject.at(8, 2, 10),
    )
    _add(
        extract,
        subject,
        analyte,
        {"result": texts[0], "unit": unit, "collected_at": "2021-02-30 10:00"},
        subject.at(8, 9),
    )


def _per_cent_of_neutrophils(extract: Extract, subject: Subject) -> None:
    row: Row = {
        "result": "64",
        "unit": "%",
        "code_system": "LOINC",
        "code": "770-8",
        "test_name": "Neutrophils %",
    }
    _add(
        extract,
        subject,
        "neutrophils",
        row | {"specimen": "Blood"},
        _anchor(subject) - timedelta(hours=4),
    )
    untold: Row = {"result": "71", "unit": "%", "test_name": "ANC", "specimen": "Blood"}
    _add(extract, subject, "neutrophils", untold, _anchor(subject) - timedelta(hours=5))
