"""A summarised result of the OMOP community: the results in thirteen columns, and their settings.

Source: omopgenerics, https://darwin-eu.github.io/omopgenerics/articles/summarised_result.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

from cartox.results.long_forms.statistics import Statistic

COLUMNS = (
    *("result_id", "cdm_name", "group_name", "group_level", "strata_name", "strata_level"),
    *("variable_name", "variable_level", "estimate_name", "estimate_type", "estimate_value"),
    *("additional_name", "additional_level"),
)
SETTINGS_OF_ALL = (
    *("result_id", "result_type", "package_name", "package_version", "group", "strata", "additional"),
    "min_cell_count",
)
SETTINGS = (*SETTINGS_OF_ALL, "index_drug", "index_toxicity", "is_synthetic")
OVERALL = "overall"
COHORT, STUDY = "cohort_name", "study"
CDM = "cartox"
NOT_SUPPRESSED = "0"
REMARK = "remark"


def summarised_result(statistics: Sequence[Statistic]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows, one result for each table and context. Nothing is suppressed.

    What could not be computed has no row. A remark (why a statistic is missing, or how uncertain it is) is an
    estimate of its own, named after the statistic.
    """
    ids = _ids(statistics)
    for one in statistics:
        strata = (
            (OVERALL, OVERALL)
            if one.group is None or one.group_level is None
            else (one.group, one.group_level)
        )
        level = (
            one.level if one.group is None or one.group_level is not None else f"{one.level}, by {one.group}"
        )
        for name, kind, text in _estimates(one):
            yield (
                *(ids[_result(one)], CDM, COHORT, STUDY, *strata, one.variable, level),
                *(name, kind, text, OVERALL, OVERALL),
            )


def settings(
    statistics: Sequence[Statistic], variables: Mapping[str, Any], *, is_synthetic: bool
) -> Iterator[tuple[Any, ...]]:
    """Yield one row for each result. Vars: index_drug, index_toxicity."""
    groups: dict[str, set[str]] = {}
    for one in statistics:
        own = groups.setdefault(_result(one), set())
        if one.group is not None and one.group_level is not None:
            own.add(one.group)
    own_version = version("cartox")
    for result, number in _ids(statistics).items():
        strata = " &&& ".join(sorted(groups[result]))
        yield (
            *(number, result, "cartox", own_version, COHORT, strata, "", NOT_SUPPRESSED),
            *(str(variables["index_drug"]), str(variables["index_toxicity"]), is_synthetic),
        )


def _estimates(one: Statistic) -> Iterator[tuple[str, str, str]]:
    if one.text is not None:
        yield one.name, one.kind, one.text
    if one.remark is not None:
        yield f"{one.name}_{REMARK}", "character", one.remark


def _ids(statistics: Sequence[Statistic]) -> dict[str, int]:
    results = dict.fromkeys(map(_result, statistics))
    return {result: number for number, result in enumerate(results, start=1)}


def _result(one: Statistic) -> str:
    return _name(one.table, one.context)


@cache
def _name(table: str, named: str) -> str:
    context = named.replace(" ", "_")
    return f"summarise_{table}" if context == table else f"summarise_{table}_{context}"
