"""The recipes, applied to a copy of the project in which the built-in study is run, give what they promise."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from scipy.stats import brunnermunzel

from tests.spec.compiled_project import PROJECT

PAGE = (PROJECT / "docs" / "recipes.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"^```diff\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COPIED = ("analysis", "macros", "models", "python", "seeds", "tests/data", "tests/great_expectations")
SETTINGS = ("allowed_vars.yml", "dbt_project.yml", "profiles.yml")
FIBRINOGEN = (
    ("Fibrinogen", "310", "mg/dL"),
    ("Fibrinogen (Clauss)", "2.8", "g/L"),
    ("Fibrinogen", "9000", "mg/dL"),
)
COMMAND = "from cartox.cli.app import main; main()"


def cartox(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the copy, outside this project."""
    environment = os.environ | {"PYTHONPATH": str(copy / "python")}
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *words],
        cwd=copy.parent, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def given_anakinra(extract: Path) -> list[str]:
    given = rows_of(extract / "medication_administrations.csv")
    return sorted(
        {row["patient_id"] for row in given if re.search("anakinra|kineret", row["medication"].lower())}
    )


def change_records(extract: Path) -> None:
    """Take every second birth date of those given anakinra, and chart fibrinogen, in both units, for an infused patient."""
    ageless = given_anakinra(extract)[::2]
    patients = extract / "patients.csv"
    born = re.compile(rf"^({'|'.join(ageless)}),[^,]*,", re.MULTILINE)
    patients.write_text(born.sub(r"\1,,", patients.read_text(encoding="utf-8")), encoding="utf-8")
    infusion = next(
        row for row in rows_of(extract / "infusions.csv") if row["patient_id"] in given_anakinra(extract)
    )
    with (extract / "lab_results.csv").open("a", encoding="utf-8", newline="") as file:
        header = list(rows_of(extract / "lab_results.csv")[0])
        writer = csv.DictWriter(file, [name for name in header if name], restval="", lineterminator="\n")
        for number, (name, result, unit) in enumerate(FIBRINOGEN):
            writer.writerow(
                {
                    "result_id": f"FIB-{number}", "patient_id": infusion["patient_id"], "test_name": name,
                    "collected_at": infusion["infused_at"], "specimen": "plasma", "result": result, "unit": unit,
                    "status": "final",
                }
            )  # fmt: skip


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recipes")
    copy = folder / "copy"
    for name in COPIED:
        shutil.copytree(
            PROJECT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "uncommitted")
        )
    for name in SETTINGS:
        shutil.copyfile(PROJECT / name, copy / name)
    for recipe in RECIPES:
        applied = subprocess.run(
            ["git", "apply", "-"], cwd=copy, input=recipe, capture_output=True, text=True, check=False
        )
        assert applied.returncode == 0, applied.stdout + applied.stderr
    assert cartox(copy, "init", "study", "--example").returncode == 0
    change_records(folder / "study" / "extract")
    ran = cartox(copy, "run", "study")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder / "study" / "warehouse" / "cartox.duckdb"


def found(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_an_analyte_is_rows_only(warehouse: Path) -> None:
    """Each result in the analyte's unit by hand, and the one that cannot be, with its reason."""
    results = found(
        warehouse,
        "select result_id, value::double, unusable_reason from marts.lab_results where analyte = 'fibrinogen' order by 1",
    )
    assert results == [("FIB-0", 310.0, None), ("FIB-1", 280.0, None), ("FIB-2", None, "implausible_value")]
    assert found(warehouse, "select count(*) > 0 from marts.lab_daily_grid where analyte = 'fibrinogen'") == [
        (True,)
    ]
    assert found(warehouse, "select count(*) > 0 from results.lab_auc where analyte = 'fibrinogen'") == [
        (True,)
    ]


def test_an_exclusion_is_one_model_and_one_row(warehouse: Path) -> None:
    asked = "select patient_id from marts.cohort_exclusions where reason = 'age_unknown' order by 1"
    excluded = {str(patient) for (patient,) in found(warehouse, asked)}
    ageless = set(given_anakinra(warehouse.parents[1] / "extract")[::2])
    assert found(warehouse, "select count(*) from marts.cohort where age_years is null") == [(0,)]
    assert excluded & ageless
    of_unknown_age = "select patient_id from marts.treated_patients where age_years is null"
    assert excluded <= {str(patient) for (patient,) in found(warehouse, of_unknown_age)}
    step = "select step, n_excluded > 0 from marts.cohort_attrition where reason = 'age_unknown'"
    assert found(warehouse, step) == [("Age at infusion unknown", True)]


def test_a_statistical_test_is_one_function_and_one_row(warehouse: Path) -> None:
    groups = [
        [
            float(str(value))
            for (value,) in found(
                warehouse,
                "select value from marts.lab_baseline inner join marts.cohort using (patient_id)"
                f" where analyte = 'ferritin' and value is not null and study_group = '{group}'",
            )
        ]
        for group in ("non_responder", "responder")
    ]
    printed = found(
        warehouse, "select method, p_value from results.comparisons where variable = 'ferritin_any_spread'"
    )
    assert printed[0][0] == "Brunner-Munzel"
    assert printed[0][1] == pytest.approx(float(brunnermunzel(groups[0], groups[1]).pvalue), rel=1e-12)
