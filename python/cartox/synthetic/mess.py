"""What every real extract has: repeated rows, rows that cannot be used, records with too many cells."""

from cartox.intake.contract import ENTITIES
from cartox.synthetic.dice import dice, shuffled
from cartox.synthetic.extract import Extract, Row, time_text
from cartox.synthetic.subjects import Subject

SHUFFLED = (
    "medication_administrations",
    "lab_results",
    "toxicity_assessments",
    "response_assessments",
    "vital_status",
)

REPEATED = {
    "patients": 3,
    "infusions": 3,
    "medication_administrations": 40,
    "lab_results": 120,
    "toxicity_assessments": 30,
    "response_assessments": 6,
    "vital_status": 4,
}
"""Exact repetitions by kind of record."""

UNUSABLE: dict[str, tuple[Row, ...]] = {
    "patients": (
        {"patient_id": "CTX-8001", "birth_date": "unknown", "sex": "female"},
        {"patient_id": "CTX-8002", "birth_date": "1961-04-31", "sex": "male"},
        {"patient_id": "CTX-8003", "birth_date": "1955-01-09", "sex": "see chart"},
        {"patient_id": "", "birth_date": "1971-06-05", "sex": "female"},
    ),
    "infusions": (
        {"patient_id": "CTX-9001", "infused_at": "2021-05-04 10:00"},
        {"infused_at": "2021-13-04 10:00"},
        {"infused_at": "9999-12-31 00:00"},
        {"product": ""},
        {"care_setting": "compassionate"},
    ),
    "medication_administrations": (
        {"patient_id": "CTX-9002"},
        {"started_at": "24:00 on day 3"},
        {"started_at": "2022-03-04T10:00:00Z"},
        {"started_at": "13/25/2021 08:00"},
        {"status": "documented"},
        {"status": ""},
        {"medication": ""},
        {"patient_id": ""},
    ),
    "lab_results": (
        {"patient_id": "CTX-9003"},
        {"collected_at": "31-FEB-2021 06:00"},
        {"collected_at": "2021-02-29 06:00"},
        {"collected_at": "2022-05-01 24:10"},
        {"collected_at": "9999-01-01 00:00"},
        {"collected_at": ""},
        {"result": ""},
        {"patient_id": ""},
    ),
    "toxicity_assessments": (
        {"patient_id": "CTX-9004"},
        {"assessed_at": "before noon"},
        {"assessed_at": "2021-06-07 10:00+02:00"},
        {"assessed_at": ""},
    ),
    "response_assessments": (
        {"patient_id": "CTX-9005"},
        {"assessed_on": "spring 2022"},
        {"assessed_on": "2022-00-10"},
    ),
    "vital_status": (
        {"patient_id": "CTX-9006", "last_contact_on": "2022-01-01"},
        {"patient_id": ""},
    ),
}
"""Changes that make a copy of a usable row unusable; the copy gets an id of its own."""

COMMENTS = (
    '"see previous"',
    "called to ward,\nread back",
    "µ-tube",
    "no hemolysis",
    "lipemic",
)


def make_messy(extract: Extract, subjects: list[Subject]) -> None:
    """Repeat rows, add unusable and ragged ones, and put the rows in random order."""
    background = [subject for subject in subjects if not subject.study_group and not subject.roles]
    _comment(extract)
    _add_unusable(extract, background, subjects)
    _add_conflicts(extract, background)
    _date_deaths_centuries_away(extract, background)
    for entity, count in REPEATED.items():
        stream = dice("repeated", entity)
        extract.rows[entity] += [dict(row) for row in stream.sample(extract.rows[entity], count)]
    for entity in SHUFFLED:
        extract.rows[entity] = shuffled(extract.rows[entity], dice("order", entity))
    _add_ragged(extract)


def _comment(extract: Extract) -> None:
    stream = dice("comments")
    for row in extract.rows["lab_results"]:
        if not row.get("comment") and stream.random() < 0.01:
            row["comment"] = stream.choice(COMMENTS)


def _add_unusable(extract: Extract, background: list[Subject], subjects: list[Subject]) -> None:
    """Add the unusable rows; infusions at no time are of people without another one, who cannot have had it before."""
    without_infusion = [subject for subject in subjects if "infusion_time_unreadable" in subject.roles]
    for entity, changes in UNUSABLE.items():
        stream = dice("unusable", entity)
        for change in changes:
            subject = stream.choice(background)
            if entity == "infusions" and list(change) == ["infused_at"]:
                subject = without_infusion[0]
            template = dict(
                stream.choice(extract.of_patient(entity, subject.patient_id) or extract.rows[entity][:1])
            )
            for column in (
                "infusion_id",
                "administration_id",
                "result_id",
                "assessment_id",
            ):
                template.pop(column, None)
            extract.add(entity, template | change)


def _add_conflicts(extract: Extract, background: list[Subject]) -> None:
    """Write pairs of one id and other content, of which neither can be used."""
    stream = dice("conflicts")
    for subject in stream.sample(background, 12):
        time = time_text(subject.at(stream.randint(40, 50), 7))
        result: Row = {
            "patient_id": subject.patient_id,
            "test_name": "CRP",
            "collected_at": time,
            "result": "17",
            "unit": "mg/L",
        }
        first = extract.add("lab_results", result | {"status": "final"})
        extract.rows["lab_results"].append(first | {"result": "71"})
        dose: Row = {
            "patient_id": subject.patient_id,
            "medication": "prednisone",
            "dose": "20",
            "dose_unit": "mg",
        }
        given = extract.add(
            "medication_administrations",
            dose | {"route": "PO", "started_at": time, "status": "given"},
        )
        extract.rows["medication_administrations"].append(given | {"dose": "25"})
    for subject in stream.sample(background, 4):
        visit = {
            "patient_id": subject.patient_id,
            "assessed_at": time_text(subject.at(75, 9)),
            "ice_score": "10",
        }
        first = extract.add("toxicity_assessments", visit)
        extract.rows["toxicity_assessments"].append(first | {"ice_score": "1"})


def _date_deaths_centuries_away(extract: Extract, background: list[Subject]) -> None:
    """Give some of the living the date with which a source marks that there is none."""
    stream = dice("deaths centuries away")
    living = [subject for subject in background if subject.died_on is None]
    for subject in stream.sample(living, 3):
        for row in extract.of_patient("vital_status", subject.patient_id):
            row["died_on"] = "9999-12-31"


def _add_ragged(extract: Extract) -> None:
    for entity in ("lab_results", "medication_administrations", "toxicity_assessments"):
        names = ENTITIES[entity].column_names
        stream = dice("ragged", entity)
        for place, (cells, added) in enumerate(((len(names), 1), (len(names), 2), (3, 0))):
            text = [f"cell {number}" for number in range(cells)] + ["unquoted"] * added
            extract.add_ragged(entity, stream.randint(50, len(extract.rows[entity]) - 50) + place, text)
