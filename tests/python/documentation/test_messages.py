"""Every message, reason and exit code is explained in docs/messages.md, and none that is no more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.cli.group import FAILED, INTERRUPTED, MISTAKEN
from cartox.intake.contract import ENTITIES, TABLES
from cartox.warehouse.project import default_variables
from tests.python.documentation.messages import (
    dose_reasons,
    error_messages,
    model_reasons,
    quarantine_and_null_reasons,
    reader_reasons,
    result_reasons,
    seed_reasons,
)
from tests.spec.compiled_project import PROJECT

PAGE = (PROJECT / "docs" / "messages.md").read_text(encoding="utf-8")
FIRST_CELLS = re.findall(r"^\| (.+?) \|", PAGE, re.MULTILINE)
EXPLAINED = {text for cell in FIRST_CELLS for text in re.findall(r"`([^`]+)`", cell)}
COLUMNS = {column for kind in (ENTITIES, TABLES) for one in kind.values() for column in one.column_names}
GENERAL = {
    f"{prefix}_{column}"
    for prefix in ("missing", "unreadable", "implausible", "unknown")
    for column in COLUMNS
}


@pytest.mark.parametrize("message", sorted(error_messages()))
def test_every_message_is_explained(message: str) -> None:
    assert message in EXPLAINED, f"docs/messages.md does not explain: {message}"


def test_no_message_is_explained_that_nobody_says(dbt_target: Path) -> None:
    reasons = {text for text in EXPLAINED if re.fullmatch(r"[a-z0-9_]+(<column>)?", text)}
    assert EXPLAINED - reasons - model_reasons(dbt_target) - set(error_messages()) == set()


def test_every_reason_for_a_record_or_a_cell_is_explained(manifest: dict[str, Any]) -> None:
    found = quarantine_and_null_reasons(manifest)
    assert len(found) > 50
    assert found - GENERAL - EXPLAINED == set()


def test_every_reason_of_a_model_or_a_seed_is_explained(dbt_target: Path) -> None:
    found = model_reasons(dbt_target) | seed_reasons()
    assert {"graded_shortly_after_index", "superseded_version", "prior_car_t"} <= found
    assert found - GENERAL - EXPLAINED == set()


def test_every_reason_of_a_reader_is_explained() -> None:
    assert {"ragged_record", "nul_byte", "malformed_quotes"} == set(reader_reasons())
    assert set(reader_reasons()) <= EXPLAINED


def test_every_reason_of_a_result_and_a_dose_is_explained(manifest: dict[str, Any], dbt_target: Path) -> None:
    reviews = duckdb.read_csv(str(PROJECT / "seeds/terminology/lab_units.csv"), all_varchar=True)
    named = {reason for (reason,) in reviews.select("review_reason").distinct().fetchall() if reason}
    results, doses = result_reasons(manifest), dose_reasons(manifest)
    assert len(results) > 8
    assert len(doses) > 8
    assert (results | doses | named) - EXPLAINED == set()
    explained = set(re.findall(r"`([a-z_]+)`", PAGE.partition("## Why a laboratory result")[2]))
    said = results | doses | named | model_reasons(dbt_target) | set(default_variables(PROJECT))
    assert explained - said == set()


def test_every_verdict_on_repeated_records_is_explained() -> None:
    text = (PROJECT / "macros" / "records" / "repeated_records.sql").read_text(encoding="utf-8")
    verdicts = set(re.findall(r"(?:then|else|select source_file, line_number,) '([a-z_]+)'", text))
    assert verdicts == {"duplicate", "superseded", "conflicting_id"}
    assert verdicts <= EXPLAINED


@pytest.mark.parametrize("code", [0, FAILED, MISTAKEN, INTERRUPTED])
def test_every_exit_code_is_explained(code: int) -> None:
    assert str(code) in FIRST_CELLS
