"""What may leave the institution: the tables and columns named here, and nothing else.

A table or column that is not named is not released, whatever it holds; a patient's row is in none of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from cartox.synthetic_mark import MANIFEST_KEY

DESCRIPTIVES, COMPARISONS = "results.descriptives", "results.comparisons"
CONVENTIONS, FIGURES = "results.comparison_conventions", "results.reported_figures"
ERA_COMPARISON, ERA_MORTALITY = "results.era_comparison", "marts.era_mortality"
ATTRITION, CONSERVATION = "marts.cohort_attrition", "marts.record_conservation"
MANIFEST = "results.run_manifest"

COUNTED = ("n", "n_missing", "count")
PERCENTS = ("percent", "percent_low", "percent_high")
QUARTILES, EXTREMES = ("q1", "q3"), ("min", "max")
ADJUSTED_P = ("p_bh", "p_holm")
TEST_NUMBERS = (
    "statistic",
    "p_value",
    "p_exact",
    "effect",
    "effect_low",
    "effect_high",
    "effect_is_infinite",
    "difference",
    "difference_low",
    "difference_high",
    "smallest_expected",
    "method",
    "not_applicable",
)
ERA_NUMBERS = (
    "difference",
    "difference_low",
    "difference_high",
    "p_value",
    "method",
    "p_fisher",
    "p_pearson",
    "not_applicable",
)
RECORD_COUNTS = ("n_raw", "n_accepted", "n_duplicate", "n_superseded", "n_quarantined")
ERA_COUNTS = ("n_treated", "n_deaths", "n_toxicity_deaths")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    DESCRIPTIVES: (
        *("display_order", "section", "variable", "label", "unit", "kind", "level", "study_group"),
        *(*COUNTED, *PERCENTS, "median", *QUARTILES, *EXTREMES, "not_applicable"),
    ),
    COMPARISONS: (
        *("display_order", "section", "variable", "family", "label", "unit", "test"),
        *("effect_name", "difference_unit"),
        *("n_responders", "n_non_responders", "n_missing", *TEST_NUMBERS, *ADJUSTED_P),
    ),
    CONVENTIONS: ("variable", "convention", "is_rule", "p_value"),
    ERA_COMPARISON: (
        *("measure", "reading", "era_date", "difference_unit"),
        *("before_count", "before_total", "before_percent", "before_percent_low", "before_percent_high"),
        *("from_count", "from_total", "from_percent", "from_percent_low", "from_percent_high"),
        *ERA_NUMBERS,
    ),
    FIGURES: (
        *("figure_order", "figure_id", "section", "description", "study_group", "statistic", "unit"),
        *("reported", "computed", "verdict", "convention", "follows_rule", "explanation"),
    ),
    ERA_MORTALITY: ("era", *ERA_COUNTS, "pct_of_deaths", "pct_of_treated"),
    ATTRITION: ("step_number", "step", "reason", "population", "n_excluded", "n_remaining"),
    CONSERVATION: ("entity", *RECORD_COUNTS),
    MANIFEST: ("key", "value"),
}

STUDY_VARIABLES = (
    "index_drug",
    "index_toxicity",
    "indication_group",
    "care_settings",
    "product_target",
    "enrolment_start",
    "enrolment_end",
    "era_date",
    "era_date_sensitivity",
    "last_study_day",
    "hours_of_grade_at_index",
    "hours_since_active",
    "sedation_holds_hours",
    "hours_between_grades_0",
    "hours_of_late_charting",
    "hours_of_one_infusion",
    "years_to_death_at_most",
    "response_definition",
    "response_source",
    "hours_to_failure",
    "hours_of_steroids_before_index",
    "days_watched_after_discharge",
    "days_alive_after_discharge",
    "dexamethasone_factors",
    "baseline_days",
    "baseline_late_days",
    "day_zero_lookback_hours",
    "max_gap_days",
    "auc_min_observed_days",
    "plausible_years",
    "disclosure_threshold",
)
VERSIONS = ("cartox", "python", "duckdb", "dbt-core", "dbt-duckdb", "numpy", "pandas", "scipy")
MANIFEST_KEYS = (
    "run.started_at",
    "git.revision",
    MANIFEST_KEY,
    *(f"version.{name}" for name in VERSIONS),
    *(f"var.{name}" for name in STUDY_VARIABLES),
)
