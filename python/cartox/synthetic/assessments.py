"""Bedside assessments: two rounds a day in hospital, single visits afterwards."""

from cartox.synthetic.components import crs_components, icans_components
from cartox.synthetic.dice import dice
from cartox.synthetic.extract import Extract, Row, time_text
from cartox.synthetic.subjects import ROUND_HOURS, Slot, Subject

CRS_COLUMNS = (
    "temperature_c",
    "hypotension",
    "vasopressors",
    "oxygen_support",
    "oxygen_flow_l_min",
)
ICANS_COLUMNS = (
    "ice_score",
    "consciousness",
    "seizure",
    "motor_weakness",
    "raised_icp",
    "sedated",
)


def chart(extract: Extract, subject: Subject) -> dict[Slot, Row]:
    """Write the assessments of a subject and return them by round."""
    stream = dice("assessments", subject.name)
    course = subject.course
    last_day = min(course.last_inpatient_day, subject.last_living_day)
    slots = [(day, turn) for day in range(last_day + 1) for turn in (0, 1)]
    slots += [(day, 0) for day in course.clinic_days if day <= subject.last_living_day]
    rows: dict[Slot, Row] = {}
    for slot in slots:
        day, turn = slot
        before_infusion = day == 0 and turn == 0
        if slot in course.unassessed or before_infusion:
            continue
        crs, icans = course.crs.get(slot, 0), course.icans.get(slot, 0)
        is_waived = course.tocilizumab_day is not None and day > course.tocilizumab_day
        row: Row = {
            "patient_id": subject.patient_id,
            "assessed_at": time_text(subject.at(day, ROUND_HOURS[turn], stream.randint(0, 55))),
        }
        row |= crs_components(crs, is_waived, stream) | icans_components(icans, stream)
        row["recorded_crs_grade"] = _recorded(crs, stream.random())
        row["recorded_icans_grade"] = _recorded(icans, stream.random())
        if day > 1 and stream.random() < 0.04:
            blank(row, CRS_COLUMNS)
            row["recorded_crs_grade"] = str(crs)
        if stream.random() < 0.04:
            blank(row, ICANS_COLUMNS)
            row["recorded_icans_grade"] = str(icans)
        rows[slot] = extract.add("toxicity_assessments", row)
    return rows


def blank(row: Row, columns: tuple[str, ...]) -> None:
    """Empty cells of a row."""
    for column in columns:
        row[column] = ""


def _recorded(grade: int, chance: float) -> str:
    """Return what the chart says about a grade: mostly the same, sometimes nothing, sometimes another one."""
    if chance < 0.12:
        return ""
    if chance < 0.16:
        return str(min(grade + 1, 4) if chance < 0.14 else max(grade - 1, 0))
    return str(grade)
