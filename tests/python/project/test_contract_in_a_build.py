"""The input contract in a build: no record is dropped for want of a column, and none is built without its description."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

from cartox.intake import land
from cartox.progress import SilentProgress
from tests.spec.compiled_project import PROJECT, CompiledProject, connect, land_folder
from tests.spec.contract_oracle import EXTRACT, names

KEYS = {entity: names(columns)[0] for entity, columns in EXTRACT.items()}
PATIENTS = ("PATIENT-1", "PATIENT-2")
RECORD = {
    "patient_id": PATIENTS[0], "birth_date": "1960-05-05", "sex": "F", "infused_at": "2022-03-01 10:00", "product": "Yescarta",
    "indication": "DLBCL", "care_setting": "standard of care", "medication": "dexamethasone",
    "started_at": "2022-03-04 10:00", "collected_at": "2022-03-04 06:00", "result": "12",
    "assessed_at": "2022-03-04 08:00", "assessed_on": "2022-04-01",
}  # fmt: skip
STATUS = {"medication_administrations": "given", "lab_results": "final"}


def record(entity: str, key: str) -> dict[str, str]:
    """A record that can be used, its cells that need no sense filled with the names of their columns."""
    every = {name: RECORD.get(name, f"{name} of it") for name in names(EXTRACT[entity])}
    return every | ({"status": STATUS[entity]} if entity in STATUS else {}) | {KEYS[entity]: key}


def records(entity: str) -> list[dict[str, str]]:
    """For every column two records that differ in it alone; at last one that stands there twice."""
    known = (f"{entity}-1", f"{entity}-2") if entity != "vital_status" else PATIENTS
    pairs = []
    for column in names(EXTRACT[entity]):
        one = record(entity, known[0] if column == KEYS[entity] else f"{entity}-{column}")
        pairs += [one, one | {column: known[1] if column == KEYS[entity] else f"another {one[column]}"}]
    twice = record(entity, PATIENTS[0] if entity == "patients" else f"{entity}-twice")
    return [*pairs, twice, dict(twice)]


def test_no_record_is_dropped_that_differs_from_another_in_one_column_alone(
    tmp_path: Path, compiled_project: CompiledProject
) -> None:
    extract = tmp_path / "extract"
    extract.mkdir()
    for entity, columns in EXTRACT.items():
        rows = records(entity)
        if entity == "patients":
            rows.append(record(entity, PATIENTS[1]))
        with (extract / f"{entity}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names(columns), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    land(extract, tmp_path / "landing", SilentProgress())
    connection = connect()
    land_folder(connection, tmp_path / "landing")
    compiled_project.upstream_of("record_conservation").build(connection)
    counts = {
        entity: counted
        for entity, *counted in connection.execute(
            "select entity, n_raw, n_accepted, n_duplicate, n_superseded, n_quarantined from marts.record_conservation"
        ).fetchall()
    }
    for entity, columns in EXTRACT.items():
        n_in_conflict = 2 * (len(names(columns)) - 1)
        n_accepted = 3 + (entity == "patients")
        if entity == "vital_status":  # that of an unknown patient cannot be used
            n_in_conflict, n_accepted = n_in_conflict + 1, n_accepted - 1
        n_raw = n_in_conflict + n_accepted + 1
        assert counts[entity] == [n_raw, n_accepted, 1, 0, n_in_conflict], entity


def test_a_column_without_its_description_is_not_built(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    for name in ("dbt_project.yml", "profiles.yml", "macros", "seeds", "analysis", "tests"):
        (project / name).symlink_to(PROJECT / name)
    shutil.copytree(PROJECT / "models", project / "models")
    described = project / "models" / "staging" / "extract" / "stg_extract__patients.yml"
    text = described.read_text(encoding="utf-8")
    described.write_text(text.replace("            type: date\n", "", 1), encoding="utf-8")
    command = [
        str(Path(sys.executable).with_name("dbt")), "--quiet", "--no-use-colors", "compile",
        "--project-dir", str(project), "--profiles-dir", str(project), "--target-path", str(tmp_path / "target"),
        "--log-path", str(tmp_path), "--select", "stg_extract__patients",
    ]  # fmt: skip
    environment = os.environ | {"CARTOX_LANDING": "/nowhere", "CARTOX_DATABASE": ":memory:"}
    ended = subprocess.run(command, check=False, env=environment, cwd=project, capture_output=True, text=True)
    assert ended.returncode != 0
    assert "stg_extract__patients.yml does not describe the column birth_date and its type" in ended.stdout
