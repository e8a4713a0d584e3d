"""Which tests of means reproduce the p-value of means and standard deviations, within their rounding.

A p-value that no t-test gives is a question: it may come from a rank test, which means do not bind.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from cartox.audit.checks.comparisons import gives, judge, most_plausible_first, stated_missing
from cartox.audit.checks.grouping import MOST_MISSING, FigureTable
from cartox.audit.conventions.means import Sample, several_means, two_means
from cartox.audit.conventions.rank_sum import splits
from cartox.audit.findings.verdicts import FigureAudit, GroupReading, Reading
from cartox.audit.reading.figure import Figure
from cartox.audit.rounding import printed_interval

MOST_GROUPS = 6


def audit_means(table: FigureTable, audit: FigureAudit) -> None:
    """Add every reading of the p-value as a test of the topic's means, and the verdict."""
    figure = audit.figure
    groups = list(table.compared(figure, ("mean", "sd", "se")).values())
    sizes = [table.complete_size(group) for group in groups]
    known = [size.size for size in sizes if size is not None]
    if len(known) != len(groups) or len(groups) > MOST_GROUPS or not all(map(_is_complete, groups)):
        audit.note("Mean, standard deviation and size of every group are not all printed.")
        return
    missing = stated_missing(figure, sum(known)) or 0
    audit.readings += most_plausible_first(_readings(figure, groups, known, missing), missing)
    as_errors = any(one.statistic == "sd" for group in groups for one in group) and any(
        _tests(figure, groups, known, are_errors=True)
    )
    none = "No test of means gives it" + (
        "; it fits if the printed standard deviations are standard errors."
        if as_errors
        else ", within the rounding of means and deviations; a rank test might."
    )
    judge(audit, missing, when_none=none, when_missing=f"{none[:-1]}, or with values missing.")


def _is_complete(group: list[Figure]) -> bool:
    statistics = [one.statistic for one in group]
    return statistics.count("mean") == 1 and statistics.count("sd") + statistics.count("se") == 1


def _readings(figure: Figure, groups: list[list[Figure]], known: list[int], stated: int) -> Iterator[Reading]:
    if len(groups) > 2:
        yield from _tests(figure, groups, known)
        return
    for total in sorted({*range(MOST_MISSING + 1), stated}, key=lambda total: (total != stated, total)):
        found = [
            reading
            for one, two in splits(total, (known[0], known[1]))
            for reading in _tests(figure, groups, [known[0] - one, known[1] - two], (one, two))
        ]
        yield from found
        if found:
            return


def _tests(
    figure: Figure,
    groups: list[list[Figure]],
    sizes: list[int],
    missing: tuple[int, ...] = (),
    *,
    are_errors: bool = False,
) -> Iterator[Reading]:
    samples = [_sample(group, n, are_errors) for group, n in zip(groups, sizes, strict=True)]
    by_convention = two_means(*samples) if len(samples) == 2 else several_means(samples)
    lacking = missing or (0,) * len(sizes)
    names = tuple(
        GroupReading(group[0].study_group, n, m) for group, n, m in zip(groups, sizes, lacking, strict=True)
    )
    for rank, (convention, (low, high)) in enumerate(by_convention.items()):
        if gives(figure, low, high):
            yield Reading(convention, names, low, high, rank=rank)


def _sample(group: list[Figure], n: int, are_errors: bool) -> Sample:
    by_statistic = {one.statistic: one for one in group}
    spread = by_statistic.get("sd") or by_statistic["se"]
    scale = math.sqrt(n) if spread.statistic == "se" or are_errors else 1.0
    low, high = map(float, printed_interval(spread.reported, spread.decimals))
    mean = by_statistic["mean"]
    mean_low, mean_high = map(float, printed_interval(mean.reported, mean.decimals))
    return Sample((mean_low, mean_high), (max(0.0, low) * scale, high * scale), n)
