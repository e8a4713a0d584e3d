"""A second reading of raw rows by the study's rules, without code of the pipeline or the generator."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise

Row = dict[str, str]

LAB_NAMES = {
    "ferritin": ("2276-4", ("ferritin", "ferritin, serum", "ferritin level")),
    "ldh": ("2532-0", ("lactate dehydrogenase", "ldh", "ldh, total")),
    "crp": ("1988-5", ("c-reactive protein", "crp", "c reactive protein")),
    "hemoglobin": ("718-7", ("hemoglobin", "hgb", "haemoglobin")),
    "platelets": ("777-3", ("platelet count", "platelets", "plt")),
    "neutrophils": ("751-8", ("absolute neutrophil count", "anc", "neutrophils absolute")),
    "creatinine": ("2160-0", ("creatinine", "creatinine, serum")),
}
FACTORS: Mapping[str, Mapping[str, float]] = {
    "ferritin": {"ng/mL": 1, "ug/L": 1, "µg/L": 1, "pmol/L": 1 / 2.247},
    "ldh": {"U/L": 1, "IU/L": 1, "ukat/L": 60},
    "crp": {"mg/L": 1, "mg/dL": 10},
    "hemoglobin": {"g/dL": 1, "g/L": 0.1},
    "platelets": {"K/uL": 1, "10^9/L": 1, "/uL": 0.001},
    "neutrophils": {"K/uL": 1, "/uL": 0.001},
    "creatinine": {"mg/dL": 1, "umol/L": 1 / 88.4},
}
HIGHEST = {
    "ferritin": 1e6,
    "ldh": 5e4,
    "crp": 1000,
    "hemoglobin": 25,
    "platelets": 2000,
    "neutrophils": 200,
    "creatinine": 20,
}
BLOOD = ("", "serum", "plasma", "blood", "whole blood")
SYSTEMIC = ("iv", "iv push", "ivpb", "iv infusion", "po", "oral", "po/ng")
GLUCOCORTICOIDS = (
    (("dexamethasone", "decadron", "steroid iv push per protocol"), 1.0),
    (("methylprednisolone", "solu-medrol", "medrol"), 0.1875),
    (("prednisone", "deltasone"), 0.15),
    (("hydrocortisone", "solu-cortef"), 0.0375),
)


def time_of(text: str) -> datetime | None:
    """Read a naive ISO time; None for anything else."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo is None and time.year < 2300 else None


def usable_values(rows: list[Row], analyte: str) -> list[tuple[datetime, float]]:
    """Return time and canonical value of every usable result of an analyte, ascending in time."""
    latest: dict[str, Row] = {}
    conflicting = set()
    for row in rows:
        other = latest.setdefault(row["result_id"], row)
        if other == row:
            continue
        corrections = [one for one in (other, row) if one["status"].lower() in ("corrected", "amended")]
        if len(corrections) == 1:
            latest[row["result_id"]] = corrections[0]
        elif len(corrections) == 0:
            conflicting.add(row["result_id"])
    found = []
    for row in latest.values():
        time, value = time_of(row["collected_at"]), _value(row, analyte)
        if time and value is not None and row["result_id"] not in conflicting:
            found.append((time, value))
    return sorted(found)


def _value(row: Row, analyte: str) -> float | None:
    loinc, names = LAB_NAMES[analyte]
    is_coded = row["code_system"] == "LOINC"
    if (row["code"] != loinc) if is_coded else (row["test_name"].lower() not in names):
        return None
    factor = FACTORS[analyte].get(row["unit"])
    number = re.fullmatch(
        r"(?:[<>]|less than|greater than)?\s*([\d,]*\.?\d+)(?: H|\*)?", row["result"], re.IGNORECASE
    )
    hemolysed = "hemoly" in row["comment"].lower() and "no hemoly" not in row["comment"].lower()
    if factor is None or number is None or row["specimen"].lower() not in BLOOD:
        return None
    if row["status"].lower() == "cancelled" or (analyte == "ldh" and hemolysed):
        return None
    if "," in number[1] and not re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", number[1]):
        return None
    value = round(float(number[1].replace(",", "")) * factor, 9)
    return value if value <= HIGHEST[analyte] else None


