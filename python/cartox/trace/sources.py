"""Where a planned value begins: the models that make it, and the set of records that it stands on."""

from __future__ import annotations

from dataclasses import dataclass

from cartox.trace.sets import Record


@dataclass(frozen=True)
class Source:
    """The set of analysis/trace with the records of a value, the item that picks it there, and the models that make it."""

    set_name: str
    item: str
    roots: tuple[str, ...]


_PATIENT = ("int_treated__patients",)
_AT_INDEX = ("int_cohort__grades_at_index",)
_COHORT_COLUMNS: dict[str, tuple[str, ...]] = {
    "study_group": ("int_cohort__responders", "int_cohort__resolved_days"),
    "age_years": _PATIENT,
    "sex": _PATIENT,
    "product": _PATIENT,
    "ann_arbor_stage": _PATIENT,
    "ipi": _PATIENT,
    "prior_lines": _PATIENT,
    "is_refractory": _PATIENT,
    "icans_grade_at_index": (*_AT_INDEX, "int_toxicity__icans_grades"),
    "crs_grade_at_index": (*_AT_INDEX, "int_toxicity__crs_grades"),
    "peak_icans_grade_before_index": (*_AT_INDEX, "int_toxicity__icans_grades"),
    "peak_crs_grade_before_index": (*_AT_INDEX, "int_toxicity__crs_grades"),
    "peak_icans_grade": ("int_toxicity__peaks", "int_toxicity__icans_grades"),
    "peak_crs_grade": ("int_toxicity__peaks", "int_toxicity__crs_grades"),
    "best_response": ("int_disease__best_response",),
}
BY_COLUMN = {
    "exposure_window": ("records_of_steroid_windows", ("steroid_exposure", "int_cohort__window_doses")),
    "marts.lab_baseline": ("records_of_baselines", ("int_labs__baseline",)),
    "results.lab_auc": ("records_of_areas", ("lab_daily_grid", "int_labs__daily")),
}
STUDY_GROUP = Source("records_of_cohort_values", "study_group", _COHORT_COLUMNS["study_group"])


def source_of(planned: Record) -> Source | None:
    """Return where the value of a row of seeds.test_plan begins; None for a relation or column that has no such set."""
    relation, column = planned["relation"], planned["value_column"]
    if relation == "marts.cohort" and column in _COHORT_COLUMNS:
        return Source("records_of_cohort_values", column, _COHORT_COLUMNS[column])
    filters = filters_of(planned)
    key, item = (
        ("exposure_window", filters.get("exposure_window"))
        if relation == "marts.steroid_exposure"
        else (relation, filters.get("analyte"))
    )
    if key not in BY_COLUMN or item is None:
        return None
    set_name, roots = BY_COLUMN[key]
    return Source(set_name, item, roots)


def filters_of(planned: Record) -> dict[str, str]:
    """Return the columns by which a planned variable picks its rows, with what they equal."""
    columns, sought = ((planned[key] or "").split("|") for key in ("filter_column", "filter_value"))
    return {column: value for column, value in zip(columns, sought, strict=True) if column}
