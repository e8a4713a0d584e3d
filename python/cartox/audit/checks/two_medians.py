"""Which rank-sum conventions, group sizes and U reproduce the p-value of two medians.

The data are not printed, so every U is tried that the group sizes allow *without ties*. Two printed medians
leave U free on one side: where the medians differ, the upper half of one group lies above the lower half of
the other, so the U of the group with the higher median is at least the product of the two halves; `apart`
below decides whether the U counted from the other side is possible too. A p-value that no such U gives is
held against data without ties only where the variable is measured finely enough (`checks.ties`); else its
reading is *ties*, and nothing is said about missing values. Where some U gives it and a few ties are likely, the
conventions that give it with them are named too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from cartox.audit.checks.comparisons import (
    admitted,
    judge,
    most_plausible_first,
    stated_missing,
)
from cartox.audit.checks.grouping import MOST_MISSING, FigureTable
from cartox.audit.checks.ties import Ties, few_ties_give, granularity, smallest_p, suggested_ties
from cartox.audit.conventions.names import T_APPROXIMATION, T_APPROXIMATION_UNCORRECTED, TIES
from cartox.audit.conventions.rank_sum import (
    LARGEST_EXACT,
    LARGEST_EXACT_WITH_MISSING,
    LARGEST_LISTED,
    fitting_u,
    splits,
)
from cartox.audit.conventions.rules import StatedRules
from cartox.audit.findings.verdicts import FigureAudit, GroupReading, Reading, Verdict
from cartox.audit.reading.figure import Figure

NO_TIES = "no ties"
FEW_TIES = "a few ties"
T_APPROXIMATIONS = (T_APPROXIMATION, T_APPROXIMATION_UNCORRECTED)
"""Printed beside the normal approximation and rarely reported: named, but no reason to leave a p-value be."""


def audit_two_medians(table: FigureTable, audit: FigureAudit, rules: StatedRules) -> None:
    """Add every reading of the p-value as a rank-sum test of the topic's two groups, and the verdict."""
    figure = audit.figure
    groups = list(table.compared(figure, ("median",)).values())
    sizes = [table.complete_size(group) for group in groups]
    first, second = sizes
    if first is None or second is None:
        audit.note("The sizes of the two groups are not printed.")
        return
    for group, size in zip(groups, (first, second), strict=True):
        if size.inferred_from:
            audit.note(f"Size {size.size} of {group[0].study_group} inferred from {size.inferred_from}.")
    complete = (first.size, second.size)
    if complete[0] * complete[1] > LARGEST_LISTED:
        audit.note("In groups so large every p-value is some rank sum's.")
        return
    medians = (groups[0][0], groups[1][0])
    missing = stated_missing(figure, sum(complete)) or 0
    found = list(_readings(figure, medians, complete, missing, rules))
    rare = [r for r in found if r.convention in T_APPROXIMATIONS and r.convention != rules.rank_sum]
    usual = [reading for reading in found if reading not in rare]
    rare = [reading for reading in rare if reading.n_missing == missing]
    as_stated = [reading for reading in usual if reading.n_missing == missing]
    ties = suggested_ties(granularity(table.topic(figure)), medians, complete, float(figure.reported))
    if as_stated and ties is not None:
        usual += _tied_readings(figure, medians, complete, missing, ties, rules, as_stated)
    elif all(reading.follows_rule is False for reading in as_stated) and _ties_may_give(
        table, audit, medians, complete, missing, ties
    ):
        return
    audit.readings += most_plausible_first(usual, missing)
    if not usual and rare:
        audit.say(Verdict.CONSISTENT, "Only the t-approximation of SAS gives it.")
    else:
        judge(
            audit,
            missing,
            when_none=_none(figure, complete),
            when_missing=_needs(audit, missing),
            when_not_followed=f"The stated convention ({rules.rank_sum}) does not give it; another does.",
        )
        if rare and not as_stated:
            audit.note("The t-approximation of SAS gives it with complete data too.")
    audit.readings += rare


def _none(figure: Figure, complete: tuple[int, int]) -> str:
    if admitted(figure)[1] < smallest_p(complete):
        return "No ranks of so few values, tied or not, give so small a p-value; another test could."
    return (
        "No U of the group sizes gives it without ties, with up to three values missing; "
        "only ties or another test could."
    )


