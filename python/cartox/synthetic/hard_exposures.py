"""Medication rows that must not count, or count otherwise than they look.

They belong to the two patients in the middle of the doses before the index time, the two in the middle after
it, those with the highest doses and those with none: one row more or less for them changes a printed figure.
"""

from datetime import datetime, timedelta

from cartox.synthetic.dice import dice
from cartox.synthetic.extract import Extract, Row, time_text
from cartox.synthetic.medications import dose_row
from cartox.synthetic.subjects import Dose, Subject

LOCAL: tuple[Row, ...] = (
    {
        "medication": "dexamethasone 0.1% ophthalmic",
        "dose": "2",
        "dose_unit": "mg",
        "route": "BOTH EYES",
    },
    {
        "medication": "prednisoLONE acetate (Pred Forte)",
        "dose": "10",
        "dose_unit": "mg",
        "route": "Ophthalmic",
    },
    {
        "medication": "hydrocortisone 2.5% cream",
        "dose": "100",
        "dose_unit": "mg",
        "route": "topical",
    },
    {"medication": "dexamethasone", "dose": "4", "dose_unit": "mg", "route": "inhaled"},
    {"medication": "triamcinolone", "dose": "40", "dose_unit": "mg", "route": "nasal"},
    {
        "medication": "dexamethasone elixir",
        "dose": "5",
        "dose_unit": "mg",
        "route": "swish and spit",
    },
    {
        "medication": "hydrocortisone enema",
        "dose": "100",
        "dose_unit": "mg",
        "route": "rectal",
    },
    {
        "medication": "hydrocortisone sodium succinate PF",
        "dose": "50 mg",
        "route": "intrathecal",
    },
)
"""Doses of a route without a systemic effect, written in mg as if they had one."""

NOT_COUNTED: tuple[Row, ...] = (
    *LOCAL,
    {
        "medication": "methylPREDNISolone acetate (Depo-Medrol)",
        "dose": "80",
        "dose_unit": "mg",
        "route": "IM",
    },
    {"medication": "Kenalog", "dose": "40", "dose_unit": "mg", "route": "IM"},
    {"medication": "fludrocortisone", "dose": "0.1", "dose_unit": "mg", "route": "PO"},
    {"medication": "budesonide", "dose": "9", "dose_unit": "mg", "route": "PO"},
    {
        "medication": "Decadron",
        "dose": "10",
        "dose_unit": "mg",
        "route": "IV",
        "status": "held",
    },
    {
        "medication": "Solu-Medrol",
        "dose": "1",
        "dose_unit": "g",
        "route": "IV",
        "status": "Refused",
    },
    {
        "medication": "dexamethasone",
        "dose": "20",
        "dose_unit": "mg",
        "route": "IV",
        "status": "cancelled",
    },
)


def confuse_exposure(extract: Extract, cohort: list[Subject]) -> None:
    """Add the rows to the patients who hold a figure."""
    for subject in cohort:
        for role, confuse in {
            "before_median_1": _around_first_median,
            "before_median_2": _around_second_median,
            "before_highest": _around_highest_before,
            "after_median_1": _around_grams,
            "after_median_2": _around_last_day,
            "after_highest": _around_highest_after,
            "none_before": _without_before,
            "none_after": _without_after,
            "total_median_responder": _before_day_zero,
            "total_median_non_responder": _before_day_zero,
        }.items():
            if role in subject.roles:
                confuse(extract, subject, subject.first_dose_at)


def _add(extract: Extract, subject: Subject, row: Row, time: datetime) -> Row:
    filled = {
        "patient_id": subject.patient_id,
        "started_at": time_text(time),
        "status": "given",
    } | row
    return extract.add("medication_administrations", filled)


def _around_first_median(extract: Extract, subject: Subject, index_at: datetime) -> None:
    given = subject.dose_rows
    for hours, row in enumerate(NOT_COUNTED, start=3):
        _add(extract, subject, row, index_at - timedelta(hours=hours, minutes=20))
    _held_index_drug(extract, subject, index_at)
    extract.rows["medication_administrations"].append(dict(given[0]))
    cancelled = {
        "medication": "Solu-Medrol",
        "dose": "125",
        "dose_unit": "mg",
        "route": "IV",
        "status": "ordered",
    }
    cancelled["ended_at"] = time_text(index_at - timedelta(hours=7))
    _add(extract, subject, cancelled, index_at - timedelta(hours=5))
    order = {
        "medication": "dexamethasone",
        "dose": "10",
        "dose_unit": "mg",
        "route": "IV",
        "frequency": "q6h",
    }
    order |= {"status": "ordered", "ended_at": time_text(index_at - timedelta(hours=1))}
    _add(extract, subject, order, index_at - timedelta(hours=26))
    twice: Row = {
        "medication": "dexamethasone",
        "dose": "10",
        "dose_unit": "mg",
        "route": "IV",
    }
    first = _add(extract, subject, twice, index_at - timedelta(hours=20))
    extract.rows["medication_administrations"].append(first | {"dose": "20"})


