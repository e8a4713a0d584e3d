"""The ids by which cells of the schema results are named, on the page and to `cartox trace`."""

from collections.abc import Mapping, Sequence
from typing import Any

KEYS: dict[str, tuple[str, ...]] = {
    "descriptives": ("variable", "level", "study_group"),
    "comparisons": ("variable",),
    "comparison_conventions": ("variable", "convention"),
    "lab_auc": ("patient_id", "analyte", "rule"),
    "area_summaries": ("analyte", "rule", "study_group"),
    "daily_summaries": ("measure", "study_group", "study_day"),
    "cumulative_incidence": ("curve", "stratified_by", "stratum", "event", "day"),
    "survival": ("curve", "stratified_by", "stratum", "day"),
    "event_tests": ("curve", "stratified_by", "event", "test"),
    "era_comparison": ("measure", "reading"),
    "response_sensitivity": ("definition",),
    "grade_agreement": ("toxicity", "weights"),
    "univariable": ("variable",),
    "reported_figures": ("figure_id",),
    "cohort_summaries": ("measure", "study_group"),
    "grade_counts": ("toxicity", "study_group", "study_day"),
    "counts": ("topic", "item", "level", "study_group"),
    "specifications": ("claim", "dimension", "choice"),
    "claims": ("claim",),
    "sampling_intensity": ("analyte", "measure", "study_group"),
}
"""The tables of results whose rows can be traced, with what names a row; the first table is meant before the next."""


class Traced(str):
    """A number as it is printed, and in `cell_id` the id of the cell that it is printed from."""

    __slots__ = ("cell_id",)

    cell_id: str


def cell_id(table: str, names: Sequence[str], statistic: str | None) -> str:
    """Return the id that `cartox trace` takes for a cell of a table of results; without a column, for its row."""
    return ":".join((table, *names, *([statistic] if statistic else [])))


def traced(text: str, table: str, row: Mapping[str, Any], statistic: str | None, **named: str) -> Traced:
    """Return a text with the id of the cell of `table` that it is printed from; `named` are key columns that `row` lacks."""
    known = {**row, **named}
    made = Traced(text)
    made.cell_id = cell_id(table, [str(known[key]) for key in KEYS[table]], statistic)
    return made
