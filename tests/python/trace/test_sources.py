"""Every planned value has a set of records and models that make it; vars and seeds are read off their SQL."""

from __future__ import annotations

import csv

import pytest

from cartox.trace.lineage import lineage
from cartox.trace.sources import filters_of, source_of
from tests.spec.compiled_project import PROJECT

PLAN = list(csv.DictReader((PROJECT / "seeds/rules/test_plan.csv").open(encoding="utf-8")))
MODELS = {path.stem for path in (PROJECT / "models").rglob("*.sql")}


@pytest.mark.parametrize("planned", PLAN, ids=lambda planned: planned["variable"])
def test_every_planned_variable_has_records_and_models(planned: dict[str, str]) -> None:
    source = source_of(planned)
    assert source is not None
    assert (PROJECT / "analysis" / "trace" / f"{source.set_name}.sql").is_file()
    assert set(source.roots) <= MODELS
    assert lineage(source.roots).models


def test_a_relation_that_no_set_knows_has_no_source() -> None:
    planned = {
        "relation": "marts.baseline_scores",
        "value_column": "easix",
        "filter_column": "",
        "filter_value": "",
    }
    assert source_of(planned) is None


def test_filters_pair_columns_with_values() -> None:
    planned = {"filter_column": "analyte|rule", "filter_value": "crp|trapezoid"}
    assert filters_of(planned) == {"analyte": "crp", "rule": "trapezoid"}


def test_vars_seeds_and_the_rule_of_a_baseline() -> None:
    behind = lineage(["int_labs__baseline"])
    assert {"baseline_days", "baseline_late_days"} <= set(behind.variables)
    assert {"analytes", "lab_units", "plausibility"} <= set(behind.seeds)
    assert behind.rule[0].startswith("The last usable result before lymphodepletion begins")
    assert "int_treated__patients" not in behind.models


def test_a_value_that_begins_among_the_treated_is_followed_there() -> None:
    assert "int_treated__patients" in lineage(["int_treated__patients"]).models
