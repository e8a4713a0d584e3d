"""Studies as warehouse files: the built-in one, one without a cohort, one with hostile text in every field."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import yaml

from cartox.intake import land
from cartox.intake.contract import ENTITIES
from cartox.progress import SilentProgress
from cartox.results import build_results
from cartox.results.tables import TABLES
from cartox.synthetic import write_study
from tests.python.results.remembered import remembered_statistics
from tests.spec.compiled_project import PROJECT, CompiledProject, connect, land_folder

HOSTILE = "\"'><img src=x onerror=alert(1)></script><script>alert(2)</script>{{7*7}}=1+1\u202e&amp;"
REVISION = "0123abc"
STARTED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FREE_TEXTS = {
    "infusions": ("infusion_id", "patient_id"),
    "medication_administrations": ("administration_id", "patient_id"),
    "lab_results": ("result_id", "patient_id", "comment"),
    "patients": ("patient_id",),
    "toxicity_assessments": ("assessment_id", "patient_id"),
    "response_assessments": ("assessment_id", "patient_id"),
    "vital_status": ("patient_id",),
}

TEXTS_OF_RECORDS = {
    "marts.cohort_attrition": ("step",),
    "marts.quarantined_records": ("reason", "entity", "source_file"),
    "marts.nulled_values": ("reason", "entity"),
    "marts.record_conservation": ("entity",),
    "seeds.analytes": ("label", "canonical_unit"),
    "seeds.response_definitions": ("description",),
    "seeds.grade_review_reasons": ("description",),
    "seeds.causes_of_death": ("label",),
    "seeds.reported_study": ("citation",),
    "results.descriptives": ("label", "unit", "section"),
    "results.comparisons": ("label", "unit", "section", "method"),
    "results.lab_auc": ("unit", "rule"),
    "results.area_summaries": ("unit", "rule"),
    "results.event_tests": ("method", "numerator"),
    "results.survival": ("method",),
    "results.response_sensitivity": ("description",),
    "results.era_comparison": ("method",),
    "results.reported_figures": ("description", "explanation", "section", "unit", "convention"),
    "results.run_manifest": ("value",),
}
COUNTED_TEXTS = """
update results.counts
set item = item || $hostile, level = if(topic in ('unknown_word', 'unit_warning'), level, level || $hostile)
where topic in ('quarantined', 'nulled_value', 'unusable_lab_result', 'unknown_word', 'unit_warning') and item <> 'any'
"""
KEPT = "where key not like 'rows.%' and key not like '%.n_raw' and key not like '%.n_bytes' and key not like 'var.%'"


def variables() -> dict[str, Any]:
    """The default study's vars."""
    return dict(yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"])


def land_study(folder: Path) -> Path:
    """Write and land the built-in study."""
    write_study(folder / "extract")
    land(folder / "extract", folder / "landing", SilentProgress())
    return folder / "landing"


def land_hostile_study(folder: Path) -> Path:
    """Land the built-in study with hostile text in ids and free texts, and rows that hold nothing else."""
    write_study(folder / "plain")
    (folder / "extract").mkdir()
    for entity, contract in ENTITIES.items():
        with (folder / "plain" / f"{entity}.csv").open(newline="", encoding="utf-8") as handle:
            reader = csv.DictReader(handle)
            names = list(reader.fieldnames or [])
            rows = list(reader)
        with (folder / "extract" / f"{entity}.csv").open("w", newline="", encoding="utf-8") as handle:
            writer = csv.DictWriter(handle, names, extrasaction="ignore")
            writer.writeheader()
            for row in rows:
                writer.writerow({name: _hostile(name, text, entity) for name, text in row.items()})
            writer.writerows(dict.fromkeys(names, f"{HOSTILE}{place}") for place in range(3))
        assert {column.name for column in contract.columns if column.required} <= set(names)
    land(folder / "extract", folder / "landing", SilentProgress())
    return folder / "landing"


def build_file(project: CompiledProject, landing: Path, file: Path) -> Path:
    """Build models and results over a landing into a warehouse file."""
    with connect() as connection:
        land_folder(connection, landing)
        project.build(connection)
        _build_results(connection, landing)
        connection.execute(f"attach '{file}' as published")
        connection.execute("copy from database memory to published")
        connection.execute("detach published")
    return file


def empty_the_cohort(source: Path, landing: Path, file: Path) -> Path:
    """Copy a warehouse file without its cohort, with the results that follow."""
    shutil.copy(source, file)
    with duckdb.connect(str(file)) as connection:
        connection.execute("delete from marts.cohort")
        connection.execute("delete from marts.response_labels")
        connection.execute("drop schema results cascade")
        _build_results(connection, landing)
    return file


def rebuild_results(file: Path, landing: Path) -> None:
    """Write the results anew over marts that a test has changed; no page reads the long forms, which stay empty."""
    with duckdb.connect(str(file)) as connection, patch("cartox.results.build.write_long_forms"):
        connection.execute("drop schema results cascade")
        _build_results(connection, landing)


def make_every_text_hostile(file: Path) -> None:
    """Put hostile text behind every published text, and in place of the index drug's name."""
    with duckdb.connect(str(file)) as connection:
        for table, columns in TEXTS_OF_RECORDS.items():
            for column in columns:
                condition = KEPT if table == "results.run_manifest" else f"where {column} is not null"
                connection.execute(f"update {table} set {column} = {column} || ? {condition}", [HOSTILE])
        connection.execute(COUNTED_TEXTS, {"hostile": HOSTILE})
        connection.execute(
            "update results.run_manifest set value = ? where key in ('var.index_drug', 'var.indication_group')",
            [HOSTILE],
        )


def _build_results(connection: duckdb.DuckDBPyConnection, landing: Path) -> None:
    """Write the results into tables without constraints, so that a test can break them."""
    with remembered_statistics():
        build_results(
            connection, variables=variables(), landing=landing, revision=REVISION, started_at=STARTED_AT
        )
    for table in TABLES:
        connection.execute(f"create or replace table results.{table} as select * from results.{table}")


def _hostile(name: str, text: str, entity: str) -> str:
    return f"{text}{HOSTILE}" if name in FREE_TEXTS[entity] and text else text
