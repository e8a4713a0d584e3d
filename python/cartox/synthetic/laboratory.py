"""Laboratory results: the baseline before lymphodepletion and the course after infusion."""

import math
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from cartox.synthetic import vocabulary
from cartox.synthetic.curves import Area, Point, draw_curve
from cartox.synthetic.dice import dice
from cartox.synthetic.extract import Extract, Row, time_text
from cartox.synthetic.subjects import Subject

FINAL_DAY = 30


@dataclass(frozen=True)
class RawUnit:
    """A unit in which results arrive.

    Attributes:
        name: as the laboratory writes it.
        factor: canonical value for a raw value of 1.
        decimals: decimals of the raw values.
        step: canonical values are drawn as multiples of it, so that the raw text holds them exactly.

    """

    name: str
    factor: float
    decimals: int
    step: float = 1.0


UNITS = {
    "ferritin": (RawUnit("ng/mL", 1, 0), RawUnit("ug/L", 1, 0), RawUnit("µg/L", 1, 0)),
    "ldh": (
        RawUnit("U/L", 1, 0),
        RawUnit("IU/L", 1, 0),
        RawUnit("ukat/L", 60, 2, 3.0),
        RawUnit("U/L", 1, 0),
    ),
    "crp": (RawUnit("mg/L", 1, 1, 0.1), RawUnit("mg/dL", 10, 2, 0.1)),
    "hemoglobin": (RawUnit("g/dL", 1, 1), RawUnit("g/L", 0.1, 0)),
    "platelets": (
        RawUnit("K/uL", 1, 0),
        RawUnit("10^9/L", 1, 0),
        RawUnit("/uL", 0.001, 0),
    ),
    "neutrophils": (RawUnit("K/uL", 1, 2), RawUnit("/uL", 0.001, 0)),
    "creatinine": (RawUnit("mg/dL", 1, 2), RawUnit("umol/L", 1 / 88.4, 0)),
}
"""Units of each analyte; the first is the canonical one."""

PMOL_PER_L = RawUnit("pmol/L", 1 / 2.247, 1)
UKAT_PER_L = RawUnit("ukat/L", 60, 3)

REFERENCE_HIGH = {
    "ferritin": 400.0,
    "ldh": 225.0,
    "crp": 10.0,
    "hemoglobin": 17.5,
    "creatinine": 1.2,
}
CRP_DETECTION_LIMIT = 3.0
FERRITIN_UPPER_BOUND = 40000.0
LARGE_FERRITIN_AREA = 120_000
"""From this area on, in ng x day/mL, ferritin peaks above what the assay can measure."""

LOWEST = {"ferritin": 60.0, "ldh": 110.0, "crp": 1.0}


def number_text(value: float, unit: RawUnit, stream: random.Random) -> str:
    """Write a canonical value in a raw unit, sometimes with a thousands separator or a flag."""
    raw = value / unit.factor
    text = f"{raw:.{unit.decimals}f}"
    if raw >= 1000 and stream.random() < 0.3:
        text = f"{raw:,.{unit.decimals}f}"
    chance = stream.random()
    if chance < 0.03:
        return f"{text} H"
    return f"{text}*" if chance < 0.04 else text


def censored_text(value: float, unit: RawUnit, stream: random.Random) -> str:
    """Write a detection limit or an upper bound in words or signs."""
    raw = value / unit.factor
    number = f"{raw:.1f}" if raw < 1000 else f"{raw:.0f}"
    if raw < 1000:
        return stream.choice((f"<{number}", f"< {number}", f"less than {number}", f"Less than {number}"))
    return stream.choice(
        (
            f">{number}",
            f"> {raw:,.0f}",
            f"greater than {number}",
            f"GREATER THAN {number}",
        )
    )


