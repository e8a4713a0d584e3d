"""Glucocorticoid regimens of the cohort: doses whose dexamethasone equivalents add up as reported."""

from cartox.synthetic.dice import dice, shuffled
from cartox.synthetic.subjects import Dose, Subject
from cartox.synthetic.targets import (
    AFTER_HIGHEST,
    AFTER_MEDIAN,
    BEFORE_HIGHEST,
    BEFORE_MEDIAN,
    TOTAL_MEDIAN,
)

EQUIVALENTS = {
    "dexamethasone": 1.0,
    "methylprednisolone": 0.1875,
    "prednisone": 0.15,
    "hydrocortisone": 0.0375,
}
"""mg of dexamethasone for 1 mg of the drug (DailyMed dexamethasone label: 0.75 mg = 4 = 5 = 20 mg)."""

PULSE = Dose("methylprednisolone", 1000)
TEN = Dose("dexamethasone", 10)

RUNNING_AT_INDEX = Dose("methylprednisolone", 160)
"""Infusion over two hours whose middle is the index time: 15 mg of dexamethasone on either side."""

MEDIAN_BEFORE = {
    "before_median_1": [TEN, TEN, Dose("dexamethasone", 5)],
    "before_median_2": [TEN, TEN, Dose("prednisone", 100), Dose("dexamethasone", 5)],
}

LOW_BEFORE = [4, 8, 10, 10, 12, 16, 20, 20, 24, 24, 26, 28, 30, 32, 34, 36]
LOW_AFTER: list[float] = [20, 40, 60, 110, 130, 160, 190, 220, 250, 280, 310, 340]
MIDDLE_AFTER: list[float] = [420, 460, 510, 550]
HIGH_AFTER: list[float] = [602.5, 622.5, 650, 672.5, 700, 740, 770, 810, 880]
HIGH_BEFORE = [44, 48, 50, 52, 60, 70, 80, 90, 100]
NON_RESPONDER_BEFORE_AFTER = [
    (80, 600),
    (100, 660),
    (120, 720),
    (90, 800),
    (110, 870),
    (241, 1007.5),
    (150, 1295),
    (323, 1500),
]


def equivalent_mg(doses: list[Dose]) -> float:
    """Return the sum of doses in mg of dexamethasone."""
    return sum(dose.milligrams * EQUIVALENTS[dose.ingredient] for dose in doses)


