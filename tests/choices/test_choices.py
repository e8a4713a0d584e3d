"""Every value of every var that is a choice builds, checks and publishes the built-in study: run by `make choices`.

The runs take values of several vars at once, so that each value is run and there are no more runs than the var with the most
values has. What the figures become is another matter; that a documented value cannot run is what this finds.
"""

from __future__ import annotations

import csv
from itertools import zip_longest
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from tests.python.study.command import cartox
from tests.spec.compiled_project import PROJECT


def column(seed: str, name: str) -> list[str]:
    with (PROJECT / "seeds" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


DEFAULTS: dict[str, Any] = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
CHOICES = {
    "response_definition": column("rules/response_definitions", "definition"),
    "index_toxicity": column("rules/toxicities", "toxicity"),
    "dexamethasone_factors": ["primary", "factor_080", "factor_100"],
    "omop_patient_id": ["person_id", "person_source_value"],
    "omop_care_setting": ["standard of care", "clinical trial", "expanded access"],
}
OTHERS = {name: [value for value in values if value != DEFAULTS[name]] for name, values in CHOICES.items()}
RUNS = [
    {name: value for name, value in zip(OTHERS, values, strict=True) if value is not None}
    for values in zip_longest(*OTHERS.values())
]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the extract of the built-in study."""
    folder = tmp_path_factory.mktemp("choices")
    assert cartox(folder, "synth", "extract").returncode == 0
    return folder


@pytest.mark.parametrize("choices", RUNS, ids=lambda choices: "-".join(choices.values()))
def test_the_study_is_published(folder: Path, choices: dict[str, str]) -> None:
    (folder / "study.yml").write_text(yaml.safe_dump(choices), encoding="utf-8")
    done = cartox(folder, "run", "--extract", "extract", "--vars", "study.yml", "--keep", "1")
    assert done.returncode == 0, done.stderr
    with duckdb.connect(str(folder / "warehouse" / "cartox.duckdb"), read_only=True) as connection:
        facts = dict(connection.execute("select key, value from results.run_manifest").fetchall())
        disagreeing = connection.execute(
            "select count(*) from marts.cohort as cohort inner join marts.response_labels as labels"
            " on cohort.patient_id = labels.patient_id and labels.definition = ?"
            " where cohort.study_group is distinct from labels.outcome",
            [facts["var.response_definition"]],
        ).fetchone()
    assert {name: facts[f"var.{name}"] for name in choices} == choices
    assert disagreeing == (0,)
