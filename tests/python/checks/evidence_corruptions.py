"""Statements that break the records behind the marts of the handmade study, and the ids that lead to them."""

from __future__ import annotations

from tests.python.checks.breaking import BASELINE, COHORT, DAYS, GRID, P01, change, repeat

RESULTS, MEDICATIONS = "marts.lab_results", "marts.medication_administrations"
ASSESSMENTS, BECAME = "marts.toxicity_assessments", "marts.record_dispositions"
PATIENT_DAYS = "marts.patient_days"
ON_DAY_3 = f"{P01} and study_day = 3"

CORRUPTIONS_OF_EVIDENCE: dict[str, dict[str, str]] = {
    RESULTS: {
        "result_once": repeat(RESULTS),
        "analyte_known": change(RESULTS, "analyte = 'sodium'", "result_id = 'H1'"),
        "value_or_reason": change(RESULTS, "unusable_reason = null", "result_id = 'H1'"),
        "unit_canonical": change(RESULTS, "unit = 'ukat/L'", "result_id = 'H1'"),
        "value_plausible": change(RESULTS, "value = 1e9", "analyte = 'crp'"),
        "place_given": change(RESULTS, "line_number = 0", "result_id = 'H1'"),
    },
    MEDICATIONS: {
        "administration_once": repeat(MEDICATIONS),
        "status_known": change(MEDICATIONS, "status = 'gives'", "administration_id = 'A1'"),
        "ingredient_known": change(MEDICATIONS, "ingredient = 'water'", "administration_id = 'A1'"),
        "steroids_on_record": f"delete from {MEDICATIONS} where administration_id = 'A1'",
        "place_given": change(MEDICATIONS, "source_file = null", "administration_id = 'A1'"),
    },
    ASSESSMENTS: {
        "assessment_once": repeat(ASSESSMENTS),
        "time_given": change(ASSESSMENTS, "assessed_at = null", P01),
        "temperature_plausible": change(ASSESSMENTS, "temperature_c = 101.3", P01),
        "ice_score_possible": change(ASSESSMENTS, "ice_score = 11", P01),
        "place_given": change(ASSESSMENTS, "line_number = null", P01),
    },
    BECAME: {
        "record_once": repeat(BECAME),
        "disposition_known": change(BECAME, "disposition = 'kept'", "disposition = 'accepted'"),
        "reason_where_not_accepted": change(BECAME, "reason = 'odd'", "disposition = 'accepted'"),
        "conserved": f"delete from {BECAME} where disposition = 'accepted' and line_number = 2",
        "place_given": change(BECAME, "source_file = null", "line_number = 2"),
    },
    PATIENT_DAYS: {
        "day_once": repeat(PATIENT_DAYS),
        "days_complete": f"delete from {PATIENT_DAYS} where {ON_DAY_3}",
        "date_by_infusion": change(PATIENT_DAYS, "date = date + 1", ON_DAY_3),
        "group_of_cohort": change(PATIENT_DAYS, "study_group = 'responder'", ON_DAY_3),
        "grades_agree": change(PATIENT_DAYS, "icans_grade = 4", ON_DAY_3),
        "doses_agree": change(PATIENT_DAYS, "dexamethasone_equivalent_mg = 7", ON_DAY_3),
        "cumulative_doses_add_up": change(
            PATIENT_DAYS,
            "cumulative_dexamethasone_equivalent_mg = cumulative_dexamethasone_equivalent_mg + 1",
            ON_DAY_3,
        ),
        "analytes_agree": change(PATIENT_DAYS, "crp_mg_l = 1", ON_DAY_3),
    },
    COHORT: {
        "index_dose_on_record": change(COHORT, "index_administration_id = 'A1'", P01),
    },
    DAYS: {
        "deciding_assessment_on_record": change(DAYS, "deciding_assessment_id = null", ON_DAY_3),
    },
    BASELINE: {
        "result_on_record": change(RESULTS, "value = value + 1", "result_id = 'BP01ldh'"),
    },
    GRID: {
        "results_on_record": change(GRID, "result_ids = 'H1'", f"{P01} and value_origin = 'observed'"),
    },
}
