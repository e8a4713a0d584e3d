"""Puts the built-in study together."""

from pathlib import Path

from cartox.intake.contract import ENTITIES
from cartox.owner import make_folder, owner_only
from cartox.progress import Progress, SilentProgress
from cartox.synthetic.assessments import chart
from cartox.synthetic.background import add_other_baselines, make_treated
from cartox.synthetic.cohort import make_cohort
from cartox.synthetic.demographics import describe
from cartox.synthetic.extract import Extract
from cartox.synthetic.hard_courses import choose_presentations, present_unusually
from cartox.synthetic.hard_exposures import confuse_exposure
from cartox.synthetic.hard_laboratory import confuse_laboratory
from cartox.synthetic.laboratory import draw_baseline, draw_course
from cartox.synthetic.medications import (
    give_glucocorticoids,
    give_index_drug,
    give_supportive_drugs,
)
from cartox.synthetic.mess import make_messy
from cartox.synthetic.outsiders import make_outsiders
from cartox.synthetic.routine import give_routine_glucocorticoids, give_story_index_drug
from cartox.synthetic.subjects import Subject
from cartox.synthetic_mark import mark_as_synthetic


@owner_only()
def write_study(directory: Path, progress: Progress | None = None) -> None:
    """Write the built-in study as an extract of seven CSV files, beside the mark that it is synthetic.

    The records are synthetic and the same on each call: 504 treated patients, 42 of them given anakinra for
    ICANS, and 48 people outside the treated population. Run through the pipeline by the study's rules they
    give the study's reported figures.

    Args:
        directory: folder of the extract; made where it is missing. Files of the same names are replaced.
        progress: told what is being made; None: nobody is.

    """
    teller = progress or SilentProgress()
    teller.step("Making the built-in study")
    extract, _ = make_study(teller)
    teller.step("Writing the extract")
    make_folder(directory)
    mark_as_synthetic(directory)
    for number, entity in enumerate(ENTITIES):
        teller.advance(f"{entity}.csv", number, len(ENTITIES))
        extract.write(directory, entity)


def make_study(progress: Progress | None = None) -> tuple[Extract, list[Subject]]:
    """Return the raw rows of the built-in study, and the people whom they are about."""
    teller = progress or SilentProgress()
    cohort = make_cohort()
    choose_presentations(cohort)
    for subject in cohort:
        add_other_baselines(subject)
    treated, outsiders = make_treated(cohort), make_outsiders()
    subjects = sorted(
        cohort + treated + outsiders,
        key=lambda subject: (subject.infused_at, subject.name),
    )
    for number, subject in enumerate(subjects, start=1):
        subject.patient_id = f"CTX-{number:04d}"

    extract = Extract()
    for number, subject in enumerate(subjects):
        teller.advance("people", number, len(subjects))
        _record(extract, subject)
    confuse_exposure(extract, cohort)
    confuse_laboratory(extract, cohort)
    make_messy(extract, subjects)
    return extract, subjects


def _record(extract: Extract, subject: Subject) -> None:
    describe(extract, subject)
    draw_baseline(extract, subject)
    for analyte in subject.areas:
        draw_course(extract, subject, analyte)
    if "never_infused" in subject.roles:
        return
    rows = chart(extract, subject)
    give_supportive_drugs(extract, subject)
    if subject.study_group:
        give_glucocorticoids(extract, subject)
        give_index_drug(extract, subject, subject.first_dose_at, n_doses=16)
        present_unusually(extract, subject, rows)
    else:
        give_routine_glucocorticoids(extract, subject)
        give_story_index_drug(extract, subject)
