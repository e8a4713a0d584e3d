"""The ranges of the suites are those of seeds.plausibility: a value on a bound passes, one beyond it fails."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.python.checks.breaking import BASELINE, GRID
from tests.python.checks.conftest import SUITES, Check

SEEDS = Path(__file__).parents[3] / "seeds"


def _rows(seed: str) -> list[dict[str, str]]:
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


BOUNDS = {
    row["quantity"]: (float(row["reject_low"]), float(row["reject_high"]))
    for row in _rows("rules/plausibility")
    if row["reject_high"]
}
ANALYTES = {row["analyte"]: row["is_in_grid"] == "true" for row in _rows("terminology/analytes")}
RANGES = [
    (f"{file.parent.name}.{file.stem}", expectation["meta"]["name"], meta["column"], meta["quantity"])
    for file in sorted((SUITES / "expectations").rglob("*.json"))
    for expectation in json.loads(file.read_text(encoding="utf-8"))["expectations"]
    for meta in [expectation["meta"]]
    if "quantity" in meta
]
OF_ANALYTES = [(BASELINE, "value_plausible", "value", analyte) for analyte in ANALYTES] + [
    (GRID, "value_plausible", "value", analyte) for analyte, is_in_grid in ANALYTES.items() if is_in_grid
]


@pytest.mark.parametrize(("suite", "expectation", "column", "quantity"), RANGES + OF_ANALYTES)
def test_a_range_ends_where_the_seed_says(
    check: Check, suite: str, expectation: str, column: str, quantity: str
) -> None:
    low, high = BOUNDS[quantity]
    where = f"analyte = '{quantity}'" if quantity in ANALYTES else "true"
    states = []
    for values in (f"if(rowid % 2 = 0, {low}, {high})", f"{low} - 1", f"{high} + 1"):
        states.append(check(suite, expectation, f"update {suite} set {column} = {values} where {where}"))
    assert states == ["passed", "failed", "failed"]


def test_every_quantity_in_the_marts_has_its_range() -> None:
    checked = {(suite, column) for suite, _, column, _ in RANGES}
    assert checked >= {
        ("marts.treated_patients", "age_years"),
        ("marts.cohort", "age_years"),
        ("marts.cohort", "ipi"),
        ("marts.cohort", "prior_lines"),
        ("marts.steroid_administrations", "dexamethasone_equivalent_mg"),
        ("marts.toxicity_days", "grade"),
        ("marts.grade_agreement", "recorded_grade"),
    }
