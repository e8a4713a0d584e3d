"""`cartox specifications`: each choice of grading is a build of its own, held against runs under that var."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest
import yaml

from cartox.errors import UserError
from cartox.warehouse.variables import checked_variables
from tests.python.study.command import cartox
from tests.spec.compiled_project import PROJECT

pytestmark = pytest.mark.xdist_group("whole run")

PATIENTS = 6
CHOICES = [
    ("study", "as_planned"),
    ("alert_without_ice", "grade_0"),
    ("fever_holds_hours", "12"),
    ("fever_holds_hours", "48"),
    ("recorded_crs_0", "not_attributable"),
]


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six patients given anakinra for ICANS; for three of them nothing tells it but alertness without a score."""
    folder = tmp_path_factory.mktemp("grading") / "extract"
    folder.mkdir()
    rows: dict[str, list[str]] = {
        "patients.csv": ["patient_id,birth_date,sex"],
        "infusions.csv": ["infusion_id,patient_id,infused_at,product,indication,care_setting"],
        "medication_administrations.csv": [
            "administration_id,patient_id,medication,dose,dose_unit,route,status,started_at"
        ],
        "lab_results.csv": ["result_id,patient_id,test_name,collected_at,result,unit"],
        "toxicity_assessments.csv": [
            "assessment_id,patient_id,assessed_at,ice_score,consciousness,seizure,motor_weakness,elevated_icp,recorded_icans_grade"
        ],
        "response_assessments.csv": ["assessment_id,patient_id,assessed_on"],
        "vital_status.csv": ["patient_id,status,last_contact_on"],
    }
    for number in range(1, PATIENTS + 1):
        patient = f"P{number}"
        rows["patients.csv"].append(f"{patient},19{50 + number}-01-01,female")
        rows["infusions.csv"].append(
            f"I{number},{patient},2022-03-01 10:00,axicabtagene ciloleucel,DLBCL,standard of care"
        )
        rows["medication_administrations.csv"].append(
            f"M{number},{patient},anakinra,100,mg,SC,given,2022-03-06 12:00"
        )
        for day in range(5, 12):
            score = "5" if day < 8 else "" if number > 3 else "10"
            rows["toxicity_assessments.csv"].append(
                f"A{number}-{day},{patient},2022-03-{day + 1:02d} 08:00,{score},alert,none,false,none,"
            )
        rows["vital_status.csv"].append(f"{patient},alive,2022-09-01")
    for name, lines in rows.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_each_choice_counts_as_a_run_under_its_var(extract: Path, tmp_path: Path) -> None:
    out = tmp_path / "specifications.csv"
    done = cartox(extract.parent, "specifications", "--extract", "extract", "--csv", str(out))
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(dict.fromkeys((row["dimension"], row["choice"]) for row in rows)) == CHOICES
    known = {
        (row["dimension"], row["choice"]): (int(row["n_responders"]), int(row["n_non_responders"]))
        for row in rows
        if row["claim"] == "age_years"
    }
    # By hand: without a score an alert patient is not evaluable, so that three of six show no return to grade 0;
    # as grade 0 they all do. How long a fever holds is nothing to them.
    assert known["study", "as_planned"][0] == 3
    assert known["alert_without_ice", "grade_0"] == (6, 0)
    assert (
        known["fever_holds_hours", "12"] == known["fever_holds_hours", "48"] == known["study", "as_planned"]
    )
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert {path.name for path in extract.parent.iterdir()} == {"extract"}
    told = {line.split(" (")[0]: line for line in done.stdout.splitlines()}
    assert (
        "6 of 6 responded; flips: none of the claims that can be told; without a p-value"
        in told["alert_without_ice grade_0"]
    )
    assert "Age at infusion" in told["alert_without_ice grade_0"].split("nothing is known of: ")[1]


def test_each_choice_of_the_seed_is_one_that_its_var_may_have() -> None:
    with (PROJECT / "seeds/rules/grading_choices.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        value = yaml.safe_load(row["choice"])
        assert checked_variables({row["var"]: value}, PROJECT, "seed") == {row["var"]: value}
    with pytest.raises(UserError):
        checked_variables({"recorded_crs_0": "nothing"}, PROJECT, "seed")


def test_a_wrong_extract_is_one_line(tmp_path: Path) -> None:
    done = cartox(tmp_path, "specifications", "--extract", "nothing")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("cartox: nothing: ")
