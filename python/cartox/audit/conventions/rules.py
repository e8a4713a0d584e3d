"""What a study states about its tests.

A rule that is not stated cannot be broken: `StatedRules()` states nothing, and orders readings by what is
usual: the asymptotic rank-sum test with continuity correction; for two shares Fisher's exact test where an
expected count is below 5 (Cochran, Biometrics 1954;10:417-451), otherwise Pearson's chi-square.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cartox.audit.conventions.names import (
    ASYMPTOTIC_CORRECTED,
    EXACT_TWO_SHARES,
    FISHER,
    PEARSON,
    RANK_SUM_CONVENTIONS,
    TWO_SHARES_CONVENTIONS,
)

USUAL_SMALLEST_EXPECTED = 5.0
KEYS = ("rank_sum", "two_shares", "fisher_below", "quantile", "percent_base")
PERCENT_BASES = ("all", "known")


@dataclass(frozen=True)
class StatedRules:
    """Rules of one study; None where it states nothing.

    rank_sum: the convention of every rank-sum test. two_shares: the one test of every two shares.
    fisher_below: Fisher's test where an expected count is below it, chi-square elsewhere. quantile: type of
    the quartiles, 1 to 9 after Hyndman and Fan (Am Stat 1996;50:361-365). percent_base: percentages of all
    patients of a group, or of those with a known value.
    """

    rank_sum: str | None = None
    two_shares: str | None = None
    fisher_below: float | None = None
    quantile: int | None = None
    percent_base: str | None = None

    def rank_sum_rank(self, convention: str) -> int:
        """0 for the stated (else the usual) convention, then the others in the order of their list."""
        stated = self.rank_sum or ASYMPTOTIC_CORRECTED
        return 0 if convention == stated else 1 + RANK_SUM_CONVENTIONS.index(convention)

    def two_shares_rank(self, convention: str, smallest_expected: float) -> int:
        """0 for the test that is due; then those that may replace it; then what small counts forbid."""
        order = TWO_SHARES_CONVENTIONS.index(convention)
        if convention == self.due_for_two_shares(smallest_expected):
            return 0
        small = smallest_expected < (self.fisher_below or USUAL_SMALLEST_EXPECTED)
        return 1 + order + (100 if small and convention not in EXACT_TWO_SHARES else 0)

    def due_for_two_shares(self, smallest_expected: float) -> str:
        """Test of two shares that the rules, stated or usual, call for."""
        if self.two_shares is not None:
            return self.two_shares
        return FISHER if smallest_expected < (self.fisher_below or USUAL_SMALLEST_EXPECTED) else PEARSON

    def follows_two_shares(self, convention: str, smallest_expected: float) -> bool | None:
        """Whether a stated rule admits the test; None where none is stated.

        Fisher's test is admitted wherever `fisher_below` is the rule: it may always stand in for chi-square.
        """
        if self.two_shares is not None:
            return convention == self.two_shares
        if self.fisher_below is None:
            return None
        return convention in EXACT_TWO_SHARES or smallest_expected >= self.fisher_below

    def follows_rank_sum(self, convention: str) -> bool | None:
        """Whether the convention is the stated one; None where none is stated."""
        return None if self.rank_sum is None else convention == self.rank_sum


def read_rules(text: str) -> StatedRules:
    """Read rules written as `key = value; key = value`.

    Raises ValueError with one line that says what cannot be used.
    """
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        key, sign, value = (piece.strip() for piece in part.partition("="))
        key = re.sub(r"[ -]", "_", key.lower())
        if not sign or key not in KEYS:
            raise ValueError(f"a rule is one of {', '.join(KEYS)}, written as key = value")
        if key in found:
            raise ValueError(f"the rule {key} stands twice")
        found[key] = value
    return StatedRules(
        rank_sum=_one_of(found.get("rank_sum"), "rank_sum", RANK_SUM_CONVENTIONS),
        two_shares=_one_of(found.get("two_shares"), "two_shares", TWO_SHARES_CONVENTIONS),
        fisher_below=_number(found.get("fisher_below"), "fisher_below"),
        quantile=_quantile(found.get("quantile")),
        percent_base=_one_of(found.get("percent_base"), "percent_base", PERCENT_BASES),
    )


def _one_of(value: str | None, key: str, allowed: tuple[str, ...]) -> str | None:
    if value is None:
        return None
    for one in allowed:
        if value.lower() == one.lower():
            return one
    raise ValueError(f"the rule {key} is one of: {', '.join(allowed)}")


def _number(value: str | None, key: str) -> float | None:
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4})?", value, re.ASCII) or float(value) == 0:
        raise ValueError(f"the rule {key} is a number above 0")
    return float(value)


def _quantile(value: str | None) -> int | None:
    if value is None:
        return None
    if not re.fullmatch(r"[1-9]", value, re.ASCII):
        raise ValueError("the rule quantile is a type from 1 to 9")
    return int(value)