def glucocorticoid_doses(rows: list[Row]) -> list[tuple[datetime, datetime, float]]:
    """Return start, end and dexamethasone equivalent in mg of every given systemic dose."""
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        same = by_id.setdefault(row["administration_id"], [])
        if row not in same:
            same.append(row)
    doses = []
    for versions in by_id.values():
        row = versions[0]
        start = time_of(row["started_at"])
        end = time_of(row["ended_at"]) or start
        factor = _factor(row["medication"].lower())
        if len(versions) > 1 or start is None or end is None or end < start or factor is None:
            continue
        if row["status"].lower() != "given" or row["route"].lower() not in SYSTEMIC:
            continue
        amount = re.fullmatch(
            r"([\d,.]+)\s*(mcg|mg|gm|g)", (row["dose"] + " " + row["dose_unit"]).strip().lower()
        )
        if amount:
            scale = {"mcg": 0.001, "mg": 1, "g": 1000, "gm": 1000}[amount[2]]
            doses.append((start, end, float(amount[1].replace(",", "")) * scale * factor))
    return doses


def _factor(name: str) -> float | None:
    if any(word in name for word in ("fludrocortisone", "depo-medrol", "kenalog", "budesonide", "cream")):
        return None
    return next((factor for words, factor in GLUCOCORTICOIDS if any(word in name for word in words)), None)


def total_between(doses: list[tuple[datetime, datetime, float]], first: datetime, last: datetime) -> float:
    """Sum doses in a half-open window; one that runs over an edge counts by the share of its time."""
    total = 0.0
    for start, end, amount in doses:
        if end == start:
            total += amount * (first <= start < last)
        else:
            inside = min(end, last) - max(start, first)
            total += amount * max(inside / (end - start), 0)
    return total


def area(values: list[tuple[datetime, float]], infused_at: datetime) -> float:
    """Area under daily maxima from day 0 to 30; day 0 from the 72 hours before infusion where it has none."""
    daily: dict[int, float] = {}
    for time, value in values:
        day = (time.date() - infused_at.date()).days
        if 0 <= day <= 30:
            daily[day] = max(value, daily.get(day, value))
    before = [value for time, value in values if infused_at - timedelta(hours=72) <= time < infused_at]
    if 0 not in daily and before:
        daily[0] = before[-1]
    days = sorted(daily)
    return sum((daily[a] + daily[b]) / 2 * (b - a) for a, b in pairwise(days))


def icans_grade(row: Row) -> int | None:
    """Return the ICANS grade of an assessment; None where it cannot be graded."""
    awake = {"alert": 0, "spontaneous": 1, "voice": 2, "tactile": 3, "unarousable": 4}
    domains = {
        "seizure": {"none": 0, "resolved": 3, "prolonged": 4},
        "motor_weakness": {"true": 4, "false": 0},
        "raised_icp": {"none": 0, "focal": 3, "diffuse": 4, "hemorrhage": 0},
    }
    columns = ("ice_score", "consciousness", *domains, "sedated")
    if not any(row[column] for column in columns):
        return int(row["recorded_icans_grade"]) if row["recorded_icans_grade"] else None
    grades = [table[row[column].lower()] for column, table in domains.items() if row[column]]
    is_mind_seen = row["sedated"].lower() != "true"
    if is_mind_seen and row["ice_score"]:
        score = int(row["ice_score"].removesuffix("/10"))
        grades.append(0 if score == 10 else 1 if score >= 7 else 2 if score >= 3 else 3)
    if is_mind_seen and row["consciousness"].lower() in awake:
        grades.append(awake[row["consciousness"].lower()])
    if not grades or (not is_mind_seen and max(grades) == 0):
        return None
    return max(grades)