def lab_row(
    subject: Subject,
    analyte: str,
    text: str,
    unit: str,
    collected_at: datetime,
    stream: random.Random,
) -> Row:
    """Return a result named by LOINC, by the code of the site's laboratory, or by its test name alone."""
    loinc, local, names = vocabulary.LAB_CODES[analyte]
    naming: Row = stream.choice(
        (
            {"code_system": "LOINC", "code": loinc, "test_name": stream.choice(names)},
            {"code_system": "LOINC", "code": loinc, "test_name": ""},
            {"code_system": "local", "code": local, "test_name": stream.choice(names)},
            {"test_name": stream.choice(names)},
        )
    )
    row: Row = {
        "patient_id": subject.patient_id,
        "specimen": stream.choice(vocabulary.SPECIMENS[analyte]),
        "collected_at": time_text(collected_at),
        "result": text,
        "unit": unit,
        "resulted_at": time_text(collected_at + timedelta(minutes=stream.randint(35, 150))),
        "status": stream.choice(("final", "final", "Final", "")),
    }
    factor = next((raw.factor for raw in UNITS[analyte] if raw.name == unit), None)
    if analyte in REFERENCE_HIGH and factor and stream.random() < 0.7:
        row["reference_high"] = f"{REFERENCE_HIGH[analyte] / factor:.4g}"
    return row | naming


def draw_baseline(extract: Extract, subject: Subject) -> None:
    """Write results before lymphodepletion: the baseline, and older ones that it supersedes.

    Where the start of lymphodepletion is unknown the results lie before infusion, and nothing else does.
    """
    anchor = subject.lymphodepletion_at or subject.infused_at
    for analyte in vocabulary.LAB_CODES:
        stream = dice("baseline", subject.name, analyte)
        value = subject.baseline.get(analyte)
        hours = stream.choice((20, 26, 49, 75, 124, 290)) + stream.randint(0, 5)
        if stream.random() < 0.08:
            hours = stream.randint(15, 27) * 24
        if subject.lymphodepletion_at is None:
            hours = max(hours, 80)
        if value is not None:
            _add_baseline(
                extract,
                subject,
                analyte,
                value,
                anchor - timedelta(hours=hours),
                stream,
            )
            for older in range(stream.randint(0, 2)):
                earlier = anchor - timedelta(hours=hours + 60 * (older + 1))
                _add_baseline(
                    extract,
                    subject,
                    analyte,
                    value * stream.uniform(0.5, 1.9),
                    earlier,
                    stream,
                )


def _add_baseline(
    extract: Extract,
    subject: Subject,
    analyte: str,
    value: float,
    time: datetime,
    stream: random.Random,
) -> None:
    unit = _baseline_unit(subject, analyte, stream)
    is_censored = analyte == "crp" and value <= CRP_DETECTION_LIMIT
    text = (
        censored_text(CRP_DETECTION_LIMIT, unit, stream) if is_censored else number_text(value, unit, stream)
    )
    extract.add("lab_results", lab_row(subject, analyte, text, unit.name, time, stream))


def _baseline_unit(subject: Subject, analyte: str, stream: random.Random) -> RawUnit:
    """Give the persons whose baseline is printed the unit that has to be converted."""
    unit = stream.choice(UNITS[analyte])
    if unit.name == "ukat/L":
        unit = UKAT_PER_L
    if analyte == "ferritin" and stream.random() < 0.15:
        unit = PMOL_PER_L
    needs_conversion = {
        "hemoglobin": ((8.5, 10.2), UNITS["hemoglobin"][1]),
        "crp": ((73.0, 11.9), UNITS["crp"][1]),
        "ferritin": ((399,), PMOL_PER_L),
        "ldh": ((367, 218, 219), UKAT_PER_L),
    }
    values, converted = needs_conversion.get(analyte, ((), unit))
    is_printed = bool(subject.study_group) and subject.baseline.get(analyte) in values
    return converted if is_printed else unit


