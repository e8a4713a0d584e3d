"""What a row shows once its withheld counts are known.

A statistic of a group is shown where the group is large enough that nobody's value shows through: the median
from 2 thresholds of patients on (a threshold of them on each side), quartiles from 4 (a threshold beyond
each), the smallest and the largest value, which are one patient's, from 10 on. Ages over 89 years are shown
as `>89` (45 CFR 164.514(b)(2)(i)(C)). Numbers are rounded after all of this has been decided.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

from cartox.release import allowed

Row: TypeAlias = dict[str, Any]
OLDEST_AGE = 89
OLDER = f">{OLDEST_AGE}"
DIGITS = 4
MEDIAN_THRESHOLDS, QUARTILE_THRESHOLDS, EXTREME_THRESHOLDS = 2, 4, 10
QUANTILES = ("median", *allowed.QUARTILES, *allowed.EXTREMES)
DERIVED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    allowed.ERA_MORTALITY: {
        "pct_of_deaths": ("n_toxicity_deaths", "n_deaths"),
        "pct_of_treated": ("n_toxicity_deaths", "n_treated"),
    },
    allowed.ERA_COMPARISON: {
        **{
            f"{era}_{column}": (f"{era}_count", f"{era}_total")
            for era in ("before", "from")
            for column in allowed.PERCENTS
        },
        **dict.fromkeys(allowed.ERA_NUMBERS, ("before_count", "before_total", "from_count", "from_total")),
    },
}
AS_PRINTED = ("reported", "computed")


class Rules:
    """The rules at one threshold: the smallest count of patients that is shown."""

    def __init__(self, threshold: int) -> None:
        self.threshold = threshold

    def describe(self, row: Row, gone: Collection[str], *, is_linked: bool, is_age: bool) -> Row:
        """Show a row of results.descriptives without the counts of `gone` and all that follows from them.

        `is_linked`: the same column has a level whose count is withheld, and its quantiles could tell it.
        """
        hidden = set(gone)
        if hidden & {"n", "count"}:
            hidden |= {*allowed.PERCENTS, "not_applicable"}
        if row["kind"] != "continuous":
            return self.hide(row, hidden & {*allowed.COUNTED, *allowed.PERCENTS, "not_applicable"})
        hidden -= {"count", *allowed.PERCENTS}
        n_patients = 0 if "n" in hidden or is_linked else row["n"]
        for columns, thresholds in (
            (("median",), MEDIAN_THRESHOLDS),
            (allowed.QUARTILES, QUARTILE_THRESHOLDS),
            (allowed.EXTREMES, EXTREME_THRESHOLDS),
        ):
            if n_patients < thresholds * self.threshold:
                hidden.update(columns)
        shown = self.hide(row, hidden)
        if is_age:
            shown |= {column: _capped(shown[column]) for column in QUANTILES}
        return shown

    def compare(
        self, rows: Sequence[Row], gone: Mapping[str, set[str]], telling: Collection[str]
    ) -> list[Row]:
        """Show results.comparisons: no test of a variable of which a count is withheld, or of few patients.

        `gone` are the withheld counts of each row, `telling` the variables whose test would tell another one.

        Adjusted p-values, of whatever family, go with the first test that is withheld, since they tell of one another.
        """
        hidden = {}
        for row in rows:
            variable = row["variable"]
            found = set(gone[variable])
            sizes = [row["n_responders"], row["n_non_responders"]]
            is_small = row["test"] == "rank_sum" and min(sizes) < MEDIAN_THRESHOLDS * self.threshold
            if found & {"n_responders", "n_non_responders"} or variable in telling or is_small:
                found |= {*allowed.TEST_NUMBERS, *allowed.ADJUSTED_P}
            hidden[variable] = found
        is_complete = not any("p_value" in hidden[row["variable"]] for row in rows if row["test"] != "none")
        adjusted = set() if is_complete else set(allowed.ADJUSTED_P)
        return [self.hide(row, hidden[row["variable"]] | adjusted) for row in rows]

    def count(self, table: str, row: Row, gone: Collection[str]) -> Row:
        """Show a row of counts without those of `gone` and what is computed from them."""
        derived = {column for column, counts in DERIVED.get(table, {}).items() if set(counts) & set(gone)}
        return self.hide(row, {*gone, *derived})

    def report(self, row: Row, source: tuple[Row, str] | None) -> Row:
        """Show a printed figure where the cell that it is computed from is shown.

        Else neither number is shown: a verdict, or the printed number beside it, would tell the computed one.
        """
        is_shown = source is not None and source[1] not in source[0]["suppressed"].split()
        if source is not None and source[0].get(source[1]) == OLDER:
            is_shown = False
        columns = ("reported", "computed", "verdict", "convention", "follows_rule", "explanation")
        return self.hide(row, set() if is_shown else set(columns))

    def hide(self, row: Row, columns: Collection[str]) -> Row:
        """Empty some columns, name them in the last one, and round what stays."""
        shown = {
            column: None if column in columns else _rounded(value) if column not in AS_PRINTED else value
            for column, value in row.items()
        }
        return shown | {"suppressed": " ".join(column for column in row if column in columns)}


def _capped(value: float | None) -> float | str | None:
    return OLDER if value is not None and value > OLDEST_AGE else value


def _rounded(value: Any) -> Any:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value
