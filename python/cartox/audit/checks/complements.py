"""Whether complementary categories make the whole: counts the total, percentages a hundred.

Together they may be fewer than everybody, where some have no value; more they cannot be.
"""

from __future__ import annotations

from cartox.audit.checks.complementary import are_complementary
from cartox.audit.checks.grouping import SHARE_STATISTICS, FigureTable, is_group_count
from cartox.audit.checks.speaking import Audits, complete_counts, say
from cartox.audit.findings.verdicts import Kind, Verdict
from cartox.audit.reading.figure import Figure
from cartox.audit.rounding import printed_interval


def check_complements(table: FigureTable, audits: Audits, first: Figure, second: Figure) -> None:
    """Check two figures of one group and section, where their words say that they are complementary."""
    if (
        first.statistic != second.statistic
        or first.statistic not in SHARE_STATISTICS
        or not are_complementary(first.description, second.description)
    ):
        return
    words = f"{first.figure_id} and {second.figure_id} are complementary"
    if first.statistic == "percent":
        _check_percentages(table, audits, first, second, words)
    else:
        _check_counts(table, audits, first, second, words)


def _check_percentages(table: FigureTable, audits: Audits, first: Figure, second: Figure, words: str) -> None:
    one, two = (complete_counts(table, figure) for figure in (first, second))
    sums = [(size, counts, two[size]) for size, counts in one.items() if size in two]
    if not sums:
        return
    fits = any(a[0] + b[0] <= size <= a[-1] + b[-1] for size, a, b in sums)
    too_few = all(a[-1] + b[-1] < size for size, a, b in sums)
    least = (
        printed_interval(first.reported, first.decimals)[0]
        + printed_interval(second.reported, second.decimals)[0]
    )
    sentence = f"{words}, and no counts that print so make the total."
    if too_few and least < 100:
        total = first.reported + second.reported
        sentence = f"{words} and make {total} %; the others would have no value."
    verdict = Verdict.NEEDS_MISSING_VALUES if too_few else Verdict.CONTRADICTION
    say(audits, [first, second], fits, sentence, Kind.IMPLIED, verdict=verdict)


def _check_counts(table: FigureTable, audits: Audits, first: Figure, second: Figure, words: str) -> None:
    pair = [first, second]
    total = first.reported + second.reported
    denominators = {figure.denominator for figure in pair if figure.denominator is not None}
    if denominators:
        sentence = f"{words} and make {total}, not their denominator."
        too_few = total < min(denominators)
        verdict = Verdict.NEEDS_MISSING_VALUES if too_few else Verdict.CONTRADICTION
        say(audits, pair, denominators == {int(total)}, sentence, Kind.PARTICIPANTS, verdict=verdict)
        return
    opening = table.opening_count(first.study_group, first.section)
    if opening is None or opening in pair:
        return
    counts = [other for other in table.of_group(first.study_group, first.section) if is_group_count(other)]
    equal = [other for other in counts if other.reported == total and other not in pair]
    if equal:
        say(audits, [*pair, *equal], True, "")
        return
    too_few = total < opening.reported
    sentence = f"{words} and make {total}, not the {opening.printed} of {opening.figure_id}."
    if too_few:
        sentence = f"{sentence[:-1]}: {opening.reported - total} without a value."
    verdict = Verdict.NEEDS_MISSING_VALUES if too_few else Verdict.CONTRADICTION
    say(audits, [*pair, opening], False, sentence, Kind.PARTICIPANTS, verdict=verdict)