def draw_course(extract: Extract, subject: Subject, analyte: str) -> list[Point]:
    """Write results after infusion whose daily maxima have the subject's area; return the daily maxima.

    Day 0 is observed after infusion, carried from the days before, or not known; further results of a day are
    lower than its maximum. A few subjects have results beyond day 30 as well, and then one on day 30.
    """
    stream = dice("course of", subject.name, analyte)
    is_printed = f"{analyte}_area_median" in subject.roles
    days = _days_with_results(subject, 0 if is_printed else stream.choice((0, 0, 0, 1)), stream)
    units = [stream.choice(UNITS[analyte]) for _ in days]
    points = draw_curve(
        Area(
            subject.areas[analyte],
            lowest=LOWEST[analyte],
            highest=FERRITIN_UPPER_BOUND if analyte == "ferritin" else math.inf,
            resolution=UNITS[analyte][0].step,
            is_sharp=analyte == "ferritin" and subject.areas[analyte] >= LARGE_FERRITIN_AREA,
        ),
        days,
        [unit.step for unit in units],
        stream,
    )
    is_carried = subject.lymphodepletion_at is not None and (is_printed or stream.random() < 0.3)
    for point, drawn_unit in zip(points, units, strict=True):
        unit = drawn_unit if point.step == drawn_unit.step else UNITS[analyte][0]
        if point.study_day == 0 and is_carried:
            _carry(extract, subject, analyte, point.value, unit, stream)
        else:
            _add_day(extract, subject, analyte, point, unit, stream)
    if days[-1] == FINAL_DAY and stream.random() < 0.5 and subject.last_living_day > 45:
        later = Point(33, points[-1].value * 3, points[-1].step)
        _add_day(extract, subject, analyte, later, UNITS[analyte][0], stream)
    return points


def _days_with_results(subject: Subject, first: int, stream: random.Random) -> list[int]:
    last = min(FINAL_DAY, subject.last_living_day)
    inpatient = min(subject.course.last_inpatient_day, last)
    share = 0.75 if subject.study_group else 0.4
    days = [day for day in range(first, inpatient + 1) if day < 3 or 5 <= day <= 9 or stream.random() < share]
    visits = range(inpatient + 2, last + 1, stream.choice((3, 4)))
    days += list(visits)
    if last == FINAL_DAY and stream.random() < 0.5:
        days.append(FINAL_DAY)
    return sorted(set(days))


def _add_day(
    extract: Extract,
    subject: Subject,
    analyte: str,
    point: Point,
    unit: RawUnit,
    stream: random.Random,
) -> None:
    """Write the highest result of a day and, at other hours, lower ones."""
    n_results = stream.choice((1, 2, 2, 3) if subject.study_group else (1, 1, 2))
    hours = sorted(stream.sample(range(16 if point.study_day == 0 else 4, 24), n_results))
    highest = stream.choice(hours)
    for hour in hours:
        time = subject.at(point.study_day, hour, stream.randint(0, 59))
        if hour == highest:
            text = _course_text(analyte, point.value, unit, stream)
            extract.add("lab_results", lab_row(subject, analyte, text, unit.name, time, stream))
        else:
            other = stream.choice(UNITS[analyte][:2])
            text = number_text(point.value * stream.uniform(0.5, 0.93), other, stream)
            extract.add("lab_results", lab_row(subject, analyte, text, other.name, time, stream))


def _course_text(analyte: str, value: float, unit: RawUnit, stream: random.Random) -> str:
    if analyte == "ferritin" and value == FERRITIN_UPPER_BOUND:
        return censored_text(value, unit, stream)
    return number_text(value, unit, stream)


def _carry(
    extract: Extract,
    subject: Subject,
    analyte: str,
    value: float,
    unit: RawUnit,
    stream: random.Random,
) -> None:
    """Write the last result within 72 hours before infusion, an earlier one, and one that is too old."""
    for hours, factor in ((stream.randint(18, 30), 1.0), (54, 1.6), (90, 2.2)):
        text = number_text(value * factor, unit, stream)
        time = subject.infused_at - timedelta(hours=hours)
        extract.add("lab_results", lab_row(subject, analyte, text, unit.name, time, stream))
