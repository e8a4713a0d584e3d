"""A var file changes what there is to change, or says what is wrong with it."""

from pathlib import Path
from typing import Any

import pytest

from cartox.errors import UserError
from cartox.warehouse.variables import checked_variables, read_variables

DEFAULTS = {
    "index_drug": "anakinra",
    "care_settings": ["standard of care"],
    "enrolment_start": "2020-02-01",
    "enrolment_end": "2024-11-30",
    "era_date": "2020-02-05",
    "last_study_day": 30,
    "max_gap_days": None,
    "record_sources": {"patients": "extract", "lab_results": "extract"},
}


def variables(tmp_path: Path, text: str) -> dict[str, object]:
    path = tmp_path / "vars.yml"
    path.write_text(text)
    return checked_variables(read_variables(path), DEFAULTS, "vars.yml")


def test_values_pass_in_the_form_that_dbt_takes(tmp_path: Path) -> None:
    text = """
index_drug: tocilizumab
care_settings: [clinical trial]
enrolment_start: 2019-05-01
era_date: "2020-05-02"
last_study_day: 60
max_gap_days: 3
record_sources: {lab_results: omop}
"""
    assert variables(tmp_path, text) == {
        "index_drug": "tocilizumab",
        "care_settings": ["clinical trial"],
        "enrolment_start": "2019-05-01",
        "era_date": "2020-05-02",
        "last_study_day": 60,
        "max_gap_days": 3,
        "record_sources": {"patients": "extract", "lab_results": "omop"},
    }


@pytest.mark.parametrize("text", ["", "# nothing\n", "max_gap_days:\n"])
def test_nothing_to_change(tmp_path: Path, text: str) -> None:
    assert set(variables(tmp_path, text).values()) <= {None}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("index_drugs: x", "vars.yml: there is no var index_drugs; did you mean index_drug?"),
        ("zzz: x", "vars.yml: there is no var zzz"),
        ("1: x", "vars.yml: there is no var 1"),
        ("index_drug: {a: b}", "vars.yml: var index_drug: a text is expected"),
        ("index_drug: 5", "vars.yml: var index_drug: a text is expected"),
        ("index_drug: ' '", "vars.yml: var index_drug: a text is expected"),
        ("index_drug:", "vars.yml: var index_drug: a text is expected"),
        ("care_settings: clinical trial", "vars.yml: var care_settings: a list of texts is expected"),
        ("care_settings: []", "vars.yml: var care_settings: a list of texts is expected"),
        ("era_date: 05/02/20", "vars.yml: var era_date: a date (YYYY-MM-DD) is expected"),
        ("era_date: 2020-02-05 10:00:00", "vars.yml: var era_date: a date (YYYY-MM-DD) is expected"),
        ("enrolment_end: 2020", "vars.yml: var enrolment_end: a date (YYYY-MM-DD) is expected"),
        ("enrolment_end: 2019-01-01", "vars.yml: var enrolment_end lies before enrolment_start"),
        ("last_study_day: thirty", "vars.yml: var last_study_day: a whole number from 0 on is expected"),
        ("last_study_day: true", "vars.yml: var last_study_day: a whole number from 0 on is expected"),
        ("last_study_day: -1", "vars.yml: var last_study_day: a whole number from 0 on is expected"),
        ("last_study_day: 2.5", "vars.yml: var last_study_day: a whole number from 0 on is expected"),
        ("max_gap_days: x", "vars.yml: var max_gap_days: a whole number from 0 on or null is expected"),
        ("record_sources: omop", "vars.yml: var record_sources: a mapping is expected"),
        (
            "record_sources: {labs_results: omop}",
            "vars.yml: var record_sources: there is no key labs_results; did you mean lab_results?",
        ),
        ("record_sources: {patients: 1}", "vars.yml: var record_sources: key patients: a text is expected"),
    ],
)
def test_mistake_names_file_and_var(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        variables(tmp_path, text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: [1\nb: 2\n", r", line 2: this is not YAML"),
        (b"a: !!python/object:os.system x\n", r", line 1: this is not YAML"),
        (b"- index_drug\n", r": a mapping from names of vars to values is expected"),
        (b"index_drug: a\nindex_drug: b\n", r": var index_drug is given twice"),
        (b"index_drug: \xff\n", r": this is not UTF-8 text"),
    ],
)
def test_file_that_is_no_mapping(tmp_path: Path, content: Any, words: Any) -> None:
    path = tmp_path / "vars.yml"
    path.write_bytes(content)
    with pytest.raises(UserError, match=rf"vars\.yml{words}$"):
        read_variables(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.yml: cannot be read"):
        read_variables(tmp_path / "gone.yml")