def compose(target_mg: float) -> list[Dose]:
    """Return methylprednisolone pulses and smaller doses whose sum is exactly the target.

    Raises:
        ValueError: no combination of the usual doses gives the target.

    """
    for n_pulses in range(int(target_mg // 187.5), -1, -1):
        for n_small in (0, 1, 2):
            rest = target_mg - 187.5 * n_pulses - 7.5 * n_small
            if rest >= 0 and rest % 2 == 0:
                doses = [PULSE] * n_pulses + [Dose("methylprednisolone", 40)] * n_small
                return doses + [TEN] * int(rest // 10) + [Dose("dexamethasone", rest % 10)] * (rest % 10 > 0)
    raise ValueError(f"no doses add up to {target_mg} mg")


def varied(doses: list[Dose], *topic: object) -> list[Dose]:
    """Replace three doses of 10 mg dexamethasone, where there are so many, by as much of another drug."""
    stream = dice("regimen", *topic)
    if doses.count(TEN) < 3 or stream.random() < 0.4:
        return doses
    changed = list(doses)
    for _ in range(3):
        changed.remove(TEN)
    substitutes = (
        [Dose("methylprednisolone", 80)] * 2,
        [Dose("prednisone", 100)] * 2,
        [Dose("hydrocortisone", 400)] * 2,
    )
    return changed + stream.choice(substitutes)


def assign_regimens(responders: list[Subject], non_responders: list[Subject]) -> None:
    """Give every cohort patient doses before and after the index time, so that the reported figures come out.

    Before the index time 3 patients have none, 17 less than the median, 2 exactly it and 20 more; from it
    on 2 have none, 18 less, 2 exactly the median and 20 more. Who holds a printed figure gets a role.
    """
    _assign_non_responders(non_responders)
    order = iter(shuffled(responders, dice("regimen order")))
    low_before = iter(shuffled(LOW_BEFORE, dice("low before")))
    high_before = iter(shuffled(HIGH_BEFORE, dice("high before")))

    median_total = next(order)
    _give(median_total, 20, 378, "total_median_responder")
    median_total.doses_after = [
        PULSE,
        Dose("methylprednisolone", 40),
        *[TEN] * 18,
        Dose("prednisone", 20),
    ]
    for role, doses in MEDIAN_BEFORE.items():
        subject = next(order)
        _give(subject, 0, MIDDLE_AFTER[0], role)
        subject.doses_before = doses
        if role == "before_median_1":
            subject.doses_after = [TEN] * 6 + [Dose("dexamethasone", 5)]
    for role, doses in (
        ("after_median_1", [PULSE] * 3 + [Dose("methylprednisolone", 60)] * 2),
        ("after_median_2", [PULSE] * 2 + [TEN] * 21),
    ):
        subject = next(order)
        _give(subject, next(low_before), 0, role)
        subject.doses_after = doses
    for _ in range(2):
        _give(next(order), next(low_before), 0, "none_after")
    after: float
    for after in (LOW_AFTER[4], LOW_AFTER[7], MIDDLE_AFTER[1]):
        _give(next(order), 0, after, "none_before")
    for after in [LOW_AFTER[place] for place in (0, 1, 2, 3, 5, 6, 8, 9, 10, 11)] + MIDDLE_AFTER[2:]:
        _give(next(order), next(low_before), after)
    for after in HIGH_AFTER:
        _give(next(order), next(high_before), after)


def _assign_non_responders(non_responders: list[Subject]) -> None:
    order = iter(shuffled(non_responders, dice("regimen order of non-responders")))
    median_total = next(order)
    _give(median_total, 60, 937.5 + 42.5, "total_median_non_responder")
    median_total.doses_after = [PULSE] * 5 + [TEN] * 2 + [Dose("methylprednisolone", 60)] * 2
    highest_before = next(order)
    _give(highest_before, 0, 1095, "before_highest")
    highest_before.doses_before = [
        *[PULSE] * 5,
        *[Dose("methylprednisolone", 40)] * 3,
        *[TEN] * 8,
        Dose("hydrocortisone", 50),
    ]
    highest_after = next(order)
    _give(highest_after, 50, 0, "after_highest")
    highest_after.doses_after = [
        *[PULSE] * 11,
        *[Dose("methylprednisolone", 250)] * 2,
        *[Dose("methylprednisolone", 125)] * 2,
        *[TEN] * 22,
        Dose("prednisone", 60),
    ]
    for before, after in NON_RESPONDER_BEFORE_AFTER:
        _give(next(order), before, after)
    reached = {
        BEFORE_HIGHEST: highest_before.doses_before,
        AFTER_HIGHEST: highest_after.doses_after,
        TOTAL_MEDIAN["non_responder"]: median_total.doses_before + median_total.doses_after,
        BEFORE_MEDIAN: MEDIAN_BEFORE["before_median_2"],
        AFTER_MEDIAN: [PULSE] * 3 + [Dose("methylprednisolone", 60)] * 2,
    }
    for target, doses in reached.items():
        if abs(equivalent_mg(doses) - target) > 1e-9:
            raise ValueError(f"doses add up to {equivalent_mg(doses)} mg instead of {target} mg")


def _give(subject: Subject, before: float, after: float, role: str = "") -> None:
    subject.doses_before = varied(compose(before), subject.name, "before")
    subject.doses_after = varied(compose(after), subject.name, "after")
    if role:
        subject.roles.add(role)