def _around_second_median(extract: Extract, subject: Subject, index_at: datetime) -> None:
    ten = [row for row in subject.dose_rows if row["dose"].removesuffix("mg").strip() in ("10", "10000")]
    ten[0] |= {
        "medication": "STEROID IV PUSH PER PROTOCOL",
        "code_system": "RxNorm",
        "code": "3264",
    }
    ten[1] |= {"dose": "10000", "dose_unit": "mcg"}
    subject.dose_rows[2] |= {"medication": "Deltasone", "route": "PO", "code_system": "", "code": ""}
    _held_index_drug(extract, subject, index_at)
    unreadable: Row = {
        "medication": "dexamethasone",
        "dose": "20",
        "dose_unit": "mg",
        "route": "IV",
    }
    _add(extract, subject, unreadable | {"started_at": "during rounds"}, index_at)
    _add(
        extract,
        subject,
        unreadable | {"status": "charted"},
        index_at - timedelta(hours=6),
    )
    order: Row = {
        "medication": "prednisone",
        "dose": "100",
        "dose_unit": "mg",
        "route": "PO",
        "status": "ordered",
    }
    order["ended_at"] = time_text(index_at)
    _add(extract, subject, order, index_at - timedelta(days=2))
    unknown_unit: Row = {
        "medication": "dexamethasone",
        "dose": "10",
        "dose_unit": "mL",
        "route": "IV",
        "status": "held",
    }
    _add(extract, subject, unknown_unit, index_at - timedelta(hours=4))


def _held_index_drug(extract: Extract, subject: Subject, index_at: datetime) -> None:
    """Write a dose of the index drug that was not given, between doses of the glucocorticoid."""
    row: Row = {
        "medication": "Kineret",
        "dose": "100",
        "dose_unit": "mg",
        "route": "subcut",
        "status": "held",
    }
    _add(extract, subject, row, index_at - timedelta(hours=5))
    _add(extract, subject, row | {"status": "ordered"}, index_at - timedelta(hours=10))


def _around_highest_before(extract: Extract, subject: Subject, index_at: datetime) -> None:
    extract.rows["medication_administrations"].append(dict(subject.dose_rows[1]))
    _add(extract, subject, LOCAL[0], index_at - timedelta(hours=9))


def _around_grams(extract: Extract, subject: Subject, index_at: datetime) -> None:
    pulses = subject.dose_rows[len(subject.doses_before) :][:3]
    texts: tuple[Row, ...] = (
        {"dose": "1 GM", "dose_unit": ""},
        {"dose": "1", "dose_unit": "g"},
        {"dose": "1,000", "dose_unit": "mg"},
    )
    for row, text in zip(pulses, texts, strict=True):
        row.update(text)
    extract.rows["medication_administrations"].append(dict(pulses[-1]))
    held: Row = {
        "medication": "SOLU-MEDROL",
        "dose": "1",
        "dose_unit": "g",
        "route": "IV",
        "status": "held",
    }
    _add(extract, subject, held, index_at + timedelta(days=3, hours=3))
    for day, row in enumerate(LOCAL):
        _add(extract, subject, row, index_at + timedelta(days=day, hours=1))


def _around_last_day(extract: Extract, subject: Subject, index_at: datetime) -> None:
    stream = dice("taper", subject.name)
    for time in (subject.at(31, 0), subject.at(31, 9), subject.at(32, 9)):
        extract.add(
            "medication_administrations",
            dose_row(subject, Dose("prednisone", 60), time, stream),
        )
    refused: Row = {
        "medication": "dexamethasone",
        "dose": "10",
        "dose_unit": "mg",
        "route": "IV",
        "status": "refused",
    }
    _add(extract, subject, refused, index_at + timedelta(hours=15))


def _around_highest_after(extract: Extract, subject: Subject, index_at: datetime) -> None:
    intrathecal: Row = {
        "medication": "hydrocortisone sodium succinate PF",
        "dose": "50",
        "dose_unit": "mg",
        "route": "Ommaya",
    }
    _add(extract, subject, intrathecal, index_at + timedelta(days=2))
    extract.rows["medication_administrations"].append(dict(subject.dose_rows[-2]))


def _without_before(extract: Extract, subject: Subject, index_at: datetime) -> None:
    for hours, row in enumerate((*LOCAL, NOT_COUNTED[-3]), start=4):
        _add(extract, subject, row, index_at - timedelta(hours=hours))
    _before_day_zero(extract, subject, index_at)


def _without_after(extract: Extract, subject: Subject, index_at: datetime) -> None:
    for hours, row in enumerate((*LOCAL, *NOT_COUNTED[-3:]), start=4):
        _add(extract, subject, row, index_at + timedelta(hours=hours))


def _before_day_zero(extract: Extract, subject: Subject, index_at: datetime) -> None:
    stream = dice("premedication", subject.name)
    row = dose_row(subject, Dose("dexamethasone", 10), subject.at(-1, 8), stream)
    extract.add("medication_administrations", row | {"purpose": "premedication"})
