"""Which numbers of patients contradict each other: counts, totals, denominators, groups and everybody.

Each check speaks of every figure that takes part in it: which of them is wrong cannot be known from the table.
A number that is too small by patients without a value is a question, not a contradiction.
"""

from __future__ import annotations

from itertools import combinations

from cartox.audit.checks.comparisons import stated_missing
from cartox.audit.checks.complements import check_complements
from cartox.audit.checks.grouping import EVERYBODY, P_STATISTICS, SHARE_STATISTICS, FigureTable, plain
from cartox.audit.checks.other_percentages import is_estimate, row_total
from cartox.audit.checks.percentages import bases_of_a_count, share_counts
from cartox.audit.checks.speaking import Audits, complete_counts, say
from cartox.audit.findings.verdicts import Kind, Verdict, Weight
from cartox.audit.reading.figure import Figure
from cartox.audit.rounding import is_last_digit, whole_counts


def audit_contradictions(table: FigureTable, audits: Audits) -> None:
    """Run every check of this module, for the figures that are audited."""
    for figure in table.audited:
        if figure.statistic in ("count", "events"):
            _check_count(audits, figure)
        elif figure.statistic in P_STATISTICS:
            _check_compared_sizes(table, audits, figure)
        _check_denominator(table, audits, figure)
    for topic in table.audited_topics():
        for first, second in combinations(topic, 2):
            _check_same_topic(table, audits, first, second)
    for first, second in table.audited_pairs():
        check_complements(table, audits, first, second)
    for figure in table.audited:
        if figure.statistic in SHARE_STATISTICS and plain(figure.study_group) in EVERYBODY:
            _check_groups_make_everybody(table, audits, figure)


def _check_count(audits: Audits, figure: Figure) -> None:
    audit = audits[figure.figure_id]
    if figure.reported < 0 or figure.reported != int(figure.reported):
        audit.say(Verdict.IMPOSSIBLE, "A count is a whole number of 0 or more.", kind=Kind.PARTICIPANTS)
    elif figure.denominator is not None:
        if figure.reported > figure.denominator:
            sentence = f"The count exceeds its denominator {figure.denominator}."
            audit.say(Verdict.IMPOSSIBLE, sentence, kind=Kind.PARTICIPANTS)
        else:
            audit.say(Verdict.CONSISTENT)


def _check_denominator(table: FigureTable, audits: Audits, figure: Figure) -> None:
    """Check that no denominator exceeds its group; it may be smaller (values missing, a subset)."""
    total = table.largest_count(figure.study_group)
    if figure.denominator is None or total is None or figure.statistic in P_STATISTICS:
        return
    if table.opening_count(total.study_group, total.section) is not total:
        return
    sentence = (
        f"The denominator {figure.denominator} of {figure.figure_id} exceeds the group of {total.printed} "
        f"({total.figure_id})."
    )
    say(audits, [figure, total], figure.denominator <= total.reported, sentence, Kind.PARTICIPANTS)


def _check_compared_sizes(table: FigureTable, audits: Audits, figure: Figure) -> None:
    """Check that a p-value's denominator is the patients of the groups, as far as their numbers are stated."""
    for statistics in (("median",), ("percent",)):
        groups = list(table.compared(figure, statistics).values())
        sizes = [table.complete_size(group) for group in groups]
        known = [size.size for size in sizes if size is not None]
        if figure.denominator is None or len(known) < 2 or len(known) != len(groups):
            continue
        members = [figure, *(other for group in groups for other in group)]
        missing = stated_missing(figure, sum(known))
        are_stated = not any(size.inferred_from for size in sizes if size is not None)
        fits = missing is not None and (missing <= 3 or not are_stated)
        numbers = f"{', '.join(map(str, known[:-1]))} and {known[-1]}"
        sentence = f"The groups of {numbers} do not make the {figure.denominator} of {figure.figure_id}."
        say(audits, members, fits, sentence, Kind.PARTICIPANTS)


def _check_same_topic(table: FigureTable, audits: Audits, first: Figure, second: Figure) -> None:
    """Check what is printed twice: one value, and a count that gives the percentage."""
    if plain(first.study_group) != plain(second.study_group):
        return
    if first.statistic == second.statistic:
        if first.decimals == second.decimals and first.denominator == second.denominator:
            sentence = (
                f"{first.figure_id} and {second.figure_id} print the same quantity with different values."
            )
            say(audits, [first, second], first.reported == second.reported, sentence, Kind.PRINTED_TWICE)
    elif {first.statistic, second.statistic} == {"count", "percent"}:
        count, percent = (first, second) if first.statistic == "count" else (second, first)
        if count.reported == int(count.reported) and 0 <= percent.reported <= 100:
            _check_count_and_percent(table, audits, count, percent)


def _check_count_and_percent(table: FigureTable, audits: Audits, count: Figure, percent: Figure) -> None:
    number, pair = int(count.reported), [count, percent]
    does = f"{percent.printed} % ({percent.figure_id})"
    if percent.denominator or count.denominator:
        base = percent.denominator or count.denominator or 0
        fits = number in whole_counts(percent.reported, percent.decimals, base)
        sentence = f"The count {count.printed} ({count.figure_id}) does not give {does} of {base}."
        near = base > 0 and is_last_digit(100 * number / base, percent.reported, percent.decimals)
        say(audits, pair, fits, sentence, Kind.SHARE, weight=Weight.LAST_DIGIT if near else Weight.SUBSTANCE)
        return
    size = table.inferred_size(percent)
    if size is None or is_estimate(percent) or row_total(table, percent) is not None:
        return
    if any(number in counts for base, counts in share_counts(table, [percent]) if not base.missing):
        say(audits, pair, True, "")
        return
    fitting = bases_of_a_count(percent, number, size.size)
    if fitting:
        sentence = (
            f"The count {count.printed} ({count.figure_id}) gives {does} of {fitting[-1]}, "
            f"not of {size.size}: {size.size - fitting[-1]} without a value."
        )
        say(audits, pair, False, sentence, Kind.SHARE, verdict=Verdict.NEEDS_MISSING_VALUES)
        return
    sentence = f"The count {count.printed} ({count.figure_id}) does not give {does}."
    near = is_last_digit(100 * number / size.size, percent.reported, percent.decimals)
    say(audits, pair, False, sentence, Kind.SHARE, weight=Weight.LAST_DIGIT if near else Weight.SUBSTANCE)


def _check_groups_make_everybody(table: FigureTable, audits: Audits, everybody: Figure) -> None:
    """Check that the counts of groups that make up everybody add up to the count of everybody."""
    same = [other for other in table.topic(everybody) if other.statistic == everybody.statistic]
    groups = [other for other in same if plain(other.study_group) not in EVERYBODY]
    if len(groups) < 2:
        return
    parts = [complete_counts(table, figure) for figure in groups]
    whole = complete_counts(table, everybody)
    if not whole or not all(parts) or sum(max(one) for one in parts) != max(whole):
        return
    low = sum(min(counts[0] for counts in one.values()) for one in parts)
    high = sum(max(counts[-1] for counts in one.values()) for one in parts)
    fits = any(low <= counts[-1] and counts[0] <= high for counts in whole.values())
    sentence = f"The groups' counts do not add up to the count of everybody ({everybody.figure_id})."
    say(audits, [everybody, *groups], fits, sentence, Kind.PARTICIPANTS)
