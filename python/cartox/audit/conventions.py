"""The conventions by which a p-value may have been computed, and which of them the study states.

The default is the usual statement of a methods section: the asymptotic rank-sum test with continuity
correction for continuous variables; for categorical ones Fisher's exact test where an expected count is
below 5 (Cochran, Biometrics 1954;10:417-451), otherwise Pearson's chi-square without Yates' correction.
"""

from __future__ import annotations

from dataclasses import dataclass

ASYMPTOTIC_CORRECTED = "asymptotic with continuity correction"
ASYMPTOTIC = "asymptotic without continuity correction"
EXACT_CONDITIONAL = "exact conditional"
EXACT_TABLES = "exact by tables"
FISHER = "Fisher two-sided"
PEARSON = "Pearson"
YATES = "Yates"
WHOLE_COUNT = "whole count"

RANK_SUM_CONVENTIONS = (ASYMPTOTIC_CORRECTED, EXACT_CONDITIONAL, EXACT_TABLES, ASYMPTOTIC)


@dataclass(frozen=True)
class StatedRules:
    """What a study says about its tests; from `smallest_expected` on an expected count allows chi-square."""

    rank_sum: str = ASYMPTOTIC_CORRECTED
    smallest_expected: float = 5.0

    def rank_sum_rank(self, convention: str) -> int:
        """0 for the stated convention, then the others in the order of `RANK_SUM_CONVENTIONS`."""
        return 0 if convention == self.rank_sum else 1 + RANK_SUM_CONVENTIONS.index(convention)

    def two_shares_rank(self, convention: str, smallest_expected: float) -> int:
        """0 for the test that is due, 1 and 2 for others that may replace it, 3 and 4 for what may not."""
        if smallest_expected < self.smallest_expected:
            return {FISHER: 0, PEARSON: 3, YATES: 4}[convention]
        return {PEARSON: 0, FISHER: 1, YATES: 2}[convention]

    def allows(self, convention: str, smallest_expected: float) -> bool:
        """Whether the test may be used: Fisher's always, chi-square where no expected count is too small."""
        return convention == FISHER or smallest_expected >= self.smallest_expected
