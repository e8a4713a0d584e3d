"""For every expectation of the suites of counts, a statement that breaks the handmade study so that it fails."""

from __future__ import annotations

from tests.python.checks.breaking import COHORT_SUMMARIES, COUNTS, GRADE_COUNTS, change, repeat

CORRUPTIONS_OF_COUNTS: dict[str, dict[str, str]] = {
    COHORT_SUMMARIES: {
        "summary_once": repeat(COHORT_SUMMARIES),
        "quantiles_ordered": change(COHORT_SUMMARIES, "q1 = max + 1", "measure = 'recorded_ipi'"),
        "unknown_is_null": change(COHORT_SUMMARIES, "median = null", "measure = 'recorded_ipi'"),
        "certainty_known": change(COHORT_SUMMARIES, "certainty = 'sure'", "measure = 'recorded_ipi'"),
        "cohort_counted": change(COHORT_SUMMARIES, "n = n + 1", "measure = 'recorded_ipi'"),
        "index_day_agrees": change(COHORT_SUMMARIES, "min = min - 1", "measure = 'index_study_day'"),
    },
    GRADE_COUNTS: {
        "day_once": repeat(GRADE_COUNTS),
        "grades_add_up": change(GRADE_COUNTS, "n_grade_0 = n_grade_0 + 1", "study_group = 'all'"),
        "groups_add_up": change(GRADE_COUNTS, "n_evaluable = n_evaluable + 1", "study_group = 'all'"),
        "bounds_counted": change(GRADE_COUNTS, "n_bounds = n_bounds + 1", "study_group = 'all'"),
        "days_counted": change(GRADE_COUNTS, "n_grade_4 = n_grade_4 + 1", "study_group = 'all'"),
    },
    COUNTS: {
        "count_once": repeat(COUNTS),
        "count_possible": change(COUNTS, "n = n_of + 1", "topic = 'ipi_difference'"),
        "percent_of_count": change(COUNTS, "percent = 12.5", "topic = 'lymphoma_response'"),
        "groups_add_up": change(
            COUNTS, "n = n + 1", "topic = 'worst_daily_grade' and study_group = 'responder'"
        ),
        "populations_counted": change(COUNTS, "n = n + 1", "topic = 'population' and item = 'treated'"),
        "deaths_counted": change(COUNTS, "n = n + 1", "topic = 'cause_of_death' and level = 'LYM'"),
        "left_out_counted": change(COUNTS, "n = n + 1", "topic = 'left_out' and item = 'cohort'"),
        "records_counted": change(COUNTS, "n = n + 1", "topic = 'quarantined' and item = 'any'"),
        "figures_counted": change(COUNTS, "n = n + 1", "topic = 'printed_figure' and item = 'any'"),
        "tests_counted": change(COUNTS, "n = n + 1", "topic = 'planned_test' and item = 'any'"),
    },
}
