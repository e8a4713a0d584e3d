"""Which tests of a 2x2 table reproduce the p-value of two shares, and whether the stated rule allows them.

The counts are those that the printed shares of the two groups admit. They leave nothing else open, so a
p-value that no test gives cannot come from ties; another test (mid-p, Barnard, a trend) or a wrong digit in
a share may explain it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice, product

import numpy as np
from scipy.stats import chi2_contingency

from cartox.audit.comparisons import judge, most_plausible_first, stated_missing
from cartox.audit.conventions import FISHER, PEARSON, YATES, StatedRules
from cartox.audit.figures import Figure
from cartox.audit.grouping import MOST_MISSING, SHARE_STATISTICS, FigureTable
from cartox.audit.percentages import Base, share_counts
from cartox.audit.rounding import prints_as
from cartox.audit.verdicts import FigureAudit, GroupReading, Reading, Verdict
from cartox.statistics.fisher import fisher_test

MOST_TABLES = 2_000
"""Tables tried for one p-value; percentages without decimals of large groups admit more."""
MOST_WORK = 5_000_000
"""Tables times patients: keeps Fisher's test of very large groups within a second or two."""


def audit_two_shares(table: FigureTable, audit: FigureAudit, rules: StatedRules) -> None:
    """Add every reading of the p-value as a test of the topic's two shares, and the verdict."""
    figure = audit.figure
    groups = list(table.compared(figure, SHARE_STATISTICS).values())
    first, second = (share_counts(table, group) for group in groups)
    sizes = [table.complete_size(group) for group in groups]
    if not first or not second or sizes[0] is None or sizes[1] is None:
        audit.say(Verdict.NOT_CHECKABLE, "The counts of the two groups are not known: no share admits them.")
        return
    missing = stated_missing(figure, sizes[0].size + sizes[1].size) or 0
    names = (groups[0][0].study_group, groups[1][0].study_group)
    most_tables = min(MOST_TABLES, 1 + MOST_WORK // (sizes[0].size + sizes[1].size))
    pairs = list(islice(_pairs(names, first, second, missing), most_tables + 1))
    found = list(_readings(figure, pairs[:most_tables], rules))
    audit.readings += most_plausible_first(found, missing)
    if len(pairs) > most_tables:
        audit.say(Verdict.NOT_CHECKABLE, f"The shares admit many tables; {most_tables} of them were tried.")
        if not any(reading.n_missing == missing and reading.follows_rule for reading in found):
            return
    judge(
        audit,
        missing,
        when_none="No count that the printed shares admit gives it by Fisher's, Pearson's or Yates' test.",
        when_missing="No counts of all patients give it; it fits only with values missing.",
    )
    if audit.verdict is Verdict.RULE_NOT_FOLLOWED:
        best = audit.readings[0]
        audit.say(
            Verdict.RULE_NOT_FOLLOWED,
            f"The smallest expected count {best.smallest_expected:.2f} is below {rules.smallest_expected:g}: "
            f"{FISHER} was due, and only {best.convention} gives the printed digits.",
        )


def _pairs(
    names: tuple[str, str],
    first: list[tuple[Base, range]],
    second: list[tuple[Base, range]],
    missing_as_stated: int,
) -> Iterator[tuple[GroupReading, GroupReading]]:
    """Give counts of the two groups, those with the stated number of missing values first."""
    bases = [(one, two) for one in first for two in second if one[0].missing + two[0].missing <= MOST_MISSING]
    bases.sort(key=lambda pair: abs(pair[0][0].missing + pair[1][0].missing - missing_as_stated))
    for (base_1, counts_1), (base_2, counts_2) in bases:
        for count_1, count_2 in product(counts_1[:MOST_TABLES], counts_2[:MOST_TABLES]):
            yield (
                GroupReading(names[0], base_1.size, base_1.missing, count_1),
                GroupReading(names[1], base_2.size, base_2.missing, count_2),
            )


def _readings(
    figure: Figure, pairs: list[tuple[GroupReading, GroupReading]], rules: StatedRules
) -> Iterator[Reading]:
    for one, two in pairs:
        smallest_expected, by_convention = _tests(one.count or 0, one.size, two.count or 0, two.size)
        for convention, p in by_convention.items():
            if figure.statistic == "p_value_below":
                fits = p < float(figure.reported)
            else:
                fits = prints_as(p, figure.reported, figure.decimals)
            if fits:
                yield Reading(
                    convention=convention,
                    groups=(one, two),
                    value_low=p,
                    value_high=p,
                    smallest_expected=smallest_expected,
                    follows_rule=rules.allows(convention, smallest_expected),
                    rank=rules.two_shares_rank(convention, smallest_expected),
                )


@lru_cache(maxsize=65_536)
def _tests(count_1: int, size_1: int, count_2: int, size_2: int) -> tuple[float, Mapping[str, float]]:
    """Smallest expected count and p by convention; only Fisher's 1 where all or none are counted."""
    counts = np.array([[count_1, size_1 - count_1], [count_2, size_2 - count_2]], dtype=np.int64)
    if not counts.sum(axis=0).all():
        return 0.0, {FISHER: 1.0}
    pearson = chi2_contingency(counts, correction=False)
    yates = chi2_contingency(counts, correction=True)
    by_convention = {
        FISHER: fisher_test(counts).p_value,
        PEARSON: float(pearson.pvalue),
        YATES: float(yates.pvalue),
    }
    return float(pearson.expected_freq.min()), by_convention
