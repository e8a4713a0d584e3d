"""Which figures contradict each other: counts and totals, complementary categories, groups and everybody.

All of these concern numbers of patients. Each check speaks of every figure that takes part in it: which of
them is wrong cannot be known from the table.
"""

from __future__ import annotations

from itertools import combinations

from cartox.audit.comparisons import stated_missing
from cartox.audit.complementary import are_complementary
from cartox.audit.figures import Figure
from cartox.audit.grouping import (
    EVERYBODY,
    P_STATISTICS,
    SHARE_STATISTICS,
    FigureTable,
    is_group_count,
    plain,
)
from cartox.audit.percentages import share_counts
from cartox.audit.verdicts import FigureAudit, Verdict

Audits = dict[str, FigureAudit]


def audit_contradictions(table: FigureTable, audits: Audits) -> None:
    """Run every check of this module."""
    for figure in table.figures:
        if figure.statistic == "count":
            _check_count(table, audits, figure)
        elif figure.statistic in P_STATISTICS:
            _check_compared_sizes(table, audits, figure)
        _check_denominator(table, audits, figure)
    for topic in table.topics():
        for first, second in combinations(topic, 2):
            _check_same_topic(table, audits, first, second)
    for group in table.sections_of_groups():
        for first, second in combinations(group, 2):
            _check_complements(table, audits, first, second)
    for figure in table.figures:
        if figure.statistic in SHARE_STATISTICS and plain(figure.study_group) in EVERYBODY:
            _check_groups_make_everybody(table, audits, figure)


def _say(audits: Audits, figures: list[Figure], fits: bool, sentence: str) -> None:
    for figure in figures:
        if fits:
            audits[figure.figure_id].say(Verdict.CONSISTENT)
        else:
            audits[figure.figure_id].say(Verdict.CONTRADICTION, sentence)


def _check_count(table: FigureTable, audits: Audits, figure: Figure) -> None:
    audit = audits[figure.figure_id]
    if figure.reported < 0 or figure.reported != int(figure.reported):
        audit.say(Verdict.IMPOSSIBLE, "A count is a whole number of 0 or more.")
    elif figure.denominator is not None:
        if figure.reported > figure.denominator:
            audit.say(Verdict.IMPOSSIBLE, f"The count exceeds its denominator {figure.denominator}.")
        else:
            audit.say(Verdict.CONSISTENT)


def _check_denominator(table: FigureTable, audits: Audits, figure: Figure) -> None:
    """Check that no denominator exceeds its group; it may be smaller (values missing, a subset)."""
    total = table.opening_count(figure.study_group, figure.section)
    if figure.denominator is None or total is None or figure.statistic in P_STATISTICS:
        return
    sentence = (
        f"The denominator {figure.denominator} of {figure.figure_id} exceeds the group of {total.printed} "
        f"({total.figure_id})."
    )
    _say(audits, [figure, total], figure.denominator <= total.reported, sentence)


def _check_compared_sizes(table: FigureTable, audits: Audits, figure: Figure) -> None:
    """Check that a p-value's denominator is the patients of both groups, less up to three without a value."""
    for statistics in (("median",), ("percent",)):
        groups = list(table.compared(figure, statistics).values())
        sizes = [table.complete_size(group) for group in groups]
        known = [size.size for size in sizes if size is not None]
        if figure.denominator is None or len(known) != 2 or len(groups) != 2:
            continue
        members = [figure, *(other for group in groups for other in group)]
        total = f"the {figure.denominator} of {figure.figure_id}"
        sentence = f"The groups of {known[0]} and {known[1]} do not make {total}."
        _say(audits, members, stated_missing(figure, sum(known)) is not None, sentence)


def _check_same_topic(table: FigureTable, audits: Audits, first: Figure, second: Figure) -> None:
    """Check what is printed twice: one value, and a count that gives the percentage."""
    if plain(first.study_group) != plain(second.study_group):
        return
    if first.statistic == second.statistic:
        if first.decimals == second.decimals and first.denominator == second.denominator:
            sentence = (
                f"{first.figure_id} and {second.figure_id} print the same quantity with different values."
            )
            _say(audits, [first, second], first.reported == second.reported, sentence)
    elif {first.statistic, second.statistic} == {"count", "percent"}:
        count, percent = (first, second) if first.statistic == "count" else (second, first)
        admitted = [counts for _, counts in share_counts(table, [percent])]
        if admitted:
            sentence = (
                f"The count {count.printed} ({count.figure_id}) does not give "
                f"{percent.printed} % ({percent.figure_id})."
            )
            _say(audits, [count, percent], any(int(count.reported) in each for each in admitted), sentence)


def _check_complements(table: FigureTable, audits: Audits, first: Figure, second: Figure) -> None:
    if (
        first.statistic != second.statistic
        or first.statistic not in SHARE_STATISTICS
        or not are_complementary(first.description, second.description)
    ):
        return
    pair = [first, second]
    are_complements = f"{first.figure_id} and {second.figure_id} are complementary"
    if first.statistic == "percent":
        one, two = (_complete_counts(table, figure) for figure in pair)
        sums = [(size, counts, two[size]) for size, counts in one.items() if size in two]
        if sums:
            fits = any(a[0] + b[0] <= size <= a[-1] + b[-1] for size, a, b in sums)
            _say(audits, pair, fits, f"{are_complements}, and no counts that print so make the total.")
        return
    total = first.reported + second.reported
    denominators = {figure.denominator for figure in pair if figure.denominator is not None}
    if denominators:
        sentence = f"{are_complements} and make {total}, not their denominator."
        _say(audits, pair, denominators == {int(total)}, sentence)
        return
    opening = table.opening_count(first.study_group, first.section)
    if opening is None or opening in pair:
        return
    sentence = f"{are_complements} and make {total}, not the {opening.printed} of {opening.figure_id}."
    counts = [other for other in table.of_group(first.study_group, first.section) if is_group_count(other)]
    equal = [other for other in counts if other.reported == total and other not in pair]
    _say(audits, [*pair, *(equal or [opening])], bool(equal), sentence)


def _check_groups_make_everybody(table: FigureTable, audits: Audits, everybody: Figure) -> None:
    """Check that the counts of groups that make up everybody add up to the count of everybody."""
    same = [other for other in table.topic(everybody) if other.statistic == everybody.statistic]
    groups = [other for other in same if plain(other.study_group) not in EVERYBODY]
    if len(groups) < 2:
        return
    parts = [_complete_counts(table, figure) for figure in groups]
    whole = _complete_counts(table, everybody)
    if not whole or not all(parts) or sum(max(one) for one in parts) != max(whole):
        return
    low = sum(min(counts[0] for counts in one.values()) for one in parts)
    high = sum(max(counts[-1] for counts in one.values()) for one in parts)
    fits = any(low <= counts[-1] and counts[0] <= high for counts in whole.values())
    sentence = f"The groups' counts do not add up to the count of everybody ({everybody.figure_id})."
    _say(audits, [everybody, *groups], fits, sentence)


def _complete_counts(table: FigureTable, figure: Figure) -> dict[int, range]:
    """Give the counts that the figure admits with no values missing, by what they are out of."""
    return {base.size: counts for base, counts in share_counts(table, [figure]) if not base.missing}
