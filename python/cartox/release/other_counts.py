"""The counts of the eras, of the attrition and of the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

import duckdb

from cartox.release.allowed import ATTRITION, CONSERVATION, ERA_COMPARISON, ERA_MORTALITY, RECORD_COUNTS
from cartox.release.counts import CountedTable, Holds
from cartox.report.reading import records
from cartox.results.era import RISK_PER_TREATED_PATIENT, SHARE_OF_DEATHS

TOXICITY, OTHER, ALIVE = "died of the toxicity", "died otherwise", "alive"
STATES = (TOXICITY, OTHER, ALIVE)
DEAD = (TOXICITY, OTHER)
STUDY_READING = "era_date"
TREATED = """
select
    (select count(distinct era_date) from results.era_comparison where era_date <= infused_at) as period,
    case when is_toxicity_death then 'died of the toxicity' when is_dead then 'died otherwise' else 'alive' end
        as state
from marts.treated_patients
"""
ERA_DATES = "select distinct reading, era_date from results.era_comparison order by era_date, reading"


def count_eras(connection: duckdb.DuckDBPyConnection, threshold: int) -> CountedTable:
    """Count treated patients and deaths before and from each reading of the era date.

    The readings cut the same patients differently, so that what lies between them can be worked out.
    """
    readings = records(connection, ERA_DATES)
    dates = sorted({reading["era_date"] for reading in readings})
    periods = range(len(dates) + 1)
    atoms: dict[Hashable, int] = {(period, state): 0 for period in periods for state in STATES}
    atoms.update(Counter((row["period"], row["state"]) for row in records(connection, TREATED)))
    table = CountedTable(atoms)
    n_treated = sum(atoms.values())
    if n_treated >= threshold:
        table.add_public(lambda atom: True)
    for reading in readings:
        first = dates.index(reading["era_date"]) + 1
        for era, spans in (("before", range(first)), ("from", range(first, len(periods)))):
            _count_era(table, reading["reading"], era, spans, n_treated < threshold)
    for period in periods:
        _add_derivable(table, range(period, period + 1))
    return table


def count_patients(connection: duckdb.DuckDBPyConnection, threshold: int) -> CountedTable:
    """Count who left at each step of the attrition, and the records of the patients' own file.

    The patients of the first step are the accepted records of that file. The treated patients and the cohort
    are public where they are not few: other tables give their number.
    """
    steps = records(connection, "select * from marts.cohort_attrition order by step_number")
    kept = records(connection, "select * from marts.record_conservation where entity = 'patients'")
    first = min((step["step_number"] for step in steps), default=0)
    atoms: dict[Hashable, int] = {
        ("left", step["step_number"]): step["n_excluded"] for step in steps if step["step_number"] != first
    }
    atoms["stayed", 0] = steps[-1]["n_remaining"] if steps else 0
    is_joined = bool(kept and steps) and kept[0]["n_accepted"] == sum(atoms.values())
    if is_joined:
        atoms |= {("record", kind): kept[0][kind] for kind in RECORD_COUNTS[2:]}
    table = CountedTable(atoms)
    treated = max((step["step_number"] for step in steps if step["population"] != "cohort"), default=0)
    last = max((step["step_number"] for step in steps), default=0)
    for step in steps:
        number = step["step_number"]
        cell = (ATTRITION, str(number))
        if number != first:
            table.add((*cell, "n_excluded"), _left_at(number), zero_is_open=True)
        is_public = number in (treated, last) and step["n_remaining"] >= threshold
        table.add((*cell, "n_remaining"), _stays_after(number), is_public=is_public)
    if is_joined:
        _count_records(table, "patients", accepted=("stayed", "left"))
    return table


def count_records(connection: duckdb.DuckDBPyConnection, is_left_out: bool) -> list[CountedTable]:
    """Count the records of each other file; of all of them unless the patients' is counted elsewhere."""
    tables = []
    for row in records(connection, "select * from marts.record_conservation order by entity"):
        if row["entity"] == "patients" and is_left_out:
            continue
        table = CountedTable({("record", kind): row[kind] for kind in RECORD_COUNTS[1:]})
        _count_records(table, row["entity"], accepted=())
        tables.append(table)
    return tables


def _count_records(table: CountedTable, entity: str, accepted: tuple[str, ...]) -> None:
    cell = (CONSERVATION, entity)
    table.add((*cell, "n_raw"), lambda atom: True, zero_is_open=True)
    for kind in RECORD_COUNTS[1:]:
        table.add((*cell, kind), _is_record(kind, accepted), zero_is_open=True)


def _count_era(table: CountedTable, reading: str, era: str, spans: range, is_withheld: bool) -> None:
    for measure, total in ((SHARE_OF_DEATHS, DEAD), (RISK_PER_TREATED_PATIENT, STATES)):
        cell = (ERA_COMPARISON, measure, reading)
        for column, states in (("count", (TOXICITY,)), ("total", total)):
            table.add(
                (*cell, f"{era}_{column}"),
                _in_state(spans, states),
                is_always_withheld=is_withheld,
                reluctance=reading == STUDY_READING,
            )
    _add_derivable(table, spans)
    if reading == STUDY_READING:
        for column, states in (
            ("n_treated", STATES),
            ("n_deaths", DEAD),
            ("n_toxicity_deaths", (TOXICITY,)),
        ):
            table.add(
                (ERA_MORTALITY, era, column),
                _in_state(spans, states),
                is_always_withheld=is_withheld,
            )


def _add_derivable(table: CountedTable, spans: range) -> None:
    for states in (*((state,) for state in STATES), DEAD, STATES):
        table.add_derivable(_in_state(spans, states))


def _in_state(spans: range, states: tuple[str, ...]) -> Holds:
    return lambda atom: atom[0] in spans and atom[1] in states


def _left_at(number: int) -> Holds:
    return lambda atom: atom == ("left", number)


def _stays_after(number: int) -> Holds:
    return lambda atom: atom[0] == "stayed" or (atom[0] == "left" and atom[1] > number)


def _is_record(kind: str, accepted: tuple[str, ...]) -> Holds:
    return lambda atom: atom == ("record", kind) or (kind == "n_accepted" and atom[0] in accepted)
