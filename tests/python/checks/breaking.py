"""Statements that break a warehouse, and the tables of the handmade one."""

from __future__ import annotations

TREATED, COHORT, DAYS = "marts.treated_patients", "marts.cohort", "marts.toxicity_days"
EXPOSURE, GIVEN = "marts.steroid_exposure", "marts.steroid_administrations"
BASELINE, GRID, ERAS = "marts.lab_baseline", "marts.lab_daily_grid", "marts.era_mortality"
KEPT, REJECTED = "marts.record_conservation", "marts.quarantined_records"
LABELS, STEPS, EXCLUDED = "marts.response_labels", "marts.cohort_attrition", "marts.cohort_exclusions"
COURSES, DEATHS, PAIRS = "marts.toxicity_course", "marts.deaths", "marts.grade_agreement"
NULLED, DOSE_DAYS = "marts.nulled_values", "marts.steroid_days"
TABLE_ROWS, TERMS, OWN_ROWS = "marts.cdm_rows", "marts.terminology_coverage", "marts.site_row_counts"
SCORES, WARNINGS = "marts.baseline_scores", "marts.lab_unit_warnings"
GRADE_REVIEWS, REVIEWS, IMPROVEMENTS = "marts.grade_reviews", "marts.reviews", "marts.improvements"
WINDOWS, COPIES = "marts.response_windows", "marts.lab_copy_warnings"
DESCRIBED, COMPARED, AREAS = "results.descriptives", "results.comparisons", "results.lab_auc"
ERA_RESULTS, FIGURES = "results.era_comparison", "results.reported_figures"
CONVENTIONS, SENSITIVITY = "results.comparison_conventions", "results.response_sensitivity"
AREA_SUMMARIES, DAILY_SUMMARIES = "results.area_summaries", "results.daily_summaries"
COHORT_SUMMARIES, GRADE_COUNTS, COUNTS = "results.cohort_summaries", "results.grade_counts", "results.counts"
INCIDENCE, SURVIVAL = "results.cumulative_incidence", "results.survival"
EVENT_TESTS = "results.event_tests"
AGREEMENT, MANIFEST = "results.grade_agreement", "results.run_manifest"
UNIVARIABLE = "results.univariable"
SPECIFICATIONS, CLAIMS = "results.specifications", "results.claims"
METHODS, ITEMS = "results.methods", "results.reporting_items"
SAMPLING = "results.sampling_intensity"
ANALYSIS_RESULTS, SUMMARISED = "results.analysis_results", "results.summarised_result"
SUMMARISED_SETTINGS = "results.summarised_result_settings"
P01, P04, P09 = "patient_id = 'P01'", "patient_id = 'P04'", "patient_id = 'P09'"


def repeat(table: str) -> str:
    """Write a row a second time."""
    return f"insert into {table} select * from {table} limit 1"


def change(table: str, assignment: str, where: str = "true") -> str:
    """Change a value in some rows."""
    return f"update {table} set {assignment} where {where}"
