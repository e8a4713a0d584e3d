"""An odds ratio against the counts of the two groups beside it.

The ratio may be of the category against everybody else or against another category of its section, of either
group over the other, by any estimate. One that none of these gives is a question: it may be adjusted. Where the
words say that it is adjusted, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cartox.audit.checks.grouping import EVERYBODY, SHARE_STATISTICS, FigureTable, plain
from cartox.audit.checks.percentages import share_counts
from cartox.audit.checks.speaking import Audits, say
from cartox.audit.conventions.odds import Cells, ratio_bounds
from cartox.audit.findings.verdicts import Kind, Verdict
from cartox.audit.reading.figure import Figure
from cartox.audit.rounding import FLOAT_TOLERANCE, printed_interval

ADJUSTED = re.compile(r"\badjusted|multi-?varia|\baor\b|model|per (unit|year|point)")
MOST_OTHERS = 20
"""Other categories of the section that are tried as the reference."""

Ends = tuple[int, int]
Group = tuple[Ends, Ends]
"""Least and largest number of patients with, and without (or in the reference)."""


def audit_odds(table: FigureTable, audits: Audits) -> None:
    """Check every odds ratio beside the shares of two groups."""
    for topic in table.audited_topics():
        ratios = [figure for figure in topic if figure.statistic == "odds_ratio" and figure.reported > 0]
        for ratio in ratios if len(ratios) == 1 else []:
            if not ADJUSTED.search(plain(f"{ratio.section} {ratio.description} {ratio.study_group}")):
                _check(table, audits, ratio, topic)


def _check(table: FigureTable, audits: Audits, ratio: Figure, topic: list[Figure]) -> None:
    groups = _shares(table, topic)
    if len(groups) != 2:
        return
    found = [bounds for cells in _tables(table, ratio, groups) for bounds in ratio_bounds(*cells)]
    if not found:
        return
    low, high = (float(end) for end in printed_interval(ratio.reported, ratio.decimals))
    slack = FLOAT_TOLERANCE * high
    both = [*found, *((1 / most, 1 / least) for least, most in found)]
    fits = any(least <= high + slack and low - slack <= most for least, most in both)
    least, most = found[0]
    shown = f"{least:.3g}" if f"{least:.3g}" == f"{most:.3g}" else f"{least:.3g} to {most:.3g}"
    words = (
        f"The printed counts give an odds ratio of {shown}, not {ratio.printed} ({ratio.figure_id}); an adjusted one, "
        "or one against another reference, may differ."
    )
    say(audits, [ratio], fits, words, Kind.IMPLIED, verdict=Verdict.NO_READING)


def _shares(table: FigureTable, topic: list[Figure]) -> dict[str, list[tuple[Ends, int]]]:
    """Give, by group, the counts that the printed shares admit, and what they are out of."""
    by_group: dict[str, list[Figure]] = {}
    for figure in topic:
        group = plain(figure.study_group)
        if figure.statistic in SHARE_STATISTICS and group not in EVERYBODY:
            by_group.setdefault(group, []).append(figure)
    admitted = {name: share_counts(table, figures) for name, figures in by_group.items()}
    return {
        name: [((counts[0], counts[-1]), base.size) for base, counts in shares if base.missing == fewest]
        for name, shares in admitted.items()
        if shares and (fewest := min(base.missing for base, _ in shares)) >= 0
    }


def _tables(
    table: FigureTable, ratio: Figure, groups: dict[str, list[tuple[Ends, int]]]
) -> Iterator[tuple[Cells, Cells]]:
    """Give the tables with the least and the largest odds ratio, for each reference and base."""
    (name_1, shares_1), (name_2, shares_2) = groups.items()
    for ends_1, size_1 in shares_1:
        for ends_2, size_2 in shares_2:
            yield _extremes((ends_1, _rest(ends_1, size_1)), (ends_2, _rest(ends_2, size_2)))
    section = plain(ratio.section)
    others = [one for one in table.topics() if plain(one[0].section) == section and ratio not in one]
    for other in others[:MOST_OTHERS]:
        reference = _shares(table, other)
        if name_1 in reference and name_2 in reference:
            first, second = (groups[name][0][0] for name in (name_1, name_2))
            yield _extremes((first, reference[name_1][0][0]), (second, reference[name_2][0][0]))


def _rest(ends: Ends, size: int) -> Ends:
    return size - ends[1], size - ends[0]


def _extremes(first: Group, second: Group) -> tuple[Cells, Cells]:
    (a, b), (c, d) = first, second
    return (a[0], b[1], c[1], d[0]), (a[1], b[0], c[0], d[1])
