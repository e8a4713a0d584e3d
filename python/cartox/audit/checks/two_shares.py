"""Which tests of a 2x2 table reproduce the p-value of two shares, and whether the stated rule allows them.

The counts are those that the printed shares of the two groups admit. They leave nothing else open, so a
p-value that no test gives cannot come from ties; a test that is not named here, an adjusted one or a wrong
digit in a share may explain it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from cartox.audit.checks.comparisons import gives, judge, most_plausible_first, stated_missing
from cartox.audit.checks.grouping import MOST_MISSING, SHARE_STATISTICS, FigureTable
from cartox.audit.checks.percentages import Base, share_counts
from cartox.audit.conventions.barnard import barnard_p_value
from cartox.audit.conventions.names import BARNARD, EXACT_TWO_SHARES
from cartox.audit.conventions.rules import StatedRules
from cartox.audit.conventions.two_by_two import p_values
from cartox.audit.findings.verdicts import FigureAudit, GroupReading, Reading, Verdict, Weight
from cartox.audit.reading.figure import Figure
from cartox.audit.rounding import is_last_digit

MOST_TABLES = 2_000
"""Tables tried for one p-value; percentages without decimals of large groups admit more."""
MOST_WORK = 5_000_000
"""Tables times patients: keeps the exact tests of very large groups within a second or two."""
MOST_BARNARD = 6
"""Tables for which Barnard's test is computed, where no other test gives the p-value."""

Pair = tuple[GroupReading, GroupReading]


