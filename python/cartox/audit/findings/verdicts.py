"""The words of the audit: verdicts, weights, readings, and what is said about one figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from cartox.audit.reading.figure import Figure


class Verdict(StrEnum):
    """What the audit says about a figure, worst first; a figure gets the worst that applies."""

    IMPOSSIBLE = "impossible"
    """No data at all give the figure: no whole count of the stated group, a p-value above 1."""
    CONTRADICTION = "contradiction"
    """The figure and another printed number cannot both be right."""
    RULE_NOT_FOLLOWED = "rule_not_followed"
    """Complete data give the figure, but only against a rule that the study states."""
    NO_READING = "no_reading"
    """No named convention gives the figure, even with values missing; another test might."""
    NEEDS_MISSING_VALUES = "needs_missing_values"
    """No complete data (for a p of medians: without ties) give the figure; some with missing values do."""
    CONSISTENT = "consistent"
    """Data give the figure, and nothing printed speaks against it."""
    NOT_CHECKABLE = "not_checkable"
    """Nothing in the table decides about the figure. Not a pass."""


SEVERITY = {verdict: place for place, verdict in enumerate(Verdict)}
ALARMS = tuple(verdict for verdict in Verdict if verdict not in (Verdict.CONSISTENT, Verdict.NOT_CHECKABLE))


class Weight(StrEnum):
    """How much hangs on a finding, most first."""

    SUBSTANCE = "substance"
    """Counts, tests or denominators cannot be as printed."""
    LAST_DIGIT = "last digit"
    """The printed number is off by one in its last digit: truncated, or rounded twice."""
    QUESTION = "question"
    """Something that was not printed would explain it: values missing, another test. No accusation."""


class Kind(StrEnum):
    """What was checked; each belongs to one item of INSPECT-SR."""

    SHARE = "share"
    PARTICIPANTS = "participants"
    PRINTED_TWICE = "printed twice"
    WHOLE_NUMBERS = "whole numbers"
    P_VALUE = "p-value"
    INTERVAL = "interval"
    IMPLIED = "implied"


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

    `value_low` and `value_high` are the unrounded figure, in the figure's own unit; they differ where
    several data print the same digits. `u_low` to `u_high` count for the group `u_of`, the one with the
    higher printed median; where `u_may_mirror`, the U counted from the other group's side is as possible.
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


@dataclass(frozen=True)
class Claim:
    """One alarm: what is said, of which figures, how much hangs on it."""

    verdict: Verdict
    sentence: str
    kind: Kind
    weight: Weight
    figures: tuple[str, ...]


@dataclass
class FigureAudit:
    """What the audit says about one figure: verdict, readings that fit (most plausible first), reasons."""

    figure: Figure
    verdict: Verdict = Verdict.NOT_CHECKABLE
    readings: list[Reading] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def say(
        self,
        verdict: Verdict,
        sentence: str | None = None,
        *,
        kind: Kind = Kind.P_VALUE,
        weight: Weight | None = None,
        figures: tuple[str, ...] = (),
    ) -> None:
        """Record a check: the worse verdict stands, every sentence is kept, and an alarm is a claim.

        `weight` is by the verdict where it is not given: a question where something that was not printed
        could explain the figure, else substance. `figures` take part in the claim; alone this one.
        """
        if SEVERITY[verdict] < SEVERITY[self.verdict]:
            self.verdict = verdict
        if sentence and sentence not in self.explanation:
            self.explanation.append(sentence)
        if verdict in ALARMS and sentence:
            is_question = verdict in (Verdict.NO_READING, Verdict.NEEDS_MISSING_VALUES)
            by_verdict = Weight.QUESTION if is_question else Weight.SUBSTANCE
            claim = Claim(verdict, sentence, kind, weight or by_verdict, figures or (self.figure.figure_id,))
            if claim not in self.claims:
                self.claims.append(claim)

    def note(self, sentence: str) -> None:
        """Keep a sentence that changes no verdict."""
        self.say(Verdict.NOT_CHECKABLE, sentence)

    @property
    def weight(self) -> Weight | None:
        """The weightiest claim of those that make the verdict; None where there is no alarm."""
        weights = [claim.weight for claim in self.claims if claim.verdict is self.verdict]
        return min(weights, key=list(Weight).index, default=None)
