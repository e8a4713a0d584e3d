"""A summarised result of the OMOP community: two files, the numbers and their settings.

Source: omopgenerics, https://darwin-eu.github.io/omopgenerics/articles/summarised_result.html
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from cartox.release.formats.estimates import Estimate, estimates_of
from cartox.release.formats.plain import SUPPRESSED, write_rows
from cartox.release.tables import ReleasedTable
from cartox.results.long_forms.omop import CDM, COHORT, COLUMNS, OVERALL, SETTINGS_OF_ALL, STUDY


def write_summarised_result(folder: Path, tables: Sequence[ReleasedTable], threshold: int) -> None:
    """Write summarised_result.csv and settings.csv, one result for each kind of table; `-` is what is withheld."""
    results: dict[str, list[Estimate]] = {}
    for one in estimates_of(tables):
        results.setdefault(_result_type(one), []).append(one)
    ids = {result: number for number, result in enumerate(results, start=1)}
    rows = (
        (
            ids[result], CDM, COHORT, STUDY, *(one.group or (OVERALL, OVERALL)), one.variable, one.level,
            one.name, one.kind, SUPPRESSED if one.value is None else one.value, OVERALL, OVERALL,
        )
        for result, own in results.items()
        for one in own
    )  # fmt: skip
    write_rows(folder / "summarised_result.csv", COLUMNS, rows)
    settings = (
        (ids[result], result, "cartox", version("cartox"), COHORT, _strata(own), "", threshold)
        for result, own in results.items()
    )
    write_rows(folder / "settings.csv", SETTINGS_OF_ALL, settings)


def _result_type(one: Estimate) -> str:
    if one.context in ("era", "attrition", "records"):
        return {"era": "summarise_eras", "attrition": "summarise_attrition"}.get(
            one.context, "summarise_records"
        )
    return "summarise_tests" if one.group is None else "summarise_characteristics"


def _strata(own: Sequence[Estimate]) -> str:
    return " &&& ".join(sorted({one.group[0] for one in own if one.group}))
