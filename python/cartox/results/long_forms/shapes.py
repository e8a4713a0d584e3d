"""How each table of results becomes rows of single statistics: what names them, and what is no statistic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

LABELS = ("label", "section", "display_order", "level_order", "figure_order")
QUANTILES = ("median", "q1", "q3", "min", "max")
NO_QUANTILE = (*QUANTILES, *(f"{quantile}_certainty" for quantile in QUANTILES[1:]))
NO_COUNT = ("count", "percent", "percent_low", "percent_high")


@dataclass(frozen=True)
class Shape:
    """Which rows of a table are read, and which of its columns name a statistic; every other column is one.

    `variable`, `level` and `group_level` are columns. `group` is what the groups are by: a column where
    `is_group_named` says that the rows tell it, else a name. `context` is a column where `has_context`, else a word.
    `renamed` gives columns the names that other tables have for the same statistic.
    """

    table: str
    variable: str
    level: str | None = None
    group: str | None = None
    group_level: str | None = None
    is_group_named: bool = False
    context: str = ""
    has_context: bool = False
    condition: str = "true"
    left_out: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    @cached_property
    def names(self) -> set[str]:
        """Return the columns that are no statistic."""
        found = {self.variable, self.level, self.group_level, *self.left_out}
        found |= {self.group} if self.is_group_named else set()
        found |= {self.context} if self.has_context else set()
        return {column for column in found if column is not None}


def _by_group(table: str, variable: str, level: str) -> Shape:
    return Shape(table, variable, level, "study_group", "study_group", context=table)


SHAPES: tuple[Shape, ...] = (
    Shape(
        *("descriptives", "variable", "level", "study_group", "study_group", False, "kind", True),
        condition="kind = 'continuous'",
        left_out=(*LABELS, *NO_COUNT),
    ),
    Shape(
        *("descriptives", "variable", "level", "study_group", "study_group", False, "kind", True),
        condition="kind <> 'continuous'",
        left_out=(*LABELS, *NO_QUANTILE),
    ),
    Shape("comparisons", "variable", context="test", has_context=True, left_out=LABELS),
    Shape("comparison_conventions", "variable", "convention", context="comparison_conventions"),
    Shape("univariable", "variable", context="univariable", left_out=LABELS),
    Shape("specifications", "claim", "choice", context="dimension", has_context=True, left_out=LABELS),
    Shape("claims", "claim", context="claims", left_out=LABELS),
    _by_group("sampling_intensity", "analyte", "measure"),
    _by_group("area_summaries", "analyte", "rule"),
    _by_group("daily_summaries", "measure", "study_day"),
    Shape("cohort_summaries", "measure", None, "study_group", "study_group", context="cohort_summaries"),
    _by_group("grade_counts", "toxicity", "study_day"),
    Shape(
        *("counts", "item", "level", "study_group", "study_group", False, "topic", True),
        renamed=(("n", "count"), ("n_of", "n")),
    ),
    Shape(
        *("cumulative_incidence", "event", "day", "stratified_by", "stratum", True, "cumulative_incidence"),
        left_out=("curve",),
    ),
    Shape("survival", "curve", "day", "stratified_by", "stratum", True, "survival"),
    Shape("event_tests", "curve", "event", "stratified_by", None, True, "test", True),
    Shape("era_comparison", "measure", "reading", "era", context="era_comparison"),
    Shape("response_sensitivity", "definition", context="response_sensitivity", left_out=("description",)),
    Shape("grade_agreement", "toxicity", "weights", context="grade_agreement"),
    Shape(
        *("reported_figures", "figure_id", "statistic", "study_group", "study_group"),
        context="reported_figures",
        left_out=(*LABELS, "description", "explanation"),
    ),
)

NOT_SHAPED: dict[str, str] = {
    "lab_auc": "one row for each patient: no statistic of several",
    "methods": "sentences, with statistics that stand in other tables",
    "reporting_items": "sentences, with statistics that stand in other tables",
    "run_manifest": "facts of the run, no statistics; the settings name those that matter",
    "analysis_results": "made from the shapes",
    "summarised_result": "made from the shapes",
    "summarised_result_settings": "made from the shapes",
}
"""Tables of results without statistics of several patients, and why."""
