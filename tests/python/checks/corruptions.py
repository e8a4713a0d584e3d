"""For every expectation of every suite, a statement that breaks the handmade study so that it fails."""

from __future__ import annotations


def _repeat(table: str) -> str:
    return f"insert into {table} select * from {table} limit 1"


def _set(table: str, assignment: str, where: str = "true") -> str:
    return f"update {table} set {assignment} where {where}"


TREATED, COHORT, DAYS = "marts.treated_patients", "marts.cohort", "marts.toxicity_days"
EXPOSURE, GIVEN = "marts.steroid_exposure", "marts.steroid_administrations"
BASELINE, GRID, ERAS = "marts.lab_baseline", "marts.lab_daily_grid", "marts.era_mortality"
KEPT, REJECTED = "marts.record_conservation", "marts.quarantined_records"
LABELS, STEPS, EXCLUDED = "marts.response_labels", "marts.cohort_attrition", "marts.cohort_exclusions"
DESCRIBED, COMPARED, AREAS = "results.descriptives", "results.comparisons", "results.lab_auc"
ERA_RESULTS, FIGURES = "results.era_comparison", "results.reported_figures"
P01, P09 = "patient_id = 'P01'", "patient_id = 'P09'"

CORRUPTIONS: dict[str, dict[str, str]] = {
    TREATED: {
        "patient_once": _repeat(TREATED),
        "patient_named": _set(TREATED, "patient_id = null", P09),
        "infusion_once": _set(TREATED, "infusion_id = 'IP02'", P01),
        "era_known": _set(TREATED, "era = 'after'", P09),
        "era_by_date": _set(TREATED, "era = 'from'", P09),
        "age_human": _set(TREATED, "age_years = 300", P09),
        "sex_known": _set(TREATED, "sex = 'M'", P09),
        "death_dated": _set(TREATED, "died_on = null", P01),
        "toxicity_death_is_death": _set(TREATED, "is_toxicity_death = true", "patient_id = 'P05'"),
        "death_after_infusion": _set(TREATED, "died_on = date '2021-01-09'", P01),
        "cohort_marked": _set(TREATED, "is_in_cohort = true", P09),
    },
    COHORT: {
        "patient_once": _repeat(COHORT),
        "patient_named": _set(COHORT, "patient_id = null", P01),
        "patient_treated": _set(COHORT, "patient_id = 'P77'", P01),
        "groups_add_up": _set(COHORT, "study_group = null", P01),
        "group_known": _set(COHORT, "study_group = 'Responder'", P01),
        "group_by_definition": _set(COHORT, "study_group = 'responder'", P01),
        "index_from_day_0": _set(COHORT, "index_study_day = -1", P01),
        "index_day_by_dates": _set(COHORT, "index_study_day = index_study_day + 1", P01),
        "onset_before_index": _set(COHORT, "toxicity_onset_at = index_started_at + to_days(1)", P01),
        "resolution_after_index": _set(COHORT, "toxicity_resolved_at = null", "patient_id = 'P04'"),
        "age_human": _set(COHORT, "age_years = -1", P01),
        "stage_possible": _set(COHORT, "ann_arbor_stage = 5", P01),
        "ipi_possible": _set(COHORT, "ipi = 6", P01),
        "prior_lines_possible": _set(COHORT, "prior_lines = 40", P01),
        "icans_grade_at_index_possible": _set(COHORT, "icans_grade_at_index = -1", P01),
        "crs_grade_at_index_possible": _set(COHORT, "crs_grade_at_index = 6", P01),
        "peak_icans_not_below_index": _set(COHORT, "icans_grade_at_index = 5", P01),
        "peak_crs_not_below_index": _set(COHORT, "crs_grade_at_index = 5", P01),
        "peak_icans_not_below_peak_before": _set(COHORT, "peak_icans_grade_before_index = 5", P01),
        "peak_crs_not_below_peak_before": _set(COHORT, "peak_crs_grade_before_index = 5", P01),
        "peaks_not_below_any_day": _set(
            DAYS, "grade = 5", f"{P01} and toxicity = 'ICANS' and study_day = 10"
        ),
        "best_response_known": _set(COHORT, "best_response = 'complete'", P01),
    },
    STEPS: {
        "step_once": _repeat(STEPS),
        "steps_add_up": _set(STEPS, "n_excluded = n_excluded + 1", "step_number = 6"),
        "cohort_remains": _set(STEPS, "n_excluded = 4, n_remaining = 7", "step_number = 7"),
        "treated_remain": _set(STEPS, "n_remaining = 13", "step_number = 1"),
    },
    EXCLUDED: {
        "reason_once": _repeat(EXCLUDED),
        "reason_given": _set(EXCLUDED, "reason = null", P09),
        "nobody_in_cohort": _set(EXCLUDED, "patient_id = 'P01'", P09),
        "everybody_else_has_a_reason": f"delete from {EXCLUDED} where {P09}",
    },
    LABELS: {
        "label_once": _repeat(LABELS),
        "patient_in_cohort": _set(LABELS, "patient_id = 'P09'", P01),
        "definitions_complete": f"delete from {LABELS} where {P01} and definition = 'first_grade_0'",
        "resolution_dated": _set(LABELS, "is_responder = true", f"{P01} and definition = 'first_grade_0'"),
    },
    DAYS: {
        "day_once": _repeat(DAYS),
        "toxicity_known": _set(DAYS, "toxicity = 'HLH'", "patient_id = 'P10' and study_day = 3"),
        "grade_possible": _set(DAYS, "grade = 7", "patient_id = 'P10' and study_day = 3"),
        "evaluable_is_graded": _set(DAYS, "grade = null", "patient_id = 'P10' and study_day = 3"),
        "days_complete": f"delete from {DAYS} where patient_id = 'P10' and study_day = 3",
        "days_in_range": _set(DAYS, "study_day = 31", "patient_id = 'P10' and study_day = 30"),
        "patient_treated": _set(DAYS, "patient_id = 'P77'", "patient_id = 'P10' and study_day = 3"),
    },
    GIVEN: {
        "administration_once": _repeat(GIVEN),
        "dose_not_negative": _set(GIVEN, "dose_mg = -4", "administration_id = 'A1'"),
        "equivalent_not_negative": _set(
            GIVEN, "dexamethasone_equivalent_mg = -4", "administration_id = 'A1'"
        ),
        "uncounted_has_a_reason": _set(GIVEN, "not_counted_reason = null", "administration_id = 'A3'"),
        "uncounted_adds_nothing": _set(GIVEN, "dexamethasone_equivalent_mg = 1", "administration_id = 'A3'"),
    },
    EXPOSURE: {
        "window_once": _repeat(EXPOSURE),
        "window_known": _set(EXPOSURE, "exposure_window = 'whole stay'", P09),
        "dose_given": _set(EXPOSURE, "dexamethasone_equivalent_mg = null", P09),
        "dose_plausible": _set(EXPOSURE, "dexamethasone_equivalent_mg = 60000", P09),
        "administrations_not_negative": _set(EXPOSURE, "n_administrations = -1", P09),
        "unresolved_not_negative": _set(EXPOSURE, "n_unresolved_doses = -1", P09),
        "parts_add_up": _set(
            EXPOSURE,
            "dexamethasone_equivalent_mg = dexamethasone_equivalent_mg + 1",
            f"{P01} and exposure_window = 'total'",
        ),
        "cohort_has_both_parts": f"delete from {EXPOSURE} where {P01} and exposure_window = 'after_index'",
        "everybody_has_a_total": f"delete from {EXPOSURE} where {P09}",
        "unresolved_is_lower_bound": _set(EXPOSURE, "n_unresolved_doses = 1", P09),
        "no_dose_without_administration": _set(EXPOSURE, "n_administrations = 0", P09),
        "patient_treated": _set(EXPOSURE, "patient_id = 'P77'", P09),
    },
    BASELINE: {
        "analyte_once": _repeat(BASELINE),
        "analyte_known": _set(BASELINE, "analyte = 'il6'", f"{P01} and analyte = 'crp'"),
        "analytes_complete": f"delete from {BASELINE} where {P01} and analyte = 'crp'",
        "value_not_negative": _set(BASELINE, "value = -1", f"{P01} and analyte = 'crp'"),
        "unit_given": _set(BASELINE, "unit = null", f"{P01} and analyte = 'crp'"),
        "one_unit_per_analyte": _set(BASELINE, "unit = 'mg/dL'", f"{P01} and analyte = 'crp'"),
        "before_anchor": _set(BASELINE, "days_before_anchor = 29", f"{P01} and analyte = 'crp'"),
        "late_by_days": _set(BASELINE, "days_before_anchor = 15", f"{P01} and analyte = 'crp'"),
        "censoring_known": _set(BASELINE, "censoring = '<'", f"{P01} and analyte = 'crp'"),
        "patient_treated": _set(BASELINE, "patient_id = 'P77'", f"{P01} and analyte = 'crp'"),
    },
    GRID: {
        "day_once": _repeat(GRID),
        "analyte_known": _set(GRID, "analyte = 'il6'", f"{P01} and analyte = 'crp'"),
        "days_complete": f"delete from {GRID} where {P01} and analyte = 'crp' and study_day = 30",
        "patients_complete": f"delete from {GRID} where {P01} and analyte = 'crp'",
        "value_not_negative": _set(GRID, "value = -1", f"{P01} and study_day = 3"),
        "origin_known": _set(GRID, "value_origin = 'guessed'", f"{P01} and study_day = 4"),
        "observed_as_measured": _set(GRID, "observed_value = value + 1", f"{P01} and study_day = 3"),
        "missing_is_null": _set(GRID, "value = 1", f"{P01} and value_origin = 'missing'"),
        "carried_on_day_0": _set(GRID, "value_origin = 'carried'", f"{P01} and study_day = 4"),
        "interpolated_between_neighbours": _set(GRID, "value = value * 1.01", f"{P01} and study_day = 4"),
        "patient_treated": _set(GRID, "patient_id = 'P77'", P01),
    },
    ERAS: {
        "era_once": _repeat(ERAS),
        "era_known": _set(ERAS, "era = 'after'", "era = 'from'"),
        "counts_nested": _set(ERAS, "n_deaths = 0"),
        "counts_from_patients": _set(ERAS, "n_treated = n_treated + 1"),
        "share_of_deaths": _set(ERAS, "pct_of_deaths = pct_of_treated"),
        "share_of_treated": _set(ERAS, "pct_of_treated = null"),
    },
    KEPT: {
        "entity_once": _repeat(KEPT),
        "records_conserved": _set(KEPT, "n_accepted = n_accepted - 1", "entity = 'infusions'"),
        "counts_not_negative": _set(
            KEPT, "n_duplicate = -1, n_accepted = n_accepted + 1", "entity = 'infusions'"
        ),
        "quarantined_are_kept": f"delete from {REJECTED} where entity = 'patients'",
        "raw_as_counted": _set(KEPT, "n_raw = n_raw + 1", "entity = 'patients'"),
    },
    REJECTED: {
        "reason_given": _set(REJECTED, "reason = null"),
        "file_given": _set(REJECTED, "source_file = null"),
        "line_given": _set(REJECTED, "line_number = 0"),
    },
    DESCRIBED: {
        "cell_once": _repeat(DESCRIBED),
        "percent_possible": _set(DESCRIBED, "percent = 142.9", "variable = 'male_sex'"),
        "quantiles_ordered": _set(DESCRIBED, "median = max + 1", "variable = 'ipi'"),
        "groups_add_up": _set(DESCRIBED, "count = count + 1", "study_group = 'responder'"),
        "cohort_described": _set(DESCRIBED, "n = n + 1", "variable = 'ipi'"),
    },
    COMPARED: {
        "variable_once": _repeat(COMPARED),
        "p_possible": _set(COMPARED, "p_value = 1.5", "variable = 'ipi'"),
        "exact_p_possible": _set(COMPARED, "p_exact = -0.1", "variable = 'ipi'"),
        "adjusting_raises_p": _set(COMPARED, "p_bh = p_value / 2", "variable = 'ipi'"),
        "effect_inside_interval": _set(COMPARED, "effect_low = effect + 0.1", "variable = 'ipi'"),
        "p_or_reason": _set(COMPARED, "p_value = null", "variable = 'ipi'"),
    },
    AREAS: {
        "curve_once": _repeat(AREAS),
        "area_not_negative": _set(AREAS, "auc = -1", P01),
        "enough_observed_days": _set(AREAS, "n_observed_days = 3"),
        "patient_in_cohort": _set(AREAS, "patient_id = 'P09'", P01),
        "area_or_reason": _set(AREAS, "not_applicable = null"),
    },
    ERA_RESULTS: {
        "measure_once": _repeat(ERA_RESULTS),
        "counts_nested": _set(ERA_RESULTS, "from_count = from_total + 1"),
        "study_counts": _set(ERA_RESULTS, "before_count = 0"),
        "p_possible": _set(ERA_RESULTS, "p_value = 2"),
    },
    FIGURES: {
        "figure_once": _repeat(FIGURES),
        "verdict_known": _set(FIGURES, "verdict = 'fine'"),
        "explained": _set(FIGURES, "explanation = null"),
        "convention_with_rule": _set(FIGURES, "convention = 'Fisher exact'"),
    },
}
