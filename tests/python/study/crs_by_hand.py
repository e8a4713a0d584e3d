"""Tocilizumab for CRS counted from the raw files in plain Python, without a line of the pipeline.

Sources: the study's rules and ASTCT grading of CRS (Lee 2019, table 2), read a second time.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

Row = dict[str, str]

PRODUCTS = ("axi", "yescarta", "liso", "breyanzi", "tisa", "kymriah", "brexu", "tecartus")
LYMPHOMA = ("dlbcl", "pmbcl", "large b-cell lymphoma", "lbcl", "high-grade b-cell", "transformed follicular")
SETTINGS = ("standard of care", "clinical trial", "expanded access")
STATUSES = ("given", "ordered", "held", "refused", "cancelled")
STEROIDS = (
    "dexamethasone",
    "decadron",
    "steroid iv",
    "predniso",
    "deltasone",
    "medrol",
    "hydrocortisone",
    "cortef",
    "triamcinolone",
)
OTHER_WAIVERS = ("tocilizumab", "actemra", "anakinra", "kineret", "acetaminophen", "tylenol")
SYSTEMIC = ("iv", "iv push", "ivpb", "iv infusion", "po", "oral", "po/ng", "im")
INTO_A_VEIN = ("iv", "iv push", "ivpb", "iv infusion", "iv drip")
PRESSORS = {"norepinephrine": "norepinephrine", "levophed": "norepinephrine", "epinephrine": "epinephrine",
            "phenylephrine": "phenylephrine", "vasopressin": "vasopressin"}  # fmt: skip
OXYGEN = {"none": 0, "blow_by": 2, "nasal_cannula": 2, "high_flow": 3, "facemask": 3, "non_rebreather": 3, "venturi": 3,
          "cpap": 4, "bipap": 4, "intubated": 4, "intubated_airway_only": 0}  # fmt: skip


class Extract:
    """The usable records of an extract by patient."""

    def __init__(self, folder: Path) -> None:
        known = {"f", "female", "m", "male"}
        self.patients = {
            row["patient_id"]
            for row in _records(folder / "patients.csv", "patient_id")
            if row["patient_id"] and _time(row["birth_date"]) and row["sex"].strip().lower() in known
        }
        self.infusions = self._by_patient(folder / "infusions.csv", "infusion_id", "infused_at")
        self.drugs = self._by_patient(
            folder / "medication_administrations.csv", "administration_id", "started_at"
        )
        self.assessments = self._by_patient(
            folder / "toxicity_assessments.csv", "assessment_id", "assessed_at"
        )
        self.deaths = {
            row["patient_id"]: died.date()
            for row in _records(folder / "vital_status.csv", "patient_id")
            if (died := _time(row["died_on"]))
        }

    def _by_patient(self, file: Path, identifier: str, time: str) -> dict[str, list[tuple[datetime, Row]]]:
        found = defaultdict(list)
        for row in _records(file, identifier):
            at = _time(row[time])
            if row["patient_id"] in self.patients and at and _is_usable(row):
                found[row["patient_id"]].append((at, row))
        return {
            patient: sorted(rows, key=lambda one: (one[0], one[1][identifier]))
            for patient, rows in found.items()
        }


def treated(extract: Extract) -> dict[str, datetime]:
    """Patients whose first infusion of the study's kind was their first CAR-T, with its time."""
    found = {}
    for patient, infusions in extract.infusions.items():
        kinds = [
            any(word in row["product"].lower() for word in PRODUCTS)
            and any(word in row["indication"].lower() for word in LYMPHOMA)
            and row["care_setting"].strip().lower() == "standard of care"
            for _, row in infusions
        ]
        if any(kinds) and kinds[0]:
            found[patient] = infusions[0][0]
    return found


def cohort(extract: Extract) -> dict[str, bool]:
    """Patients given tocilizumab during CRS within the enrollment period, with whether CRS resolved."""
    found = {}
    for patient, infused_at in treated(extract).items():
        doses = [
            at
            for at, row in extract.drugs.get(patient, [])
            if row["status"].lower() == "given"
            and any(name in row["medication"].lower() for name in ("tocilizumab", "actemra"))
            and at.date() >= infused_at.date()
        ]
        if not doses or not date(2020, 2, 1) <= infused_at.date() <= date(2024, 11, 30):
            continue
        onset, resolved = course_of_crs(extract, patient, infused_at)
        if onset is None or doses[0] < onset or (resolved is not None and doses[0].date() >= resolved):
            continue
        found[patient] = resolved is not None
    return found


def course_of_crs(
    extract: Extract, patient: str, infused_at: datetime
) -> tuple[datetime | None, date | None]:
    """The first assessment with CRS, and the day on which it was over."""
    assessed = graded(extract, patient, infused_at)
    ill = [at for at, grade, _ in assessed if grade is not None and grade >= 1]
    if not ill:
        return None, None
    days: dict[date, int] = {}
    for at, _, grade in assessed:
        if grade is not None:
            days[at.date()] = max(grade, days.get(at.date(), 0))
    death = extract.deaths.get(patient)
    for number in range(31):
        day = infused_at.date() + timedelta(days=number)
        watched = [days.get(day + timedelta(days=later)) for later in range(5)]
        if (
            day > min(ill).date()
            and watched[:2] == [0, 0]
            and not any(watched)
            and (death is None or death >= day + timedelta(days=5))
        ):
            return min(ill), day
    return min(ill), None


