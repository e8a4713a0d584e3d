"""Treated patients outside the cohort, and people outside the treated population."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cartox.synthetic import targets
from cartox.synthetic.courses import plan_background_course
from cartox.synthetic.dice import dice, shuffled
from cartox.synthetic.subjects import Course, Subject, birth_date_for

FIRST_INFUSION, ERA_DATE = datetime(2017, 10, 24), datetime(2020, 2, 5)
LAST_INFUSION, DATA_CUT = datetime(2024, 11, 20), date(2025, 6, 30)
LISO_CEL_APPROVED, TISA_CEL_APPROVED = datetime(2021, 2, 8), datetime(2018, 5, 8)

OTHER_CAUSES = (
    "LYM",
    "LYM",
    "LYM",
    "LYM",
    "lym",
    "INF",
    "INF",
    "CARD",
    "RESP",
    "HEM",
    "SPM",
    "OTHER",
    "UNK",
    "IEC_HS",
)


@dataclass(frozen=True)
class Story:
    """Why some treated patients are not in the cohort.

    Attributes:
        role: name of the story.
        era: before or from the era date.
        count: how many patients.
        crs, icans: highest grades.
        index_day: study day of the first anakinra row; None: no such row.

    """

    role: str
    era: str
    count: int
    crs: int
    icans: int
    index_day: int | None


STORIES = (
    Story("index_drug_before_enrolment", "before", 5, 2, 3, 7),
    Story("day_before_enrolment", "before", 1, 1, 3, 8),
    Story("index_drug_without_toxicity", "from", 4, 0, 0, 4),
    Story("index_drug_for_crs_alone", "from", 6, 3, 0, 4),
    Story("index_drug_as_prophylaxis", "from", 5, 1, 2, 0),
    Story("index_drug_after_resolution", "from", 4, 2, 2, 13),
    Story("index_drug_held", "from", 4, 2, 3, 7),
    Story("index_drug_ordered_only", "from", 3, 1, 2, 7),
    Story("index_drug_at_home_before", "from", 3, 1, 2, -20),
    Story("index_drug_time_unreadable", "from", 3, 2, 2, 7),
    Story("retreated", "from", 3, 1, 0, None),
)
"""Treated patients with a story of their own; all others have no row of the index drug."""

NEAR_ERA_DATE = (
    datetime(2020, 2, 5, 0, 20),
    datetime(2020, 2, 5, 11, 0),
    datetime(2020, 2, 6, 10, 15),
    datetime(2020, 2, 14, 9, 50),
    datetime(2020, 2, 27, 13, 5),
    datetime(2020, 3, 5, 12, 0),
    datetime(2020, 3, 12, 10, 30),
    datetime(2020, 3, 24, 11, 40),
    datetime(2020, 4, 2, 14, 10),
    datetime(2020, 4, 15, 10, 10),
    datetime(2020, 4, 22, 9, 30),
    datetime(2020, 5, 1, 23, 45),
)
"""Infusions between the two readings of the study's era date."""

JUST_BEFORE_ERA = (
    datetime(2020, 2, 4, 23, 50),
    datetime(2020, 2, 4, 10, 0),
    datetime(2020, 2, 3, 12, 30),
)


def make_treated(cohort: list[Subject]) -> list[Subject]:
    """Return the treated patients outside the cohort; with the cohort, counts by era are as reported."""
    before = _infuse("before", targets.TREATED_BEFORE, list(JUST_BEFORE_ERA))
    after = _infuse("from", targets.TREATED_FROM - len(cohort), list(NEAR_ERA_DATE))
    cohort_deaths = sum(subject.died_on is not None for subject in cohort)
    cohort_toxicity_deaths = sum(
        "CRS" in subject.cause_of_death or subject.cause_of_death == "ICANS" for subject in cohort
    )
    _assign_deaths(before, targets.DEATHS_BEFORE, targets.TOXICITY_DEATHS_BEFORE, 3)
    _assign_deaths(
        after,
        targets.DEATHS_FROM - cohort_deaths,
        targets.TOXICITY_DEATHS_FROM - cohort_toxicity_deaths,
        len(NEAR_ERA_DATE),
    )
    for subject in before + after:
        _assign_clinic(subject)
    return before + after


def _infuse(era: str, count: int, fixed_times: list[datetime]) -> list[Subject]:
    stories = [story for story in STORIES if story.era == era for _ in range(story.count)]
    first, last = (
        (FIRST_INFUSION, ERA_DATE - timedelta(days=3))
        if era == "before"
        else (datetime(2020, 5, 3), LAST_INFUSION)
    )
    subjects = []
    for place in range(count):
        stream = dice("infusion", era, place)
        story = stories[place - len(fixed_times)] if 0 <= place - len(fixed_times) < len(stories) else None
        span = (last - first).days
        infused_at = first + timedelta(
            days=int(span * (place * 61 % count) / count), hours=stream.randint(9, 15)
        )
        if place < len(fixed_times):
            infused_at = fixed_times[place]
        elif story and story.role == "day_before_enrolment":
            infused_at = datetime(2020, 1, 31, 13, 40)
        elif story and story.role == "index_drug_before_enrolment":
            infused_at = datetime(2018, 9, 6, 11, 15) + timedelta(days=47 * place)
        subject = new_subject(f"{era} {place}", infused_at, stream)
        subject.course = _course(story, stream)
        if story:
            subject.roles.add(story.role)
            if story.index_day is not None:
                subject.index_at = subject.at(story.index_day, 13 if story.index_day else 18, 10)
        subjects.append(subject)
    return subjects


