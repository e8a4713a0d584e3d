"""What a site charts for nobody is said once, with what it costs."""

from __future__ import annotations

from pathlib import Path

from cartox.progress import SilentProgress
from cartox.validation import validate
from tests.python.validation.test_findings import write_extract

ASSESSMENTS = """assessment_id,patient_id,assessed_at,ice_score
T1,P1,{}
T2,P1,2022-03-04,10
T3,P2,2022-03-04,10
"""
DOSES = """administration_id,patient_id,medication,started_at,status
A1,P1,anakinra,2022-03-03,given
A2,P1,anakinra,2022-03-04 08:00,given
"""
LIVING = "patient_id,last_contact_on\n{}"


def notes_of(folder: Path, first: str, n_told: int) -> list[str]:
    extract = write_extract(folder / "extract")
    (extract / "toxicity_assessments.csv").write_text(ASSESSMENTS.format(first))
    (extract / "medication_administrations.csv").write_text(DOSES)
    told = [f"P{number},2022-09-01\n" for number in range(1, n_told + 1)]
    (extract / "vital_status.csv").write_text(LIVING.format("".join(told)))
    return [note.split(";")[0] for note in validate(extract, {}, SilentProgress()).notes]


def test_dates_without_times_and_the_living_without_a_record_are_told_with_their_numbers(
    tmp_path: Path,
) -> None:
    assert notes_of(tmp_path, "2022-03-03 08:00,10", n_told=2)[-2:] == [
        "toxicity_assessments: 2 of 3 records have a date and no time",
        "vital_status: 4 of 6 patients who were infused have no record",
    ]


def test_what_most_records_tell_is_no_silence_of_the_file(tmp_path: Path) -> None:
    notes = notes_of(tmp_path, "2022-03-03 08:00,10\nT4,P1,2022-03-05 08:00,10", n_told=3)
    assert not [note for note in notes if "have" in note]