def audit_two_shares(table: FigureTable, audit: FigureAudit, rules: StatedRules) -> None:
    """Add every reading of the p-value as a test of the topic's two shares, and the verdict."""
    figure = audit.figure
    groups = list(table.compared(figure, SHARE_STATISTICS).values())
    first, second = (share_counts(table, group) for group in groups)
    sizes = [table.complete_size(group) for group in groups]
    if not first or not second or sizes[0] is None or sizes[1] is None:
        audit.note("The counts of the two groups are not known: no share admits them.")
        return
    missing = stated_missing(figure, sizes[0].size + sizes[1].size) or 0
    missing = max(missing, first[0][0].missing + second[0][0].missing)
    names = (groups[0][0].study_group, groups[1][0].study_group)
    most_tables = min(MOST_TABLES, 1 + MOST_WORK // (sizes[0].size + sizes[1].size))
    pairs = list(islice(_pairs(names, first, second, missing), most_tables + 1))
    found = list(_readings(figure, pairs[:most_tables], rules))
    complete = [pair for pair in pairs[:most_tables] if pair[0].missing + pair[1].missing == missing]
    if not any(reading.n_missing == missing for reading in found):
        found += _barnard(figure, complete[:MOST_BARNARD], rules)
    audit.readings += most_plausible_first(found, missing)
    if len(pairs) > most_tables:
        audit.note(f"The shares admit many tables; {most_tables} of them were tried.")
        if not any(reading.n_missing == missing for reading in found):
            return
    judge(
        audit,
        missing,
        when_none=f"No test that is known here gives it for {_describe(complete)}.",
        when_missing=f"No test gives it for {_describe(complete)}; it fits only with values missing.",
        when_not_followed=_not_followed(audit, missing, rules),
        weight=_weight(audit, missing, rules),
    )
    _note_small_counts(audit, missing, rules)


def _describe(complete: list[Pair]) -> str:
    """Name the counts that were tried, with the two usual tests where they are one table."""
    if len(complete) != 1:
        return "any counts that the printed shares admit"
    one, two = complete[0]
    _, by_convention = p_values(one.count or 0, one.size, two.count or 0, two.size)
    usual = ", ".join(f"{name} {p:.4g}" for name, p in list(by_convention.items())[:1])
    pearson = by_convention.get("Pearson")
    usual += f", Pearson {pearson:.4g}" if pearson is not None else ""
    return f"{one.count} of {one.size} and {two.count} of {two.size} ({usual})"


def _not_followed(audit: FigureAudit, missing: int, rules: StatedRules) -> str:
    best = next((reading for reading in audit.readings if reading.n_missing == missing), None)
    if best is None or best.follows_rule is not False or best.smallest_expected is None:
        return ""
    due = rules.due_for_two_shares(best.smallest_expected)
    return (
        f"{_expected(best, rules)}{due} was due and gives {_due_p(best, due):.4g}; "
        f"the printed digits are those of {_names(audit, missing)}."
    )


def _names(audit: FigureAudit, missing: int) -> str:
    names = dict.fromkeys(one.convention for one in audit.readings if one.n_missing == missing)
    return " or ".join(names)


def _expected(best: Reading, rules: StatedRules) -> str:
    if rules.fisher_below is None or best.smallest_expected is None:
        return ""
    return f"The smallest expected count {best.smallest_expected:.2f} is below {rules.fisher_below:g}: "


def _due_p(reading: Reading, due: str) -> float:
    one, two = reading.groups
    if due == BARNARD:
        return barnard_p_value(one.count or 0, one.size, two.count or 0, two.size) or float("nan")
    return p_values(one.count or 0, one.size, two.count or 0, two.size)[1].get(due, float("nan"))


def _weight(audit: FigureAudit, missing: int, rules: StatedRules) -> Weight | None:
    """Weigh a rule that was not followed: little where the test that was due gives nearly the same digits."""
    best = next((reading for reading in audit.readings if reading.n_missing == missing), None)
    if best is None or best.follows_rule is not False or best.smallest_expected is None:
        return None
    p = _due_p(best, rules.due_for_two_shares(best.smallest_expected))
    near = is_last_digit(p, audit.figure.reported, audit.figure.decimals)
    return Weight.LAST_DIGIT if near else Weight.SUBSTANCE


def _note_small_counts(audit: FigureAudit, missing: int, rules: StatedRules) -> None:
    """Say, where no rule is stated, that the usual one calls for an exact test."""
    as_stated = [reading for reading in audit.readings if reading.n_missing == missing]
    if audit.verdict is not Verdict.CONSISTENT or rules.fisher_below or rules.two_shares or not as_stated:
        return
    best = as_stated[0]
    due = rules.due_for_two_shares(best.smallest_expected or 0.0)
    if best.convention != due and not {one.convention for one in as_stated} & EXACT_TWO_SHARES:
        audit.note(
            f"It is that of {_names(audit, missing)}; with a smallest expected count of "
            f"{best.smallest_expected:.2f}, {due} is usual, and gives {_due_p(best, due):.4g}."
        )


def _pairs(
    names: tuple[str, str],
    first: list[tuple[Base, range]],
    second: list[tuple[Base, range]],
    missing_as_stated: int,
) -> Iterator[Pair]:
    """Give counts of the two groups, those with the stated number of missing values first."""
    most = max(MOST_MISSING, missing_as_stated)
    bases = [(one, two) for one in first for two in second if one[0].missing + two[0].missing <= most]
    bases.sort(key=lambda pair: abs(pair[0][0].missing + pair[1][0].missing - missing_as_stated))
    for (base_1, counts_1), (base_2, counts_2) in bases:
        for count_1, count_2 in product(counts_1[:MOST_TABLES], counts_2[:MOST_TABLES]):
            yield (
                GroupReading(names[0], base_1.size, base_1.missing, count_1),
                GroupReading(names[1], base_2.size, base_2.missing, count_2),
            )


def _readings(figure: Figure, pairs: list[Pair], rules: StatedRules) -> Iterator[Reading]:
    for one, two in pairs:
        expected, by_convention = p_values(one.count or 0, one.size, two.count or 0, two.size)
        for convention, p in by_convention.items():
            if gives(figure, p):
                yield _reading(convention, (one, two), p, expected, rules)


def _barnard(figure: Figure, pairs: list[Pair], rules: StatedRules) -> Iterator[Reading]:
    for one, two in pairs:
        p = barnard_p_value(one.count or 0, one.size, two.count or 0, two.size)
        if p is not None and gives(figure, p):
            expected, _ = p_values(one.count or 0, one.size, two.count or 0, two.size)
            yield _reading(BARNARD, (one, two), p, expected, rules)


def _reading(convention: str, groups: Pair, p: float, expected: float, rules: StatedRules) -> Reading:
    return Reading(
        convention=convention,
        groups=groups,
        value_low=p,
        value_high=p,
        smallest_expected=expected,
        follows_rule=rules.follows_two_shares(convention, expected),
        rank=rules.two_shares_rank(convention, expected),
    )
