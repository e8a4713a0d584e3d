"""results.era_comparison: deaths of the toxicities before and from the era date."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from cartox.results.descriptives import as_percent
from cartox.results.planned_tests import PERCENTAGE_POINTS
from cartox.results.tables import insert_rows, sql
from cartox.statistics import contingency, proportion, sample_size
from cartox.statistics.certainty import AT_LEAST, EXACT

SHARE_OF_DEATHS = "share_of_deaths"
RISK_PER_TREATED_PATIENT = "risk_per_treated_patient"
READINGS = ("era_date", "era_date_sensitivity")
POWER = 0.8
"""With which a study of two eras is commonly planned."""


def write_era_comparison(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
    """One row per measure and reading of the era date (vars era_date and era_date_sensitivity, ISO).

    The share of deaths is proportionate mortality: it moves with the other deaths and is no risk. A death of unknown cause
    may have been one of the toxicities, as may that of whom there is no record of vital status: shares are at least what
    was counted, and the test takes them as counted.
    """
    read_eras(connection, variables)
    readings = connection.execute(sql("era_counts")).fetchall()
    insert_rows(connection, "era_comparison", (row for reading in readings for row in _rows(reading)))


def read_eras(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
    """Make the temporary table era_readings (vars era_date and era_date_sensitivity, ISO)."""
    connection.execute(sql("era_readings"), {reading: str(variables[reading]) for reading in READINGS})


def _rows(counts: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    reading, era_date, *before_and_from = counts
    before_treated, before_deaths, before_toxicity, before_unknown, *of_later = before_and_from
    from_treated, from_deaths, from_toxicity, from_unknown = of_later
    totals = {
        SHARE_OF_DEATHS: (before_deaths, from_deaths),
        RISK_PER_TREATED_PATIENT: (before_treated, from_treated),
    }
    for measure, (before_total, from_total) in totals.items():
        found = contingency(
            [
                [before_toxicity, before_total - before_toxicity],
                [from_toxicity, from_total - from_toxicity],
            ]
        )
        yield (
            measure,
            reading,
            era_date,
            *_share(before_toxicity, before_total, before_unknown),
            *_share(from_toxicity, from_total, from_unknown),
            as_percent(found.risk_difference),
            as_percent(found.risk_difference_low),
            as_percent(found.risk_difference_high),
            PERCENTAGE_POINTS,
            found.p_value,
            found.method,
            found.p_fisher,
            found.p_pearson,
            found.not_applicable,
            as_percent(POWER),
            patients_for_power(before_toxicity, before_total, from_toxicity, from_total),
        )


def patients_for_power(before: int, before_total: int, later: int, later_total: int) -> int | None:
    """How many an era would take for the difference seen, rounded up; None without a difference, or without anybody in an era."""
    if not before_total or not later_total:
        return None
    n_per_era = sample_size(before / before_total, later / later_total, power=POWER)
    return None if n_per_era is None else math.ceil(n_per_era)


def _share(count: int, total: int, n_unknown: int) -> tuple[Any, ...]:
    share = proportion(count, total)
    ends = (as_percent(share.low), as_percent(share.high))
    return count, total, as_percent(share.share), *ends, n_unknown, AT_LEAST if n_unknown else EXACT
