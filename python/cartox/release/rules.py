"""What may leave the institution, column by column: one table of rules, and nothing leaves without one.

A table or a column that stands here in no rule is withheld, whatever it holds. What the numbers of a kind go through:

- word: names, units and labels of the plan, as they are; never a text that a record holds.
- count: the true number rounded to 5, where it and all that it can be held against reaches the threshold.
- percent: computed from the rounded counts, to two digits.
- quantile: the mean of several neighbors, to two digits.
- p: to two significant digits, where every cell behind it reaches the threshold.
- effect: to two digits; of counts computed from the rounded ones.
- certainty: a word, where a value of its row is shown.
- never: extremes, test statistics, methods (they tell sizes and ties), other tests of the same counts, and reasons in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cartox.synthetic_mark import MANIFEST_KEY

WORD, COUNT, PERCENT, QUANTILE, P, EFFECT, CERTAINTY, NEVER = (
    "word", "count", "percent", "quantile", "p", "effect", "certainty", "never",
)  # fmt: skip
KINDS: Final = (WORD, COUNT, PERCENT, QUANTILE, P, EFFECT, CERTAINTY, NEVER)
NUMBERS: Final = (COUNT, PERCENT, QUANTILE, P, EFFECT)

DESCRIPTIVES, COMPARISONS, ERAS = "results.descriptives", "results.comparisons", "results.era_comparison"
ATTRITION, CONSERVATION = "marts.cohort_attrition", "marts.record_conservation"
MANIFEST = "results.run_manifest"


def _all(kind: str, *columns: str) -> dict[str, str]:
    return dict.fromkeys(columns, kind)


RULES: Final[Mapping[str, Mapping[str, str]]] = {
    DESCRIPTIVES: {
        **_all(WORD, "display_order", "section", "variable", "label", "unit", "kind", "level", "level_order"),
        "study_group": WORD,
        **_all(COUNT, "n", "n_missing", "count"),
        **_all(PERCENT, "percent", "percent_low", "percent_high"),
        **_all(QUANTILE, "median", "q1", "q3"),
        **_all(CERTAINTY, "certainty", "q1_certainty", "q3_certainty"),
        **_all(NEVER, "min", "max", "min_certainty", "max_certainty", "n_bounds", "not_applicable"),
    },
    COMPARISONS: {
        **_all(WORD, "display_order", "section", "variable", "family", "label", "unit", "test"),
        **_all(P, "p_value", "p_bh", "p_holm"),
        "effect_name": WORD,
        **_all(EFFECT, "effect", "effect_low", "effect_high"),
        **_all(EFFECT, "difference", "difference_low", "difference_high"),
        "difference_unit": WORD,
        "certainty": CERTAINTY,
        **_all(NEVER, "n_responders", "n_non_responders", "n_missing", "statistic", "p_exact", "method"),
        **_all(NEVER, "n_bounds", "statistic_name", "difference_confidence"),
        **_all(NEVER, "effect_is_infinite", "smallest_expected", "not_applicable"),
    },
    ERAS: {
        **_all(WORD, "measure", "reading", "era_date"),
        **_all(COUNT, "before_count", "before_total"),
        **_all(PERCENT, "before_percent", "before_percent_low", "before_percent_high"),
        **_all(COUNT, "from_count", "from_total"),
        **_all(PERCENT, "from_percent", "from_percent_low", "from_percent_high"),
        **_all(CERTAINTY, "before_certainty", "from_certainty", "difference_certainty"),
        **_all(EFFECT, "difference", "difference_low", "difference_high"),
        "difference_unit": WORD,
        "p_value": P,
        **_all(
            *(NEVER, "before_n_unknown", "from_n_unknown", "method", "p_fisher", "p_pearson"),
            *("not_applicable", "power_percent", "n_per_era_for_power"),
        ),
    },
    ATTRITION: {
        **_all(WORD, "step_number", "step", "population"),
        "n_remaining": COUNT,
        **_all(NEVER, "n_excluded", "reason"),
    },
    CONSERVATION: {
        "entity": WORD,
        **_all(COUNT, "n_raw", "n_accepted", "n_duplicate", "n_superseded", "n_quarantined"),
    },
    MANIFEST: _all(WORD, "key", "value"),
}

NEVER_RELEASED: Final[Mapping[str, str]] = {
    "results.lab_auc": "one row for each patient",
    "results.comparison_conventions": "other tests of the same counts: together they tell the counts",
    "results.univariable": "areas under the ROC curve and odds ratios of few patients tell their ranks",
    "results.specifications": "the same patients compared by many choices: differences are few",
    "results.sampling_intensity": "quantiles of a few patients' days",
    "results.claims": "what results.specifications says, counted",
    "results.reported_figures": "the exact value of a printed figure, or a verdict on it, tells the count behind it",
    "results.response_sensitivity": "the same patients counted under many definitions: differences are few",
    "results.cumulative_incidence": "its steps are the days of single patients",
    "results.survival": "its steps are the days of single patients",
    "results.event_tests": "tests of the curves: together with counts they tell when single patients had an event",
    "results.daily_summaries": "quantiles of the few patients of a day",
    "results.cohort_summaries": "quantiles of scores, and extremes of the days of the index time",
    "results.grade_counts": "the few patients of a grade on a day",
    "results.counts": "counts below any threshold, each beside the whole that it is a part of",
    "results.area_summaries": "the same patients summed up by many rules: differences are few",
    "results.grade_agreement": "a kappa and its interval tell the table behind them",
    "results.analysis_results": "every statistic once more, none of it withheld",
    "results.summarised_result": "every estimate once more, none of it withheld",
    "results.summarised_result_settings": "the settings of what does not leave",
    "results.methods": "sentences with exact counts of patients",
    "results.reporting_items": "the sentences of results.methods once more",
    "marts.era_mortality": "the counts of results.era_comparison once more",
}

LARGE_FILES = ("medication_administrations", "lab_results", "toxicity_assessments", "response_assessments")
"""Files of many records for each patient; in the others records are patients, and their numbers tell of few."""

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
    "ipi_source",
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
    "filler_dates",
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


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table that may leave, in their order."""
    return tuple(column for column, kind in RULES[table].items() if kind != NEVER)


def without_rule(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a table that no rule names: they are withheld until one does."""
    return (
        () if table in NEVER_RELEASED else tuple(name for name in columns if name not in RULES.get(table, {}))
    )
