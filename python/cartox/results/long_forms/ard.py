"""An analysis results dataset: one row for each statistic, in the columns of the R package cards.

Source: CDISC Analysis Results Standard; cards 0.7, check_ard_structure and tidy_ard_column_order (the column fmt_fun
was fmt_fn before 0.6.1), https://insightsengineering.github.io/cards/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cartox.results.long_forms.statistics import Statistic, as_text

COLUMNS = (
    *("group1", "group1_level", "variable", "variable_level", "context"),
    *("stat_name", "stat_label", "stat", "fmt_fun", "warning", "error"),
)
NAMES = {
    "count": "n", "n": "N", "total": "N", "n_missing": "N_miss", "percent": "p", "percent_low": "conf.low",
    "percent_high": "conf.high", "q1": "p25", "q3": "p75", "p_value": "p.value",
}  # fmt: skip
LABELS = {
    "n": "n", "N": "N", "N_miss": "N Missing", "p": "%", "p25": "Q1", "p75": "Q3", "median": "Median", "min": "Min",
    "max": "Max", "conf.low": "CI Lower Bound", "conf.high": "CI Upper Bound", "p.value": "p-value", "method": "method",
}  # fmt: skip
SHARES = ("percent", "percent_low", "percent_high")


def ard_rows(statistics: Iterable[Statistic], *, is_synthetic: bool) -> Iterator[tuple[Any, ...]]:
    """Yield the rows; what could not be computed has no `stat` and says so in `warning`.

    A share is of 1, as cards has it. No R function formats a row, so that fmt_fun is empty; what failed would have
    stopped the run, so that error is. Where the records are synthetic the first row says so.
    """
    if is_synthetic:
        yield (
            None,
            None,
            "records",
            None,
            "attributes",
            "synthetic",
            "Synthetic records",
            "true",
            None,
            None,
            None,
        )
    for one in statistics:
        name = NAMES.get(one.name, one.name)
        yield (
            *(one.group, one.group_level, one.variable, one.level, one.context),
            *(name, LABELS.get(name, name.replace("_", " ")), _stat(one), None, one.remark, None),
        )


def _stat(one: Statistic) -> str | None:
    return as_text(one.value / 100) if one.name in SHARES and one.value is not None else one.text
