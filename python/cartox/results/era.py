"""results.era_comparison: deaths of the toxicities before and from the era date."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from cartox.results.descriptives import as_percent
from cartox.results.planned_tests import PERCENTAGE_POINTS
from cartox.results.tables import insert_rows, sql
from cartox.statistics import contingency, proportion, sample_size
from cartox.statistics.certainty import EXACT, UNKNOWN, certainty_of

SHARE_OF_DEATHS = "share_of_deaths"
RISK_PER_TREATED_PATIENT = "risk_per_treated_patient"
READINGS = ("era_date", "era_date_sensitivity")
POWER = 0.8
"""With which a study of two eras is commonly planned."""


def write_era_comparison(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
    """One row per measure and reading of the era date (vars era_date and era_date_sensitivity, ISO).

    The share of deaths is proportionate mortality: it moves with the other deaths and is no risk. A death of unknown cause
    may have been one of the toxicities, as may that of whom there is no record of vital status: shares and their difference
    are computed at both extremes, and the test takes the patients as counted.
    """
    read_eras(connection, variables)
    readings = connection.execute(sql("era_counts")).fetchall()
    insert_rows(connection, "era_comparison", (row for reading in readings for row in _rows(reading)))


def read_eras(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
    """Make the temporary table era_readings (vars era_date and era_date_sensitivity, ISO)."""
    connection.execute(sql("era_readings"), {reading: str(variables[reading]) for reading in READINGS})


@dataclass(frozen=True)
class _Era:
    """What was counted of one era.

    n_unknown: patients of whom nobody knows whether they died of the toxicities. may_be_dead: those of them of whom nobody
    knows whether they died.
    """

    n_treated: int
    n_deaths: int
    n_toxicity_deaths: int
    n_unknown: int
    may_be_dead: int

    def table(self, measure: str, *, n_more: int = 0) -> list[int]:
        """Deaths of the toxicities and the others of the total, as counted."""
        total = self.n_deaths if measure == SHARE_OF_DEATHS else self.n_treated
        return [self.n_toxicity_deaths + n_more, total - self.n_toxicity_deaths - n_more]

    def at_extreme(self, measure: str, *, are_toxic: bool) -> list[int]:
        """Return the same where all who are unknown died of the toxicities, or of something else."""
        more_dead = self.may_be_dead if measure == SHARE_OF_DEATHS else 0
        toxic, other = self.table(measure, n_more=self.n_unknown if are_toxic else 0)
        return [toxic, other + more_dead]


def _rows(counts: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    reading, era_date, *of_eras = counts
    before, later = _Era(*of_eras[:5]), _Era(*of_eras[5:])
    for measure in (SHARE_OF_DEATHS, RISK_PER_TREATED_PATIENT):
        own, other = before.table(measure), later.table(measure)
        found = contingency([own, other])
        lowest, highest = (
            contingency(
                [
                    before.at_extreme(measure, are_toxic=is_highest),
                    later.at_extreme(measure, are_toxic=not is_highest),
                ]
            )
            for is_highest in (False, True)
        )
        certainty = EXACT
        if before.n_unknown or later.n_unknown:
            certainty = certainty_of(found.risk_difference, lowest.risk_difference, highest.risk_difference)
        is_known = certainty != UNKNOWN
        yield (
            measure,
            reading,
            era_date,
            *_share(before, measure),
            *_share(later, measure),
            as_percent(found.risk_difference) if is_known else None,
            as_percent(lowest.risk_difference_low) if is_known else None,
            as_percent(highest.risk_difference_high) if is_known else None,
            PERCENTAGE_POINTS,
            certainty,
            found.p_value,
            found.method,
            found.p_fisher,
            found.p_pearson,
            found.not_applicable,
            as_percent(POWER),
            patients_for_power(own[0], sum(own), other[0], sum(other)) if is_known else None,
        )


def patients_for_power(before: int, before_total: int, later: int, later_total: int) -> int | None:
    """How many an era would take for the difference seen, rounded up; None without a difference, or without anybody in an era."""
    if not before_total or not later_total:
        return None
    n_per_era = sample_size(before / before_total, later / later_total, power=POWER)
    return None if n_per_era is None else math.ceil(n_per_era)


def _share(era: _Era, measure: str) -> tuple[Any, ...]:
    """Count and share of an era; its interval runs from that of the lowest share to that of the highest."""
    charted, lowest, highest = (
        proportion(table[0], sum(table))
        for table in (
            era.table(measure),
            era.at_extreme(measure, are_toxic=False),
            era.at_extreme(measure, are_toxic=True),
        )
    )
    certainty = certainty_of(charted.share, lowest.share, highest.share) if era.n_unknown else EXACT
    shares = (charted.share, lowest.low, highest.high) if certainty != UNKNOWN else (None, None, None)
    count, others = era.table(measure)
    return count, count + others, *(as_percent(share) for share in shares), era.n_unknown, certainty
