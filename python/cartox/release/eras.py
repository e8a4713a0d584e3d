"""What is released of the treated patients: deaths before and from each reading of the era date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from cartox.release.blocks import Block, Row
from cartox.release.numbers import rounded, two_digits
from cartox.release.people import Study
from cartox.release.percents import percent_points, percents
from cartox.release.rules import ERAS
from cartox.release.sets import BELOW, Partition, People, Shown
from cartox.results.era import SHARE_OF_DEATHS
from cartox.statistics import contingency
from cartox.statistics.certainty import UNKNOWN

ERA_NAMES = ("before", "from")


def count_treated(study: Study, shown: Shown) -> Block:
    """Return the block of the treated patients' number, which has no row of its own."""
    block = Block("treated")
    everyone = [study.register.people(list(study.treated))]
    reason = shown.why_not(everyone)
    if reason is None:
        shown.show(everyone)
        block.partitions.append(tuple(everyone))
    else:
        block.reasons["all counts"] = reason
    return block


def count_eras(study: Study, shown: Shown, rows: Sequence[Row], treated: Block) -> list[Block]:
    """Return a block for each reading of the era date, the study's own first.

    Of each era how many were treated, of those how many died, of those of the toxicity: each shown where all before it are.
    """
    readings: dict[str, list[Row]] = {}
    for row in rows:
        readings.setdefault(row["reading"], []).append(row)
    return [
        _count_era(study, shown, readings[reading], treated) for reading in sorted(readings)
    ]  # era_date stands before era_date_sensitivity


def _count_era(study: Study, shown: Shown, rows: Sequence[Row], treated: Block) -> Block:
    block = Block(f"eras {rows[0]['reading']}")

    def people(holds: Callable[[Any, bool, bool], bool]) -> People:
        return study.register.people([patient for patient, facts in study.treated.items() if holds(*facts)])

    date = rows[0]["era_date"]
    eras = (people(lambda day, *_: day < date), people(lambda day, *_: day >= date))
    dead, toxic = people(lambda _, dead, __: dead), people(lambda _, __, toxic: toxic)
    nested: list[Partition] = [
        eras,
        tuple(part for era in eras for part in (era & dead, era & ~dead)),
        tuple(part for era in eras for part in (era & toxic, era & dead & ~toxic, era & ~dead)),
    ]
    told: list[Partition] = list(treated.partitions)
    for name, partition in zip(("treated", "deaths", "deaths of the toxicities"), nested, strict=True):
        reason = shown.why_not(partition, told) if len(told) and not block.reasons else BELOW
        if reason is not None:
            block.reasons[name] = reason
            continue
        shown.show(partition)
        told.append(partition)
        block.partitions.append(partition)
    n_shown = len(block.partitions)
    for row in rows:
        is_share = row["measure"] == SHARE_OF_DEATHS
        totals = [era & dead if is_share else era for era in eras] if n_shown >= 1 + is_share else None
        counts = [era & toxic for era in eras] if n_shown == len(nested) else None
        block.add(ERAS, row, **_numbers(row, totals, counts))
    return block


def _numbers(row: Row, totals: Sequence[People] | None, counts: Sequence[People] | None) -> dict[str, Any]:
    n: list[int | None] = [rounded(total.bit_count()) for total in totals or ()] or [None, None]
    n_toxic: list[int | None] = [rounded(count.bit_count()) for count in counts or ()] or [None, None]
    numbers: dict[str, Any] = {"p_value": two_digits(row["p_value"]) if counts else None}
    for era, total, count in zip(ERA_NAMES, n, n_toxic, strict=True):
        numbers |= {f"{era}_total": total, f"{era}_count": count}
        shares = percents(None if row.get(f"{era}_certainty") == UNKNOWN else count, total)
        numbers |= {f"{era}_{column}": value for column, value in shares.items()}
    table = [[count or 0, (total or 0) - (count or 0)] for count, total in zip(n_toxic, n, strict=True)]
    found = contingency(table)
    effect = (found.risk_difference, found.risk_difference_low, found.risk_difference_high)
    is_known = bool(counts) and row.get("difference_certainty") != UNKNOWN
    return numbers | percent_points(*(effect if is_known else (None, None, None)))
