"""The built-in study as a hospital holds it: OMOP tables, and extract files for what they cannot carry."""

import csv
from pathlib import Path

from cartox.intake.contract import TABLES
from cartox.owner import for_owner, make_folder, owner_only
from cartox.progress import Progress, SilentProgress
from cartox.synthetic.extract import Extract, Row
from cartox.synthetic.omop_drugs import drug_rows
from cartox.synthetic.omop_infusions import condition_rows, infusion_rows, lymphodepletion_rows
from cartox.synthetic.omop_measurements import measurement_rows
from cartox.synthetic.omop_people import People, death_rows, visit_rows
from cartox.synthetic.omop_vocabulary import vocabulary_tables
from cartox.synthetic.study import make_study
from cartox.synthetic_mark import mark_as_synthetic

BESIDE = ("infusions", "toxicity_assessments", "response_assessments", "vital_status")
"""Kinds of record that stay with the extract, whole or in part."""

VARIABLES = """\
# The extract's files beside the tables name patients as person_source_value does.
omop_patient_id: person_source_value
"""


@owner_only()
def write_study_as_omop(directory: Path, progress: Progress | None = None) -> None:
    """Write the built-in study as OMOP CDM 5.4, each value in the way in which sites hold it.

    Args:
        directory: folder of the tables, one CSV file each; made where it is missing. What the tables cannot
            carry goes to its folder `extract`, the vars that the run needs to `study.yml`. The mark that the
            records are synthetic lies in both folders.
        progress: told what is being made; None: nobody is.

    """
    teller = progress or SilentProgress()
    teller.step("Making the built-in study")
    extract, _ = make_study(teller)
    teller.step("Writing OMOP tables")
    make_folder(directory / "extract")
    for folder in (directory, directory / "extract"):
        mark_as_synthetic(folder)
    for name, rows in omop_tables(extract).items():
        _write(directory / f"{name}.csv", name, rows)
    for entity in BESIDE:
        extract.write(directory / "extract", entity)
    with open(directory / "study.yml", "w", encoding="utf-8", opener=for_owner) as file:
        file.write(VARIABLES)


def omop_tables(extract: Extract) -> dict[str, list[Row]]:
    """Return the rows of every table of the common data model that the pipeline reads.

    Records of medications and results that are superseded or cannot be used by their status are left out: a
    common data model holds the last version of a record.
    """
    people = People(extract.rows["patients"])
    infusions, procedures = infusion_rows(extract.rows["infusions"], people)
    drugs = drug_rows(extract.rows["medication_administrations"], people)
    return {
        "person": people.rows,
        "drug_exposure": [*infusions, *drugs, *lymphodepletion_rows(extract.rows["infusions"], people)],
        "measurement": measurement_rows(extract.rows["lab_results"], people),
        "observation": _ice_scores(extract.rows["toxicity_assessments"], people),
        "procedure_occurrence": procedures,
        "condition_occurrence": condition_rows(extract.rows["infusions"], people),
        "visit_occurrence": visit_rows(extract.rows["infusions"], people),
        "death": death_rows(extract.rows["vital_status"], people),
        **vocabulary_tables(),
    }


def _ice_scores(assessments: list[Row], people: People) -> list[Row]:
    return [
        {
            "observation_id": str(number),
            "person_id": people.person_id(row),
            "observation_concept_id": "0",
            "observation_date": row["assessed_at"][:10],
            "observation_datetime": row["assessed_at"],
            "value_as_number": row["ice_score"],
            "observation_source_value": "ICE score",
        }
        for number, row in enumerate(assessments, start=1)
        if row.get("ice_score") and row.get("assessed_at")
    ]


def _write(path: Path, table: str, rows: list[Row]) -> None:
    names = TABLES[table].column_names
    with open(path, "w", encoding="utf-8", newline="", opener=for_owner) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([row.get(name, "") for name in names] for row in rows)
