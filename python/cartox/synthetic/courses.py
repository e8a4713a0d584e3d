"""Courses of CRS and ICANS, round by round, that lead to the grades wanted."""

import random
from dataclasses import dataclass

from cartox.synthetic.subjects import Course, Slot

CRS_START = 1


@dataclass(frozen=True)
class Wish:
    """What the course of a cohort patient has to show.

    Attributes:
        icans_at_index, icans_peak: grade in the day before the first dose, and highest grade.
        crs_at_index, crs_peak: the same for CRS; 0 means none.
        onset_day, index_day: study day of ICANS onset and of the first dose (which is given after noon).
        ending: how ICANS ends; a key of `ENDINGS`, or "resolved".
        resolution_day: first day of grade 0 of a responder.
        death_day: study day of death in hospital; None: discharged.

    """

    icans_at_index: int
    icans_peak: int
    crs_at_index: int
    crs_peak: int
    onset_day: int
    index_day: int
    ending: str = "resolved"
    resolution_day: int = 15
    death_day: int | None = None


ENDINGS = (
    "died_with_icans",
    "died_with_icans",
    "died_with_icans",
    "died_with_icans",
    "died_after_two_days_of_grade_0",
    "single_days_of_grade_0",
    "relapse_on_fourth_day",
    "resolved_after_day_30",
    "grade_1_at_discharge",
    "grade_1_at_discharge",
    "visits_too_far_apart",
)
"""Ways in which ICANS of the eleven non-responders did not resolve within the study's rule."""


def plan_course(wish: Wish, stream: random.Random) -> Course:
    """Return a course that shows exactly what is wished."""
    course = Course()
    _plan_icans(course, wish, stream)
    _plan_crs(course, wish, stream)
    return course


def _plan_icans(course: Course, wish: Wish, stream: random.Random) -> None:
    index = wish.index_day
    course.icans[wish.onset_day, 1] = 1
    for day in range(wish.onset_day + 1, index - 1):
        for turn in (0, 1):
            course.icans[day, turn] = min(wish.icans_at_index, stream.choice((1, 2, 2, 3)))
    if wish.onset_day < index - 1:
        course.icans[index - 1, 0] = max(1, wish.icans_at_index - 1)
    course.icans[index - 1, 1] = max(1, wish.icans_at_index - stream.choice((0, 1)))
    course.icans[index, 0] = wish.icans_at_index
    course.icans[index, 1] = wish.icans_at_index
    if wish.icans_peak > wish.icans_at_index:
        if wish.onset_day < index - 3 and stream.random() < 0.3:
            course.icans[index - 2, 0] = wish.icans_peak
        else:
            course.icans[index, 1] = course.icans[index + 1, 0] = wish.icans_peak
    if wish.ending == "resolved":
        _decline(course, wish, index + 1, wish.resolution_day)
        course.last_inpatient_day = wish.resolution_day + stream.randint(2, 6)
        course.clinic_days = [course.last_inpatient_day + gap for gap in (5, 11)]
        if stream.random() < 0.35:
            skipped = wish.resolution_day + 2
            course.unassessed |= (
                {(skipped, 0), (skipped, 1)} if skipped < course.last_inpatient_day else set()
            )
        return
    _plan_ending(course, wish)


def _decline(course: Course, wish: Wish, first_day: int, last_day: int) -> None:
    """Lower the grade evenly from the day after the first dose to 1 on the day before the last day."""
    highest = wish.icans_at_index
    for day in range(first_day, last_day):
        left = (last_day - day) / max(last_day - first_day, 1)
        for turn in (0, 1):
            course.icans.setdefault((day, turn), max(1, min(highest, round(highest * left))))


def _plan_ending(course: Course, wish: Wish) -> None:
    index = wish.index_day
    if wish.death_day is not None:
        course.last_inpatient_day = wish.death_day
        zeros = 2 if wish.ending == "died_after_two_days_of_grade_0" else 0
        _decline(course, wish, index + 1, wish.death_day + 1 - zeros)
        return
    course.last_inpatient_day = 31
    _decline(course, wish, index + 1, 31)
    zeros_by_ending = {
        "single_days_of_grade_0": [19, 23],
        "relapse_on_fourth_day": [22, 23, 24],
        "resolved_after_day_30": [],
        "grade_1_at_discharge": [],
        "visits_too_far_apart": [],
    }
    for day in zeros_by_ending[wish.ending]:
        course.icans.pop((day, 0), None)
        course.icans.pop((day, 1), None)
    if wish.ending == "resolved_after_day_30":
        course.last_inpatient_day = 38
        course.icans[31, 0] = course.icans[31, 1] = course.icans[32, 0] = 1
    elif wish.ending == "grade_1_at_discharge":
        course.last_inpatient_day = 24
        course.icans = {slot: grade for slot, grade in course.icans.items() if slot[0] <= 24}
    elif wish.ending == "visits_too_far_apart":
        course.last_inpatient_day = 20
        course.icans = {slot: grade for slot, grade in course.icans.items() if slot[0] <= 20}
        course.icans[20, 0] = course.icans[20, 1] = 1
        course.clinic_days = [24, 28, 34]


def _plan_crs(course: Course, wish: Wish, stream: random.Random) -> None:
    """Start CRS on the evening of day 1 and end it before the index time is near, or after it."""
    if wish.crs_peak == 0:
        return
    index = wish.index_day
    mild = 1 if wish.crs_peak == 1 else stream.choice((1, 2))
    lasts = wish.crs_at_index > 0
    last = index + stream.randint(1, 3) if lasts else max(CRS_START + 2, index - 3)
    if wish.death_day is not None:
        last = min(last, wish.death_day)
    course.crs[CRS_START, 1] = 1
    for day in range(CRS_START + 1, last + 1):
        course.crs[day, 0] = course.crs[day, 1] = mild
    peak_day = CRS_START + 1 if not lasts or stream.random() < 0.5 else index + 1
    if lasts:
        for slot in window_slots(index):
            course.crs[slot] = wish.crs_at_index
        for slot in ((index - 1, 0), (index, 1)):
            course.crs[slot] = min(mild, wish.crs_at_index)
    course.crs[peak_day, 0] = course.crs[peak_day, 1] = wish.crs_peak
    if wish.crs_peak >= 2:
        course.tocilizumab_day = CRS_START


def window_slots(index_day: int) -> tuple[Slot, Slot]:
    """Return the rounds within the 24 hours before a first dose that is given after noon."""
    return (index_day - 1, 1), (index_day, 0)


def plan_background_course(
    stream: random.Random, crs_peak: int, icans_peak: int, last_day: int, icans_days: int | None = None
) -> Course:
    """Return the course of a treated patient outside the cohort.

    CRS begins on day 1 and ICANS on the evening of day 5; the number of days that follow can be given.
    """
    course = Course(last_inpatient_day=min(last_day, stream.randint(11, 14)))
    if crs_peak:
        course.crs[1, 1] = 1
        for turn in (0, 1):
            course.crs[2, turn] = crs_peak
            course.crs[3, turn] = 1
        course.tocilizumab_day = 1 if crs_peak >= 2 else None
    if icans_peak:
        course.icans[5, 1] = 1
        for day in range(6, 6 + (icans_days or stream.randint(1, 3))):
            course.icans[day, 0], course.icans[day, 1] = (
                icans_peak,
                max(1, icans_peak - 1),
            )
        course.clinic_days = [course.last_inpatient_day + 7] if last_day > 40 else []
    return course
