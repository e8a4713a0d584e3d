"""Whether a whole count of the stated group gives a printed percentage, and which.

A stated denominator is taken at its word: where no count of it prints as the percentage, the figure is
impossible, and the other facts stand beside it. A blank denominator is inferred: the size of the group, after
it every other base that the section prints for the group (a share of the deaths, not of the patients), then
the group with values missing, one after the other until a count fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor

from cartox.audit.checks.grouping import MOST_MISSING, FigureTable, GroupSize, is_group_count
from cartox.audit.checks.other_percentages import is_estimate, row_total
from cartox.audit.conventions.names import WHOLE_COUNT
from cartox.audit.conventions.rules import StatedRules
from cartox.audit.findings.verdicts import FigureAudit, GroupReading, Kind, Reading, Verdict, Weight
from cartox.audit.reading.figure import Figure
from cartox.audit.rounding import is_last_digit, neighbors, printed_interval, whole_counts

MOST_COUNTS = 1_000
"""Counts of one base that are listed as readings; a percentage of very many patients admits more."""
MOST_BASES = 100_000
"""Denominators that are searched for one percentage."""


@dataclass(frozen=True)
class Base:
    """A number of patients that a share may be out of; `missing` of the group have no value."""

    size: int
    missing: int = 0


def possible_bases(table: FigureTable, figures: list[Figure], size: GroupSize) -> list[Base]:
    """List what the share of one topic and group may be out of, most plausible first.

    `size` is the size of the group; bases other than the group come in only where no figure states a
    denominator. Values missing go up to `MOST_MISSING`, and beyond as far as a count that is printed beside
    its percentage calls for.
    """
    other: list[Base] = []
    if not any(figure.denominator for figure in figures):
        group = table.of_group(figures[0].study_group, figures[0].section)
        printed = {one.denominator for one in group if one.denominator}
        topic = table.topic(figures[0])
        printed |= {int(one.reported) for one in group if is_group_count(one) and one not in topic}
        other = [Base(base) for base in sorted(printed - {size.size}, reverse=True)]
    missing = [Base(size.size - n, n) for n in range(1, MOST_MISSING + 1) if size.size > n]
    return [Base(size.size), *other, *missing]


def bases_of_a_count(percent: Figure, count: int, largest: int) -> range:
    """Denominators up to `largest` of which the count prints as the percentage, ascending."""
    low, high = printed_interval(percent.reported, percent.decimals)
    if count == 0:
        return range(1, largest + 1) if low <= 0 else range(0)
    if high <= 0:
        return range(0)
    first = max(count, ceil(100 * count / high))
    last = largest if low <= 0 else min(largest, floor(100 * count / low))
    return range(first, last + 1)


def share_counts(table: FigureTable, figures: list[Figure]) -> list[tuple[Base, range]]:
    """List what the printed share of one group may be out of and the counts it admits, most plausible first.

    `figures` are the percent and count figures of one topic and group; all of them have to be met. Where
    they cannot be met together, what each of them admits alone is given: which of them is wrong is not
    known.
    """
    size = table.complete_size(figures)
    if size is None or any(map(is_estimate, figures)):
        return []
    bases = possible_bases(table, figures, size)
    admitted = [
        {base: _counts(figure, base.size) for base in bases}
        for figure in figures
        if row_total(table, figure) is None
    ]
    for figure in figures:
        if figure.numerator is not None:
            admitted.append({base: _one_count(figure.numerator, base.size) for base in bases})
    together = [(base, _intersection([each[base] for each in admitted])) for base in bases]
    if any(counts for _, counts in together):
        return [(base, counts) for base, counts in together if counts]
    forced = list(_forced(figures, size))
    if forced:
        return forced
    alone = [(base, each[base]) for each in admitted for base in bases if not base.missing]
    return [(base, counts) for base, counts in alone if counts]


def _forced(figures: list[Figure], size: GroupSize) -> Iterator[tuple[Base, range]]:
    """Bases with more values missing that a printed count and its percentage call for, fewest missing first."""
    percents = [figure for figure in figures if figure.statistic == "percent" and not figure.denominator]
    counts = {int(one.reported) for one in figures if one.statistic == "count"} | {
        one.numerator for one in figures if one.numerator is not None
    }
    if len(percents) == 1 and len(counts) == 1:
        (count,) = counts
        for base in reversed(bases_of_a_count(percents[0], count, size.size)[-3:]):
            yield Base(base, size.size - base), range(count, count + 1)


def _intersection(ranges: list[range]) -> range:
    return range(max(each.start for each in ranges), min(each.stop for each in ranges))


def audit_percentage(table: FigureTable, audit: FigureAudit, rules: StatedRules) -> None:
    """Add to the audit which whole counts give the percentage, and the verdict."""
    figure = audit.figure
    if not 0 <= figure.reported <= 100:
        audit.say(Verdict.IMPOSSIBLE, "A share lies between 0 and 100 %.", kind=Kind.SHARE)
        return
    if is_estimate(figure):
        audit.note(
            "It may be an estimate over time, as by Kaplan and Meier, which no count of patients gives."
        )
        return
    size = GroupSize(figure.denominator) if figure.denominator is not None else table.inferred_size(figure)
    if size is None:
        audit.note("Neither a denominator nor the size of the group is printed.")
        return
    if size.inferred_from:
        audit.note(f"Denominator {size.size} inferred from {size.inferred_from}.")
    if total := row_total(table, figure):
        _list_readings(audit, Base(total), 0, [figure.numerator or 0])
        audit.say(Verdict.CONSISTENT, f"A share of the {total} of its row, not of the group.")
        return
    for rank, base in enumerate(possible_bases(table, [figure], size)):
        _list_readings(audit, base, rank)
    if figure.denominator is not None:
        _judge_stated(audit, figure.denominator)
    else:
        _judge_inferred(audit, size, rules)


def _list_readings(audit: FigureAudit, base: Base, rank: int, counts: Iterable[int] | None = None) -> None:
    figure = audit.figure
    found = whole_counts(figure.reported, figure.decimals, base.size)
    if len(found) > MOST_COUNTS:
        audit.note(f"{len(found)} counts of {base.size} print so; {MOST_COUNTS} of them are listed.")
    for count in counts or found[:MOST_COUNTS]:
        group = GroupReading(figure.study_group, base.size, base.missing, count)
        share = 100 * count / base.size
        audit.readings.append(Reading(WHOLE_COUNT, (group,), share, share, rank=rank))


def _judge_stated(audit: FigureAudit, denominator: int) -> None:
    figure = audit.figure
    numerator, percentage = figure.numerator, f"{figure.printed} %"
    counts = whole_counts(figure.reported, figure.decimals, denominator)
    if denominator == 0:
        audit.say(Verdict.IMPOSSIBLE, "There is no share of 0 patients.", kind=Kind.SHARE)
        return
    if not counts:
        near = any(
            whole_counts(each, figure.decimals, denominator)
            for each in neighbors(figure.reported, figure.decimals)
        )
        weight = Weight.LAST_DIGIT if near else Weight.SUBSTANCE
        sentence = f"No whole count of {denominator} prints as {percentage}."
        audit.say(Verdict.IMPOSSIBLE, sentence, kind=Kind.SHARE, weight=weight)
    if numerator is not None and numerator > denominator:
        sentence = f"The numerator {numerator} exceeds the denominator {denominator}."
        audit.say(Verdict.IMPOSSIBLE, sentence, kind=Kind.PARTICIPANTS)
    elif numerator is not None and numerator not in counts:
        share = 100 * numerator / denominator
        is_near = is_last_digit(share, figure.reported, figure.decimals)
        sentence = f"{numerator} of {denominator} are {share:.4f} %, which does not print as {percentage}."
        weight = Weight.LAST_DIGIT if is_near else Weight.SUBSTANCE
        audit.say(Verdict.CONTRADICTION, sentence, kind=Kind.SHARE, weight=weight)
    elif counts:
        audit.say(Verdict.CONSISTENT)


def _judge_inferred(audit: FigureAudit, size: GroupSize, rules: StatedRules) -> None:
    numerator = audit.figure.numerator
    fitting = [r for r in audit.readings if numerator is None or r.groups[0].count == numerator]
    complete = [reading for reading in fitting if reading.n_missing == 0]
    if complete:
        base = complete[0].groups[0].size
        other = None if base == size.size else f"{_of_all(audit, size)}; a count of {base} does."
        audit.say(Verdict.CONSISTENT, other)
        return
    missing = fitting or _with_more_missing(audit, size)
    if missing:
        first = missing[0].groups[0]
        needs = (
            f"{_of_all(audit, size)}; {first.count} of {first.size} does, {first.missing} without a value."
        )
        against = rules.percent_base == "all"
        verdict = Verdict.RULE_NOT_FOLLOWED if against else Verdict.NEEDS_MISSING_VALUES
        audit.say(verdict, needs, kind=Kind.SHARE)
    elif numerator is not None:
        _judge_numerator_alone(audit, numerator, size)
    else:
        sentence = f"No whole count of any number of patients up to {size.size} prints as {_print(audit)}."
        audit.say(Verdict.IMPOSSIBLE, sentence, kind=Kind.SHARE)


def _of_all(audit: FigureAudit, size: GroupSize) -> str:
    """Say why the whole group does not give the percentage."""
    figure = audit.figure
    if figure.numerator is not None and figure.numerator <= size.size:
        share = 100 * figure.numerator / size.size
        return f"{figure.numerator} of {size.size} are {share:.4f} %, which does not print as {_print(audit)}"
    return f"No count of {size.size} prints as {_print(audit)}"


def _print(audit: FigureAudit) -> str:
    return f"{audit.figure.printed} %"


def _with_more_missing(audit: FigureAudit, size: GroupSize) -> list[Reading]:
    """Add readings with more values missing: the largest denominators that fit, up to three of them."""
    figure = audit.figure
    before = len(audit.readings)
    if figure.numerator is not None:
        fitting = list(reversed(bases_of_a_count(figure, figure.numerator, size.size)[-3:]))
        for base in fitting:
            _list_readings(audit, Base(base, size.size - base), size.size - base, [figure.numerator])
        return audit.readings[before:]
    for base in range(size.size - MOST_MISSING - 1, max(0, size.size - MOST_BASES), -1):
        if whole_counts(figure.reported, figure.decimals, base):
            _list_readings(audit, Base(base, size.size - base), size.size - base)
            break
    return audit.readings[before:]


def _judge_numerator_alone(audit: FigureAudit, numerator: int, size: GroupSize) -> None:
    larger = bases_of_a_count(audit.figure, numerator, 10 * max(size.size, numerator))
    if numerator > size.size:
        sentence = f"The numerator {numerator} exceeds the {size.size} of {size.inferred_from}."
    elif larger:
        sentence = f"{_of_all(audit, size)}; it would print so of {larger[0]}, more than the {size.size} of the group."
    else:
        sentence = f"The numerator {numerator} gives {_print(audit)} of no number of patients."
    is_near = numerator <= size.size and is_last_digit(
        100 * numerator / size.size, audit.figure.reported, audit.figure.decimals
    )
    weight = Weight.LAST_DIGIT if is_near else Weight.SUBSTANCE
    audit.say(Verdict.CONTRADICTION, sentence, kind=Kind.SHARE, weight=weight)


def _counts(figure: Figure, base: int) -> range:
    if figure.statistic == "percent":
        return whole_counts(figure.reported, figure.decimals, base)
    count = int(figure.reported)
    return _one_count(count, base) if count == figure.reported else range(0)


def _one_count(count: int, base: int) -> range:
    return range(count, count + 1) if 0 <= count <= base else range(0)
