"""Numbers as a clinician reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

PERCENTAGE_POINTS = "percentage points"
NOT_APPLICABLE = "not applicable"
TAKEN_AS_CHARTED = "Bounds are taken as charted; Table 1 names the variables that have one."
UNKNOWN = "unknown"
ADJUSTED = (
    "p BH: adjusted by Benjamini and Hochberg within a family of planned tests, of what was known before the index time or "
    "of what came after it; n/a for what is part of the outcome's definition."
)
NOT_CLAIMED = (
    "Peak grades, areas under the curve, and steroids from the index time on and in total include the time after the index time: "
    "they describe the course and cannot select patients."
)

MARKS = {"at_least": "≥ ", "at_most": "≤ ", "estimated": "≈ "}
BOUNDS = (
    "≥ and ≤: values beyond a limit of the assay, or doses of which more may have been given, could move it. "
    "≈: an estimate enters."
)
"""What the marks mean, where one is printed."""


def bounded(text: str, certainty: str | None) -> str:
    """Write a statistic as certain as it is: `≥ 398`, `≤ 5`, `≈ 40`, unknown, or as it stands where it is exact."""
    if certainty == UNKNOWN:
        return UNKNOWN
    return f"{MARKS.get(certainty or '', '')}{text}"


def has_marks(texts: Iterable[object]) -> bool:
    """Whether any of the printed texts bears a mark that must be explained."""
    return any(mark in str(text) for text in texts for mark in MARKS.values())


def quantile(cells: Mapping[str, Any], name: str) -> str:
    """Write a quantile of results.descriptives, or of a table with the same columns, as certain as it is."""
    certainty = cells["certainty" if name == "median" else f"{name}_certainty"]
    return bounded(number(cells[name]), certainty)


def quartiles(cells: Mapping[str, Any]) -> str:
    """Write the two quartiles, each as certain as it is."""
    return f"{quantile(cells, 'q1')} to {quantile(cells, 'q3')}"


def number(value: float | None) -> str:
    """Write a value with one decimal, two below 10, none where it is whole."""
    if value is None:
        return NOT_APPLICABLE
    decimals = 2 if abs(value) < 10 else 1
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def difference(cells: Mapping[str, Any]) -> str:
    """Write a difference of results.comparisons with its interval in the variable's own unit: `80 (48 to 134) mg`."""
    value, low, high = cells["difference"], cells["difference_low"], cells["difference_high"]
    if value is None and low is None and high is None:
        return UNKNOWN if cells["certainty"] == UNKNOWN else ""
    ends = ("-∞" if low is None else number(low), "∞" if high is None else number(high))
    unit = "points" if cells["difference_unit"] == PERCENTAGE_POINTS else cells["difference_unit"] or ""
    return f"{bounded(number(value), cells['certainty'])} ({' to '.join(ends)}) {unit}".rstrip()


def p_value(value: float | None) -> str:
    """Write a p-value with three decimals, four below 0.1, and `<0.001`."""
    if value is None:
        return "n/a"
    if value < 0.001:
        return "<0.001"
    return f"{value:.4f}" if value < 0.1 else f"{value:.3f}"


def percent_text(percent: float | None) -> str:
    """Write a percentage with one decimal."""
    return NOT_APPLICABLE if percent is None else f"{percent:.1f} %"


def share(count: int | None, total: int | None, percent: float | None, certainty: str | None = None) -> str:
    """Write a count of a total with its percentage, as certain as it is."""
    if total and certainty == UNKNOWN:
        return UNKNOWN
    if count is None or total is None or percent is None:
        return NOT_APPLICABLE
    return bounded(f"{count} of {total} ({percent:.1f} %)", certainty)


def interval(low: float | None, high: float | None, decimals: int = 1) -> str:
    """Write an interval; an end that does not exist is infinity."""
    if low is None and high is None:
        return NOT_APPLICABLE
    ends = ("-∞" if low is None else f"{low:.{decimals}f}", "∞" if high is None else f"{high:.{decimals}f}")
    return " to ".join(ends)


def plural(count: int, noun: str, nouns: str | None = None) -> str:
    """Write a count with its noun."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
