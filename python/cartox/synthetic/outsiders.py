"""People on record who are not in the treated population, each for a stated reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cartox.synthetic.background import add_other_baselines, new_subject
from cartox.synthetic.courses import plan_background_course
from cartox.synthetic.dice import dice
from cartox.synthetic.subjects import Subject


@dataclass(frozen=True)
class Reason:
    """A reason for not being in the treated population, and the infusion that shows it."""

    role: str
    count: int
    indication: str = "DLBCL"
    care_setting: str = "standard of care"
    product: str = "axicabtagene ciloleucel"


REASONS = (
    Reason("never_infused", 4),
    Reason("care_setting_unknown", 3, care_setting="off protocol"),
    Reason("infusion_time_unreadable", 3),
    Reason(
        "mantle cell lymphoma",
        4,
        "Mantle cell lymphoma",
        product="brexucabtagene autoleucel",
    ),
    Reason("follicular lymphoma", 4, "Follicular lymphoma"),
    Reason("acute leukemia", 3, "B-ALL", product="tisagenlecleucel"),
    Reason("multiple myeloma", 4, "Multiple myeloma", product="idecabtagene vicleucel"),
    Reason("multiple myeloma", 2, "MM", product="ciltacabtagene autoleucel"),
    Reason("clinical trial", 6, care_setting="clinical trial"),
    Reason(
        "expanded access",
        4,
        care_setting="expanded access",
        product="lisocabtagene maraleucel",
    ),
    Reason("product unknown", 3, product="CD22 CAR T cells, lot 7"),
    Reason("product against BCMA", 3, "LBCL", product="ciltacabtagene autoleucel"),
    Reason("earlier_car_t", 5),
)
"""Forty-eight people. Those with an earlier CAR-T get its infusion from the records' writer."""


def make_outsiders() -> list[Subject]:
    """Return the people outside the treated population."""
    subjects = []
    for reason in REASONS:
        for place in range(reason.count):
            stream = dice("outsider", reason.role, reason.product, place)
            infused_at = datetime(2021, 3, 2, 10) + timedelta(
                days=stream.randint(0, 1200), minutes=stream.randint(0, 300)
            )
            subject = new_subject(f"{reason.role} {reason.product} {place}", infused_at, stream)
            subject.product, subject.indication = reason.product, reason.indication
            subject.care_setting = reason.care_setting
            subject.roles.add(reason.role)
            subject.course = plan_background_course(
                stream, stream.choice((0, 1, 2)), stream.choice((0, 0, 2)), 60
            )
            subject.baseline = {
                "hemoglobin": 9.8,
                "crp": 12.4,
                "ferritin": 512.0,
                "ldh": 240.0,
            }
            add_other_baselines(subject)
            if stream.random() < 0.3:
                subject.died_on = subject.day(stream.randint(60, 300))
                subject.cause_of_death = "LYM"
            subjects.append(subject)
    return subjects
