"""P-values of more than two groups or categories: shares by r x c tests, three medians by Kruskal-Wallis.

The categories of a variable are figures of the same section whose description is the variable's, a colon and
the category: "stage", "stage: III".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

import numpy as np

from cartox.audit.checks.comparisons import admitted, gives, judge, most_plausible_first, stated_missing
from cartox.audit.checks.grouping import EVERYBODY, SHARE_STATISTICS, FigureTable, plain
from cartox.audit.checks.percentages import share_counts
from cartox.audit.checks.ties import granularity
from cartox.audit.conventions.names import EXACT_TWO_SHARES, FISHER, PEARSON, TIES
from cartox.audit.conventions.rules import StatedRules
from cartox.audit.conventions.several_groups import Floats, kruskal_wallis_p_values, r_by_c_p_values
from cartox.audit.findings.verdicts import FigureAudit, GroupReading, Reading
from cartox.audit.reading.figure import Figure
from cartox.audit.reading.words import MISSING_LABEL

MOST_COLUMNS = 200
"""Ways to fill the categories of one group that are tried."""
MOST_TABLES = 300
MOST_FISHER = 3
"""Tables for which Fisher's test is computed: it may take a second."""

Column = tuple[int, tuple[int, ...]]


def levels(table: FigureTable, p_value: Figure) -> list[list[Figure]]:
    """Topics of the categories of the p-value's variable, in the table's order.

    Patients without a value are none where the percentages are of those with one.
    """
    start, section = f"{plain(p_value.description)}: ", plain(p_value.section)
    found = [
        topic
        for topic in table.topics()
        if plain(topic[0].section) == section and plain(topic[0].description).startswith(start)
    ]
    if not any(one.statistic == "percent" and one.denominator for topic in found for one in topic):
        return found
    return [
        topic
        for topic in found
        if any(one.statistic == "percent" for one in topic)
        or not MISSING_LABEL.fullmatch(topic[0].description[len(start) :].strip())
    ]


def audit_r_by_c(
    table: FigureTable, audit: FigureAudit, topics: list[list[Figure]], rules: StatedRules
) -> None:
    """Add every reading of the p-value as a test of shares of several groups or categories, and the verdict."""
    figure = audit.figure
    groups = list(dict.fromkeys(_group_names(topics)))
    columns = [list(islice(_columns(table, topics, name), MOST_COLUMNS)) for name in groups]
    if len(groups) < 2 or not all(columns):
        audit.note("The counts of all categories and groups are not known, or do not make the groups.")
        return
    tables = list(islice(product(*columns), MOST_TABLES + 1))
    missing = stated_missing(figure, sum(column[0] for column in tables[0])) or 0
    found = [
        reading
        for place, columns_of in enumerate(tables[:MOST_TABLES])
        for reading in _readings(figure, groups, columns_of, place < MOST_FISHER, rules)
    ]
    audit.readings += most_plausible_first(found, 0)
    if len(tables) > MOST_TABLES:
        audit.note(f"The shares admit many tables; {MOST_TABLES} of them were tried.")
        if not found:
            return
    if missing and not found:
        audit.note(f"The p-value is of {figure.denominator} patients, and the counts are of more.")
        return
    judge(
        audit,
        0,
        when_none="No r x c test that is known here gives it for the printed shares.",
        when_missing="",
        when_not_followed=f"An expected count is below {rules.fisher_below}, and Fisher's test does not give it.",
    )


def _group_names(topics: list[list[Figure]]) -> Iterator[str]:
    for topic in topics:
        for figure in topic:
            if figure.statistic in SHARE_STATISTICS and plain(figure.study_group) not in EVERYBODY:
                yield plain(figure.study_group)


def _columns(table: FigureTable, topics: list[list[Figure]], group: str) -> Iterator[Column]:
    """Give the counts of one group by category that its printed shares admit: all of them make the group."""
    shares = [
        share_counts(
            table,
            [one for one in topic if plain(one.study_group) == group and one.statistic in SHARE_STATISTICS],
        )
        if any(plain(one.study_group) == group for one in topic)
        else []
        for topic in topics
    ]
    if not all(shares):
        return
    for base, first in shares[0]:
        if base.missing:
            continue
        if len(shares) == 1:
            yield from ((base.size, (count, base.size - count)) for count in first)
            continue
        others = [next((counts for one, counts in share if one == base), range(0)) for share in shares[1:-1]]
        last = next((counts for one, counts in shares[-1] if one == base), range(0))
        for counts in product(first, *others):
            rest = base.size - sum(counts)
            if rest in last:
                yield base.size, (*counts, rest)


def _readings(
    figure: Figure, groups: list[str], columns: tuple[Column, ...], with_fisher: bool, rules: StatedRules
) -> Iterator[Reading]:
    counts = np.array([column[1] for column in columns], dtype=np.int64)
    counts = counts[:, counts.sum(axis=0) > 0]
    if counts.shape[1] < 2 or not counts.sum(axis=1).all():
        return
    expected, by_convention = r_by_c_p_values(counts, with_fisher=with_fisher)
    order = [FISHER, PEARSON] if expected < (rules.fisher_below or 5.0) else [PEARSON, FISHER]
    for convention, p in by_convention.items():
        if gives(figure, p):
            follows = None
            if rules.fisher_below is not None:
                follows = convention in EXACT_TWO_SHARES or expected >= rules.fisher_below
            yield Reading(
                convention=convention,
                groups=tuple(
                    GroupReading(name, column[0], 0, column[1][0])
                    for name, column in zip(groups, columns, strict=True)
                ),
                value_low=p,
                value_high=p,
                smallest_expected=expected,
                follows_rule=follows,
                rank=order.index(convention)
                if convention in order
                else 2 + list(by_convention).index(convention),
            )


def audit_three_medians(table: FigureTable, audit: FigureAudit) -> None:
    """Add the readings of the p-value as a Kruskal-Wallis test of the topic's three groups, and the verdict."""
    figure = audit.figure
    groups = list(table.compared(figure, ("median",)).values())
    sizes = [table.complete_size(group) for group in groups]
    known = tuple(size.size for size in sizes if size is not None)
    if len(known) != 3:
        audit.note("Of more than two medians, three with printed group sizes are read.")
        return
    names = tuple(
        GroupReading(group[0].study_group, size, 0) for group, size in zip(groups, known, strict=True)
    )
    by_convention = kruskal_wallis_p_values((known[0], known[1], known[2]))
    if by_convention is None:
        audit.note("In three groups so large every p-value is that of some ranks.")
        return
    low, high = admitted(figure)
    for rank, (convention, p) in enumerate(by_convention.items()):
        found = _between(p, low, high)
        if found:
            ends = float(p[found[0]]), float(p[found[-1]])
            audit.readings.append(Reading(convention, names, *ends, assumes="no ties", rank=rank))
    if not audit.readings:
        grain = granularity(table.topic(figure))
        halves = kruskal_wallis_p_values((known[0], known[1], known[2]), halves=True)
        if grain.step is None or halves is None or any(_between(p, low, high) for p in halves.values()):
            audit.readings.append(Reading(TIES, names, low, high, assumes="ties"))
            audit.note(f"No ranks without ties give it, and {grain.why}.")
            return
    judge(audit, 0, when_none="No ranks of three groups of these sizes give it.", when_missing="")


def _between(p: Floats, low: float, high: float) -> range:
    """Places of an ascending array of p-values that lie in [low, high]."""
    return range(int(np.searchsorted(p, low, side="left")), int(np.searchsorted(p, high, side="right")))