def _course(story: Story | None, stream: random.Random) -> Course:
    crs = stream.choice((0, 0, 1, 1, 1, 2, 2, 3)) if story is None else story.crs
    icans = stream.choice((0, 0, 0, 0, 1, 1, 2, 3, 4)) if story is None else story.icans
    needs_icans_at_index = story is not None and story.index_day in (7, 8)
    return plan_background_course(
        stream, crs, icans, last_day=60, icans_days=4 if needs_icans_at_index else None
    )


def new_subject(name: str, infused_at: datetime, stream: random.Random) -> Subject:
    """Return a person with an infusion at that time and everything else as chance has it."""
    products = ["axicabtagene ciloleucel"] * 7
    products += ["lisocabtagene maraleucel"] * (2 if infused_at > LISO_CEL_APPROVED else 0)
    products += ["tisagenlecleucel"] * (1 if infused_at > TISA_CEL_APPROVED else 0)
    return Subject(
        name=name,
        infused_at=infused_at,
        birth_date=birth_date_for(infused_at, stream.randint(24, 82), stream.randint(0, 360)),
        sex=stream.choice(("male", "male", "female")),
        product=stream.choice(products),
        stage=stream.choice(("I", "II", "III", "III", "IV", "IV", "IV")),
        disease_status=stream.choice(("refractory", "refractory", "relapsed", "responding")),
        prior_lines=stream.choice((1, 2, 2, 2, 3, 3, 4)),
        ipi=stream.randint(0, 5),
        ecog=stream.choice((0, 1, 1, 2)),
        extranodal_sites=stream.choice((0, 0, 1, 2)),
        lymphodepletion_at=infused_at.replace(hour=9, minute=0) - timedelta(days=5)
        if stream.random() < 0.92
        else None,
    )


def _assign_deaths(subjects: list[Subject], deaths: int, toxicity_deaths: int, n_fixed: int) -> None:
    """Let so many die, of toxicity within weeks, of other causes later; some near the era date among both."""
    stream = dice("deaths", len(subjects))
    near = [subject for subject in subjects[:n_fixed] if not subject.roles]
    others = [subject for subject in subjects[n_fixed:] if not subject.roles]
    dying = shuffled(near, stream)[: len(near) // 2]
    dying += shuffled(others, stream)[: deaths - len(dying)]
    toxic = {id(subject) for subject in [dying[0], *dying[len(near) // 2 :]][:toxicity_deaths]}
    causes = shuffled(["CRS", "ICANS", "crs_icans", "CRS", "ICANS ", "CRS_ICANS"], stream)
    for place, subject in enumerate(dying):
        if id(subject) in toxic:
            subject.died_on = subject.day(stream.randint(8, 20))
            subject.cause_of_death = causes.pop()
            subject.course = plan_background_course(stream, 4, 3, last_day=subject.last_living_day)
        else:
            latest = min((DATA_CUT - subject.infused_at.date()).days - 5, 900)
            subject.died_on = subject.day(int(stream.triangular(30, latest, 120)))
            subject.cause_of_death = OTHER_CAUSES[place % len(OTHER_CAUSES)]


def _assign_clinic(subject: Subject) -> None:
    stream = dice("clinic", subject.name)
    subject.baseline = {
        "hemoglobin": round(min(max(stream.gauss(10, 1.7), 6.8), 15), 1),
        "crp": round(max(stream.lognormvariate(2.7, 1.3), 3.0), 1),
        "ferritin": round(stream.lognormvariate(6, 1.1)),
        "ldh": round(stream.lognormvariate(5.5, 0.45)),
    }
    add_other_baselines(subject)
    share = min(1.0, max(subject.last_living_day, 1) / 30)
    subject.areas = {
        "crp": round(stream.lognormvariate(6.2, 0.7) * share, 1),
        "ferritin": round(min(stream.lognormvariate(10.4, 0.9), 300_000) * share),
        "ldh": round(stream.lognormvariate(8.85, 0.35) * share),
    }


def add_other_baselines(subject: Subject) -> None:
    """Give platelets, neutrophils and creatinine before lymphodepletion."""
    stream = dice("other baselines", subject.name)
    subject.baseline |= {
        "platelets": round(min(stream.lognormvariate(4.9, 0.6), 700)),
        "neutrophils": round(stream.lognormvariate(1.0, 0.6), 2),
        "creatinine": round(min(max(stream.gauss(0.9, 0.25), 0.4), 4), 2),
    }
