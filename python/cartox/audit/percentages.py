"""Whether a whole count of the stated group gives a printed percentage, and which.

A stated denominator is taken at its word: where no count of it prints as the percentage, the figure is
impossible, and counts that would print with values missing are only named. A blank denominator is inferred:
the size of the group, after it every other base that the section prints for the group (a share of the
deaths, not of the patients), then the size of the group with one to three values missing.
"""

from __future__ import annotations

from dataclasses import dataclass

from cartox.audit.conventions import WHOLE_COUNT
from cartox.audit.figures import Figure
from cartox.audit.grouping import MOST_MISSING, FigureTable, GroupSize, is_group_count
from cartox.audit.rounding import whole_counts
from cartox.audit.verdicts import FigureAudit, GroupReading, Reading, Verdict

MOST_COUNTS = 1_000
"""Counts of one base that are listed as readings; a percentage of very many patients admits more."""


@dataclass(frozen=True)
class Base:
    """A number of patients that a share may be out of; `missing` of the group have no value."""

    size: int
    missing: int = 0


def possible_bases(table: FigureTable, figures: list[Figure], size: GroupSize) -> list[Base]:
    """List what the share of one topic and group may be out of, most plausible first.

    `size` is the size of the group; bases other than the group come in only where no figure states a
    denominator.
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


def share_counts(table: FigureTable, figures: list[Figure]) -> list[tuple[Base, range]]:
    """List what the printed share of one group may be out of and the counts it admits, most plausible first.

    `figures` are the percent and count figures of one topic and group; all of them have to be met. Where
    they cannot be met together, what each of them admits alone is given: which of them is wrong is not
    known.
    """
    size = table.complete_size(figures)
    if size is None:
        return []
    bases = possible_bases(table, figures, size)
    admitted = [{base: _counts(figure, base.size) for base in bases} for figure in figures]
    for figure in figures:
        if figure.numerator is not None:
            admitted.append({base: _one_count(figure.numerator, base.size) for base in bases})
    together = [(base, _intersection([each[base] for each in admitted])) for base in bases]
    if not any(counts and not base.missing for base, counts in together):
        together += [(base, each[base]) for each in admitted for base in bases if not base.missing]
    return [(base, counts) for base, counts in together if counts]


def _intersection(ranges: list[range]) -> range:
    return range(max(each.start for each in ranges), min(each.stop for each in ranges))


def audit_percentage(table: FigureTable, audit: FigureAudit) -> None:
    """Add to the audit which whole counts give the percentage, and the verdict."""
    figure = audit.figure
    if not 0 <= figure.reported <= 100:
        audit.say(Verdict.IMPOSSIBLE, "A share lies between 0 and 100 %.")
        return
    size = GroupSize(figure.denominator) if figure.denominator is not None else table.inferred_size(figure)
    if size is None:
        audit.say(Verdict.NOT_CHECKABLE, "Neither a denominator nor the size of the group is printed.")
        return
    if size.inferred_from:
        audit.say(Verdict.NOT_CHECKABLE, f"Denominator {size.size} inferred from {size.inferred_from}.")
    for rank, base in enumerate(possible_bases(table, [figure], size)):
        counts = whole_counts(figure.reported, figure.decimals, base.size)
        if len(counts) > MOST_COUNTS:
            audit.say(
                Verdict.NOT_CHECKABLE,
                f"{len(counts)} counts of {base.size} print so; {MOST_COUNTS} of them are listed.",
            )
        for count in counts[:MOST_COUNTS]:
            group = GroupReading(figure.study_group, base.size, base.missing, count)
            share = 100 * count / base.size
            audit.readings.append(Reading(WHOLE_COUNT, (group,), share, share, rank=rank))
    if figure.numerator is not None and figure.denominator is not None:
        _judge_stated_count(audit, figure.numerator, figure.denominator)
    else:
        _judge_counts(audit, size)


def _judge_stated_count(audit: FigureAudit, numerator: int, denominator: int) -> None:
    percentage = f"{audit.figure.printed} %"
    counts = whole_counts(audit.figure.reported, audit.figure.decimals, denominator)
    if numerator > denominator:
        audit.say(Verdict.IMPOSSIBLE, f"The numerator {numerator} exceeds the denominator {denominator}.")
    elif numerator in counts:
        audit.say(Verdict.CONSISTENT)
    elif denominator:
        share = 100 * numerator / denominator
        audit.say(
            Verdict.CONTRADICTION,
            f"{numerator} of {denominator} are {share:.4f} %, which does not print as {percentage}.",
        )
        if not counts:
            audit.say(Verdict.CONTRADICTION, f"No whole count of {denominator} prints as {percentage}.")
    else:
        audit.say(Verdict.IMPOSSIBLE, "There is no share of 0 patients.")


def _judge_counts(audit: FigureAudit, size: GroupSize) -> None:
    percentage, numerator = f"{audit.figure.printed} %", audit.figure.numerator
    fitting = [r for r in audit.readings if numerator is None or r.groups[0].count == numerator]
    complete = [reading for reading in fitting if reading.n_missing == 0]
    if complete:
        base = complete[0].groups[0].size
        other = (
            f"No count of {size.size} prints as {percentage}; a count of {base} does."
            if base != size.size
            else None
        )
        audit.say(Verdict.CONSISTENT, other)
    elif fitting and size.inferred_from:
        sentence = f"No count of {size.size} prints as {percentage}; with values missing one does."
        audit.say(Verdict.NEEDS_MISSING_VALUES, sentence)
    elif numerator is not None and audit.readings:
        audit.say(
            Verdict.CONTRADICTION, f"The numerator {numerator} gives this share of no size of the group."
        )
    else:
        audit.say(Verdict.IMPOSSIBLE, f"No whole count of {size.size} prints as {percentage}.")


def _counts(figure: Figure, base: int) -> range:
    if figure.statistic == "percent":
        return whole_counts(figure.reported, figure.decimals, base)
    count = int(figure.reported)
    return _one_count(count, base) if count == figure.reported else range(0)


def _one_count(count: int, base: int) -> range:
    return range(count, count + 1) if 0 <= count <= base else range(0)
