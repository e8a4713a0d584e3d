"""Rows about the person, the infusion, the response of the lymphoma and the end of follow-up."""

import random
from datetime import date, timedelta

from cartox.synthetic import vocabulary
from cartox.synthetic.background import DATA_CUT
from cartox.synthetic.dice import dice
from cartox.synthetic.extract import Extract, Row, time_text
from cartox.synthetic.subjects import Subject

WITHOUT_INFUSION = "never_infused"
SCANS = ((30, 21, 45), (90, 75, 120), (180, 165, 210))
"""Study day of each scan, and the window in which it lies."""


def describe(extract: Extract, subject: Subject) -> None:
    """Write who the person is, the infusions, the scans and what became of the person."""
    stream = dice("person", subject.name)
    extract.add(
        "patients",
        {
            "patient_id": subject.patient_id,
            "birth_date": subject.birth_date.isoformat(),
            "sex": stream.choice(vocabulary.SEXES[subject.sex]),
        },
    )
    if WITHOUT_INFUSION not in subject.roles:
        _infuse(extract, subject, stream)
    _follow_up(extract, subject, stream)


def _infuse(extract: Extract, subject: Subject, stream: random.Random) -> None:
    infused = time_text(subject.infused_at)
    if "infusion_time_unreadable" in subject.roles:
        infused = subject.infused_at.strftime(
            stream.choice(("%d.%m.%Y %H:%M", "%m/%d/%Y", "%Y-%m-%dT%H:%M:00Z"))
        )
    indication = subject.indication
    if indication == "large B-cell lymphoma":
        indication = stream.choice(vocabulary.LARGE_B_CELL_LYMPHOMA)
    row: Row = {
        "patient_id": subject.patient_id,
        "infused_at": infused.replace(" ", "T") if stream.random() < 0.1 else infused,
        "product": stream.choice(vocabulary.PRODUCTS.get(subject.product, (subject.product,))),
        "indication": indication,
        "care_setting": stream.choice(
            (
                subject.care_setting,
                subject.care_setting.title(),
                f" {subject.care_setting}",
            )
        ),
        "lymphodepletion_started_at": time_text(subject.lymphodepletion_at),
        "discharged_on": time_text(subject.day(subject.course.last_inpatient_day)),
        "prior_lines": str(subject.prior_lines),
        "disease_status": stream.choice((subject.disease_status, subject.disease_status.capitalize())),
        "ann_arbor_stage": stream.choice(
            (subject.stage, subject.stage, f"{subject.stage}B", subject.stage.lower())
        ),
        "ecog": str(subject.ecog),
        "extranodal_sites": str(subject.extranodal_sites),
        "ipi": "" if subject.ipi is None else str(subject.ipi),
    }
    if "earlier_car_t" in subject.roles:
        earlier = time_text(subject.infused_at - timedelta(days=stream.randint(200, 500)))
        extract.add(
            "infusions",
            row
            | {
                "infused_at": earlier,
                "care_setting": "Clinical trial",
                "product": "ide-cel",
            },
        )
    extract.add("infusions", row)
    if "retreated" in subject.roles:
        again = time_text(subject.infused_at + timedelta(days=stream.randint(200, 500)))
        extract.add("infusions", row | {"infused_at": again, "product": "Breyanzi"})


def _follow_up(extract: Extract, subject: Subject, stream: random.Random) -> None:
    last_contact = subject.died_on or min(subject.day(stream.randint(320, 1500)), DATA_CUT)
    progressed_on = _scan(extract, subject, last_contact, stream)
    cause = subject.cause_of_death
    extract.add(
        "vital_status",
        {
            "patient_id": subject.patient_id,
            "last_contact_on": last_contact.isoformat(),
            "died_on": time_text(subject.died_on),
            "cause_of_death": cause,
            "contributing_cause": "INF" if cause and stream.random() < 0.2 else "",
            "progressed_on": time_text(progressed_on),
            "new_therapy_on": _new_therapy(progressed_on, last_contact, stream),
        },
    )


def _new_therapy(progressed_on: date | None, last_contact: date, stream: random.Random) -> str:
    if progressed_on is None or stream.random() < 0.4:
        return ""
    return min(progressed_on + timedelta(days=stream.randint(7, 40)), last_contact).isoformat()


def _scan(extract: Extract, subject: Subject, last_contact: date, stream: random.Random) -> date | None:
    """Write PET-CT scans with the Lugano findings until progression; return its date."""
    if WITHOUT_INFUSION in subject.roles:
        return None
    responds = stream.random() < (0.25 if subject.cause_of_death.strip().upper() == "LYM" else 0.75)
    for number, (day, first, last) in enumerate(SCANS):
        scanned_on = subject.day(min(max(day + stream.randint(-5, 12), first), last))
        if scanned_on > last_contact:
            return None
        progresses = not responds and number == stream.choice((1, 1, 2))
        row: Row = {
            "patient_id": subject.patient_id,
            "assessed_on": scanned_on.isoformat(),
        }
        if progresses:
            row |= stream.choice(
                (
                    {
                        "deauville": "5",
                        "uptake_change": "increased",
                        "new_lesion": "false",
                    },
                    {
                        "deauville": "5",
                        "uptake_change": "reduced",
                        "new_lesion": "true",
                    },
                )
            )
        elif responds and number + stream.random() > 0.4:
            row |= {
                "deauville": stream.choice("1233"),
                "uptake_change": "reduced",
                "new_lesion": "FALSE",
            }
        else:
            row |= {
                "deauville": "4",
                "uptake_change": stream.choice(("reduced", "unchanged")),
                "new_lesion": "false",
            }
        response = "PD" if progresses else "CR" if row["deauville"] in "123" else "PR"
        row["recorded_response"] = stream.choice((response, response, ""))
        extract.add("response_assessments", row)
        if progresses:
            return scanned_on
    return None