def _needs(audit: FigureAudit, missing: int) -> str:
    needed = min((abs(reading.n_missing - missing) for reading in audit.readings), default=0)
    values = f"{needed} value{'s' if needed > 1 else ''}"
    return (
        f"No U of complete data gives it, nor do the few ties that are likely; it fits with {values} missing."
    )


def _ties_may_give(
    table: FigureTable,
    audit: FigureAudit,
    medians: tuple[Figure, Figure],
    complete: tuple[int, int],
    missing: int,
    ties: Ties | None,
) -> bool:
    """Add the reading *ties* where they may give the p-value; whether they do."""
    figure = audit.figure
    grain = granularity(table.topic(figure))
    if admitted(figure)[1] < smallest_p(complete):
        return False
    if ties is None:
        sentence = f"No U without ties gives it, but {grain.why}: ties make p-values that cannot be listed."
        low, high = admitted(figure)
    else:
        given: dict[str, float] = {}
        for one, two in splits(missing, complete):
            given |= few_ties_give(figure, (complete[0] - one, complete[1] - two), ties)
        usual = [convention for convention in given if convention not in T_APPROXIMATIONS]
        if not usual:
            if given:
                audit.note("With a few ties the t-approximation of SAS gives it.")
            return False
        sentence = f"No U without ties gives it; {grain.why}, and a few ties do by {' or '.join(given)}."
        low = high = given[usual[0]]
    names = tuple(
        GroupReading(median.study_group, size, 0) for median, size in zip(medians, complete, strict=True)
    )
    audit.readings.append(Reading(TIES, names, max(0.0, low), min(1.0, high), assumes="ties"))
    audit.note(sentence)
    return True


def _tied_readings(
    figure: Figure,
    medians: tuple[Figure, Figure],
    complete: tuple[int, int],
    missing: int,
    ties: Ties,
    rules: StatedRules,
    without: list[Reading],
) -> Iterator[Reading]:
    """Give the conventions that give the p-value with a few ties and not without: either may have been used."""
    named = {reading.convention for reading in without}
    for split in splits(missing, complete):
        sizes = (complete[0] - split[0], complete[1] - split[1])
        for convention, p in few_ties_give(figure, sizes, ties).items():
            if convention in named:
                continue
            named.add(convention)
            yield Reading(
                convention=convention,
                groups=tuple(
                    GroupReading(median.study_group, size, lacking)
                    for median, size, lacking in zip(medians, sizes, split, strict=True)
                ),
                value_low=p,
                value_high=p,
                assumes=FEW_TIES,
                follows_rule=rules.follows_rank_sum(convention),
                rank=rules.rank_sum_rank(convention),
            )


def _readings(
    figure: Figure,
    medians: tuple[Figure, Figure],
    complete: tuple[int, int],
    stated: int,
    rules: StatedRules,
) -> Iterator[Reading]:
    for total in sorted({*range(MOST_MISSING + 1), stated}):
        for missing in splits(total, complete):
            yield from _readings_of(figure, medians, complete, missing, rules)


def _readings_of(
    figure: Figure,
    medians: tuple[Figure, Figure],
    complete: tuple[int, int],
    missing: tuple[int, int],
    rules: StatedRules,
) -> Iterator[Reading]:
    higher = 0 if medians[0].reported >= medians[1].reported else 1
    same_median = medians[0].reported == medians[1].reported
    sizes = (complete[0] - missing[0], complete[1] - missing[1])
    pairs = sizes[0] * sizes[1]
    apart = ((sizes[0] + 1) // 2) * ((sizes[1] + 1) // 2)
    low, high = admitted(figure)
    if figure.statistic == "p_value_below":
        high = math.nextafter(high, 0)
    largest = LARGEST_EXACT_WITH_MISSING if sum(missing) else LARGEST_EXACT
    for convention, found, least, most in fitting_u(sizes, low, high, pairs <= largest):
        yield Reading(
            convention=convention,
            groups=(
                GroupReading(medians[0].study_group, sizes[0], missing[0]),
                GroupReading(medians[1].study_group, sizes[1], missing[1]),
            ),
            value_low=least,
            value_high=most,
            u_of=medians[higher].study_group,
            u_low=pairs - found[-1],
            u_high=pairs - found[0],
            u_may_mirror=same_median or found[-1] >= apart,
            assumes=NO_TIES,
            follows_rule=rules.follows_rank_sum(convention),
            rank=rules.rank_sum_rank(convention),
        )
