"""`cartox validate`: its exit codes, and what it prints for people and machines."""

from __future__ import annotations

import json
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
