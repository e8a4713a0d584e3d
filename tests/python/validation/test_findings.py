"""A small extract with one mistake of every kind: what is said of it was counted by hand."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from cartox.errors import UserError
from cartox.intake.contract import ENTITIES
from cartox.progress import SilentProgress
from cartox.validation import Finding, LikelyCause, Term, ValidatedFile, Validation, validate
from cartox.validation.report import print_validation

pytestmark = pytest.mark.xdist_group("validated")

CANARY = "CANARY4711"
RARE_STEROID = "zyxcortisone"
PATIENTS = [f"P{number}" for number in range(1, 7)]
FILES = {
    "patients": [
        "patient_id,birth_date,sex",
        *(f"{patient},1960-02-03,F" for patient in PATIENTS),
        f"{CANARY}-8,03/02/1960,M",
        f"{CANARY}-9,1960-02-03,",
    ],
    "infusions": [
        "infusion_id,patient_id,infused_at,product,indication,care_setting,ann_arbor_stage",
        *(f"I{patient},{patient},2022-03-01 10:00,yescarta,dlbcl,standard of care," for patient in PATIENTS),
        "IP1,P1,2022-03-01 10:00,yescarta,dlbcl,standard of care,",
        f"I9,P1,2022-05-01 10:00,{CANARY} cells,dlbcl,standard of care,{CANARY}",
        "I10,P1,1022-05-01 10:00,yescarta,dlbcl,standard of care,zz",
        f"I11,{CANARY},2022-05-01 10:00,yescarta,dlbcl,standard of care,",
        "I12,P1,soon,,,at home,",
    ],
    "medication_administrations": [
        "administration_id,patient_id,medication,dose,dose_unit,route,started_at,status",
        *(f"A{patient},{patient},dexamethasone,4,spoon,iv,2022-03-03 10:00,given" for patient in PATIENTS),
        f"A7,P1,dexamethasone,{CANARY},mg,iv,2022-03-03 10:00,given",
        *(f"B{patient},{patient},rare drug,1,mg,{CANARY},2022-03-03,given" for patient in PATIENTS[:4]),
        "A8,P1,dexamethasone,4,mg,iv,soon,",
        f"C1,P1,{RARE_STEROID},4,mg,iv,2022-03-03 10:00,given",
    ],
    "lab_results": [
        "result_id,patient_id,test_name,collected_at,result,unit,resulted_at,status",
        "L1,P1,ferritin,2022-03-03 06:00,812,ng/mL,2022-03-03 07:00,final",
        "L1,P1,ferritin,2022-03-03 06:00,821,ng/mL,2022-03-03 09:00,corrected",
        "L2,P2,ferritin,2022-03-03 06:00,812,ng/mL,2022-03-03 07:00,final",
        "L2,P2,ferritin,2022-03-03 06:00,821,ng/mL,2022-03-03 07:00,final",
        f"L3,P3,ferritin,2022-03-03 06:00,812,{CANARY},2022-03-03 07:00,final",
        "L4,P4,ferritin,2022-03-03 06:00,90000000,ng/mL,2022-03-03 07:00,final",
        f"L5,P5,ferritin,2022-03-03 06:00,{CANARY},ng/mL,2022-03-03 07:00,final",
        f"L6,P5,ferritin,2022-03-03 06:00,{CANARY},ng/mL",
    ],
    "toxicity_assessments": [
        "assessment_id,patient_id,assessed_at,ice_score,seizure,temperature_c,hypotension",
        f"T1,P1,2022-03-03 08:00,11,{CANARY},101.3,oui",
    ],
    "response_assessments": ["assessment_id,patient_id,assessed_on"],
    "vital_status": ["patient_id,died_on", "P1,2022-13-01"],
}


def write_extract(folder: Path) -> Path:
    folder.mkdir()
    for entity, lines in FILES.items():
        (folder / f"{entity}.csv").write_text("".join(f"{line}\n" for line in lines))
    return folder


@pytest.fixture(scope="module")
def validation(tmp_path_factory: pytest.TempPathFactory) -> Validation:
    extract = write_extract(tmp_path_factory.mktemp("validation") / "extract")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(extract.parent))
        patch.setattr("tempfile.tempdir", None)
        found = validate(extract, {"disclosure_threshold": 5}, SilentProgress())
    assert [path.name for path in extract.parent.iterdir()] == ["extract"], (
        "the temporary folder stays behind"
    )
    return found


@pytest.fixture(scope="module")
def files(validation: Validation) -> dict[str, ValidatedFile]:
    return {file.entity: file for file in validation.files}


def test_every_file_is_told_of_in_the_order_of_the_contract(files: dict[str, ValidatedFile]) -> None:
    assert list(files) == list(ENTITIES)
    assert files["response_assessments"].findings == ()


@pytest.mark.parametrize(
    ("entity", "counts"),
    [
        ("patients", (8, 8, 0, 0, 0)),
        ("infusions", (11, 7, 1, 0, 3)),
        ("medication_administrations", (13, 12, 0, 0, 1)),
        ("lab_results", (8, 4, 0, 1, 3)),
        ("response_assessments", (0, 0, 0, 0, 0)),
        ("vital_status", (1, 1, 0, 0, 0)),
    ],
)
def test_records_are_counted_by_what_becomes_of_them(
    files: dict[str, ValidatedFile], entity: str, counts: tuple[int, ...]
) -> None:
    file = files[entity]
    assert counts == (file.n_raw, file.n_accepted, file.n_duplicate, file.n_superseded, file.n_quarantined)


def test_what_a_run_would_not_use_is_added_up(validation: Validation) -> None:
    assert validation.n_quarantined == 3 + 1 + 3


FOUND = {
    "patients": {
        Finding("doubtful", "birth_date", "unreadable_birth_date", "cell not used", 1, (8,)),
    },
    "infusions": {
        Finding("unmapped", "product", "unknown_product", "cell not used", 1, (9,)),
        Finding("unmapped", "ann_arbor_stage", "unknown_ann_arbor_stage", "cell not used", 1, (9,)),
        Finding("doubtful", "infused_at", "implausible_infused_at", "quarantined", 1, (10,)),
        Finding("unmapped", "ann_arbor_stage", "unknown_ann_arbor_stage", "cell unusable, too", 1, (10,)),
        Finding("doubtful", "patient_id", "unknown_patient", "quarantined", 1, (11,)),
        Finding("doubtful", "infused_at", "unreadable_infused_at", "quarantined", 1, (12,)),
        Finding("unmapped", "care_setting", "unknown_care_setting", "cell unusable, too", 1, (12,)),
        Finding("missing", "product", "missing_product", "cell unusable, too", 1, (12,)),
        Finding("missing", "indication", "missing_indication", "cell unusable, too", 1, (12,)),
        Finding("doubtful", None, "duplicate", "counted once", 1, (8,)),
    },
    "medication_administrations": {
        Finding("unmapped", "dose_unit", "unknown_dose_unit", "dose unknown", 6, (2, 3, 4, 5, 6, 7)),
        Finding("unmapped", "route", "unknown_route", "cell not used", 4, (9, 10, 11, 12)),
        Finding("doubtful", "dose", "unreadable_dose", "dose unknown", 1, (8,)),
        Finding("doubtful", "started_at", "unreadable_started_at", "quarantined", 1, (13,)),
        Finding("missing", "status", "missing_status", "cell unusable, too", 1, (13,)),
    },
    "lab_results": {
        Finding("unmapped", "unit", "unknown_unit", "result not used", 1, (6,)),
        Finding("doubtful", None, "superseded", "counted once", 1, (2,)),
        Finding("doubtful", None, "conflicting_id", "quarantined", 2, (4, 5)),
        Finding("doubtful", None, "implausible_value", "result not used", 1, (7,)),
        Finding("doubtful", "result", "unreadable_result", "result not used", 1, (8,)),
        Finding("doubtful", None, "ragged_record", "quarantined", 1, (9,)),
    },
    "toxicity_assessments": {
        Finding("unmapped", "seizure", "unknown_seizure", "cell not used", 1, (2,)),
        Finding("unmapped", "hypotension", "unknown_hypotension", "cell not used", 1, (2,)),
        Finding("doubtful", "ice_score", "implausible_ice_score", "cell not used", 1, (2,)),
        Finding("doubtful", "temperature_c", "implausible_temperature_c", "cell not used", 1, (2,)),
    },
    "response_assessments": set(),
    "vital_status": {Finding("doubtful", "died_on", "implausible_died_on", "cell not used", 1, (2,))},
}


@pytest.mark.parametrize("entity", FOUND)
def test_every_mistake_is_found_and_nothing_else(files: dict[str, ValidatedFile], entity: str) -> None:
    assert set(files[entity].findings) == FOUND[entity]


def test_optional_columns_that_a_file_lacks_are_named(files: dict[str, ValidatedFile]) -> None:
    assert files["medication_administrations"].absent_columns == (
        "code_system",
        "code",
        "frequency",
        "ended_at",
        "purpose",
        "product_strength",
    )
    assert files["patients"].absent_columns == ()


def test_a_term_is_named_where_enough_patients_have_it_and_counted_where_not(
    files: dict[str, ValidatedFile],
) -> None:
    file = files["medication_administrations"]
    assert file.unmapped_terms == (Term("dose_unit", "spoon", 6, 6),)
    assert file.n_withheld_terms == {"medication": 2, "route": 1}
    assert files["lab_results"].n_withheld_terms == {"unit": 1}
    assert files["infusions"].n_withheld_terms == {"product": 1}


def test_what_is_printed_names_no_cell(validation: Validation) -> None:
    text = io.StringIO()
    print_validation(validation, Console(file=text, width=100))
    shown = text.getvalue()
    assert CANARY.lower() not in shown.lower()
    assert CANARY.lower() not in str(validation.as_record()).lower()
    assert "7 of 42 records would be quarantined." in shown
    assert "dose_unit: 1 term is unmapped: spoon (6)" in shown


def test_a_likely_cause_is_asked_for_with_the_declaration_that_would_mend_it(
    files: dict[str, ValidatedFile], validation: Validation
) -> None:
    assert files["patients"].likely_causes == (
        LikelyCause(
            "birth_date",
            "dates written month/day/year, or day/month/year",
            1,
            8,
            declaration="date_format: '%m/%d/%Y', or '%d/%m/%Y'",
        ),
    )
    words = "values: {hypotension: {'ja': true, 'nein': false}}"
    assert files["toxicity_assessments"].likely_causes == (
        LikelyCause("hypotension", "yes and no in other words or signs", 1, 2, declaration=words),
        LikelyCause("temperature_c", "Fahrenheit", 1, 2, 93, 108, "units: {temperature_c: fahrenheit}"),
    )
    assert all(not files[name].likely_causes for name in ("infusions", "lab_results", "vital_status"))
    text = io.StringIO()
    print_validation(validation, Console(file=text, width=300))
    assert (
        "temperature_c: 1 cell between 93 and 108, the first on line 2: Fahrenheit? In the study file's sources:"
        " units: {temperature_c: fahrenheit}" in text.getvalue()
    )


def test_a_name_like_that_of_a_glucocorticoid_is_told_before_other_words_and_named_to_its_owner_alone(
    files: dict[str, ValidatedFile], validation: Validation
) -> None:
    file = files["medication_administrations"]
    assert file.n_suspected == 1
    assert (file.withheld_terms[0].column, file.withheld_terms[0].is_suspected) == ("medication", True)
    assert file.withheld_terms[0].term == RARE_STEROID
    text = io.StringIO()
    print_validation(validation, Console(file=text, width=300))
    shown = text.getvalue()
    assert "Like the name of a glucocorticoid, and known to no seed: 1 name in 1 record" in shown
    assert RARE_STEROID not in shown
    assert RARE_STEROID not in str(validation.as_record())
    assert shown.index("Like the name") < shown.index("medication: 1 term")


@pytest.mark.parametrize("width", [40, 300])
def test_no_reason_is_cut_short(validation: Validation, width: int) -> None:
    text = io.StringIO()
    print_validation(validation, Console(file=text, width=width))
    letters = "".join(text.getvalue().split())
    assert "…" not in letters
    if width > 100:
        assert "unreadable_birth_date" in letters


def test_an_extract_that_breaks_the_contract_is_a_mistake(tmp_path: Path) -> None:
    extract = write_extract(tmp_path / "extract")
    (extract / "lab_results.csv").write_text("result_id,patient_id,result\n")
    with pytest.raises(UserError, match=r"lab_results\.csv: required column collected_at missing"):
        validate(extract, {}, SilentProgress())


def test_a_number_that_is_no_yes_or_no_has_no_likely_cause(tmp_path: Path) -> None:
    """0 and 1 may be a no and a yes; a score of 7 in a column of yes and no is neither, and is not explained as one."""
    extract = write_extract(tmp_path / "extract")
    (extract / "toxicity_assessments.csv").write_text(
        "assessment_id,patient_id,assessed_at,hypotension\nT1,P1,2022-03-03 10:00,7\nT2,P1,2022-03-04 10:00,29\n"
    )
    (file,) = [
        one for one in validate(extract, {}, SilentProgress()).files if one.entity == "toxicity_assessments"
    ]
    assert file.likely_causes == ()
