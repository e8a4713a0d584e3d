"""A var file changes what there is to change, or says what is wrong with it."""

from pathlib import Path
from typing import Any

import pytest

from cartox.errors import UserError
from cartox.warehouse.allowed_vars import read_domains
from cartox.warehouse.project import default_variables
from cartox.warehouse.variables import checked_variables, read_variables
from tests.spec.compiled_project import PROJECT


def variables(tmp_path: Path, text: str) -> dict[str, object]:
    path = tmp_path / "vars.yml"
    path.write_text(text)
    return checked_variables(read_variables(path), PROJECT, "vars.yml")


def test_every_var_has_a_domain_and_a_default_within_it() -> None:
    defaults = default_variables(PROJECT)
    assert list(read_domains(PROJECT)) == list(defaults)
    assert checked_variables(defaults, PROJECT, "dbt_project.yml") == defaults


def test_values_pass_in_the_form_that_dbt_takes(tmp_path: Path) -> None:
    text = """
index_drug: tocilizumab
care_settings: [clinical trial]
enrolment_start: 2019-05-01
era_date: "2020-05-02"
last_study_day: 60
max_gap_days: 3
plausible_years: [1900, 2100]
omop_unknown_birth_day: "01"
record_sources: {lab_results: omop}
"""
    found = variables(tmp_path, text)
    sources = default_variables(PROJECT)["record_sources"]
    assert found.pop("record_sources") == {**sources, "lab_results": "omop"}
    assert found == {
        "index_drug": "tocilizumab",
        "care_settings": ["clinical trial"],
        "enrolment_start": "2019-05-01",
        "era_date": "2020-05-02",
        "last_study_day": 60,
        "max_gap_days": 3,
        "plausible_years": [1900, 2100],
        "omop_unknown_birth_day": "01",
    }


def test_words_are_taken_in_the_spelling_of_the_seeds(tmp_path: Path) -> None:
    text = (
        "care_settings: [Standard of Care, standard of  care]\nindex_toxicity: crs\nindex_drug: Tocilizumab\n"
    )
    assert variables(tmp_path, text) == {
        "care_settings": ["standard of care"],
        "index_toxicity": "CRS",
        "index_drug": "tocilizumab",
    }


@pytest.mark.parametrize("text", ["", "# nothing\n", "max_gap_days:\n"])
def test_nothing_to_change(tmp_path: Path, text: str) -> None:
    assert set(variables(tmp_path, text).values()) <= {None}


