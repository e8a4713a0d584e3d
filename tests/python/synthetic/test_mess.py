"""Everything that real extracts hold, and the people for whom it matters, is in the raw rows."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import pytest

from cartox.intake.contract import ENTITIES
from cartox.synthetic.targets import BASELINES
from tests.python.synthetic.second_reading import time_of
from tests.python.synthetic.written_study import Row, WrittenStudy

pytestmark = pytest.mark.xdist_group("synthetic study")

IDS = {
    "patients": "patient_id",
    "infusions": "infusion_id",
    "medication_administrations": "administration_id",
    "lab_results": "result_id",
    "toxicity_assessments": "assessment_id",
    "response_assessments": "assessment_id",
    "vital_status": "patient_id",
}


def _by_id(study: WrittenStudy, entity: str) -> dict[str, list[Row]]:
    groups = defaultdict(list)
    for row in study.rows[entity]:
        groups[row[IDS[entity]]].append(row)
    return groups


def _distinct(rows: Iterable[Row]) -> int:
    return len({tuple(sorted(row.items())) for row in rows})


@pytest.mark.parametrize("entity", IDS)
def test_rows_are_repeated_in_every_file(study: WrittenStudy, entity: str) -> None:
    repeated = [rows for rows in _by_id(study, entity).values() if len(rows) > _distinct(rows)]
    assert len(repeated) >= 3


def test_results_are_corrected_under_their_id_and_others_conflict(study: WrittenStudy) -> None:
    corrected, conflicting = 0, 0
    for rows in _by_id(study, "lab_results").values():
        if _distinct(rows) > 1:
            is_corrected = any(row["status"].lower() in ("corrected", "amended") for row in rows)
            corrected, conflicting = corrected + is_corrected, conflicting + (not is_corrected)
    assert corrected >= 6
    assert conflicting >= 6


@pytest.mark.parametrize("entity", ["lab_results", "medication_administrations", "toxicity_assessments"])
def test_some_records_have_other_numbers_of_cells(study: WrittenStudy, entity: str) -> None:
    with (study.directory / f"{entity}.csv").open(encoding="utf-8", newline="") as file:
        widths = Counter(len(cells) for cells in csv.reader(file))
    n_columns = len(ENTITIES[entity].columns)
    assert any(width > n_columns for width in widths)
    assert any(width < n_columns for width in widths)


@pytest.mark.parametrize(
    ("entity", "column"),
    [
        ("infusions", "infused_at"),
        ("medication_administrations", "started_at"),
        ("lab_results", "collected_at"),
        ("toxicity_assessments", "assessed_at"),
        ("response_assessments", "assessed_on"),
        ("patients", "birth_date"),
    ],
)
def test_some_times_cannot_be_read(study: WrittenStudy, entity: str, column: str) -> None:
    unreadable = [row for row in study.rows[entity] if row[column] and time_of(row[column]) is None]
    assert len(unreadable) >= 2


@pytest.mark.parametrize("entity", [name for name in IDS if name != "patients"])
def test_some_patients_are_unknown(study: WrittenStudy, entity: str) -> None:
    known = {row["patient_id"] for row in study.rows["patients"]}
    assert any(row["patient_id"] and row["patient_id"] not in known for row in study.rows[entity])


@pytest.mark.parametrize(
    ("entity", "column", "values"),
    [
        ("infusions", "care_setting", {"standard of care", "clinical trial", "expanded access"}),
        ("medication_administrations", "status", {"given", "ordered", "held", "refused", "cancelled"}),
        (
            "toxicity_assessments",
            "consciousness",
            {"alert", "spontaneous", "voice", "tactile", "unarousable", ""},
        ),
    ],
)
def test_terms_outside_the_contract_and_in_mixed_case(
    study: WrittenStudy, entity: str, column: str, values: set[str]
) -> None:
    found = {row[column] for row in study.rows[entity]}
    folded = {text.strip().lower() for text in found}
    assert values <= folded
    assert folded - values
    assert len(found) > len(folded)


def test_results_come_in_every_unit(study: WrittenStudy) -> None:
    units = {row["unit"] for row in study.rows["lab_results"]}
    assert {
        "mg/dL",
        "mg/L",
        "ug/L",
        "ng/mL",
        "pmol/L",
        "g/L",
        "g/dL",
        "ukat/L",
        "U/L",
        "/uL",
        "umol/L",
        "%",
        "",
    } <= units


@pytest.mark.parametrize(
    "pattern",
    [
        r"<\d.*",
        r"< \d.*",
        r"less than .*",
        r">\d.*",
        r"> \d\d,.*",
        r"greater than .*",
        r"GREATER THAN .*",
        r"\d,\d{3}",
        "TNP",
        "QNS",
        "pending",
        r"\d+ H",
        r"\d+\*",
        r"\d+-\d+",
        "9999999",
        r"\d+,\d",
    ],
)
def test_result_texts(study: WrittenStudy, pattern: str) -> None:
    assert any(re.fullmatch(pattern, row["result"]) for row in study.rows["lab_results"])


def test_tests_are_named_by_standard_code_site_code_or_name_alone(study: WrittenStudy) -> None:
    ways = Counter(
        (row["code_system"], bool(row["code"]), bool(row["test_name"])) for row in study.rows["lab_results"]
    )
    for way in (("LOINC", True, True), ("LOINC", True, False), ("local", True, True), ("", False, True)):
        assert ways[way] > 1000


def test_comments_with_quotes_line_ends_and_hemolysis(study: WrittenStudy) -> None:
    comments = " ".join(row["comment"] for row in study.rows["lab_results"])
    for part in ('"see previous"', "\n", "µ", "no hemolysis", "HEMOLYSED", "hemolyzed"):
        assert part in comments


@pytest.mark.parametrize(
    "name",
    [
        "Kineret",
        "Decadron",
        "Solu-Medrol",
        "Solu-Cortef",
        "Deltasone",
        "Medrol",
        "MEDROL 4 mg tab",
        "Actemra",
        "Levophed",
        "Tylenol",
        "dexamethasone sodium phosphate",
        "methylPREDNISolone sodium succinate",
        "Kenalog",
        "fludrocortisone",
    ],
)
def test_drug_names(study: WrittenStudy, name: str) -> None:
    assert any(row["medication"].startswith(name) for row in study.rows["medication_administrations"])


@pytest.mark.parametrize("name", ["Yescarta", "Breyanzi", "Kymriah", "axi-cel"])
def test_product_names(study: WrittenStudy, name: str) -> None:
    assert any(row["product"] == name for row in study.rows["infusions"])


def test_doses_come_in_every_form(study: WrittenStudy) -> None:
    texts = {f"{row['dose']}|{row['dose_unit']}" for row in study.rows["medication_administrations"]}
    assert {"10 mg|", "1 GM|", "1|g", "1,000|mg", "10000|mcg", "10|mg", "see protocol|"} <= texts


@pytest.mark.parametrize(
    "route",
    ["both eyes", "topical", "inhaled", "nasal", "intrathecal", "ommaya", "rectal", "swish and spit", "im"],
)
def test_routes_without_a_counted_dose(study: WrittenStudy, route: str) -> None:
    assert any(row["route"].lower() == route for row in study.rows["medication_administrations"])


def test_drug_known_by_its_code_alone(study: WrittenStudy) -> None:
    (subject,) = study.with_role("before_median_2")
    rows = study.of_patient("medication_administrations", subject.patient_id)
    (coded,) = [row for row in rows if row["code"] == "3264" and "dex" not in row["medication"].lower()]
    assert coded["code_system"] == "RxNorm"


@pytest.mark.parametrize("role", ["before_median_1", "before_median_2"])
def test_index_drug_is_held_before_the_first_given_dose(study: WrittenStudy, role: str) -> None:
    (subject,) = study.with_role(role)
    rows = [
        row
        for row in study.of_patient("medication_administrations", subject.patient_id)
        if "kineret" in row["medication"].lower() or "anakinra" in row["medication"].lower()
    ]
    first = min(rows, key=lambda row: row["started_at"])
    assert first["status"] != "given"
    held = [row for row in rows if row["status"] == "held"]
    assert held
    assert held[0]["started_at"] < min(row["started_at"] for row in rows if row["status"] == "given")


def test_rows_that_end_before_they_start_and_one_that_runs_over_the_index_time(study: WrittenStudy) -> None:
    (subject,) = study.with_role("before_median_1")
    rows = study.of_patient("medication_administrations", subject.patient_id)
    ended = [row for row in rows if row["ended_at"]]
    assert any(row["ended_at"] < row["started_at"] for row in ended)
    index_at = subject.first_dose_at.strftime("%Y-%m-%d %H:%M")
    assert any(
        row["status"].lower() == "given" and row["started_at"] < index_at < row["ended_at"] for row in ended
    )


def test_patients_who_must_have_no_baseline_have_results_that_cannot_be_used(study: WrittenStudy) -> None:
    (without_ldh,) = study.with_role("no_baseline_ldh")
    (without_ferritin,) = study.with_role("no_baseline_ferritin")
    assert (without_ldh.study_group, without_ferritin.study_group) == ("responder", "non_responder")
    for subject, name in ((without_ldh, "Lactate dehydrogenase"), (without_ferritin, "Ferritin")):
        anchor = (subject.lymphodepletion_at or subject.infused_at).strftime("%Y-%m-%d %H:%M")
        rows = study.of_patient("lab_results", subject.patient_id)
        before = [row for row in rows if row["test_name"] == name and row["collected_at"] < anchor]
        assert len(before) >= 8
        assert sum(row["result"].isdigit() for row in before) >= 4


def test_printed_medians_stand_in_units_that_must_be_converted(study: WrittenStudy) -> None:
    units = {"hemoglobin": "g/L", "crp": "mg/dL", "ferritin": "pmol/L", "ldh": "ukat/L"}
    for analyte, target in BASELINES.items():
        single = [
            values[0]
            for values in (target.middle_responders, target.middle_non_responders)
            if len(values) == 1
        ]
        holders = [subject for subject in study.cohort if subject.baseline.get(analyte) in single]
        assert holders
        for subject in holders:
            rows = study.of_patient("lab_results", subject.patient_id)
            corrected = {row["unit"] for row in rows if row["status"] in ("Corrected", "Amended")}
            assert units[analyte] in corrected


def test_bounds_stand_for_ferritin_of_the_sickest_and_crp_of_the_healthiest(study: WrittenStudy) -> None:
    holders = {subject.patient_id for subject in study.with_role("ferritin_area_median")}
    bounded = {
        row["patient_id"]
        for row in study.rows["lab_results"]
        if "40,000" in row["result"] or "40000" in row["result"]
    }
    assert bounded & holders
    lowest = [subject for subject in study.cohort if subject.baseline.get("crp") == 3.0]
    assert len(lowest) >= 2


@pytest.mark.parametrize(
    "role",
    [
        "afebrile_after_tocilizumab",
        "flow_above_six",
        "vasopressor_in_administrations",
        "vasopressin_alone",
        "crs_recorded_only",
        "flow_of_six",
        "inotrope",
        "vasopressor_held",
        "vasopressor_before_fever",
        "unarousable_without_ice",
        "icans_recorded_only",
        "prolonged_seizure",
        "hemiparesis",
        "diffuse_edema",
        "seizure_under_sedation",
        "awake_with_ice_of_zero",
        "hemorrhage",
        "consciousness_in_other_words",
        "unarousable_under_sedation",
        "never_febrile",
        "intubated_for_airway",
    ],
)
def test_each_hard_presentation_belongs_to_one_patient(study: WrittenStudy, role: str) -> None:
    assert len(study.with_role(role)) == 1


def test_recorded_grades_disagree_with_what_is_charted_or_stand_alone(study: WrittenStudy) -> None:
    rows = study.rows["toxicity_assessments"]
    assert (
        sum(row["recorded_icans_grade"] == "4" and row["ice_score"] in ("0", "5", "8") for row in rows) >= 3
    )
    assert (
        sum(
            not row["temperature_c"] and not row["oxygen_support"] and row["recorded_crs_grade"] != ""
            for row in rows
        )
        > 100
    )


def test_inpatients_are_seen_twice_a_day_and_some_days_not_at_all(study: WrittenStudy) -> None:
    for subject in study.cohort:
        rows = study.of_patient("toxicity_assessments", subject.patient_id)
        per_day = Counter(row["assessed_at"][:10] for row in rows)
        seen = [
            day
            for day in range(1, subject.course.last_inpatient_day)
            if per_day[subject.day(day).isoformat()] >= 2
        ]
        skipped = {day for day, _ in subject.course.unassessed}
        assert set(seen) | skipped >= set(range(1, subject.course.last_inpatient_day))
    assert sum(bool(subject.course.unassessed) for subject in study.cohort) >= 5


@pytest.mark.parametrize(
    "role",
    [
        "index_drug_before_enrolment",
        "index_drug_without_toxicity",
        "index_drug_for_crs_alone",
        "index_drug_as_prophylaxis",
        "index_drug_after_resolution",
        "index_drug_held",
        "index_drug_ordered_only",
        "index_drug_at_home_before",
        "index_drug_time_unreadable",
        "never_infused",
        "care_setting_unknown",
        "infusion_time_unreadable",
        "clinical trial",
        "expanded access",
        "product unknown",
        "product against BCMA",
        "earlier_car_t",
        "mantle cell lymphoma",
        "follicular lymphoma",
        "multiple myeloma",
    ],
)
def test_at_least_three_people_for_every_reason(study: WrittenStudy, role: str) -> None:
    assert len(study.with_role(role)) >= 3


def test_date_centuries_away_stands_for_no_death(study: WrittenStudy) -> None:
    assert sum(row["died_on"] == "9999-12-31" for row in study.rows["vital_status"]) >= 3
