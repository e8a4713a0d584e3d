"""Medication administrations as a bar-code record has them."""

import random
from datetime import datetime, timedelta

from cartox.synthetic import vocabulary
from cartox.synthetic.dice import dice
from cartox.synthetic.extract import Extract, Row, time_text
from cartox.synthetic.regimens import PULSE, RUNNING_AT_INDEX
from cartox.synthetic.subjects import Dose, Subject

ORAL = ("prednisone",)
HOURS_BETWEEN_DOSES = 6


def give_glucocorticoids(extract: Extract, subject: Subject) -> None:
    """Write the doses of a cohort patient before and after the index time.

    Pulses come once a day (twice where there are many), other doses every six hours: backwards from the index
    time, and forwards from it.
    """
    stream = dice("glucocorticoids", subject.name)
    rows = subject.dose_rows
    for doses, direction in ((subject.doses_before, -1), (subject.doses_after, 1)):
        pulses = [dose for dose in doses if dose == PULSE]
        others = [dose for dose in doses if dose != PULSE]
        pulse_gap = 12 if len(pulses) > 6 else 24
        for group, gap, first in (
            (pulses, pulse_gap, 3),
            (others, HOURS_BETWEEN_DOSES, 2),
        ):
            for place, dose in enumerate(group):
                time = subject.first_dose_at + direction * timedelta(hours=first + gap * place, minutes=7)
                rows.append(
                    extract.add(
                        "medication_administrations",
                        dose_row(subject, dose, time, stream),
                    )
                )
    if "before_median_1" in subject.roles:
        row = dose_row(subject, RUNNING_AT_INDEX, subject.first_dose_at - timedelta(hours=1), stream)
        row |= {
            "route": "IV infusion",
            "ended_at": time_text(subject.first_dose_at + timedelta(hours=1)),
        }
        rows.append(extract.add("medication_administrations", row))


def dose_row(subject: Subject, dose: Dose, time: datetime, stream: random.Random) -> Row:
    """Return a given dose of a glucocorticoid, spelled as chance has it."""
    is_tablet = dose.ingredient == "methylprednisolone" and dose.milligrams <= 60 and stream.random() < 0.5
    is_oral = is_tablet or dose.ingredient in ORAL
    row: Row = {
        "patient_id": subject.patient_id,
        "medication": stream.choice(vocabulary.GLUCOCORTICOIDS["oral " * is_tablet + dose.ingredient]),
        "route": stream.choice(("PO", "oral", "PO/NG"))
        if is_oral
        else stream.choice(("IV", "IV push", "IVPB")),
        "frequency": stream.choice(("", "q6h", "daily")),
        "started_at": time_text(time),
        "status": stream.choice(("given", "given", "Given", "GIVEN")),
        "purpose": stream.choice(("ICANS", "CRS/ICANS", "icans treatment", "")),
    }
    chance = stream.random()
    if chance < 0.15:
        row |= {
            "code_system": "RxNorm",
            "code": vocabulary.RXNORM_CODES[dose.ingredient],
        }
    elif chance < 0.2:
        row |= {"code_system": "local", "code": f"RX{stream.randint(1000, 9999)}"}
    if chance > 0.6 and not is_oral and dose.milligrams < 1000:
        row["ended_at"] = time_text(time + timedelta(minutes=15))
    if dose.ingredient == "dexamethasone" and stream.random() < 0.3:
        row["product_strength"] = "4 mg/mL"
    return row | dose_text(dose.milligrams, stream)


def dose_text(milligrams: float, stream: random.Random) -> Row:
    """Write an amount in one of the ways in which a record holds it."""
    return dict(stream.choice(dose_text_ways(milligrams)))


def dose_text_ways(milligrams: float) -> list[Row]:
    """Return the ways in which a record holds an amount; the usual one several times."""
    number = f"{milligrams:g}"
    ways: list[Row] = [{"dose": number, "dose_unit": "mg"}] * 4
    ways += [
        {"dose": f"{number} mg"},
        {"dose": number, "dose_unit": "MG"},
        {"dose": f"{number}mg"},
    ]
    if milligrams >= 1000:
        grams = f"{milligrams / 1000:g}"
        ways = [
            {"dose": f"{milligrams:,.0f}", "dose_unit": "mg"},
            {"dose": grams, "dose_unit": "g"},
            {"dose": f"{grams} GM"},
            {"dose": number, "dose_unit": "mg"},
        ]
    elif milligrams <= 10:
        ways.append({"dose": f"{milligrams * 1000:g}", "dose_unit": "mcg"})
    return ways


def give_index_drug(extract: Extract, subject: Subject, first_dose: datetime, n_doses: int) -> list[Row]:
    """Write subcutaneous or intravenous anakinra every six hours and return the rows."""
    stream = dice("index drug", subject.name)
    rows = []
    for place in range(n_doses):
        time = first_dose + timedelta(hours=HOURS_BETWEEN_DOSES * place)
        if time.date() > subject.day(min(subject.last_living_day, 60)):
            break
        rows.append(
            extract.add(
                "medication_administrations",
                {
                    "patient_id": subject.patient_id,
                    "medication": stream.choice(vocabulary.INDEX_DRUG),
                    "dose": stream.choice(("100", "200")),
                    "dose_unit": "mg",
                    "route": stream.choice(("subcut", "SC", "IV")),
                    "frequency": "q6h",
                    "started_at": time_text(time),
                    "status": "given",
                    "purpose": "ICANS",
                },
            )
        )
    return rows


def give_supportive_drugs(extract: Extract, subject: Subject) -> None:
    """Write tocilizumab, acetaminophen, and dexamethasone outside the study's windows."""
    stream = dice("supportive drugs", subject.name)

    def add(name: str, dose: str, unit: str, route: str, time: datetime, purpose: str) -> None:
        row = {
            "patient_id": subject.patient_id,
            "medication": name,
            "dose": dose,
            "dose_unit": unit,
            "route": route,
            "started_at": time_text(time),
            "status": "given",
            "purpose": purpose,
        }
        extract.add("medication_administrations", row)

    day = subject.course.tocilizumab_day
    if day is not None:
        add(
            stream.choice(vocabulary.TOCILIZUMAB),
            "640",
            "mg",
            "IV",
            subject.at(day, 22, 30),
            "CRS",
        )
    for slot, grade in subject.course.crs.items():
        if grade >= 1 and slot[0] <= subject.course.last_inpatient_day and stream.random() < 0.4:
            add(
                stream.choice(("Tylenol", "acetaminophen")),
                "650",
                "mg",
                "PO",
                subject.at(slot[0], 21, 15),
                "",
            )
    if stream.random() < 0.5:
        add(
            "Decadron",
            "20",
            "mg",
            "PO",
            subject.at(-stream.randint(9, 16), 9),
            "bridging",
        )
    if stream.random() < 0.3:
        add("dexamethasone", "10 mg", "", "IV", subject.at(-4, 8, 30), "premedication")
