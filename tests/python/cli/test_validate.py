"""`cartox validate`: its exit codes, and what it prints for people and machines."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cartox.validation
from cartox.cli import app
from cartox.validation import Finding, Term, ValidatedFile, Validation


def invoke(*words: str) -> Any:
    return CliRunner().invoke(app, ["validate", "--extract", "study", *words])


def found(n_quarantined: int) -> Validation:
    finding = Finding("missing", "sex", "missing_sex", "quarantined", n_quarantined, (4,))
    file = ValidatedFile(
        entity="patients",
        source_file="patients.csv",
        n_raw=9,
        n_accepted=9 - n_quarantined,
        n_duplicate=0,
        n_superseded=0,
        n_quarantined=n_quarantined,
        absent_columns=(),
        findings=(finding,) if n_quarantined else (),
        unmapped_terms=(Term("sex", "xx", 7, 6),),
        n_withheld_terms={},
    )
    return Validation((file,), ("a note",), 5)


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("n_quarantined", "code"), [(0, 0), (1, 1)])
@pytest.mark.parametrize("words", [[], ["--quiet"], ["--json"]])
def test_the_exit_code_says_whether_every_record_would_be_used(
    monkeypatch: pytest.MonkeyPatch, n_quarantined: int, code: int, words: list[str]
) -> None:
    monkeypatch.setattr(cartox.validation, "validate", lambda *_: found(n_quarantined))
    assert invoke(*words).exit_code == code


def test_a_mistake_in_the_extract_is_one_line() -> None:
    result = invoke()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "cartox: study: no such folder\n"


def test_machines_get_one_object(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cartox.validation, "validate", lambda *_: found(1))
    record = json.loads(invoke("--json").stdout)
    assert record["files"][0]["findings"][0] == {
        "kind": "missing",
        "column": "sex",
        "reason": "missing_sex",
        "consequence": "quarantined",
        "n_records": 1,
        "lines": [4],
        "source_file": None,
    }
    assert record["notes"] == ["a note"]


@pytest.mark.parametrize(("consequence", "code"), [("cell not used", 1), ("counted once", 0)])
def test_strict_also_fails_where_a_number_would_be_null_or_a_bound(
    monkeypatch: pytest.MonkeyPatch, consequence: str, code: int
) -> None:
    file = found(1).files[0]
    finding = replace(file.findings[0], consequence=consequence)
    file = replace(file, n_accepted=9, n_quarantined=0, findings=(finding,))
    monkeypatch.setattr(cartox.validation, "validate", lambda *_: Validation((file,), (), 5))
    assert invoke().exit_code == 0
    assert invoke("--strict").exit_code == code


def test_strict_fails_for_a_name_like_that_of_a_glucocorticoid(monkeypatch: pytest.MonkeyPatch) -> None:
    file = replace(found(0).files[0], withheld_terms=(Term("medication", "xcortisone", 1, 1, True),))
    monkeypatch.setattr(cartox.validation, "validate", lambda *_: Validation((file,), (), 5))
    assert invoke("--strict").exit_code == 1


def test_words_of_few_patients_are_written_for_their_owner_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    few = (Term("medication", "=xcortisone", 1, 1, True), Term("route", "by moon", 2, 1))
    file = replace(found(0).files[0], withheld_terms=few)
    monkeypatch.setattr(cartox.validation, "validate", lambda *_: Validation((file,), (), 5))
    printed = invoke("--json", "--words", "words.csv").stdout
    assert "moon" not in printed
    assert json.loads(printed)["files"][0]["n_suspected"] == 1
    assert Path("words.csv").read_text().splitlines() == [
        "table,column,word,n_records,n_patients,looks_like_a_glucocorticoid",
        "patients,medication,'=xcortisone,1,1,true",
        "patients,route,by moon,2,1,false",
        "patients,sex,xx,7,6,false",
    ]
    assert Path("words.csv").stat().st_mode & 0o777 == 0o600
    again = invoke("--words", "words.csv")
    assert (again.exit_code, again.stderr) == (
        2,
        "cartox: words.csv: is there already and is not overwritten\n",
    )


def test_quiet_prints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cartox.validation, "validate", lambda *_: found(1))
    assert invoke("--quiet").output == ""


def test_vars_are_those_of_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "vars.yml").write_text("disclosure_threshold: 9\n")
    told: list[Any] = []

    def note(*given: Any) -> Validation:
        told.append(given)
        return found(0)

    monkeypatch.setattr(cartox.validation, "validate", note)
    invoke("--vars", "vars.yml")
    assert told[0][1] == {"disclosure_threshold": 9}
    assert told[0][3] == "vars.yml"


def test_omop_tables_and_an_extract_beside_them_are_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []

    def note(*given: Any) -> Validation:
        told.append(given)
        return found(0)

    monkeypatch.setattr(cartox.validation, "validate", note)
    CliRunner().invoke(app, ["validate", "--omop", "site.duckdb"])
    CliRunner().invoke(app, ["validate", "--omop", "cdm", "--extract", "charts"])
    assert [(given[0], given[4]) for given in told] == [
        (None, Path("site.duckdb")),
        (Path("charts"), Path("cdm")),
    ]


def test_nothing_to_validate_is_a_mistake() -> None:
    result = CliRunner().invoke(app, ["validate"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "cartox: nothing to read: give --extract DIR, --omop DIR_OR_DUCKDB, or both\n"
