"""Who is in the built-in study: what the generator decides about a person before any record is written."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from cartox.synthetic.extract import Row

Slot = tuple[int, int]
"""Study day and round of the day: 0 in the morning, 1 in the evening."""

ROUND_HOURS = (8, 20)


@dataclass
class Course:
    """Toxicity of one subject, round by round.

    Attributes:
        crs, icans: grade by round; a round of an inpatient day that is not named has grade 0.
        last_inpatient_day: study day of discharge or death.
        clinic_days: study days with one visit after discharge.
        unassessed: rounds without an assessment.
        tocilizumab_day: study day on which, late in the evening, tocilizumab is given; None: never.

    """

    crs: dict[Slot, int] = field(default_factory=dict)
    icans: dict[Slot, int] = field(default_factory=dict)
    last_inpatient_day: int = 10
    clinic_days: list[int] = field(default_factory=list)
    unassessed: set[Slot] = field(default_factory=set)
    tocilizumab_day: int | None = None


@dataclass(frozen=True)
class Dose:
    """One dose of a glucocorticoid, in mg of the drug itself."""

    ingredient: str
    milligrams: float


@dataclass
class Subject:
    """A person with one infusion of CAR-T cells.

    Attributes:
        name: what the generator calls the person; seeds the random streams, never written to a file.
        study_group: responder or non_responder in the cohort, else empty.
        baseline: analyte to result before lymphodepletion, in the canonical unit.
        areas: analyte to area under the curve, canonical unit times days.
        doses_before, doses_after: glucocorticoids before and from the index time on.
        dose_rows: the raw rows of those doses, in the same order.
        roles: sample values that this person holds, for example "before_median_1".

    """

    name: str
    infused_at: datetime
    birth_date: date
    sex: str
    product: str
    patient_id: str = ""
    study_group: str = ""
    indication: str = "large B-cell lymphoma"
    care_setting: str = "standard of care"
    stage: str = "III"
    disease_status: str = "relapsed"
    prior_lines: int = 2
    ipi: int | None = None
    ecog: int = 1
    extranodal_sites: int = 0
    lymphodepletion_at: datetime | None = None
    index_at: datetime | None = None
    died_on: date | None = None
    cause_of_death: str = ""
    course: Course = field(default_factory=Course)
    baseline: dict[str, float] = field(default_factory=dict)
    areas: dict[str, float] = field(default_factory=dict)
    doses_before: list[Dose] = field(default_factory=list)
    doses_after: list[Dose] = field(default_factory=list)
    dose_rows: list[Row] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)

    def day(self, study_day: int) -> date:
        """Return the calendar date of a study day."""
        return self.infused_at.date() + timedelta(days=study_day)

    def at(self, study_day: int, hour: int, minute: int = 0) -> datetime:
        """Return a time of a study day."""
        return datetime.combine(self.day(study_day), time(hour, minute))

    def study_day(self, moment: date) -> int:
        """Return the study day of a date or time."""
        calendar_day = moment.date() if isinstance(moment, datetime) else moment
        return (calendar_day - self.infused_at.date()).days

    @property
    def first_dose_at(self) -> datetime:
        """Time of the first dose of the index drug.

        Raises:
            ValueError: the subject is not given it.

        """
        if self.index_at is None:
            raise ValueError("no index drug")
        return self.index_at

    @property
    def last_living_day(self) -> int:
        """Study day of death, or one beyond all follow-up."""
        return self.study_day(self.died_on) if self.died_on else 10_000


def birth_date_for(infused_at: datetime, age_years: int, days_since_birthday: int) -> date:
    """Return the birth date for an age in full years and a last birthday so many days ago."""
    birthday = infused_at.date() - timedelta(days=days_since_birthday)
    if (birthday.month, birthday.day) == (2, 29):
        birthday += timedelta(days=1 if days_since_birthday else -1)
    return birthday.replace(year=birthday.year - age_years)
