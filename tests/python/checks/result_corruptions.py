"""For every expectation of every suite of the results, a statement that breaks the handmade study so that it fails."""

from __future__ import annotations

from tests.python.checks.breaking import (
    AGREEMENT,
    AREAS,
    COMPARED,
    CONVENTIONS,
    DESCRIBED,
    ERA_RESULTS,
    FIGURES,
    LABELS,
    MANIFEST,
    P01,
    SENSITIVITY,
    change,
    repeat,
)

CORRUPTIONS_OF_RESULTS: dict[str, dict[str, str]] = {
    DESCRIBED: {
        "cell_once": repeat(DESCRIBED),
        "percent_possible": change(DESCRIBED, "percent = 142.9", "variable = 'male_sex'"),
        "quantiles_ordered": change(DESCRIBED, "median = max + 1", "variable = 'ipi'"),
        "groups_add_up": change(DESCRIBED, "count = count + 1", "study_group = 'responder'"),
        "cohort_described": change(DESCRIBED, "n = n + 1", "variable = 'ipi'"),
        "variables_complete": f"delete from {DESCRIBED} where variable = 'ipi'",
        "percent_of_count": change(DESCRIBED, "percent = 100.0 * count / (n + 1)", "variable = 'male_sex'"),
        "percent_inside_interval": change(DESCRIBED, "percent_low = percent + 1", "variable = 'male_sex'"),
    },
    COMPARED: {
        "variable_once": repeat(COMPARED),
        "p_possible": change(COMPARED, "p_value = 1.5", "variable = 'ipi'"),
        "exact_p_possible": change(COMPARED, "p_exact = -0.1", "variable = 'ipi'"),
        "adjusting_raises_p": change(COMPARED, "p_bh = p_value / 2", "variable = 'ipi'"),
        "effect_inside_interval": change(COMPARED, "effect_low = effect + 0.1", "variable = 'ipi'"),
        "p_or_reason": change(COMPARED, "p_value = null", "variable = 'ipi'"),
        "variables_complete": f"delete from {COMPARED} where variable = 'ipi'",
        "adjusted_p_possible": change(COMPARED, "p_holm = 1.1", "variable = 'ipi'"),
        "difference_inside_interval": change(
            COMPARED, "difference_high = difference - 0.1", "variable = 'ipi'"
        ),
        "patients_add_up": change(COMPARED, "n_missing = n_missing + 1", "variable = 'ipi'"),
        "family_planned": change(COMPARED, "family = 'before_index'", "variable = 'steroids_total'"),
        "adjusted_within_a_family": change(COMPARED, "p_holm = null", "variable = 'ipi'"),
        "adjusted_by_benjamini_hochberg": change(COMPARED, "p_bh = p_holm", "variable = 'age_years'"),
    },
    AREAS: {
        "curve_once": repeat(AREAS),
        "area_not_negative": change(AREAS, "auc = -1", P01),
        "enough_observed_days": change(AREAS, "n_observed_days = 3"),
        "patient_in_cohort": change(AREAS, "patient_id = 'P09'", P01),
        "area_or_reason": change(AREAS, "not_applicable = null"),
        "curves_complete": f"delete from {AREAS} where {P01} and analyte = 'crp' and rule = 'trapezoid'",
        "days_ordered": change(AREAS, "first_day = last_day + 1", P01),
    },
    ERA_RESULTS: {
        "measure_once": repeat(ERA_RESULTS),
        "counts_nested": change(ERA_RESULTS, "from_count = from_total + 1"),
        "study_counts": change(ERA_RESULTS, "before_count = 0"),
        "p_possible": change(ERA_RESULTS, "p_value = 2"),
        "readings_complete": f"delete from {ERA_RESULTS} where reading = 'era_date_sensitivity'",
        "percent_of_counts": change(ERA_RESULTS, "from_percent = from_percent / 2"),
        "percents_inside_intervals": change(ERA_RESULTS, "before_percent_high = before_percent - 1"),
        "difference_of_percents": change(ERA_RESULTS, "difference = -difference"),
        "difference_inside_interval": change(ERA_RESULTS, "difference_low = difference + 1"),
        "totals_from_patients": change(ERA_RESULTS, "before_total = before_total + 1"),
    },
    FIGURES: {
        "figure_once": repeat(FIGURES),
        "verdict_known": change(FIGURES, "verdict = 'fine'"),
        "explained": change(FIGURES, "explanation = null"),
        "convention_with_rule": change(FIGURES, "convention = 'Fisher exact'"),
        "figures_complete": f"delete from {FIGURES} where figure_order = 1",
        "figures_of_this_study": "update seeds.reported_study set index_toxicity = 'CRS'",
    },
    CONVENTIONS: {
        "convention_once": repeat(CONVENTIONS),
        "p_possible": change(CONVENTIONS, "p_value = 1.1", "variable = 'ipi'"),
        "one_rule": change(CONVENTIONS, "is_rule = true", "variable = 'ipi'"),
        "rule_is_the_comparison": change(
            CONVENTIONS, "p_value = p_value / 2", "variable = 'ipi' and is_rule"
        ),
        "variable_compared": change(CONVENTIONS, "variable = 'shoe_size'", "variable = 'ipi'"),
        "correction_raises_p": change(
            CONVENTIONS,
            "p_value = 0",
            "variable = 'ipi' and convention = 'asymptotic with continuity correction'",
        ),
    },
    SENSITIVITY: {
        "definition_once": repeat(SENSITIVITY),
        "definitions_complete": f"delete from {SENSITIVITY} where definition = 'first_grade_0'",
        "groups_add_up": change(SENSITIVITY, "n_non_responders = n_non_responders + 1"),
        "counts_from_labels": change(
            LABELS, "is_responder = not is_responder", f"{P01} and definition = 'sustained'"
        ),
        "percent_of_patients": change(SENSITIVITY, "percent_responders = 0"),
        "study_definition_marked": change(SENSITIVITY, "is_study_definition = true"),
        "changes_add_up": change(SENSITIVITY, "n_become_responders = 1", "definition = 'first_grade_0'"),
        "died_unresolved_did_not_respond": change(SENSITIVITY, "n_died_unresolved = n_non_responders + 1"),
    },
    AGREEMENT: {
        "weights_once": repeat(AGREEMENT),
        "toxicity_known": change(AGREEMENT, "toxicity = 'HLH'"),
        "weights_known": change(AGREEMENT, "weights = 'none'"),
        "counts_from_pairs": change(AGREEMENT, "n_equal = n_equal + 1", "toxicity = 'ICANS'"),
        "percent_of_assessments": change(AGREEMENT, "percent_equal = percent_equal / 2"),
        "kappa_possible": change(AGREEMENT, "kappa = 1.1", "toxicity = 'ICANS'"),
        "kappa_inside_interval": change(AGREEMENT, "kappa_low = kappa + 0.1", "toxicity = 'ICANS'"),
        "kappa_or_reason": change(AGREEMENT, "kappa = null", "toxicity = 'ICANS'"),
    },
    MANIFEST: {
        "fact_once": repeat(MANIFEST),
        "kind_known": change(MANIFEST, "key = 'mood'", "key = 'git.revision'"),
        "facts_complete": f"delete from {MANIFEST} where key = 'var.index_drug'",
        "inputs_hashed": change(MANIFEST, "value = upper(value)", "key like 'input.%.sha256'"),
        "rows_counted": change(MANIFEST, "value = '7'", "key = 'rows.marts.cohort'"),
    },
}
