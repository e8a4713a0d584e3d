"""Which rank-sum conventions, group sizes and U reproduce the p-value of two medians.

The data are not printed, so every U is tried that the group sizes allow *without ties*. Two printed medians
leave U free on one side: where the medians differ, the upper half of one group lies above the lower half of
the other, so the U of the group with the higher median is at least the product of the two halves; `apart`
below decides whether the U counted from the other side is possible too. A p-value that no such U gives is
not impossible: ties make further p-values, and which ones cannot be known.
"""

from __future__ import annotations

from collections.abc import Iterator

from cartox.audit.comparisons import judge, missing_pairs, most_plausible_first, stated_missing
from cartox.audit.conventions import StatedRules
from cartox.audit.figures import Figure
from cartox.audit.grouping import FigureTable
from cartox.audit.rank_sum_p_values import PValue, p_values, u_below, u_between
from cartox.audit.rounding import FLOAT_TOLERANCE, printed_interval
from cartox.audit.verdicts import FigureAudit, GroupReading, Reading, Verdict

NO_TIES = "no ties"


def audit_two_medians(table: FigureTable, audit: FigureAudit, rules: StatedRules) -> None:
    """Add every reading of the p-value as a rank-sum test of the topic's two groups, and the verdict."""
    figure = audit.figure
    groups = list(table.compared(figure, ("median",)).values())
    sizes = [table.complete_size(group) for group in groups]
    first, second = sizes
    if first is None or second is None:
        audit.say(Verdict.NOT_CHECKABLE, "The sizes of the two groups are not printed.")
        return
    for group, size in zip(groups, (first, second), strict=True):
        if size.inferred_from:
            sentence = f"Size {size.size} of {group[0].study_group} inferred from {size.inferred_from}."
            audit.say(Verdict.NOT_CHECKABLE, sentence)
    complete = (first.size, second.size)
    missing = stated_missing(figure, sum(complete)) or 0
    higher = 0 if groups[0][0].reported >= groups[1][0].reported else 1
    same = groups[0][0].reported == groups[1][0].reported
    names = (groups[0][0].study_group, groups[1][0].study_group)
    found = _readings(figure, names, complete, higher, same, rules)
    audit.readings += most_plausible_first(found, missing)
    judge(
        audit,
        missing,
        when_none="No U of the group sizes gives it without ties, with up to three values missing; "
        "only ties or another test could.",
        when_missing="No U of complete data without ties gives it; "
        "it fits only with values missing (or with ties).",
    )
    _name_convention(audit, missing, rules)


def _name_convention(audit: FigureAudit, missing: int, rules: StatedRules) -> None:
    conventions = {reading.convention for reading in audit.readings if reading.n_missing == missing}
    if conventions and rules.rank_sum not in conventions:
        audit.say(
            Verdict.CONSISTENT, f"The stated convention ({rules.rank_sum}) does not give it; another does."
        )


def _readings(
    figure: Figure,
    names: tuple[str, str],
    complete: tuple[int, int],
    higher: int,
    same_median: bool,
    rules: StatedRules,
) -> Iterator[Reading]:
    for missing in missing_pairs(complete):
        sizes = (complete[0] - missing[0], complete[1] - missing[1])
        pairs = sizes[0] * sizes[1]
        apart = ((sizes[0] + 1) // 2) * ((sizes[1] + 1) // 2)
        for convention, p_value in p_values(*sizes).items():
            fitting = _fitting(p_value, pairs, figure)
            if not fitting:
                continue
            yield Reading(
                convention=convention,
                groups=(
                    GroupReading(names[0], sizes[0], missing[0]),
                    GroupReading(names[1], sizes[1], missing[1]),
                ),
                value_low=p_value(fitting[0]),
                value_high=p_value(fitting[-1]),
                u_of=names[higher],
                u_low=pairs - fitting[-1],
                u_high=pairs - fitting[0],
                u_may_mirror=same_median or fitting[-1] >= apart,
                assumes=NO_TIES,
                rank=rules.rank_sum_rank(convention),
            )


def _fitting(p_value: PValue, pairs: int, figure: Figure) -> range:
    """U, counted from the smaller side, whose p-value prints as the figure, or lies below it."""
    if figure.statistic == "p_value_below":
        return u_below(p_value, pairs, float(figure.reported))
    low, high = printed_interval(figure.reported, figure.decimals)
    return u_between(p_value, pairs, float(low) - FLOAT_TOLERANCE, float(high) + FLOAT_TOLERANCE)
