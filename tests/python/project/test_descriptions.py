"""What an analyst reads in a BI tool: grain, columns, types and units."""

from __future__ import annotations

from typing import Any

import duckdb

from tests.spec.compiled_project import PROJECT, CompiledProject, connect, land_rows

# An index would cost these more than it gives; that a row stands once is a data test.
LARGE = (
    "lab_baseline",
    "lab_daily_grid",
    "lab_results",
    "medication_administrations",
    "nulled_values",
    "quarantined_records",
    "record_dispositions",
    "response_windows",
    "steroid_administrations",
    "toxicity_assessments",
    "toxicity_course",
    "toxicity_days",
)


def of_kind(manifest: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == kind]


def marts(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    return [node for node in of_kind(manifest, "model") if node["schema"] == "marts"]


def test_every_model_and_seed_starts_its_description_with_the_grain(manifest: dict[str, Any]) -> None:
    for node in of_kind(manifest, "model") + of_kind(manifest, "seed"):
        assert node["description"].startswith("One row per "), node["name"]


def test_the_grain_of_every_mart_is_tested(manifest: dict[str, Any]) -> None:
    tested = {
        node["attached_node"].split(".")[-1]
        for node in of_kind(manifest, "test")
        if (node.get("test_metadata") or {}).get("name") == "one_row_per"
    }
    assert tested >= {node["name"] for node in marts(manifest)}


def test_every_mart_has_an_enforced_contract_and_a_key(manifest: dict[str, Any]) -> None:
    for node in marts(manifest):
        assert node["contract"]["enforced"], node["name"]
        kinds = {constraint["type"] for constraint in node["constraints"]}
        assert ("primary_key" in kinds) == (node["name"] not in LARGE), node["name"]


def test_every_column_of_a_mart_is_described_and_persisted(manifest: dict[str, Any]) -> None:
    for node in marts(manifest):
        assert node["config"]["persist_docs"] == {"relation": True, "columns": True}
        for column in node["columns"].values():
            assert len(column["description"]) > 5, (node["name"], column["name"])


def test_every_column_of_a_seed_is_typed_and_described(manifest: dict[str, Any]) -> None:
    for node in of_kind(manifest, "seed"):
        header = duckdb.read_csv(str(PROJECT / node["original_file_path"]), all_varchar=True).columns
        assert list(node["config"]["column_types"]) == header, node["name"]
        assert list(node["columns"]) == header, node["name"]
        assert all(column["description"] for column in node["columns"].values()), node["name"]


def test_the_marts_have_the_columns_that_others_rely_on(compiled_project: CompiledProject) -> None:
    connection = connect()
    land_rows(connection, {})
    compiled_project.build(connection)
    for table, columns in INTERFACE.items():
        found = [row[0] for row in connection.execute(f"describe marts.{table}").fetchall()]
        assert set(columns.split()) <= set(found), table


INTERFACE = {
    "treated_patients": "patient_id infusion_id infused_at product era age_years sex died_on is_dead is_toxicity_death "
    "is_in_cohort",
    "cohort": "patient_id study_group index_started_at index_study_day toxicity_onset_at toxicity_resolved_at age_years sex "
    "product ann_arbor_stage ipi prior_lines is_refractory icans_grade_at_index crs_grade_at_index peak_icans_grade "
    "peak_crs_grade peak_icans_grade_before_index peak_crs_grade_before_index best_response",
    "cohort_attrition": "step_number step n_excluded n_remaining",
    "cohort_exclusions": "patient_id reason",
    "response_labels": "patient_id definition is_responder resolved_at",
    "toxicity_days": "patient_id toxicity study_day grade is_evaluable",
    "steroid_administrations": "administration_id patient_id started_at ended_at ingredient route dose_mg "
    "dexamethasone_equivalent_mg is_counted not_counted_reason",
    "steroid_exposure": "patient_id exposure_window dexamethasone_equivalent_mg n_administrations n_unresolved_doses "
    "is_lower_bound",
    "lab_baseline": "patient_id analyte value unit censoring collected_at anchor days_before_anchor is_late",
    "lab_daily_grid": "patient_id analyte study_day observed_value value value_origin n_results",
    "era_mortality": "era n_treated n_deaths n_toxicity_deaths pct_of_deaths pct_of_treated n_deaths_of_unknown_cause "
    "n_unknown_vital_status certainty",
    "quarantined_records": "entity record_id source_file line_number reason raw_record",
    "record_conservation": "entity n_raw n_accepted n_duplicate n_superseded n_quarantined",
}
