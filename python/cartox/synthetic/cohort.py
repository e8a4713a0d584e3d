"""The forty-two patients given anakinra for ICANS."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cartox.synthetic import targets
from cartox.synthetic.courses import ENDINGS, Wish, plan_course
from cartox.synthetic.dice import dice, shuffled
from cartox.synthetic.regimens import assign_regimens
from cartox.synthetic.search import find_groups
from cartox.synthetic.subjects import Subject, birth_date_for

LDH_UPPER_LIMIT = 225

EARLY_DEATHS = {
    "died_with_icans": (
        ("CRS_ICANS", 17),
        ("ICANS", 19),
        ("ICANS", 22),
        ("CRS_ICANS", 24),
    ),
    "died_after_two_days_of_grade_0": (("INF", 21),),
}
"""Primary cause and study day of the deaths of non-responders in hospital; four of them of the toxicity."""

STILL_THERE = (28, 0)
"""The second visit of the patient whose visits are too far apart: ICANS, not seen at the first, is."""

LATE_DEATHS = {"responder": 10, "non_responder": 3}
LATE_CAUSES = (
    "LYM",
    "LYM",
    "LYM",
    "INF",
    "LYM",
    "SPM",
    "lym ",
    "LYM",
    "CARD",
    "INF",
    "LYM",
    "RESP",
    "LYM",
)


def make_cohort() -> list[Subject]:
    """Return the cohort, non-responders first, with everything that the records are made from."""
    subjects = _enrol()
    responders = [subject for subject in subjects if subject.study_group == "responder"]
    non_responders = [subject for subject in subjects if subject.study_group == "non_responder"]
    assign_regimens(responders, non_responders)
    _assign_courses(responders, non_responders)
    _assign_laboratory(responders, non_responders)
    _assign_index_scores(subjects)
    _assign_late_deaths(responders, non_responders)
    return subjects


def _enrol() -> list[Subject]:
    stream = dice("enrolment")
    ages = _ages()
    n = targets.COHORT
    flags = {
        "male": shuffled([True] * targets.MALE + [False] * (n - targets.MALE), dice("sex")),
        "refractory": shuffled(
            [True] * targets.REFRACTORY + [False] * (n - targets.REFRACTORY),
            dice("status"),
        ),
    }
    stages = shuffled(
        ["IV"] * targets.STAGE_IV + ["III"] * 6 + ["II"] * 5 + ["I"] * 3,
        dice("stage"),
    )
    lines = shuffled(
        [1, 1, 1, 1, 1, 1] + [2] * 22 + [3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 6],
        dice("lines"),
    )
    products = shuffled(
        [name for name, count in targets.PRODUCTS.items() for _ in range(count)],
        dice("product"),
    )
    subjects = []
    for place in range(n):
        infused_at = _infusion_time(place, products[place])
        age, since_birthday = ages[place]
        subjects.append(
            Subject(
                name=f"cohort {place}",
                infused_at=infused_at,
                birth_date=birth_date_for(infused_at, age, since_birthday),
                sex="male" if flags["male"][place] else "female",
                product=products[place],
                study_group="non_responder" if place < targets.NON_RESPONDERS else "responder",
                stage=stages[place],
                disease_status="refractory"
                if flags["refractory"][place]
                else stream.choice(("relapsed", "responding")),
                prior_lines=lines[place],
                lymphodepletion_at=infused_at.replace(hour=9, minute=0) - timedelta(days=5),
            )
        )
    for subject in subjects[5::14]:
        subject.lymphodepletion_at = None
    return subjects


def _ages() -> list[tuple[int, int]]:
    """Ages in full years with days since the birthday: none or nearly a year for the printed ages."""
    stream = dice("ages")
    low, high = targets.MIDDLE_AGES
    ages = [(targets.YOUNGEST, 364), (targets.OLDEST, 364), (low, 364), (high, 0)]
    ages += [(stream.randint(38, low - 1), stream.randint(1, 360)) for _ in range(targets.COHORT // 2 - 2)]
    ages += [
        (stream.randint(high + 1, targets.OLDEST - 1), stream.randint(1, 360))
        for _ in range(targets.COHORT // 2 - 2)
    ]
    return shuffled(ages, stream)


def _infusion_time(place: int, product: str) -> datetime:
    """Spread infusions evenly over the enrolment, lisocabtagene after its approval in February 2021."""
    stream = dice("cohort infusion", place)
    first = datetime(2021, 3, 1) if product.startswith("lisocabtagene") else datetime(2020, 2, 18)
    days = (datetime(2024, 11, 12) - first).days
    shift = (place * 19 % targets.COHORT + stream.random()) / targets.COHORT
    return first + timedelta(
        days=int(days * shift),
        hours=stream.randint(9, 15),
        minutes=5 * stream.randint(0, 11),
    )


def _assign_courses(responders: list[Subject], non_responders: list[Subject]) -> None:
    for group, subjects in (
        ("responder", responders),
        ("non_responder", non_responders),
    ):
        at_index = [grade for grade, count in targets.ICANS_AT_INDEX[group].items() for _ in range(count)]
        grades = sorted(shuffled(at_index, dice("icans", group)), reverse=True)
        peaks = [4 if place < targets.ICANS_PEAK_4[group] else grade for place, grade in enumerate(grades)]
        crs = _crs_pairs(group, len(subjects))
        icans = shuffled(list(zip(grades, peaks, strict=True)), dice("icans order", group))
        endings = list(ENDINGS) if group == "non_responder" else ["resolved"] * len(subjects)
        early_deaths = {ending: iter(deaths) for ending, deaths in EARLY_DEATHS.items()}
        for place, subject in enumerate(subjects):
            _assign_course(subject, icans[place], crs[place], endings[place], early_deaths)


def _crs_pairs(group: str, size: int) -> list[tuple[int, int]]:
    """Pairs of CRS grade at the index time and peak."""
    severe, any_grade = targets.CRS_AT_INDEX_SEVERE[group], targets.CRS_AT_INDEX[group]
    severe_peaks = targets.CRS_PEAK_SEVERE[group]
    pairs = [(3, 3 + place % 2) for place in range(severe)]
    pairs += [(1 + place % 2, 3 + place % 2) for place in range(2)]
    pairs += [(0, 3 + place % 2) for place in range(severe_peaks - severe - 2)]
    mild_at_index = any_grade - severe - 2
    pairs += [(1 + place % 2, 2) for place in range(mild_at_index)]
    never = targets.NEVER_CRS if group == "responder" else 0
    pairs += [(0, 0)] * never
    pairs += [(0, 1 + place % 2) for place in range(size - len(pairs))]
    return shuffled(pairs, dice("crs order", group))


def _assign_course(
    subject: Subject,
    icans: tuple[int, int],
    crs: tuple[int, int],
    ending: str,
    early_deaths: dict[str, Iterator[tuple[str, int]]],
) -> None:
    stream = dice("course", subject.name)
    onset = stream.randint(4, 6)
    index = onset + stream.randint(2, 4)
    if "before_highest" in subject.roles:
        onset, index = 5, 11
    death_day = None
    if ending in early_deaths:
        subject.cause_of_death, death_day = next(early_deaths[ending])
    wish = Wish(
        icans_at_index=icans[0],
        icans_peak=icans[1],
        crs_at_index=crs[0],
        crs_peak=crs[1],
        onset_day=onset,
        index_day=index,
        ending=ending,
        resolution_day=index + stream.randint(3, 9),
        death_day=death_day,
    )
    subject.index_at = subject.at(index, stream.randint(12, 17), stream.choice((5, 20, 35, 50)))
    subject.course = plan_course(wish, stream)
    if ending == "visits_too_far_apart":
        subject.course.icans[STILL_THERE] = 1
    if death_day is not None:
        subject.died_on = subject.day(death_day)


def _assign_laboratory(responders: list[Subject], non_responders: list[Subject]) -> None:
    """Hand out baselines and areas; one responder gets no LDH at baseline, one non-responder no ferritin."""
    for analyte, target in targets.BASELINES.items():
        for values, subjects in zip(find_groups(target), (non_responders, responders), strict=True):
            stream = dice("baseline order", analyte, len(values))
            without = {
                "ldh": "no_baseline_ldh",
                "ferritin": "no_baseline_ferritin",
            }.get(analyte, "")
            order = shuffled(subjects, stream)
            for subject, value in zip(order, values, strict=False):
                subject.baseline[analyte] = value
            for subject in order[len(values) :]:
                subject.roles.add(without)
    for analyte, target in targets.CURVES.items():
        for values, subjects, middle in zip(
            find_groups(target),
            (non_responders, responders),
            (target.middle_non_responders, target.middle_responders),
            strict=True,
        ):
            order = shuffled(subjects, dice("curve order", analyte, len(values)))
            for subject, value in zip(order, values, strict=True):
                subject.areas[analyte] = value
                if value in middle:
                    subject.roles.add(f"{analyte}_area_median")


def _assign_index_scores(subjects: list[Subject]) -> None:
    """Choose ECOG and extranodal sites so that the prognostic index has its median at 3 and spans 1 to 5."""
    for place, subject in enumerate(subjects):
        certain = _certain_points(subject)
        subject.ipi = min(max(3, certain), certain + 2)
        if subject.ipi == 3 and place % 3 == 0:
            subject.ipi = max(1, certain)
        if place % 7 == 3:
            subject.ipi = certain + 2
        added = subject.ipi - certain
        subject.ecog = 2 if added >= 1 else place % 2
        subject.extranodal_sites = 2 + place % 3 if added == 2 else place % 2


def _certain_points(subject: Subject) -> int:
    age = (subject.infused_at.date() - subject.birth_date).days / 365.25
    return (age >= 61) + (subject.stage in ("III", "IV")) + (subject.baseline.get("ldh", 0) > LDH_UPPER_LIMIT)


def _assign_late_deaths(responders: list[Subject], non_responders: list[Subject]) -> None:
    causes = iter(LATE_CAUSES)
    for group, subjects in (
        ("responder", responders),
        ("non_responder", non_responders),
    ):
        stream = dice("late deaths", group)
        survivors = [subject for subject in subjects if subject.died_on is None]
        early_enough = [subject for subject in survivors if subject.infused_at.year < 2024]
        for subject in stream.sample(early_enough, LATE_DEATHS[group]):
            subject.died_on = subject.day(stream.randint(70, 420))
            subject.cause_of_death = next(causes)
