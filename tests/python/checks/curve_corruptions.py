"""For every expectation of the suites of summaries and curves, a statement that breaks the handmade study so that it fails."""

from __future__ import annotations

from tests.python.checks.breaking import (
    AREA_SUMMARIES,
    DAILY_SUMMARIES,
    EVENT_TESTS,
    INCIDENCE,
    SURVIVAL,
    change,
    repeat,
)

COHORT_CURVE = "curve = 'resolution' and stratified_by = 'all'"

CORRUPTIONS_OF_CURVES: dict[str, dict[str, str]] = {
    AREA_SUMMARIES: {
        "summary_once": repeat(AREA_SUMMARIES),
        "certainty_known": change(AREA_SUMMARIES, "q3_certainty = 'sure'", "rule = 'trapezoid'"),
        "unknown_is_null": change(AREA_SUMMARIES, "median = null", "rule = 'trapezoid'"),
        "quantiles_ordered": change(AREA_SUMMARIES, "q1 = q3 + 1", "rule = 'trapezoid'"),
        "areas_counted": change(AREA_SUMMARIES, "n = n + 1", "study_group = 'responder'"),
        "table_one_agrees": change(AREA_SUMMARIES, "certainty = 'at_least'", "rule = 'trapezoid'"),
    },
    DAILY_SUMMARIES: {
        "summary_once": repeat(DAILY_SUMMARIES),
        "certainty_known": change(DAILY_SUMMARIES, "certainty = 'sure'", "study_day = 3"),
        "unknown_is_null": change(DAILY_SUMMARIES, "certainty = 'unknown'", "study_day = 3"),
        "quantiles_ordered": change(DAILY_SUMMARIES, "q3 = q1 - 1", "study_day = 3"),
        "values_counted": change(
            DAILY_SUMMARIES, "n = n + 1", "measure = 'crp' and study_group = 'responder'"
        ),
        "measures_complete": f"delete from {DAILY_SUMMARIES} where measure = 'cumulative_steroids'",
    },
    INCIDENCE: {
        "step_once": repeat(INCIDENCE),
        "percent_possible": change(INCIDENCE, "percent_low = percent + 1", "percent > 0"),
        "somebody_at_risk": change(INCIDENCE, "n_at_risk = 0", "day = 7"),
        "at_risk_falls": change(INCIDENCE, "n_at_risk = n_at_risk + 9", f"{COHORT_CURVE} and day > 2"),
        "half_once": change(INCIDENCE, "is_first_half = true", COHORT_CURVE),
        "landmarks_of_the_seed": change(INCIDENCE, "is_landmark = true", "day = 2"),
        "incidence_rises": change(
            INCIDENCE, "percent = 0", f"{COHORT_CURVE} and event = 'resolved' and day = 7"
        ),
        "events_share_the_whole": change(
            INCIDENCE, "percent = 60, percent_high = 70", "stratified_by = 'all'"
        ),
        "cohort_complete": f"delete from {INCIDENCE} where {COHORT_CURVE} and day <= 2",
        "responders_resolved": change(
            INCIDENCE, "n_events_so_far = 4", f"{COHORT_CURVE} and n_events_so_far = 5"
        ),
    },
    SURVIVAL: {
        "step_once": repeat(SURVIVAL),
        "percent_possible": change(SURVIVAL, "percent = 101"),
        "somebody_at_risk": change(SURVIVAL, "n_at_risk = 0", "day > 0"),
        "at_risk_falls": change(SURVIVAL, "n_censored_today = n_censored_today + 1"),
        "half_once": change(SURVIVAL, "is_first_half = true", "curve = 'follow_up'"),
        "landmarks_of_the_seed": change(SURVIVAL, "is_landmark = false"),
        "survival_falls": change(SURVIVAL, "percent = 50, percent_low = 40", "day = 0"),
        "naive_curve_marked": change(SURVIVAL, "is_biased = false"),
        "landmark_before_death": change(
            SURVIVAL, "n_at_risk = 9", "curve = 'from_last_study_day' and day = 0"
        ),
    },
    EVENT_TESTS: {
        "test_once": repeat(EVENT_TESTS),
        "test_known": change(EVENT_TESTS, "test = 'wilcoxon'", "test = 'gray'"),
        "p_possible": change(EVENT_TESTS, "p_value = 1.5", "p_value is not null"),
        "p_or_reason": change(EVENT_TESTS, "p_value = null"),
        "ratio_inside_interval": change(EVENT_TESTS, "hazard_ratio_low = hazard_ratio + 1"),
        "no_test_of_the_biased_curve": change(EVENT_TESTS, "curve = 'from_index'", "test = 'log_rank'"),
    },
}