DATE = "a date (YYYY-MM-DD) from 1500-01-01 to 2999-12-31 is expected"
DAYS = "a whole number from 0 to 3660 is expected"
YEARS = "a first and a last year, [1500, 2999] or within is expected"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("index_drugs: x", "there is no var index_drugs; did you mean index_drug?"),
        ("zzz: x", "there is no var zzz"),
        ("1: x", "there is no var 1"),
        ("index_drug: {a: b}", "var index_drug: a text is expected"),
        ("index_drug: 5", "var index_drug: a text is expected"),
        ("index_drug: ' '", "var index_drug: a text is expected"),
        ("index_drug:", "var index_drug: a text is expected"),
        (
            "index_drug: anakirna",
            "var index_drug: anakirna is not in seeds/terminology/drugs.csv; did you mean anakinra?",
        ),
        (
            "index_toxicity: ICAN",
            "var index_toxicity: ICAN is not in seeds/rules/toxicities.csv; did you mean ICANS?",
        ),
        (
            "product_target: CD91",
            "var product_target: CD91 is not in seeds/terminology/products.csv; did you mean CD19?",
        ),
        (
            "indication_group: gout",
            "var indication_group: gout is not in seeds/terminology/words_indications.csv",
        ),
        (
            "response_definition: sustaned",
            "var response_definition: sustaned is not in seeds/rules/response_definitions.csv;"
            " did you mean sustained?",
        ),
        (
            "dexamethasone_factors: x",
            "var dexamethasone_factors: x is not one of primary, factor_080, factor_100",
        ),
        ("care_settings: clinical trial", "var care_settings: a list of texts is expected"),
        ("care_settings: []", "var care_settings: a list of texts is expected"),
        (
            "care_settings: [\"standard of care') or ('1' = '1\"]",
            "var care_settings: standard of care') or ('1' = '1 is not one of standard of care, clinical trial,"
            " expanded access; did you mean standard of care?",
        ),
        ("era_date: 05/02/20", f"var era_date: {DATE}"),
        ("era_date: 2020-02-05 10:00:00", f"var era_date: {DATE}"),
        ("era_date: '2020-02-31'", f"var era_date: {DATE}"),
        ("era_date: 1022-02-05", f"var era_date: {DATE}"),
        ("enrolment_end: 2020", f"var enrolment_end: {DATE}"),
        ("enrolment_end: 2019-01-01", "var enrolment_end lies before enrolment_start"),
        ("last_study_day: thirty", f"var last_study_day: {DAYS}"),
        ("last_study_day: true", f"var last_study_day: {DAYS}"),
        ("last_study_day: -1", f"var last_study_day: {DAYS}"),
        ("last_study_day: 2.5", f"var last_study_day: {DAYS}"),
        ("last_study_day: 100000000000", f"var last_study_day: {DAYS}"),
        ("last_study_day: .inf", f"var last_study_day: {DAYS}"),
        ("max_gap_days: x", "var max_gap_days: a whole number from 0 to 3660 or null is expected"),
        ("plausible_years: [1800]", f"var plausible_years: {YEARS}"),
        ("plausible_years: [2000, 1900]", f"var plausible_years: {YEARS}"),
        ("plausible_years: [0, 1e9]", f"var plausible_years: {YEARS}"),
        ("disclosure_threshold: 4", "var disclosure_threshold: a whole number from 5 to 10000 is expected"),
        ("omop_unknown_birth_day: 15", "var omop_unknown_birth_day: a day of any month (DD) is expected"),
        (
            "omop_care_setting: ward",
            "var omop_care_setting: ward is not one of standard of care, clinical trial, expanded access",
        ),
        ("record_sources: omop", "var record_sources: a mapping is expected"),
        (
            "record_sources: {labs_results: omop}",
            "var record_sources: there is no kind of record labs_results; did you mean lab_results?",
        ),
        ("record_sources: {patients: 1}", "var record_sources: patients: extract or omop is expected"),
        ("record_sources: {patients: [omop]}", "var record_sources: patients: extract or omop is expected"),
    ],
)
def test_mistake_names_file_and_var(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        variables(tmp_path, text)
    assert str(caught.value) == f"vars.yml: {message}"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: [1\nb: 2\n", ", line 2: this is not YAML"),
        (b"a: !!python/object:os.system x\n", ", line 1: this is not YAML"),
        (b"<<: {last_study_day: 5}\n", ", line 1: this is not YAML"),
        (b"- index_drug\n", ": a mapping from names of vars to values is expected"),
        (b"index_drug: a\nindex_drug: b\n", ": var index_drug is given twice"),
        (
            b"record_sources: {patients: omop, patients: extract}\n",
            ": var record_sources: patients is given twice",
        ),
        (b"index_drug: \xff\n", ": this is not UTF-8 text"),
        (b"era_date: 2020-13-45\n", ": a date or a number in it does not exist"),
        (
            b"a: &b [x]\nc: *b\n",
            ", line 1: a value is expected, not a reference to another (& or *)",
        ),
        (
            b"a: " + b"[" * 20_000 + b"]" * 20_000,
            ", line 1: nothing so deep or so long is expected in a var file",
        ),
        (
            b"a: [" + b"1, " * 2_000 + b"1]\n",
            ", line 1: nothing so deep or so long is expected in a var file",
        ),
        (
            b"last_study_day: " + b"9" * 5_000 + b"\n",
            ", line 1: a value of at most 200 characters is expected",
        ),
        (b"#" * 10_000_000, ": a file of at most 65,536 bytes is expected"),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else "",
)
def test_file_that_is_no_mapping_of_plain_values(tmp_path: Path, content: Any, words: Any) -> None:
    path = tmp_path / "vars.yml"
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_variables(path)
    assert str(caught.value) == f"{path}{words}"


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.yml: cannot be read"):
        read_variables(tmp_path / "gone.yml")
