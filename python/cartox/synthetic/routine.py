"""Medications of treated patients outside the cohort."""

from datetime import timedelta

from cartox.synthetic.dice import dice
from cartox.synthetic.extract import Extract, Row, time_text
from cartox.synthetic.medications import HOURS_BETWEEN_DOSES, dose_row, give_index_drug
from cartox.synthetic.subjects import Dose, Subject

LOCAL_USES: tuple[Row, ...] = (
    {
        "medication": "prednisoLONE acetate 1% ophthalmic (Pred Forte)",
        "dose": "1",
        "dose_unit": "drop",
        "route": "BOTH EYES",
    },
    {
        "medication": "hydrocortisone 1% cream",
        "dose": "1",
        "dose_unit": "application",
        "route": "topical",
    },
    {
        "medication": "Symbicort 160/4.5",
        "dose": "2",
        "dose_unit": "puff",
        "route": "inhaled",
    },
    {"medication": "Flonase", "dose": "50", "dose_unit": "mcg", "route": "nasal"},
    {"medication": "fludrocortisone", "dose": "0.1", "dose_unit": "mg", "route": "PO"},
)
"""Glucocorticoids without a systemic dose, and one that is a mineralocorticoid."""


def give_routine_glucocorticoids(extract: Extract, subject: Subject) -> None:
    """Write doses for those with toxicity of grade 2 or more, some only ordered, not taken, or local."""
    stream = dice("routine glucocorticoids", subject.name)
    slots = [
        slot
        for grades in (subject.course.crs, subject.course.icans)
        for slot, grade in grades.items()
        if grade >= 2
    ]
    if slots:
        day, _ = min(slots)
        start = subject.at(day, 10, 30)
        chance = stream.random()
        for place in range(stream.randint(1, 10)):
            time = start + timedelta(hours=HOURS_BETWEEN_DOSES * place)
            if time.date() > subject.day(min(subject.last_living_day, 60)):
                break
            row = dose_row(
                subject,
                Dose("dexamethasone", stream.choice((4, 10, 10, 20))),
                time,
                stream,
            )
            if stream.random() < 0.06:
                row["status"] = stream.choice(("held", "refused", "Cancelled"))
            if stream.random() < 0.03:
                row |= {
                    "dose": stream.choice(("see protocol", "10-20 mg", "")),
                    "dose_unit": "",
                }
            extract.add("medication_administrations", row)
        if chance < 0.25:
            order = dose_row(subject, Dose("prednisone", 60), start + timedelta(days=4), stream)
            order |= {
                "status": "ordered",
                "ended_at": time_text(start + timedelta(days=8)),
                "frequency": "daily",
            }
            if chance < 0.08:
                order |= {"frequency": ""}
            extract.add("medication_administrations", order)
    if stream.random() < 0.12:
        use = stream.choice(LOCAL_USES)
        local: Row = {"patient_id": subject.patient_id, "status": "given"}
        local["started_at"] = time_text(subject.at(stream.randint(0, 12), 9))
        extract.add("medication_administrations", local | use)


def give_story_index_drug(extract: Extract, subject: Subject) -> None:
    """Write the index drug of treated patients whom these very rows keep out of the cohort."""
    if subject.index_at is None:
        return
    stream = dice("index drug story", subject.name)
    rows = give_index_drug(extract, subject, subject.index_at, n_doses=6)
    for row in rows:
        if "index_drug_held" in subject.roles:
            row["status"] = stream.choice(("held", "refused", "cancelled", "Held"))
        elif "index_drug_ordered_only" in subject.roles:
            row["status"] = "ordered"
        elif "index_drug_time_unreadable" in subject.roles:
            row["started_at"] = subject.index_at.strftime("%d/%m/%Y %H:%M")
        elif "index_drug_as_prophylaxis" in subject.roles:
            row["purpose"] = "prophylaxis"
        elif "index_drug_at_home_before" in subject.roles:
            row["purpose"] = ""
    if "index_drug_as_prophylaxis" in subject.roles:
        extract.add(
            "toxicity_assessments",
            {
                "patient_id": subject.patient_id,
                "assessed_at": time_text(subject.at(-4, 10, 15)),
                "temperature_c": "36.7",
                "hypotension": "false",
                "oxygen_support": "none",
                "ice_score": "9",
                "consciousness": "alert",
                "sedated": "false",
            },
        )
