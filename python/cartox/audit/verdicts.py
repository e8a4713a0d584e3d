"""The words of the audit: verdicts, readings, and what is said about one figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from cartox.audit.figures import Figure


class Verdict(StrEnum):
    """What the audit says about a figure, worst first; a figure gets the worst that applies."""

    IMPOSSIBLE = "impossible"
    """No data at all give the figure: no whole count of the stated group, a p-value above 1."""
    CONTRADICTION = "contradiction"
    """The figure and another printed number cannot both be right."""
    RULE_NOT_FOLLOWED = "rule_not_followed"
    """Complete data give the figure, but only by a test that the stated rule does not allow there."""
    NO_READING = "no_reading"
    """No named convention gives the figure, even with values missing; ties or another test might."""
    NEEDS_MISSING_VALUES = "needs_missing_values"
    """No complete data (for a p of medians: without ties) give the figure; some with missing values do."""
    CONSISTENT = "consistent"
    """Complete data give the figure, and nothing printed speaks against it."""
    NOT_CHECKABLE = "not_checkable"
    """Nothing in the table bears on the figure. Not a pass."""


SEVERITY = {verdict: place for place, verdict in enumerate(Verdict)}


@dataclass(frozen=True)
class GroupReading:
    """One study group in a reading: patients with a value, without one, and counted (shares only)."""

    study_group: str
    size: int
    missing: int
    count: int | None = None


@dataclass(frozen=True)
class Reading:
    """One way to arrive at the printed digits.

    `value_low` and `value_high` are the unrounded figure, in the figure's own unit; they differ only where
    a run of neighbouring U prints the same digits. `u_low` to `u_high` count for the group `u_of`, the one
    with the higher printed median; where `u_may_mirror`, the U counted from the other group's side is as
    possible.
    """

    convention: str
    groups: tuple[GroupReading, ...]
    value_low: float
    value_high: float
    u_of: str | None = None
    u_low: int | None = None
    u_high: int | None = None
    u_may_mirror: bool = False
    smallest_expected: float | None = None
    assumes: str = ""
    follows_rule: bool | None = None
    rank: int = 0

    @property
    def n_missing(self) -> int:
        """Patients without a value, over all groups."""
        return sum(group.missing for group in self.groups)


@dataclass
class FigureAudit:
    """What the audit says about one figure: verdict, readings that fit (most plausible first), reasons."""

    figure: Figure
    verdict: Verdict = Verdict.NOT_CHECKABLE
    readings: list[Reading] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)

    def say(self, verdict: Verdict, sentence: str | None = None) -> None:
        """Record a check: the worse verdict stands, every sentence is kept."""
        if SEVERITY[verdict] < SEVERITY[self.verdict]:
            self.verdict = verdict
        if sentence and sentence not in self.explanation:
            self.explanation.append(sentence)