def graded(
    extract: Extract, patient: str, infused_at: datetime
) -> list[tuple[datetime, int | None, int | None]]:
    """Each assessment with its grade by what was known then, and with what it adds to its day."""
    drugs = extract.drugs.get(patient, [])
    pressors, waivers = _pressors(drugs), [at for at, row in drugs if _waives_fever(row)]
    began = last_fever = clear_since = clear_until = None
    found = []
    for at, row in extract.assessments.get(patient, []):
        if at < infused_at:
            continue
        recorded = int(row["recorded_crs_grade"]) if row["recorded_crs_grade"] else None
        if not _is_charted(row):
            found.append((at, recorded, recorded))
            continue
        fever, low, day_low, oxygen = _parts(at, row, pressors)
        if fever:
            began, last_fever = began or at, at
        counts = began is not None and (
            (last_fever is not None and at - last_fever <= timedelta(hours=24))
            or any(began - timedelta(hours=6) <= waiver <= at for waiver in waivers)
        )
        knows_fever, knows_support = bool(row["temperature_c"]), _knows_support(row, low)
        is_complete = knows_fever and (began is None or knows_support)
        if recorded == 0 and max(low, oxygen) > 0 and (counts or not knows_fever):
            recorded = None
        found.append(
            (
                at,
                _grade(max(0, fever, *((low, oxygen) if counts else ())), is_complete, recorded),
                _grade(max(0, fever, *((day_low, oxygen) if counts else ())), is_complete, recorded),
            )
        )
        if knows_fever and knows_support and max(fever, day_low, oxygen) == 0:
            if clear_until is None or at.date() - clear_until.date() > timedelta(days=1):
                clear_since = at
            clear_until = at
            if clear_since is not None and at - clear_since >= timedelta(hours=24):
                began = last_fever = None
        else:
            clear_since = clear_until = None
    return found


def _grade(bound: int, is_complete: bool, recorded: int | None) -> int | None:
    """Complete components decide; else the larger of what they show and what was recorded."""
    if is_complete:
        return bound
    return max(bound, recorded or 0) if bound > 0 or recorded is not None else None


def _knows_support(row: Row, low: int) -> bool:
    device = row["oxygen_support"].strip().lower()
    return (
        (row["hypotension"].strip().lower() in ("true", "false") or low >= 3)
        and device in OXYGEN
        and (device != "nasal_cannula" or bool(row["oxygen_flow_l_min"]))
    )


def _parts(
    at: datetime, row: Row, pressors: list[tuple[datetime, datetime, str]]
) -> tuple[int, int, int, int]:
    """Fever, the grade of low pressure then and over the day, and the grade of low oxygen."""
    fever = int(bool(row["temperature_c"]) and 38.0 <= float(row["temperature_c"]) <= 45.0)
    charted = {PRESSORS.get(name.strip()) for name in row["vasopressors"].lower().split("|")} - {None}
    is_low = 2 if row["hypotension"].strip().lower() == "true" else 0
    low = max(is_low, _pressor_grade({*charted, *_running(at, pressors)}))
    midnight = datetime.combine(at.date(), datetime.min.time())
    moments = [midnight, *(start for start, _, _ in pressors if start.date() == at.date())]
    day_low = max([low, *(_pressor_grade(_running(moment, pressors)) for moment in moments)])
    oxygen = OXYGEN.get(row["oxygen_support"].strip().lower(), 0)
    flow = row["oxygen_flow_l_min"]
    if oxygen == 2 and row["oxygen_support"].lower() == "nasal_cannula" and flow and float(flow) > 6:
        oxygen = 3
    return fever, low, day_low, oxygen


def _pressor_grade(names: set[str | None]) -> int:
    others = len(names - {"vasopressin"})
    return 4 if others > 1 else 3 if names else 0


def _running(moment: datetime, pressors: list[tuple[datetime, datetime, str]]) -> set[str | None]:
    return {name for start, end, name in pressors if start == moment or start <= moment < end}


def _pressors(drugs: list[tuple[datetime, Row]]) -> list[tuple[datetime, datetime, str]]:
    return [
        (at, max(at, _time(row["ended_at"]) or at), name)
        for at, row in drugs
        for word, name in PRESSORS.items()
        if row["medication"].lower().startswith(word)
        and row["status"].lower() == "given"
        and row["route"].lower() in INTO_A_VEIN
    ]


def _waives_fever(row: Row) -> bool:
    drug = row["medication"].lower()
    is_steroid = any(word in drug for word in STEROIDS) and row["route"].strip().lower() in SYSTEMIC
    return row["status"].lower() == "given" and (is_steroid or any(word in drug for word in OTHER_WAIVERS))


def _is_charted(row: Row) -> bool:
    return any(row[column] for column in ("temperature_c", "hypotension", "vasopressors", "oxygen_support"))


def _is_usable(row: Row) -> bool:
    if "care_setting" in row:
        return (
            row["care_setting"].strip().lower() in SETTINGS
            and bool(row["product"])
            and bool(row["indication"])
        )
    if "medication" in row:
        return row["status"].strip().lower() in STATUSES and bool(row["medication"])
    return True


def _records(file: Path, identifier: str) -> list[Row]:
    """Every whole record once; ids that stand for two different records are left out."""
    with file.open(encoding="utf-8", newline="") as text:
        header, *records = csv.reader(text)
    versions: dict[str, list[Row]] = defaultdict(list)
    place = header.index(identifier)
    for cells in records:
        row = dict(zip(header, cells, strict=False))
        if len(cells) == len(header) and row not in versions[cells[place]]:
            versions[cells[place]].append(row)
    return [rows[0] for rows in versions.values() if len(rows) == 1]


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return time if time.tzinfo is None and 1800 <= time.year <= 2299 and len(text.strip()) >= 10 else None
