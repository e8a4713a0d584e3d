"""No table is published unchecked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from cartox.results.tables import TABLES

PROJECT = Path(__file__).resolve().parents[3]
SUITES = PROJECT / "tests" / "great_expectations"


def published_tables(manifest: dict[str, Any]) -> set[str]:
    marts = {
        f"marts.{node['name']}"
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == "marts"
    }
    return marts | {f"results.{table}" for table in TABLES}


def test_every_published_table_has_a_suite_with_expectations(manifest: dict[str, Any]) -> None:
    suites = {
        f"{file.parent.name}.{file.stem}": json.loads(file.read_text(encoding="utf-8"))["expectations"]
        for file in (SUITES / "expectations").rglob("*.json")
    }
    assert set(suites) == published_tables(manifest)
    assert all(suites.values())


def test_every_suite_is_in_the_project_and_its_checkpoint(manifest: dict[str, Any]) -> None:
    tables = published_tables(manifest)
    project = yaml.safe_load((SUITES / "great_expectations.yml").read_text(encoding="utf-8"))
    assert set(project["fluent_datasources"]["warehouse"]["assets"]) == tables
    checkpoint = json.loads((SUITES / "checkpoints" / "warehouse.json").read_text(encoding="utf-8"))
    assert {one["name"] for one in checkpoint["validation_definitions"]} == tables
    assert {file.stem for file in (SUITES / "validation_definitions").glob("*.json")} == tables
